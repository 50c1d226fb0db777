"""The examples in the documentation of the Python API, over a graph of made-up articles."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import kg.query
from kg import api
from kg.errors import KgError
from kg.store import open_store
from tests.query.story import fill


@pytest.fixture
def story_file(tmp_path: Path) -> Path:
    path = tmp_path / "story.trig"
    with open_store(path) as store:
        fill(store)
    return path


def test_documented_examples_hold(story_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(story_file.parent)
    examples = doctest.DocTestFinder().find(api.open, "kg.open", globs={})
    assert sum(doctest.DocTestRunner().run(each).failed for each in examples) == 0
    assert any(each.examples for each in examples)


@pytest.mark.parametrize("table", ["actors", "claims", "propositions", "edges"])
def test_dataframes_have_a_row_each(story_file: Path, table: str) -> None:
    with kg.open(story_file) as graph:
        frame = graph.to_pandas(table)
        if table != "edges":
            assert list(frame["iri"]) == [each.iri for each in getattr(graph, table)()]
        else:
            assert len(frame) == graph.to_networkx().number_of_edges()


def test_a_table_that_is_not_there_says_so(story_file: Path) -> None:
    with kg.open(story_file) as graph, pytest.raises(KgError, match="no table 'people'"):
        graph.to_pandas("people")


def test_names_are_found_by_what_they_are(story_file: Path) -> None:
    with kg.open(story_file) as graph:
        state = graph.find("Q900001")
        assert (
            state
            == graph.find("Ruritania")
            == graph.find("rUritania")
            == graph.find("strelsau")
            == graph.find(state[0].iri)
        )
        assert graph.find("\ud800") == graph.find("") == []
        assert [a.label for a in graph.find("officials")] == ["officials"]
        assert list(graph.each_claim("north-1")) == [c for c in graph.claims() if c.article == "north-1"]
        assert list(graph.each_claim("nowhere")) == []
