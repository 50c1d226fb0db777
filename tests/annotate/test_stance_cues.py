"""Each entry of the lexicon of stance cues reads as its example says; dates of a saying."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.stance.cues import entry_of, read_entry
from kg.annotate.stance.dates import resolve
from kg.lexicon import load
from tests.annotate.test_polarity import starred

CUES = [e for e in load("en/stance_cues") if not e.get("verdict")]


@pytest.mark.model
@pytest.mark.parametrize("entry", CUES, ids=[f"{e['lemma']}-{e['class']}" for e in CUES])
def test_example_has_the_stance_of_its_entry(nlp: Language, entry: dict[str, str]) -> None:
    token = starred(nlp, entry["example"])
    assert entry_of(token) == entry
    assert read_entry(token, entry).stance == entry["reads"]


@pytest.mark.parametrize(
    ("phrase", "article", "date"),
    [
        ("Tuesday", "2014-12-03", "2014-12-02"),
        ("Wednesday", "2014-12-03", "2014-12-03"),
        ("last Friday", "2014-12-03", "2014-11-28"),
        ("yesterday", "2014-12-03", "2014-12-02"),
        ("today", "2014-12-03T09:00:00Z", "2014-12-03"),
        ("1 December", "2014-12-03", "2014-12-01"),
        ("November 2014", "2014-12-03", "2014-11"),
        ("the summer", "2014-12-03", None),
        ("three days", "2014-12-03", None),
        ("Tuesday", "no date", None),
    ],
)
def test_date_of_a_phrase(phrase: str, article: str, date: str | None) -> None:
    assert resolve(phrase, article) == date
