"""kg_actors: the lexicon's own examples, spans, determinism and the pieces of grouping."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate import layers
from kg.annotate.actors.component import make_actors
from kg.extraction import extract
from kg.lexicon import load
from kg.records import Actor

TEXT = (
    "US secretary of state Mike Pompeo met Turkish officials in Ankara. Pompeo said the Syrian Democratic Forces (SDF) "
    "would stay. A spokesman for the SDF denied it. He told Reuters the group had not been asked."
)


@pytest.mark.parametrize("entry", load("en/actor_nouns"), ids=lambda e: e["lemma"])
def test_noun_example_holds_the_noun(entry: dict[str, str]) -> None:
    assert entry["lemma"][:3] in entry["example"].lower()


@pytest.mark.model
@pytest.mark.parametrize("entry", load("en/titles"), ids=lambda e: e["title"])
def test_title_is_no_part_of_the_name(nlp: Language, entry: dict[str, str]) -> None:
    actors = layers.actors(nlp(entry["example"]))
    people = [a for a in actors if a.type == "Person" and any(m.kind == "name" for m in a.mentions)]
    assert all(entry["title"] not in a.name.split() for a in people)


@pytest.mark.model
def test_spans_are_the_text(nlp: Language) -> None:
    for actor in layers.actors(nlp(TEXT)):
        assert actor.mentions
        assert all(0 <= m.start < m.end <= len(TEXT) and m.reason for m in actor.mentions)
        assert {TEXT[m.start : m.end] for m in actor.mentions if m.kind == "name"} <= set(actor.names)


@pytest.mark.model
def test_ids_are_unique_and_result_is_the_same_twice(nlp: Language) -> None:
    first, again = layers.actors(nlp(TEXT)), layers.actors(nlp(TEXT))
    assert first == again
    assert len({a.id for a in first}) == len(first)
    assert all(a.of is None or a.of in {b.id for b in first} for a in first)


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "“”", "The", "of", "IS", "'s"])
def test_odd_texts_do_no_harm(nlp: Language, text: str) -> None:
    layers.actors(nlp(text))


def test_component_is_a_factory() -> None:
    assert Language.has_factory("kg_actors")
    assert make_actors.__doc__


def _named(actors: list[Actor], name: str) -> Actor:
    return next(a for a in actors if a.name == name)


@pytest.mark.model
def test_affiliations(nlp: Language) -> None:
    actors = layers.actors(nlp(TEXT))
    by_id = {a.id: a for a in actors}
    spokesman = next(a for a in actors if "A spokesman for the SDF" in a.names)
    assert by_id[spokesman.of or ""].wikidata == "Q21096224"
    assert _named(actors, "Reuters").type == "Outlet"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "day", "holder"),
    [
        ("The French president denied it.", "2018-03-01", "Emmanuel Macron"),
        ("The French president denied it.", "2015-03-01", "François Hollande"),
        ("The French president denied it.", None, None),
        ("The former French president denied it.", "2018-03-01", None),
    ],
)
def test_an_office_means_its_holder_on_the_day(nlp: Language, text: str, day: str | None, holder: str | None) -> None:
    (found,) = extract(nlp, [{"id": "x", "text": text, "date": day}])
    described = {text[m.start : m.end]: a.name for a in found.actors if a.wikidata for m in a.mentions}
    assert described.get("The French president") == holder


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kyiv rejects the report that Ukrainian troops crossed the border.",
        "The report was wrong: Kyiv rejects it, and Ukrainian troops stayed at home.",
        "Beijing accused its neighbour of spying, the Chinese foreign minister said.",
    ],
)
def test_a_capital_that_acts_is_its_state_wherever_it_stands(nlp: Language, text: str) -> None:
    (found,) = extract(nlp, [{"id": "x", "text": text}])
    acting = next(a for a in found.actors if {"Kyiv", "Beijing"} & set(a.names))
    assert (acting.type, acting.name) in {("State", "Ukraine"), ("State", "China")}
