"""kg_relations and kg.relate: what they make of what the head says.

How many sentences it reads rightly is measured in ``tests/golden``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.reader.encoder import available, shipped
from kg.annotate.relations.component import Relations
from kg.annotate.relations.relate import decide, relate
from kg.annotate.relations.scorer import DIRECTIONS, ROOTS, Array
from kg.annotate.relations.stated import Stated, best
from kg.records import RELATIONS, Actor, Mention, Related, Span
from tests.golden.judges import parsed, with_actors

pytestmark = pytest.mark.skipif(not available(), reason="the reader's weights are not installed")


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def said(text: str, subject: str, relation: str, object_: str, trigger: str, chance: float = 0.9) -> Stated:  # noqa: PLR0917
    """What the head might say of two names in a text."""
    ends = (subject, span(text, subject)), (object_, span(text, object_))
    return Stated(*ends, relation, span(text, trigger), (1.0, 0.0, 0.0), 0.0, chance)


TEXT = "Turkey bombed and mocked Syria."


def test_of_two_relations_at_one_word_the_surer_is_kept() -> None:
    surer = said(TEXT, "Turkey", "attacks", "Syria", "bombed", 0.9)
    assert best([said(TEXT, "Turkey", "opposes", "Syria", "bombed", 0.6), surer]) == [surer]


def test_relations_at_two_words_are_kept_and_one_word_says_one_thing_of_two() -> None:
    first = said(TEXT, "Turkey", "attacks", "Syria", "bombed")
    second = said(TEXT, "Turkey", "accuses", "Syria", "mocked")
    back = replace(said(TEXT, "Syria", "accuses", "Turkey", "mocked"), chance=second.chance - 0.1)
    assert best([back, second, first]) == [first, second]


def test_a_symmetric_relation_is_written_once_in_the_order_of_the_text() -> None:
    text = "Turkey met Syria."
    forth, back = (
        said(text, "Turkey", "consultsWith", "Syria", "met"),
        said(text, "Syria", "consultsWith", "Turkey", "met"),
    )
    assert best([back]) == best([forth, back]) == [forth]


@pytest.mark.model
def test_predict_writes_nothing_and_set_annotations_does(nlp: Language) -> None:
    doc = with_actors(parsed(nlp, TEXT))
    component = Relations(shipped())
    component.predict(doc)
    assert layers.propositions(doc) == []
    component.set_annotations(doc, [said(TEXT, "Turkey", "attacks", "Syria", "bombed")])
    (found,) = layers.propositions(doc)
    assert (found.id, found.subject, found.relation, found.object) == ("p1", "Turkey", "attacks", "Syria")
    assert layers.stances(doc) == {"p1": ((1.0, 0.0, 0.0), 0.0)}


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Britain imposed sanctions on Iran, which had funded Hezbollah in Syria.",
        "Turkey shelled Syria. Russia, an ally of Syria, condemned Turkey.",
    ],
)
def test_trigger_and_evidence_quote_the_text(nlp: Language, text: str) -> None:
    doc = Relations(shipped())(with_actors(parsed(nlp, text)))
    mentions = {a.id: [text[m.start : m.end] for m in a.mentions] for a in layers.actors(doc)}
    for found in layers.propositions(doc):
        assert found.trigger is not None
        assert found.evidence is not None
        evidence = text[slice(*found.evidence)]
        assert text[slice(*found.trigger)] == found.predicate
        assert found.predicate in evidence
        assert all(any(m in evidence for m in mentions[end]) for end in (found.subject, found.object))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "subject", "relation", "object_", "trigger", "time", "place"),
    [
        ("Turkey attacked Iran in Syria in 2015.", "Turkey", "attacks", "Iran", "attacked", "2015", "Syria"),
        ("Turkey attacked Iran in the town of Jarmal in 2015.", "Turkey", "attacks", "Iran", "attacked", "2015", None),
        ("Turkey backed Iraq's regime in Jordan in 2015.", "Turkey", "supports", "Iraq", "backed", "2015", None),
        ("Germany, a Nato member, left Syria in 2015.", "Germany", "memberOf", "Nato", "member", None, None),
        ("Erdogan urged Macron in May to leave.", "Erdogan", "requests", "Macron", "urged", "May", None),
    ],
)
def test_relations_have_the_time_and_place_of_their_own_clause(  # noqa: PLR0917
    nlp: Language,
    text: str,
    subject: str,
    relation: str,
    object_: str,
    trigger: str,
    time: str | None,
    place: str | None,
) -> None:
    doc = with_actors(parsed(nlp, text))
    Relations(shipped()).set_annotations(doc, [said(text, subject, relation, object_, trigger)])
    (found,) = layers.propositions(doc)
    assert (found.time_text, found.place) == (time, place)


@pytest.mark.model
def test_nobody_relates_to_himself_and_the_unrelated_actor_to_nobody(nlp: Language) -> None:
    doc = parsed(nlp, "Turkey said Turkish jets were home.")
    layers.set_actors(doc, [Actor("a1", "Turkey", "State", mentions=(Mention(0, 6), Mention(12, 19)))])
    assert layers.propositions(Relations(shipped())(doc)) == []
    assert layers.propositions(Relations(shipped())(parsed(nlp, ""))) == []


# -- kg.relate


class Sure:
    """A scorer that is sure of one direction and one root."""

    def __init__(self, direction: str, root: str = "ASSAULT") -> None:
        self.found = np.full(5, 0.01), np.full(len(ROOTS), 0.01)
        self.found[0][DIRECTIONS.index(direction)] = 0.96
        self.found[1][ROOTS.index(root)] = 0.86

    def scores(self, doc: Doc, p: Span, q: Span) -> tuple[Array, Array]:  # noqa: ARG002
        return self.found


@pytest.mark.parametrize(("direction", "side"), [("p-", "p"), ("q-", "q")])
def test_decide_takes_direction_and_relation_of_the_scorer(direction: str, side: str) -> None:
    (found,) = decide([], *Sure(direction).found, (0, 9))
    assert (found.subject, found.relation, found.sign, found.stance) == (side, "attacks", "-", "asserts")
    assert found.evidence == (0, 9)


def test_decide_finds_nothing_where_the_scorer_is_sure_of_nothing() -> None:
    found = Related("p", "attacks", "-", "denies", (0, 9))
    assert decide([], *Sure("none").found, (0, 9)) == decide([found], *Sure("none").found, (0, 9)) == []


def test_decide_keeps_the_stance_of_what_the_reader_found() -> None:
    found = Related("p", "attacks", "-", "denies", (2, 7))
    assert decide([found], *Sure("p-").found, (0, 9)) == [found]


@pytest.mark.model
def test_relate_gives_relation_sign_stance_and_evidence(nlp: Language) -> None:
    doc = parsed(nlp, "Turkey condemned Syria.")
    (found,) = relate(doc, (0, 6), (17, 22))
    assert (found.subject, found.relation, found.sign, found.stance) == ("p", "accuses", "-", "asserts")
    assert doc.text[slice(*found.evidence)] == "Turkey condemned Syria"


@pytest.mark.model
def test_relate_turns_with_its_spans(nlp: Language) -> None:
    doc = parsed(nlp, "Turkey condemned Syria.")
    forth, back = relate(doc, (0, 6), (17, 22)), relate(doc, (17, 22), (0, 6))
    assert [r.subject for r in forth] == ["p"]
    assert [r.subject for r in back] == ["q"]
    assert [r.relation for r in forth] == [r.relation for r in back] == ["accuses"]


@pytest.mark.model
def test_relate_is_empty_where_nothing_is_stated_and_between_blanks(nlp: Language) -> None:
    doc = parsed(nlp, "Rain fell over Georgia and Turkey.")
    assert relate(doc, (15, 22), (27, 33)) == []
    assert relate(doc, (4, 5), (27, 33)) == relate(doc, (15, 22), (4, 4)) == []


@pytest.mark.model
def test_relate_asks_the_scorer_that_is_given(nlp: Language) -> None:
    doc = parsed(nlp, "Turkey condemned Syria.")
    assert relate(doc, (0, 6), (17, 22), Sure("none")) == []
    assert [r.relation for r in relate(doc, (0, 6), (17, 22), Sure("p-", "ACCUSE"))] == ["accuses"]


@pytest.mark.model
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_relate_never_fails(nlp: Language, text: str, start: int, end: int) -> None:
    doc = parsed(nlp, text)
    size = len(doc.text)
    if size:
        p, q = (min(start, size - 1), size), (min(end, size - 1), size)
        for found in relate(doc, p, q):
            assert found.relation in RELATIONS
            assert 0 <= found.evidence[0] < found.evidence[1] <= size
