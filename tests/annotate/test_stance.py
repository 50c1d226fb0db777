"""Stances of whole sentences: golden files, and what holds of any text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

import kg
from kg.records import Extraction

OPPOSITE = {"asserts": "denies", "denies": "asserts"}
SHORT = {"declines_to_confirm": "declines"}


def extract(nlp: Language, text: str, date: str | None = None) -> Extraction:
    """What is found in one text."""
    return next(iter(kg.extract(nlp, [{"id": "t", "text": text, "date": date}])))


def sources(extraction: Extraction, stance: str) -> list[str]:
    """Names of the sources of claims with a stance, the narrator's left out."""
    names = {a.id: a.name for a in extraction.actors}
    taken = [c for c in extraction.claims if c.stance == stance and c.source != "narrator"]
    return sorted(names.get(c.source or "", "?") for c in taken)


def positions(extraction: Extraction) -> set[tuple[str, str, str]]:
    """Source, stance and edge of every claim with a proposition, by names."""
    names = {a.id: a.name for a in extraction.actors} | {"narrator": "narrator"}
    edges = {p.id: f"{names[p.subject]} {p.relation} {names[p.object]}" for p in extraction.propositions}
    return {
        (names.get(c.source or "", "?"), SHORT.get(c.stance, c.stance), edges[p])
        for c in extraction.claims
        for p in c.propositions
    }


FRAMES = [
    ("Kenya {} attacked Somalia.", "has", "has not"),
    ("Kenya {} supported Somalia.", "has", "has never"),
    ("Uganda said that Kenya {} attacked Somalia.", "had", "had never"),
    ("Uganda said that Kenya {} support Somalia.", "will", "will not"),
    ('"Kenya {} attacked Somalia," Elena Brandt said.', "has", "has not"),
]


@pytest.mark.model
@pytest.mark.parametrize(("frame", "plain", "negative"), FRAMES)
def test_a_negation_flips_the_stance_and_nothing_else(nlp: Language, frame: str, plain: str, negative: str) -> None:
    affirmed = positions(extract(nlp, frame.format(plain)))
    denied = positions(extract(nlp, frame.format(negative)))
    assert affirmed
    assert {(s, "denies", edge) for s, stance, edge in affirmed if stance == "asserts"} == denied


VOCABULARY = (
    "Kenya Somalia Uganda said denied refused that it had not never attacked supports the report reports of and "
    "but could if whether rejected claim declined to confirm comment on will join no one doubts . , “ ” ?"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])


@pytest.mark.model
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=40))
def test_no_claim_both_asserts_and_denies(nlp: Language, words: list[str]) -> None:
    found = extract(nlp, " ".join(words))
    edges = {p.id: (p.subject, p.relation, p.object) for p in found.propositions}
    stances: dict[tuple[str | None, Any, Any], set[str]] = {}
    for claim in found.claims:
        assert len(set(claim.propositions)) == len(claim.propositions)
        for proposition in claim.propositions:
            key = (claim.source, claim.content, edges[proposition])
            stances.setdefault(key, set()).add(claim.stance)
    assert not [key for key, taken in stances.items() if {"asserts", "denies"} <= taken and key[0] != "narrator"]


@pytest.mark.model
def test_a_denied_report_is_disputed(nlp: Language) -> None:
    found = extract(nlp, "Uganda dismissed reports claiming that Kenya had attacked Somalia.")
    denial = next(c for c in found.claims if c.stance == "denies")
    report = next(c for c in found.claims if c.stance == "asserts" and c.source != "narrator")
    assert denial.disputes == report.id
    assert set(denial.propositions) == set(report.propositions)


@pytest.mark.model
def test_two_stances_in_one_sentence(nlp: Language) -> None:
    found = positions(extract(nlp, "Uganda said that Kenya had attacked Somalia but had not attacked Ghana."))
    assert ("Uganda", "asserts", "Kenya attacks Somalia") in found
    assert ("Uganda", "denies", "Kenya attacks Ghana") in found


@pytest.mark.model
def test_clauses_of_two_stances_are_parts_of_their_claim(nlp: Language) -> None:
    found = extract(nlp, "“Kenya has not attacked Somalia, and Kenya will support Ghana,” Elena Brandt said.")
    whole, part = (c for c in found.claims if c.source != "narrator")
    assert {whole.stance, part.stance} == {"asserts", "denies"}
    assert (part.nested_in, part.source) == (whole.id, whole.source)


@pytest.mark.model
@pytest.mark.parametrize(("date", "when"), [("2014-12-03", "2014-12-02"), (None, None)])
def test_the_day_of_the_saying(nlp: Language, date: str | None, when: str | None) -> None:
    found = extract(nlp, "On Tuesday, Kenya denied that it had attacked Somalia.", date)
    assert [c.when for c in found.claims if c.stance == "denies"] == [when]


@pytest.mark.model
def test_speech_act_and_tense(nlp: Language) -> None:
    claim = next(c for c in extract(nlp, "Kenya promised that it would help Somalia.").claims if c.source != "narrator")
    assert (claim.speech_act, claim.tense) == ("Promise", "future")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "disputed"),
    [
        pytest.param(
            "Uganda accused Kenya of corruption. Kenya denied the accusation.",
            "Uganda",
            marks=pytest.mark.xfail(reason="attribution passes over accusations of a thing", strict=True),
        ),
        ("Uganda claimed that the harvest had failed. Kenya said the claim was false.", "Uganda"),
        ("Uganda said the harvest had failed. Kenya denied it.", "Uganda"),
        ("Uganda said the harvest had failed. Kenya denied Norway's claim.", None),
        ("Uganda ordered the harvest to begin. Kenya denied the accusation.", None),
        ("Uganda said the harvest had failed. Kenya said that was unlikely to change.", None),
    ],
)
def test_a_denial_disputes_the_claim_that_it_points_at(nlp: Language, text: str, disputed: str | None) -> None:
    found = extract(nlp, text)
    names, claims = {a.id: a.name for a in found.actors}, {c.id: c for c in found.claims}
    targets = [names[claims[c.disputes].source or ""] for c in found.claims if c.disputes]
    assert targets == ([disputed] if disputed else [])
