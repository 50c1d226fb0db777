"""Whoever follows the README, the tutorial and the how-tos sees what they show; every command and query is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import kg
from kg import gazetteer
from kg.annotate import pipeline
from kg.cli.main import SECTIONS
from kg.query import list_named
from kg.records import ACTOR_TYPES
from tests.documents.follower import Follower
from tests.documents.generated import ROOT
from tests.documents.steps import Command, File, Python, steps
from tests.store.servers import free_port

EXAMPLES = ROOT / "examples"
DOCUMENTS = [EXAMPLES / "tutorial.md", EXAMPLES / "explanation.md", *sorted((EXAMPLES / "howto").glob("*.md"))]
#: All but the how-to that needs Spark (``tests/spark/test_howto.py``).
HERE = [ROOT / "README.md", *(path for path in DOCUMENTS if path.name != "spark.md")]
#: Commands that no document lets its reader run: they need a gold standard, hours, or another program.
NOT_RUN = {"evaluate", "train", "serve", "mcp"}


@pytest.fixture(scope="module")
def pipelines() -> Iterator[None]:
    """Each pipeline is loaded once for all documents."""
    loaded: dict[tuple[str, bytes, float], Language] = {}
    load = pipeline.load_pipeline

    def once(name: str = "", *, gazetteer: str | None = None, min_confidence: float = 0.0) -> Language:
        key = (name, Path(gazetteer).read_bytes() if gazetteer else b"", min_confidence)
        if key not in loaded:
            loaded[key] = load(name, gazetteer=gazetteer, min_confidence=min_confidence)
        return loaded[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.annotate.pipeline.load_pipeline", once)
        patch.setattr("kg.api.load_pipeline", once)
        yield


@pytest.mark.model
@pytest.mark.usefixtures("pipelines")
@pytest.mark.parametrize("path", HERE, ids=lambda path: path.stem)
def test_a_document_shows_what_its_reader_sees(path: Path, follower: Follower) -> None:
    follower.follow_all(path, {"localhost:7878": f"localhost:{free_port()}"})


def test_every_command_and_every_named_query_stands_in_the_reference() -> None:
    page = (ROOT / "kg/cli/README.md").read_text("utf-8")
    commands = [name for section in SECTIONS.values() for name in section]
    assert [name for name in commands if f"### kg {name}\n" not in page] == []
    assert [query.name for query in list_named() if f"| `{query.name}` |" not in page] == []


def test_every_command_is_run_in_some_document() -> None:
    run = [step.command for path in DOCUMENTS for step in steps(path.read_text("utf-8")) if isinstance(step, Command)]
    found = {match[1] for command in run for match in re.finditer(r"\bkg (?:-\w )?(\w+)", command)}
    assert {name for section in SECTIONS.values() for name in section} - NOT_RUN - found == set()


def test_snippets_take_nothing_of_kg_that_they_did_not_import() -> None:
    for path in DOCUMENTS:
        text = "".join(step.text for step in steps(path.read_text("utf-8")) if isinstance(step, Python))
        assert set(re.findall(r"(?<!from )(?<!\.)\bkg\.(\w+)", text)) - {*kg.__all__} == set(), path.name


def test_every_field_of_a_gazetteer_is_told() -> None:
    told = (EXAMPLES / "howto/own-gazetteer.md").read_text("utf-8")
    assert [name for name in (*gazetteer.FIELDS, *ACTOR_TYPES) if f"`{name}`" not in told] == []


def test_every_document_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    pages = [*DOCUMENTS, ROOT / "kg/cli/README.md", ROOT / "kg/schema.json", ROOT / "ontology/README.md"]
    named = set(re.findall(r"`([\w./-]+)`", readme))
    paths = [page.relative_to(ROOT).as_posix() for page in pages]
    assert [path for path in paths if not named & {path, path.removeprefix("examples/howto/")}] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_a_document_is_read_step_by_step() -> None:
    saved = "Save this as `a.txt`:\n\n```text\nhello\n```\n\n"
    text = saved + "```console\n$ kg a \\\n    b\n1\n$ kg c\n```\n\n```pycon\n>>> 1\n1\n```\n"
    assert list(steps(text)) == [
        File(4, "a.txt", "hello\n"),
        Command(8, "kg a b", "1\n"),
        Command(11, "kg c", ""),
        Python(15, ">>> 1\n1\n"),
    ]


def test_what_is_shown_and_not_printed_is_noticed(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    assert follower.follow(Command(1, "echo one two", "one ...\n")) is None
    assert "expected:\nthree" in str(follower.follow(Command(1, "echo one", "three\n")))
    assert "exit code 1" in str(follower.follow(Command(1, "false", "")))
    assert "exit code 2" in str(follower.follow(Command(1, "kg bild", "...")))
    assert follower.follow(Command(1, "kg bild || true", "... Did you mean 'build'?\n")) is None
    assert "exit code 0" in str(follower.follow(Command(1, "echo one || true", "one\n")))
    assert "Expected:\n    2" in str(follower.follow(Python(1, ">>> 1\n2\n")))
