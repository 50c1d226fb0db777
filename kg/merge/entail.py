"""Which propositions entail which: by the ontology's relations (assists, supports), and by places (Diyala, Iraq).

A function of a proposition's subject, relation and object alone, so that no article can change it.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from kg import ontology
from kg.ids import Ids
from kg.merge.organs import ACTS, FORCE, organs_of, state_of
from kg.merge.places import held, holding, same_place
from kg.records import RELATIONS, SYMMETRIC
from kg.vocab import KG, RDFS

#: Relations that are done to the whole when they are done to a part of it: who shells Aleppo shells Syria.
SPREADING = frozenset({"attacks", "mobilisesAgainst", "coerces"})


@cache
def _superrelations() -> dict[str, str]:
    """The relation above each relation, in the ontology."""
    quads = pyoxigraph.parse(ontology.text("kg.ttl"), RdfFormat.TURTLE)
    pairs = ((q.subject, q.object) for q in quads if q.predicate == RDFS.subPropertyOf)
    names = ((KG.name_of(cast(NamedNode, s)), KG.name_of(cast(NamedNode, o))) for s, o in pairs)
    return {below: above for below, above in names if below in RELATIONS and above in RELATIONS}


@cache
def broader_relations(relation: str) -> tuple[str, ...]:
    """Relations that ``relation`` entails, itself apart, nearest first.

    >>> broader_relations("assists")
    ('supports',)
    """
    above = _superrelations().get(relation)
    return () if above is None else (above, *broader_relations(above))


@cache
def narrower_relations(relation: str) -> tuple[str, ...]:
    """Relations that entail ``relation``, itself apart, in the order of the records."""
    return tuple(name for name in RELATIONS if relation in broader_relations(name))


def broader(subject: str, relation: str, object_: str, ids: Ids) -> list[NamedNode]:
    """Propositions that the given one entails, itself apart, whether anybody speaks of them or not."""
    wholes = [w for w in holding(object_, ids) if not same_place(w, subject, ids)] if relation in SPREADING else []
    objects, relations = (object_, *wholes), (relation, *broader_relations(relation))
    found = [(each, other) for each in relations for other in objects]
    return [proposition(subject, each, other, ids) for each, other in found[1:]]


def narrower(subject: str, relation: str, object_: str, ids: Ids) -> list[NamedNode]:
    """Propositions that entail the given one, itself apart, whether anybody speaks of them or not."""
    parts = [] if same_place(object_, subject, ids) else held(object_, ids)
    relations = (relation, *narrower_relations(relation))
    found = [(subject, r, o) for r in relations for o in (object_, *(parts if r in SPREADING else ()))][1:]
    if relation in SYMMETRIC:  # a member is an ally, and has one
        found += [(object_, r, subject) for r in relations[1:]]
    return [proposition(*each, ids) for each in found]


def by_state(subject: str, relation: str, object_: str, ids: Ids) -> list[NamedNode]:
    """Propositions about the state for which a subject acts, or that is attacked in an object; entailed ones, too.

    Of acts of force also about the forces of the state. These are no entailments in the strict sense: the state may
    say that its army acted by itself.
    """
    subjects = (subject, *(state_of(subject, ids) if relation in ACTS else ()))
    subjects += organs_of(subject, ids) if relation in FORCE else ()
    objects = (object_, *(state_of(object_, ids) if relation in SPREADING else ()))
    relations = (relation, *broader_relations(relation))
    found = [(s, r, o) for s in subjects for r in relations for o in objects if (s, o) != (subject, object_)]
    return [proposition(s, r, o, ids) for s, r, o in found if not same_place(s, o, ids)]


def by_organs(subject: str, relation: str, object_: str, ids: Ids) -> list[NamedNode]:
    """Propositions for which ``by_state`` gives this one."""
    if same_place(subject, object_, ids):
        return []
    found = []
    for r in (relation, *narrower_relations(relation)):
        subjects = (subject, *(organs_of(subject, ids) if r in ACTS else ()))
        subjects += state_of(subject, ids) if r in FORCE else ()
        objects = (object_, *(organs_of(object_, ids) if r in SPREADING else ()))
        found += [proposition(s, r, o, ids) for s in subjects for o in objects if (s, o) != (subject, object_)]
    return found


def proposition(subject: str, relation: str, object_: str, ids: Ids) -> NamedNode:
    """The proposition over two actors; those of a symmetric relation stand in the order of their IRIs."""
    if relation in SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return NamedNode(ids.proposition(subject, relation, object_))
