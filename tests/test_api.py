"""The examples in the documentation of the Python API, over a graph of made-up articles."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from spacy.language import Language

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


def test_answers_are_iterable_and_become_dataframes(story_file: Path) -> None:
    with kg.open(story_file) as graph:
        query = "SELECT ?claim ?cue { ?claim a kg:Claim OPTIONAL { ?claim kg:cue ?cue } }"
        rows = list(graph.query(query))
        assert rows == list(graph.query(query).rows())
        frame = graph.query(query).to_pandas()
        assert (list(frame.columns), len(frame)) == (["claim", "cue"], len(rows))
        named = kg.query.run_named(graph, "denials")
        assert list(named) == list(named.rows())
        assert len(named.to_pandas()) == len(list(named))


@pytest.mark.model
def test_what_an_article_may_be_given_as(nlp: Language) -> None:
    text = "Iran denied that it had attacked Oman."
    before = (nlp.default_error_handler, list(nlp.pipe_names), dict(nlp.meta))
    found = [list(kg.extract(nlp, given)) for given in (text, [text], {"text": text}, [{"text": text}])]
    found.append(list(kg.extract(nlp, kg.Article("", text))))
    assert all(extractions == found[0] for extractions in found)
    assert [claim.stance for claim in found[0][0].claims] == ["denies"]
    assert (nlp.default_error_handler, list(nlp.pipe_names), dict(nlp.meta)) == before
    for wrong in ([{"body": text}], [17], [{"text": None}]):
        with pytest.raises(KgError, match="article"):
            list(kg.extract(nlp, wrong))  # type: ignore[arg-type]


@pytest.mark.model
def test_examples_in_docstrings_run(nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.chdir(tmp_path)
    for thing, name in ((kg, "kg"), (kg.extract, "kg.extract"), (api.load, "kg.load"), (api.build, "kg.build")):
        examples = [each for each in doctest.DocTestFinder(recurse=False).find(thing, name, globs={}) if each.examples]
        assert examples, name
        assert sum(doctest.DocTestRunner().run(each).failed for each in examples) == 0, name


@pytest.mark.model
def test_a_build_reports_what_failed_and_makes_no_empty_graph(nlp: Language, tmp_path: Path) -> None:  # noqa: ARG001
    report = kg.build(tmp_path / "none.txt", tmp_path / "g.kg")
    assert (report.added, len(report.failures)) == (0, 1)
    assert not (tmp_path / "g.kg").exists()
