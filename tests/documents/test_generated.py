"""The generated documents are up to date, and the schema fits what the program prints."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator
from spacy.language import Language

import kg
from kg.records import Extraction
from kg.vocab import KG
from tests.documents.commands import reference
from tests.documents.generated import ROOT
from tests.documents.schema import schema
from tests.documents.terms import with_terms
from tests.rdf.samples import samples


@pytest.fixture(scope="module")
def anew() -> dict[str, str]:
    """The documents as a fresh process writes them: click keeps the options of a command that another test has run."""
    code = "import json; from tests.documents.generated import generated; print(json.dumps(generated()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", ["kg/cli/README.md", "kg/schema.json", "ontology/README.md"])
def test_generated_documents_are_up_to_date(name: str, anew: dict[str, str]) -> None:
    assert (ROOT / name).read_text("utf-8") == anew[name], "run: python -m tests.documents"


def test_records_fit_the_schema() -> None:
    Draft202012Validator.check_schema(schema())
    for extraction in samples():
        assert complaints(extraction) == []


@pytest.mark.model
def test_what_is_extracted_fits_the_schema(nlp: Language) -> None:
    text = 'Mira Sandal, a spokeswoman, denied on Monday that Norvania had armed the Coast Front. "No," she said.'
    for given in ({"text": text}, {"text": text, "date": "soon", "publisher": "Wire"}, {"text": "Nothing."}):
        (found,) = kg.extract(nlp, given)
        assert complaints(found) == []


def complaints(extraction: Extraction) -> list[str]:
    """What the schema has against a record."""
    return [error.message for error in Draft202012Validator(schema()).iter_errors(json.loads(extraction.to_json()))]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claims", 0, "stance"), "doubts"),
        (("claims", 0, "content"), [[1]]),
        (("actors", 0, "type"), "Planet"),
        (("propositions", 0, "relation"), "likes"),
        (("colour",), "red"),
    ],
)
def test_the_schema_refuses_what_no_record_says(path: tuple[str | int, ...], value: object) -> None:
    record = json.loads(samples()[0].to_json())
    inner = record
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not Draft202012Validator(schema()).is_valid(record)


def test_every_term_stands_in_the_reference() -> None:
    page = with_terms((ROOT / "ontology/README.md").read_text("utf-8"))
    assert [name for name in KG.terms if f"| `{name}` |" not in page] == []


def test_what_people_wrote_around_the_tables_stays() -> None:
    page = (ROOT / "ontology/README.md").read_text("utf-8")
    assert with_terms(page).startswith(page[: page.index("## Every term")])
    assert with_terms(page).endswith(page[page.index("## Changing a term") :])


def test_the_reference_of_commands_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = reference()
    monkeypatch.setenv("COLUMNS", "40")
    assert reference() == wide
