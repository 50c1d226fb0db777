"""What the graphs of one article, or one decision, hold, as plain records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from pyoxigraph import NamedNode

from kg.records import Span
from kg.store import Store
from kg.store.claims import characters
from kg.vocab import KG, PROV

Table = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an article's actor (``local``, an IRI) is, or is not (``same``), the actor that it was compared with."""

    actor: str
    local: str
    name: str
    same: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True, order=True)
class Affiliation:
    """``member`` is a part or holder of an office (``text``) of ``whole``; both are IRIs of actors."""

    member: str
    relation: str
    whole: str
    text: str


def spans(store: Store, article: str, predicate: NamedNode) -> list[tuple[str, list[Span]]]:
    """Character ranges that a property of claims leads to, by claim, in the order of the text."""
    found = _table(store, predicate, store.graphs.evidence(article))
    return [(claim, sorted(map(characters, places))) for claim, places in found.items()]


def verbs(store: Store, article: str) -> list[tuple[str, str, str]]:
    """Claim, proposition, and the words in which the text of the claim says it."""
    evidence, claims = store.graphs.evidence(article), store.graphs.claims(article)
    expressed, worded = _table(store, KG.expresses, claims), _table(store, KG.predicateText, evidence)
    return [
        (claim, proposition, words)
        for claim, mentions in _table(store, KG.states, evidence).items()
        for mention in mentions
        for proposition in expressed.get(mention, ())
        for words in worded.get(mention, ())
    ]


def affiliations(store: Store, article: str) -> list[Affiliation]:
    """Who belongs to whom, in which office."""
    graph = store.graphs.claims(article)
    texts = _table(store, KG.roleText, store.graphs.evidence(article))
    members, wholes = _table(store, KG.member, graph), _table(store, KG.whole, graph)
    return [
        Affiliation(member, KG.name_of(NamedNode(relation)), whole, text)
        for role, (relation, *_) in _table(store, KG.acceptedAs, graph).items()
        for member in members.get(role, ())
        for whole in wholes.get(role, ())
        for text in texts.get(role, [""])
    ]


def former(store: Store, article: str) -> list[tuple[str, str]]:
    """The IRIs that actors of the article have by their name and by their item alone, and whom they stand for."""
    graph = store.graphs.claims(article)
    keys, items = _table(store, KG.nameKey, graph), _table(store, KG.wikidata, store.graphs.evidence(article))
    return [
        (iri, actor)
        for local, actors in _table(store, KG.resolvedTo, graph).items()
        for iri in _own(store, keys.get(local, []), items.get(local, []))
        for actor in actors
    ]


def _own(store: Store, keys: list[str], items: list[str]) -> Iterator[str]:
    yield from (store.ids.actor(key.partition(":")[2], key) for key in keys)
    yield from (store.ids.wikidata_actor(item.rpartition("/")[2]) for item in items)


def decision(store: Store, iri: str) -> Decision:
    """The decision with this IRI."""
    said = {q.predicate: _value(q.object) for q in store.match(NamedNode(iri), None, None, store.graphs.decisions)}
    local = said[KG.decidedOn]
    evidence = store.graphs.evidence(store.ids.article_id(local))
    named = next(store.match(NamedNode(local), KG.localName, None, evidence), None)
    same, by = said[KG.judgement].endswith("#Same"), said.get(PROV.wasAttributedTo, "").rpartition("/")[2]
    return Decision(said[KG.actor], local, _value(named.object) if named else "", same, said.get(KG.reason, ""), by)


def _table(store: Store, predicate: NamedNode, graph: NamedNode) -> Table:
    """Values of a property by subject."""
    table: Table = defaultdict(list)
    for quad in store.match(None, predicate, None, graph):
        table[_value(quad.subject)].append(_value(quad.object))
    return table


def _value(term: object) -> str:
    return cast(str, cast(Any, term).value)
