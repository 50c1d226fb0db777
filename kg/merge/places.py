"""Which place lies in which, by the IRIs that places have as actors: Diyala lies in Iraq.

The table is ``lexicons/en/places.yaml``, read when it is first needed. A place that is not in it is unknown, which is
compatible with everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import lexicon
from kg.ids import Ids
from kg.merge.keys import name_key
from kg.records import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the table; ``within`` is the name of the place that holds it."""

    name: str
    names: tuple[str, ...]
    qid: str | None
    within: str | None

    def iris(self, ids: Ids) -> Iterator[str]:
        """The IRIs that it may have as an actor: by its item, and by each of its names."""
        if self.qid is not None:
            yield ids.wikidata_actor(self.qid)
        for name in (self.name, *self.names):
            key = name_key(Actor("", name, "Place"))
            if key is not None:
                yield ids.actor(key.partition(":")[2], key)


@cache
def table() -> dict[str, Place]:
    """Every known place by its name."""
    entries = lexicon.load("en/places")
    return {e["name"]: Place(e["name"], tuple(e.get("names", ())), e.get("qid"), e.get("in")) for e in entries}


@cache
def _by_iri(ids: Ids) -> dict[str, Place]:
    return {iri: place for place in table().values() for iri in place.iris(ids)}


@cache
def _parts(name: str) -> tuple[Place, ...]:
    """The places in the named one, however deep."""
    own = [place for place in table().values() if place.within == name]
    return tuple(part for place in own for part in (place, *_parts(place.name)))


def _holders(place: Place) -> Iterator[Place]:
    """The places that hold ``place``, nearest first."""
    while place.within is not None:
        place = table()[place.within]
        yield place


def holding(iri: str, ids: Ids) -> list[str]:
    """IRIs that the places which hold this one may have, nearest first; none for an actor that is no known place."""
    place = _by_iri(ids).get(iri)
    return [] if place is None else [each for holder in _holders(place) for each in holder.iris(ids)]


def held(iri: str, ids: Ids) -> list[str]:
    """IRIs that the places which lie in this one may have."""
    place = _by_iri(ids).get(iri)
    return [] if place is None else [each for part in _parts(place.name) for each in part.iris(ids)]


def same_place(one: str, other: str, ids: Ids) -> bool:
    """Whether two IRIs stand for one place."""
    return one == other or (one in _by_iri(ids) and _by_iri(ids)[one] == _by_iri(ids).get(other))


def may_be_one(one: str, other: str, ids: Ids) -> bool:
    """Whether what happens at one place may happen at the other: the same, one in the other, or one is unknown."""
    if same_place(one, other, ids):
        return True
    left, right = _by_iri(ids).get(one), _by_iri(ids).get(other)
    if left is None or right is None:
        return True
    return left in _holders(right) or right in _holders(left)
