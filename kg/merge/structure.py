"""What roles and affiliations say: which structural triple they support, and for whom a source speaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from kg import lexicon
from kg.records import Actor, Extraction
from kg.vocab import KG, STRUCTURAL

#: Types whose members speak for themselves, and for nobody else unless they belong to somebody.
_VOICES = frozenset(
    {"State", "Government", "Ministry", "ArmedForce", "ArmedGroup", "Party", "Coalition", "Organisation"}
)
_PARTS = _VOICES - {"State"}
_RELATIONS = {KG.name_of(term): term for term in STRUCTURAL}


@dataclass(frozen=True, slots=True)
class Office:
    """What a role means: its structural property, and whether who holds it speaks for the body."""

    relation: NamedNode
    speaks: bool


@cache
def _offices() -> dict[str, Office]:
    entries = lexicon.load("en/role_relations")
    return {e["role"]: Office(_RELATIONS[e["relation"]], bool(e["speaks"])) for e in entries}


def office(role: str) -> Office:
    """The office that ``role`` names by its last words: ``deputy spokesperson`` is a spokesperson.

    A vice president or a deputy head is no head, though they speak for the body; who held an office once does not.
    """
    words = role.casefold().replace("ex-", "ex ").split()
    if {"former", "ex", "late"} & set(words):
        return Office(KG.affiliatedWith, speaks=False)
    found = next((_offices()[tail] for tail in (" ".join(words[-2:]), *words[-1:]) if tail in _offices()), None)
    if found is None:
        return Office(KG.affiliatedWith, speaks=False)
    if found.relation == KG.headOf and set(words) & {"deputy", "vice", "assistant"}:
        return Office(KG.affiliatedWith, found.speaks)
    return found


def parthood(actor: Actor) -> NamedNode:
    """The property by which ``actor`` belongs to what it is ``of``: bodies are parts, others are affiliated."""
    return KG.partOf if actor.type in _PARTS else KG.affiliatedWith


def voices(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """For whom each local actor speaks, by local id: itself if it is a body, then along offices and parthood."""
    actors = {a.id: a for a in (*extraction.actors, *extraction.bystanders)}
    ways: dict[str, list[str]] = {a.id: [a.of] for a in actors.values() if a.of in actors}
    for role in extraction.roles:
        if role.of in actors and role.person in actors and office(role.role).speaks:
            ways.setdefault(role.person, []).append(role.of)
    return {name: tuple(_reached(actor, ways)) for name, actor in actors.items()}


def _reached(actor: Actor, ways: dict[str, list[str]]) -> Iterator[str]:
    seen, todo = {actor.id}, [actor.id]
    if actor.type in _VOICES:
        yield actor.id
    while todo:
        for step in ways.get(todo.pop(), ()):
            if step not in seen:
                seen.add(step)
                todo.append(step)
                yield step
