"""What Hearsay wrote is no news: a folder that holds its outputs gives only the articles in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.articles import command as articles
from kg.cli.query import command as query
from kg.export import FOLDERS, FORMATS, export
from kg.readers import Problem, Skip, read
from kg.records import Article
from kg.store import View
from tests.graphs import built
from tests.rdf.samples import samples

SAID = "Ruritania denied the report."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "said.txt").write_text(SAID)
    return tmp_path


@pytest.fixture(scope="module")
def view() -> View:
    return built(replace(sample, pipeline="hearsay 0.1.0; by hand") for sample in samples()).view()


@pytest.fixture(scope="module")
def stored(view: View, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph as a file."""
    path = tmp_path_factory.mktemp("own") / "g.trig"
    export(view, path)
    return str(path)


def texts(*inputs: Path) -> list[str]:
    return [item.text for item in read(inputs) if isinstance(item, Article)]


def complaints(folder: Path) -> list[str]:
    """What is said of inputs that are taken for broken articles."""
    return [x.message for x in read([folder]) if isinstance(x, Problem) and not isinstance(x, Skip)]


@pytest.mark.parametrize(
    ("form", "ending"),
    [*FORMATS.items(), *((form, ".json") for form in ("jsonld", "jsonl", "ftm", "claimreview"))],
)
def test_a_file_that_was_exported_holds_no_article(folder: Path, view: View, form: str, ending: str) -> None:
    export(view, folder / f"out{ending}", form)
    assert texts(folder) == [SAID]
    assert complaints(folder) == []


@pytest.mark.parametrize("form", FOLDERS)
@pytest.mark.parametrize("name", ["tables", "tables.zip"])
def test_tables_that_were_exported_hold_no_article(folder: Path, view: View, form: str, name: str) -> None:
    export(view, folder / name, form)
    assert texts(folder) == [SAID]
    assert complaints(folder) == []
    reasons = [x.message for x in read([folder]) if isinstance(x, Skip)]
    assert reasons
    assert all("'kg export'" in reason for reason in reasons)


@pytest.mark.parametrize("form", ["json", "csv", "tsv"])
@pytest.mark.parametrize("name", ["denials", "unconfirmed"])
def test_answers_to_queries_hold_no_article(folder: Path, stored: str, form: str, name: str) -> None:
    answered = CliRunner().invoke(query, ["-g", stored, "-n", name, "-f", form])
    (folder / f"answer.{form}").write_text(answered.stdout, "utf-8")
    assert texts(folder) == [SAID]
    assert complaints(folder) == []


@pytest.mark.parametrize("form", ["json", "csv"])
def test_lists_of_articles_hold_none(folder: Path, stored: str, form: str) -> None:
    listed = CliRunner().invoke(articles, ["-g", stored, "-f", form])
    (folder / f"list.{form}").write_text(listed.stdout, "utf-8")
    assert texts(folder) == [SAID]
    assert complaints(folder) == []


def test_records_and_entities_are_read_where_they_are_named(folder: Path, view: View) -> None:
    export(view, folder / "out.jsonl")
    assert len(texts(folder / "out.jsonl")) == len(view.articles())


@pytest.mark.parametrize("word", ["north-1", "https://star.example/1", "null"])
def test_a_word_an_id_or_an_address_is_no_text(folder: Path, word: str) -> None:
    (folder / "a.json").write_text(json.dumps([{"article": word, "summary": "Graustark denied it."}, {"body": word}]))
    assert texts(folder) == ["Graustark denied it.", SAID]


def test_a_text_in_a_script_without_spaces_is_one(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps({"content": "外交部发言人否认了有关报道。"}, ensure_ascii=False), "utf-8")
    (note,) = (item for item in read([folder]) if isinstance(item, Skip))
    assert "in Chinese" in note.message
