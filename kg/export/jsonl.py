"""The records out of a graph, one article a line, with the ids of actors after merging: alike in every article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.ids import escape
from kg.rdf import from_quads
from kg.records import NARRATOR, Actor, Claim, Extraction, Proposition, Role
from kg.store import View
from kg.vocab import KG

Rename = Callable[[str], str]


def lines(view: View) -> Iterator[str]:
    """The record of each article, by article id; every actor that it names stands under ``actors``."""
    for extraction in extractions(view):
        record = extraction.to_dict()
        record["actors"] += record.pop("bystanders")
        yield json.dumps(record, ensure_ascii=False)


def extractions(view: View) -> Iterator[Extraction]:
    """Each article's extraction over canonical actors; local actors that became one are one record.

    An article that has not been merged yet keeps its own ids; of one that has, what is no actor of the graph has an id
    with the article's in it.
    """
    labels, store = view.labels(), view.store
    for article in view.articles():
        found = from_quads(store.match(graph=store.graphs.evidence(article.id)), store.ids)
        merged: dict[str, str] = {}
        for quad in store.match(None, KG.resolvedTo, None, store.graphs.claims(article.id)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                merged[store.ids.local_id(quad.subject.value)] = quad.object.value
        yield _renamed(found, merged, labels)


def _renamed(extraction: Extraction, merged: dict[str, str], labels: dict[str, str]) -> Extraction:
    own = f"{escape(extraction.article.id)}." if merged else ""

    def name(local: str) -> str:
        return local if local == NARRATOR else merged.get(local, f"{own}{local}").rpartition("/")[2]

    label = {local: labels[iri] for local, iri in merged.items() if iri in labels}
    actors = _united((_actor(a, name, label) for a in extraction.actors), {})
    bystanders = _united((_actor(a, name, label) for a in extraction.bystanders), actors)
    return replace(
        extraction,
        actors=tuple(actors.values()),
        bystanders=tuple(bystanders.values()),
        roles=tuple(_role(role, name) for role in extraction.roles),
        propositions=tuple(_proposition(p, name) for p in extraction.propositions),
        claims=tuple(_claim(claim, name) for claim in extraction.claims),
    )


def _united(actors: Iterator[Actor], before: dict[str, Actor]) -> dict[str, Actor]:
    """Actors by id, those with one id as one; what is in ``before`` already is added to there."""
    found: dict[str, Actor] = {}
    for actor in actors:
        home = before if actor.id in before else found
        home[actor.id] = _union(home[actor.id], actor) if actor.id in home else actor
    return found


def _union(one: Actor, other: Actor) -> Actor:
    mentions = sorted({*one.mentions, *other.mentions}, key=lambda m: (m.start, m.end, m.kind, m.reason))
    names = tuple(sorted({*one.names, *other.names}))
    return replace(one, names=names, mentions=tuple(mentions), of=one.of or other.of)


def _actor(actor: Actor, name: Rename, labels: dict[str, str]) -> Actor:
    of = None if actor.of is None else name(actor.of)
    return replace(actor, id=name(actor.id), name=labels.get(actor.id, actor.name), of=of)


def _role(role: Role, name: Rename) -> Role:
    return replace(role, person=name(role.person), of=name(role.of))


def _proposition(p: Proposition, name: Rename) -> Proposition:
    place = None if p.place is None else name(p.place)
    return replace(p, subject=name(p.subject), object=name(p.object), place=place)


def _claim(claim: Claim, name: Rename) -> Claim:
    source = None if claim.source is None else name(claim.source)
    return replace(claim, source=source, via=tuple(map(name, claim.via)))
