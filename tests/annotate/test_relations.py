"""The propositions of golden sentences and of every lexicon entry's example."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.relations.arguments import Mentions
from kg.annotate.relations.component import Relations, pairs
from kg.annotate.relations.lexicon import LEXICONS
from kg.annotate.relations.links import links
from kg.annotate.relations.relate import relate, stated
from kg.lexicon import load
from kg.records import RELATIONS, SYMMETRIC, Actor, Mention

pytestmark = pytest.mark.model

#: Names in the golden sentences, with the actor's type and the other forms that name it.
ACTORS = {
    "Russia": ("State", "Russian"), "Turkey": ("State", "Turkish"), "Syria": ("State", "Syrian"),
    "Iran": ("State", "Iranian"), "Iraq": ("State", "Iraqi"), "Israel": ("State", "Israeli"),
    "Ukraine": ("State", "Ukrainian"), "Georgia": ("State", "Georgian"), "France": ("State", "French"),
    "Britain": ("State", "British"), "Germany": ("State", "German"), "Egypt": ("State", "Egyptian"),
    "Sudan": ("State", "Sudanese"), "Ethiopia": ("State", "Ethiopian"), "Qatar": ("State", "Qatari"),
    "Jordan": ("State", "Jordanian"), "Nato": ("Organisation", "Nato"), "Hezbollah": ("ArmedGroup", "Hezbollah"),
    "Nasrallah": ("Person", "Hassan Nasrallah"), "Erdogan": ("Person", "Erdogan"), "Macron": ("Person", "Macron"),
    "Brunson": ("Person", "Brunson"), "Kalat": ("Place", "Kalat"), "Gazette": ("Outlet", "Gazette"),
}  # fmt: skip


def parsed(nlp: Language, text: str) -> Doc:
    """The text with spaCy's own annotations only."""
    with nlp.select_pipes(disable=[n for n in nlp.pipe_names if n.startswith("kg_")]):
        return nlp(text)


def with_actors(doc: Doc) -> Doc:
    found = []
    for name, (kind, form) in ACTORS.items():
        spans = [m.span() for m in re.finditer(rf"\b(?:{form}|{name})\b", doc.text)]
        if spans:
            found.append(Actor(name, name, kind, (name,), mentions=tuple(Mention(s, e) for s, e in spans)))
    layers.set_actors(doc, found)
    return doc


def examples() -> list[Any]:
    entries = [(name, e) for name in LEXICONS for e in load(f"en/relations_{name}")]
    return [pytest.param(e["example"], e["relation"], id=f"{n}:{e['example']}") for n, e in entries]


@pytest.mark.parametrize(("example", "relation"), examples())
def test_relations_lexicon_example(nlp: Language, example: str, relation: str) -> None:
    doc = parsed(nlp, example)
    mentions = Mentions(doc, [(m.span(), m[0]) for m in re.finditer("Turkey|Syria", example)])
    found = {
        (s[0], link.relation, o[0]) for sent in doc.sents for link in links(sent) for s, o in pairs(link, mentions)
    }
    either = {("Syria", relation, "Turkey")} if relation in SYMMETRIC else set()
    assert found & ({("Turkey", relation, "Syria")} | either)


def test_relations_lexicon_is_sorted_and_typed() -> None:
    for name in LEXICONS:
        for entry in load(f"en/relations_{name}"):
            assert entry["relation"] in RELATIONS
            assert entry["example"].rstrip().endswith(".")
    assert sum(len(load(f"en/relations_{name}")) for name in LEXICONS) >= 250


def test_relations_trigger_and_evidence_quote_the_text(nlp: Language) -> None:
    doc = Relations()(
        with_actors(parsed(nlp, "Britain imposed sanctions on Iran, which had funded Hezbollah in Syria."))
    )
    first, second = layers.propositions(doc)
    assert doc.text[slice(*first.trigger)] == first.predicate == "imposed sanctions"  # type: ignore[misc]
    assert doc.text[slice(*first.evidence)] == "Britain imposed sanctions on Iran"  # type: ignore[misc]
    assert (second.subject, second.relation, second.object, second.place) == ("Iran", "assists", "Hezbollah", "Syria")


@pytest.mark.parametrize(
    ("text", "time", "place"),
    [
        ("Turkey attacked Iran in Syria in 2015.", "2015", "Syria"),
        ("Turkey attacked Iran in the town of Jarmal in 2015.", "2015", None),
        ("Turkey backed Iraq's regime in Jordan in 2015.", "2015", None),
        ("Germany, a Nato member, left Syria in 2015.", None, None),
        ("Erdogan urged Macron in May to leave.", "May", None),
    ],
)
def test_relations_have_the_time_and_place_of_their_own_clause(
    nlp: Language, text: str, time: str | None, place: str | None
) -> None:
    (found,) = layers.propositions(Relations()(with_actors(parsed(nlp, text))))
    assert (found.time_text, found.place) == (time, place)


def test_relations_open_only_when_asked(nlp: Language) -> None:
    text = "Turkey outran Syria."
    assert layers.propositions(Relations()(with_actors(parsed(nlp, text)))) == []
    (found,) = layers.propositions(Relations(open_relations=True)(with_actors(parsed(nlp, text))))
    assert (found.subject, found.relation, found.predicate, found.object) == ("Turkey", "relatedTo", "outran", "Syria")


def test_relations_joint_pronoun_stands_for_the_body(nlp: Language) -> None:
    doc = parsed(nlp, "“We attacked Syria,” the officer said.")
    officer = Actor("a1", "officer", "Unnamed", of="a2", mentions=(Mention(1, 3, "pronoun"),))
    syria = Actor("a3", "Syria", "State", mentions=(Mention(13, 18),))
    layers.set_actors(doc, [officer, Actor("a2", "Turkey", "State"), syria])
    (found,) = layers.propositions(Relations()(doc))
    assert (found.subject, found.relation, found.object) == ("a2", "attacks", "a3")


def test_relate_gives_relation_sign_stance_and_evidence(nlp: Language) -> None:
    doc = parsed(nlp, "Iran has never attacked Israel.")
    (found,) = stated(doc, (0, 4), (24, 30))
    assert (found.subject, found.relation, found.sign, found.stance) == ("p", "attacks", "-", "denies")
    assert doc.text[slice(*found.evidence)] == "Iran has never attacked Israel"


def test_relate_turns_with_its_spans(nlp: Language) -> None:
    doc = parsed(nlp, "Turkey condemned Syria.")
    forth, back = relate(doc, (0, 6), (17, 22)), relate(doc, (17, 22), (0, 6))
    assert [r.subject for r in forth] == ["p"]
    assert [r.subject for r in back] == ["q"]
    assert [r.relation for r in forth] == [r.relation for r in back] == ["accuses"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_relate_never_fails(nlp: Language, text: str, start: int, end: int) -> None:
    doc = parsed(nlp, text)
    size = len(doc.text)
    if size:
        p, q = (min(start, size - 1), size), (min(end, size - 1), size)
        for found in relate(doc, p, q):
            assert found.relation in RELATIONS
