"""Which earlier statement a claim is about: "dismissed the accusation", "That is untrue"."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate import layers
from kg.annotate.reader.anaphora import REACH, candidates
from kg.annotate.reader.encoder import available
from kg.annotate.stance.component import _towards
from kg.records import Claim, Proposition, Span, Stance

weights = pytest.mark.skipif(not available(), reason="the reader's weights are not installed")
TEXT = "Norvania shelled Tervia, officials said. Norvania dismissed the accusation."


def span(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


def claim(identity: str, cue: str, content: str) -> Claim:
    return Claim(identity, None, (span(content),), cue=cue, cue_span=(span(cue),))


SAID = claim("c1", "said", "Norvania shelled Tervia")
DISMISSED = claim("c2", "dismissed", "the accusation")
SHELLED = Proposition("p1", "a1", "attacks", "a2", span("shelled"))


def test_a_claim_without_a_statement_may_be_about_those_before_it() -> None:
    assert candidates([SAID, DISMISSED], [SHELLED]) == [(1, 0)]


def test_a_claim_is_not_about_what_comes_later_or_stands_far_away() -> None:
    later = Proposition("p2", "a1", "attacks", "a2", (len(TEXT), len(TEXT) + 5))
    assert candidates([DISMISSED], [later]) == []
    moved = Claim("c2", None, ((900 + REACH, 910 + REACH),))
    assert candidates([moved], [SHELLED]) == []


@pytest.mark.parametrize(
    ("claimed", "stated", "want"),
    [
        ("denies", "asserts", "denies"),
        ("denies", "denies", "asserts"),
        ("asserts", "denies", "denies"),
        ("declines_to_confirm", "denies", "declines_to_confirm"),
    ],
)
def test_who_denies_a_denial_asserts(claimed: Stance, stated: Stance, want: Stance) -> None:
    assert _towards(claimed, stated) == want


@weights
@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Norvania shelled two towns in Tervia, Tervian officials said. Norvania dismissed the accusation.", True),
        ("Norvania signed a gas contract with Tervia, officials said. Norvania called the contract a success.", False),
    ],
)
def test_a_dismissed_accusation_is_a_denial_of_what_was_said(nlp: Language, text: str, denied: bool) -> None:
    doc = nlp(text)
    names = {a.id: a.name for a in layers.actors(doc)}
    of_norvania = [c for c in layers.claims(doc) if names.get(c.source or "") == "Norvania" and c.propositions]
    assert any(c.stance == "denies" for c in of_norvania) == denied
