"""Entailment between propositions: by the ontology's relations, and by places."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.ids import Ids
from kg.merge import places
from kg.merge.entail import (
    broader,
    broader_relations,
    by_organs,
    by_state,
    narrower,
    narrower_relations,
    proposition,
)
from kg.merge.keys import name_key
from kg.merge.organs import state_of
from kg.records import RELATIONS, Actor

IDS = Ids()
SYRIA, RUSSIA, GUARD = (IDS.wikidata_actor(q) for q in ("Q858", "Q159", "Q900001"))
STATES = {e["name"]: e.get("qid") for e in lexicon.load("actors/states")}
TABLE = lexicon.load("en/places")


def place(name: str) -> str:
    """IRI of a place that is known by its name only."""
    return IDS.actor(name, f"polity:{name}")


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("assists", ("supports",)),
        ("leads", ("memberOf", "alliedWith")),
        ("memberOf", ("alliedWith",)),
        ("attacks", ("opposes",)),
        ("supports", ()),
        ("alliedWith", ()),
        ("relatedTo", ()),
    ],
)
def test_relations_entail_what_the_ontology_says(relation: str, expected: tuple[str, ...]) -> None:
    assert broader_relations(relation) == expected
    assert all(relation in narrower_relations(each) for each in expected)


@pytest.mark.parametrize("relation", [r for r in RELATIONS if broader_relations(r)])
def test_a_relation_has_the_sign_of_what_it_entails(relation: str) -> None:
    assert {RELATIONS[relation]} == {RELATIONS[each] for each in broader_relations(relation)}


@pytest.mark.parametrize("entry", TABLE, ids=lambda e: e["name"])
def test_every_place_lies_in_a_state_of_the_gazetteer(entry: dict[str, str]) -> None:
    assert entry["name"] in entry["example"]
    own = places.table()[entry["name"]]
    top = [*places._holders(own), own][-1 if own.within is None else -2]
    assert top.qid == STATES[top.name]
    assert top.qid is not None


def test_spellings_of_places_are_distinct() -> None:
    names = [name.casefold() for e in TABLE for name in (e["name"], *e.get("names", ()))]
    assert len(names) == len(set(names))


def test_who_attacks_a_town_attacks_the_state() -> None:
    found = broader(RUSSIA, "attacks", place("douma"), IDS)
    assert proposition(RUSSIA, "attacks", SYRIA, IDS) in found
    assert proposition(RUSSIA, "attacks", place("eastern ghouta"), IDS) in found
    assert proposition(RUSSIA, "opposes", place("douma"), IDS) in found
    assert proposition(RUSSIA, "attacks", place("douma"), IDS) not in found


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [
        (RUSSIA, "supports", place("douma")),
        (RUSSIA, "attacks", GUARD),
        (RUSSIA, "consultsWith", place("damascus")),
    ],
)
def test_nothing_spreads_from_other_relations_or_objects(subject: str, relation: str, object_: str) -> None:
    assert proposition(subject, relation, SYRIA, IDS) not in broader(subject, relation, object_, IDS)


def test_a_state_that_attacks_its_own_town_does_not_attack_itself() -> None:
    assert proposition(SYRIA, "attacks", SYRIA, IDS) not in broader(SYRIA, "attacks", place("douma"), IDS)
    assert proposition(SYRIA, "attacks", place("douma"), IDS) not in narrower(SYRIA, "attacks", SYRIA, IDS)


@pytest.mark.parametrize("relation", sorted(RELATIONS))
@pytest.mark.parametrize("object_", [SYRIA, place("douma"), GUARD])
@pytest.mark.parametrize("subject", [SYRIA, RUSSIA])
def test_broader_and_narrower_are_inverse(subject: str, relation: str, object_: str) -> None:
    own = proposition(subject, relation, object_, IDS)
    for each in RELATIONS:
        for other in (SYRIA, place("douma"), place("eastern ghouta"), GUARD):
            entails = proposition(subject, each, other, IDS) in broader(subject, relation, object_, IDS)
            assert entails == (own in narrower(subject, each, other, IDS))


def test_places_may_be_one_when_one_holds_the_other_or_one_is_unknown() -> None:
    assert places.may_be_one(place("douma"), SYRIA, IDS)
    assert places.may_be_one(SYRIA, place("syria"), IDS)
    assert places.may_be_one(place("douma"), place("zenda"), IDS)
    assert not places.may_be_one(place("douma"), place("raqqa"), IDS)
    assert not places.may_be_one(place("douma"), IDS.wikidata_actor("Q796"), IDS)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(("subject", "object_"), [(RUSSIA, GUARD), (GUARD, RUSSIA)])
def test_what_a_proposition_entails_is_entailed_by_it(subject: str, relation: str, object_: str) -> None:
    own = proposition(subject, relation, object_, IDS)
    for other in broader_relations(relation):
        assert proposition(subject, other, object_, IDS) in broader(subject, relation, object_, IDS)
        for pair in ((subject, object_), (object_, subject)):
            told = proposition(pair[0], other, pair[1], IDS) == proposition(subject, other, object_, IDS)
            assert told == (own in narrower(pair[0], other, pair[1], IDS))


ASSAD, ARMY = IDS.wikidata_actor("Q44329"), IDS.wikidata_actor("Q3068744")


@pytest.mark.parametrize("organ", [ASSAD, ARMY])
def test_what_leaders_and_armies_do_is_told_of_the_state(organ: str) -> None:
    told = by_state(organ, "attacks", GUARD, IDS)
    assert proposition(SYRIA, "attacks", GUARD, IDS) in told
    assert proposition(SYRIA, "opposes", GUARD, IDS) in told
    assert proposition(organ, "attacks", GUARD, IDS) in by_organs(SYRIA, "attacks", GUARD, IDS)
    assert proposition(organ, "attacks", GUARD, IDS) in by_organs(SYRIA, "opposes", GUARD, IDS)


@pytest.mark.parametrize(("office", "acts"), [("president", True), ("leader", False)])
def test_who_leads_a_party_does_not_act_for_the_state(office: str, acts: bool) -> None:
    offices = {e["name"]: e["offices"] for e in lexicon.load("actors/persons") if {"country", "offices"} <= e.keys()}
    keys = [
        name_key(Actor("", name, "Person", reason="gazetteer")) for name, held in offices.items() if held == [office]
    ]
    assert keys
    assert all(key and bool(state_of(IDS.actor(key.partition(":")[2], key), IDS)) == acts for key in keys)


def test_a_state_attacks_by_its_forces() -> None:
    assert proposition(ARMY, "attacks", GUARD, IDS) in by_state(SYRIA, "attacks", GUARD, IDS)


def test_who_attacks_an_army_attacks_its_state() -> None:
    assert proposition(RUSSIA, "attacks", SYRIA, IDS) in by_state(RUSSIA, "attacks", ARMY, IDS)


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [
        pytest.param(ASSAD, "accuses", GUARD, id="words are one's own"),
        pytest.param(ASSAD, "consultsWith", RUSSIA, id="so are meetings"),
        pytest.param(GUARD, "attacks", RUSSIA, id="no organ"),
        pytest.param(ASSAD, "attacks", SYRIA, id="of its own state"),
        pytest.param(SYRIA, "assists", GUARD, id="the state itself"),
    ],
)
def test_what_is_told_of_no_state(subject: str, relation: str, object_: str) -> None:
    assert not by_state(subject, relation, object_, IDS)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(
    ("subject", "object_"), [(ASSAD, GUARD), (ARMY, RUSSIA), (RUSSIA, ARMY), (ASSAD, SYRIA), (SYRIA, GUARD)]
)
def test_the_state_is_told_of_by_the_organs_that_it_stands_for(subject: str, relation: str, object_: str) -> None:
    other = {ASSAD: SYRIA, ARMY: SYRIA, SYRIA: ARMY}
    states = [(s, o) for s in (subject, other.get(subject, subject)) for o in (object_, other.get(object_, object_))]
    for s, o in states:
        told = proposition(s, relation, o, IDS) in by_state(subject, relation, object_, IDS)
        assert told == (proposition(subject, relation, object_, IDS) in by_organs(s, relation, o, IDS))
