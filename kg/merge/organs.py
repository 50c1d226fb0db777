"""Who acts for which state, by the IRIs that they have as actors: the Syrian army and President Assad act for Syria.

The table is the gazetteer (``lexicons/actors/``): organs by the state that they stand for, leaders by their country and
the offices that they have held. An actor that is not in it stands for nobody but itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kg import lexicon
from kg.ids import Ids
from kg.merge.keys import name_key
from kg.records import Actor

#: Acts that are a state's whoever of its organs carries them out. What organs say and whom they meet is their own.
ACTS = frozenset({"attacks", "coerces", "mobilisesAgainst", "assists", "sanctions"})
#: Acts of force: a state has no other means for them than its forces, so their denial answers for it.
FORCE = frozenset({"attacks"})
#: Offices whose holders act for the state; a "leader" may lead the opposition.
_LEADERS = frozenset({"president", "premier", "dictator", "chancellor", "king", "emir"})
_ORGANS = ("armed_forces", "institutions", "ministries")


def _iris(entry: Mapping[str, Any], ids: Ids) -> Iterator[str]:
    """The IRIs that an entry of the gazetteer may have as an actor: by its item, else by its name."""
    if "qid" in entry:
        yield ids.wikidata_actor(entry["qid"])
    key = name_key(Actor("", entry["name"], entry["type"], reason="gazetteer"))
    if key is not None:
        yield ids.actor(key.partition(":")[2], key)


@cache
def _states(ids: Ids) -> dict[str, tuple[str, ...]]:
    """The IRIs of each state by its code."""
    return {e["country"]: tuple(_iris(e, ids)) for e in lexicon.load("actors/states") if "country" in e}


@cache
def _organs(ids: Ids) -> dict[str, tuple[str, ...]]:
    """The IRIs of organs and leaders, each with those of its state."""
    organs = [(e, e["stands_for"]) for name in _ORGANS for e in lexicon.load(f"actors/{name}") if "stands_for" in e]
    persons = lexicon.load("actors/persons")
    leaders = [(e, e["country"]) for e in persons if "country" in e and _LEADERS & set(e.get("offices", ()))]
    states = _states(ids)
    return {iri: states[code] for entry, code in (*organs, *leaders) if code in states for iri in _iris(entry, ids)}


@cache
def _by_state(ids: Ids) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for organ, states in _organs(ids).items():
        for state in states:
            found.setdefault(state, []).append(organ)
    return {state: tuple(organs) for state, organs in found.items()}


def state_of(iri: str, ids: Ids) -> tuple[str, ...]:
    """IRIs of the state for which an organ or a leader acts; none for any other actor."""
    return _organs(ids).get(iri, ())


def organs_of(iri: str, ids: Ids) -> tuple[str, ...]:
    """IRIs of the organs and leaders of a state; none for any other actor."""
    return _by_state(ids).get(iri, ())
