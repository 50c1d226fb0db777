"""kg_mentions and the relation head add to what names and rules find, and take nothing back."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate import layers
from kg.annotate.mentions.component import MentionFinder, Scores
from kg.annotate.mentions.constraints import traits
from kg.annotate.reader.encoder import shipped
from kg.annotate.reader.labels import TYPES
from kg.annotate.reader.mentions import Found
from kg.annotate.relations.head import Stated, beside
from kg.records import Actor, Mention, Proposition

TEXT = "The militia shelled Kenya. Kenya blamed Uganda, which had armed the fighters."


def span(words: str, start: int = 0) -> tuple[int, int]:
    at = TEXT.index(words, start)
    return at, at + len(words)


def stated(subject: str, relation: str, obj: str, trigger: str) -> Stated:
    return Stated((subject, (0, 1)), (obj, (2, 3)), relation, span(trigger), 0.9)


def test_the_head_is_heard_where_the_rules_are_silent_about_two_actors_in_that_sentence() -> None:
    ruled = [Proposition("p1", "militia", "attacks", "kenya", span("shelled"))]
    found = [
        stated("kenya", "opposes", "militia", "shelled"),
        stated("kenya", "accuses", "uganda", "blamed"),
        stated("militia", "opposes", "kenya", "armed"),
    ]
    kept = [(p.subject, p.relation, p.object, p.confidence) for p in beside(TEXT, found, ruled, 0.5)]
    assert kept == [("kenya", "accuses", "uganda", 0.45), ("militia", "opposes", "kenya", 0.45)]


@pytest.mark.parametrize(
    ("words", "kind", "other", "other_kind", "may"),
    [
        ("she", "Person", "Mr Omar Said", "Person", False),
        ("he", "Person", "Mr Omar Said", "Person", True),
        ("he", "Person", "Kenya", "State", False),
        ("it", "State", "Kenya", "State", True),
        ("it", "State", "Omar Said", "Person", False),
        ("they", "People", "the rebels", "ArmedGroup", True),
        ("the official", "Unnamed", "Kenya", "State", True),
    ],
)
def test_pronouns_agree_in_gender_and_in_being_somebody(
    words: str, kind: str, other: str, other_kind: str, may: bool
) -> None:
    assert traits(words, kind).agree(traits(other, other_kind)) is may


@pytest.mark.model
def test_what_the_head_finds_joins_known_actors_or_makes_new_ones_and_moves_nothing(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    kenya = Actor("a1", "Kenya", "State", ("Kenya",), "Q114", mentions=(Mention(*span("Kenya")),))
    layers.set_actors(doc, [kenya])
    finder = MentionFinder(shipped())
    types = finder.predict(doc).types[:1].repeat(3, axis=0)
    types[:] = 0
    types[:, TYPES.index("ArmedGroup")] = 1
    found = [
        Found(span("The militia"), (0, 1, 2), 0.9),
        Found(span("Kenya"), (0, 4, 4), 0.9, "a1"),
        Found(span("the fighters"), (0, 12, 13), 0.2),
    ]
    finder.set_annotations(doc, Scores(found, types, [0, 1, 0]))
    first, second = layers.actors(doc)
    assert first == kenya
    assert (second.name, second.type, second.names) == ("fighters", "ArmedGroup", ("The militia", "the fighters"))
    finder.set_annotations(doc, Scores(found, types, [0, 1, 1]))
    assert "the fighters" in layers.actors(doc)[0].names
    assert all(TEXT[m.start : m.end] for a in layers.actors(doc) for m in a.mentions)


@pytest.mark.model
def test_every_mention_quotes_the_text_whatever_it_is(nlp: Language) -> None:
    for text in (TEXT, "", "“", "He. She. It.", "\u00a0\n\nReuters - KYIV\n"):
        for actor in layers.actors(nlp(text)):
            assert all(0 <= m.start < m.end <= len(text) for m in actor.mentions)
