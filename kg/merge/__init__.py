"""The same actors and the same propositions across articles: recorded, explained, reversible.

``merge`` brings the merged graphs in step with the evidence; ``remove`` takes articles out; ``unmerge`` parts an actor
of an article from the actor that it was taken to be, ``rejoin`` takes that back; ``reset`` leaves only the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.merge.link import decision
from kg.merge.merger import Merger
from kg.store import Store
from kg.vocab import KG, RDF

__all__ = ["MergeReport", "merge", "rejoin", "remove", "reset", "unmerge"]

#: Who decides when nobody else is named.
USER = "user"


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a run did (``articles`` settled, ``removed`` of them gone), and what the graph holds after it."""

    articles: int
    removed: int
    local_actors: int
    actors: int
    propositions: int
    contested: int


def merge(store: Store, progress: Callable[[str], None] | None = None) -> MergeReport:
    """What merging did. Doing it again changes nothing; the order in which articles came makes no difference.

    Raises:
        StoreError: the store is read-only.
    """
    counts = Merger(store).run(progress)

    def count(predicate: NamedNode, value: NamedNode | None = None) -> int:
        return sum(1 for _ in store.match(None, predicate, value))

    return MergeReport(
        counts.articles,
        counts.removed,
        count(RDF.type, KG.LocalActor),
        len({q.object for q in store.match(None, KG.resolvedTo)}),
        count(RDF.type, KG.Proposition),
        count(RDF.type, KG.ContestedProposition),
    )


def remove(store: Store, articles: Iterable[str]) -> MergeReport:
    """What is left after taking out the articles with these ids, and everything that only they supported.

    Raises:
        StoreError: one of them is not there (those before it are gone).
    """
    with store.writer() as writer:
        for article in articles:
            writer.remove(article)
    return merge(store)


def unmerge(store: Store, local: str, *, by: str = USER, reason: str = "judged different") -> MergeReport:
    """What is left after judging that ``local`` (IRI of an article's actor) is not the actor it was taken to be.

    The judgement is a decision in the graph, and outlives every later merge.

    Raises:
        StoreError: there is no such local actor.
    """
    node = NamedNode(local)
    for quad in list(store.match(node, KG.resolvedTo)):
        if isinstance(quad.object, NamedNode):
            apart = decision(store, node, quad.object, same=False, reason=reason, by=by)
            _judge(store, node, [], list(apart))
            return merge(store)
    raise StoreError(f"No actor of an article has the IRI {local}. 'kg explain NAME' lists those behind an actor.")


def rejoin(store: Store, local: str) -> MergeReport:
    """What is left after taking back every judgement on ``local``; without one, nothing changes."""
    node = NamedNode(local)
    judged = [q.subject for q in store.match(None, KG.decidedOn, node, store.graphs.decisions)]
    apart = [d for d in judged if isinstance(d, NamedNode) and any(store.match(d, KG.judgement, KG.NotSame))]
    gone = [quad for d in apart for quad in store.match(d, None, None, store.graphs.decisions)]
    if gone:
        _judge(store, node, gone, [])
    return merge(store)


def _judge(store: Store, local: NamedNode, gone: list[Quad], new: list[Quad]) -> None:
    """Change judgements, and have the article of ``local`` merged again."""
    article = store.ids.article_id(local.value)
    node, graph = NamedNode(store.ids.article(article)), store.graphs.claims(article)
    before = list(store.match(node, KG.resolvedDigest, None, graph))
    store.apply([*gone, *before], [*new, Quad(node, KG.resolvedDigest, Literal(""), graph)])


def reset(store: Store, *, judgements: bool = False) -> None:
    """Take out all that merging made, so that only the evidence is left; people's judgements too when asked to.

    ``merge`` makes it again.
    """
    graphs = store.graphs
    articles = [q.subject for q in store.match(None, KG.resolvedDigest)]
    for node in articles:
        if isinstance(node, NamedNode):
            store.apply(store.match(graph=graphs.claims(store.ids.article_id(node.value))))
    for graph in (graphs.actors, graphs.propositions, graphs.accepted):
        store.apply(store.match(graph=graph))
    apart = {q.subject for q in store.match(None, KG.judgement, KG.NotSame)}
    decisions = store.match(graph=graphs.decisions)
    store.apply([q for q in decisions if judgements or q.subject not in apart])
