"""What the layout says of who speaks and with which stance: turns, posts, fact checks."""

from __future__ import annotations

import pytest

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.layout import attributions, with_layout
from kg.annotate.stance.blocks import asked, judged, telling
from kg.records import Proposition, Span

BRIEFING = "QUESTION: Did Oman shell Yemen? They say so.\n\nMS. VALE: Oman shelled nobody.\n\nIt never did."


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def proposition(text: str, trigger: str) -> Proposition:
    return Proposition("p1", "a1", "attacks", "a2", span(text, trigger))


def test_a_turn_is_said_by_the_name_in_front_of_it_and_goes_on_until_the_next() -> None:
    question, answer = attributions(BRIEFING)
    assert question.source == (span(BRIEFING, "QUESTION"),)
    assert answer.source == (span(BRIEFING, "MS. VALE"),)
    assert answer.content == (span(BRIEFING, "Oman shelled nobody"), span(BRIEFING, "It never did"))
    assert [BRIEFING[slice(*answer.cue[0])]] == [":"]


def test_posts_of_two_are_two_attributions() -> None:
    text = "@OsloPolice: We hold him.\n@BergenPolice: We do not."
    assert [text[slice(*a.source[0])] for a in attributions(text)] == ["@OsloPolice", "@BergenPolice"]


def test_the_layout_has_the_last_word_on_who_speaks() -> None:
    told = attributions(BRIEFING)
    wrong = Attribution((span(BRIEFING, "Yemen"),), (), told[1].content)
    found, inner = with_layout(BRIEFING, [wrong])
    assert found == told
    assert inner == []


@pytest.mark.parametrize(("trigger", "want"), [("shell", True), ("say", False), ("shelled", False)])
def test_what_a_questioner_asks_is_only_asked(trigger: str, *, want: bool) -> None:
    at = BRIEFING.index("They say") + 5 if trigger == "say" else BRIEFING.index(trigger)
    told = Proposition("p1", "a1", "attacks", "a2", (at, at + len(trigger)))
    assert asked(telling(BRIEFING), BRIEFING, told) is want


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Claim: Oman shelled Yemen.\nVerdict: False.", "denies"),
        ("TRUE: Oman shelled Yemen.", "asserts"),
        ("Unproven: Oman shelled Yemen.", "declines_to_confirm"),
        ("Oman shelled Yemen.", None),
    ],
)
def test_a_fact_check_takes_its_stance_on_the_claim_that_it_judges(text: str, stance: str | None) -> None:
    assert judged(telling(text), proposition(text, "shelled")) == stance
