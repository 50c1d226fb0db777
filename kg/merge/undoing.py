"""Taking out all that merging made, in steps: a mark says that they have begun, and whoever merges next ends them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.store import Store
from kg.vocab import KG, RDF

#: What is said of the graph as a whole, and stays.
_OF_THE_GRAPH = {KG.keepsDuplicates, KG.unfinished}
#: What is taken out: what merging made, or people's judgements too.
_MERGES, _ALL = Literal("merges"), Literal("merges and judgements")


def undo(store: Store, *, judgements: bool = False) -> None:
    """Take out all that merging made, so that only the evidence is left; people's judgements too when asked to.

    One transaction an article and a graph, since a graph may be larger than memory. The mark goes with the last.
    """
    graphs = store.graphs
    store.apply(add=[Quad(graphs.decisions, KG.stale, _ALL if judgements else _MERGES, graphs.decisions)])
    articles = {q.subject for term in (KG.resolvedDigest, KG.counted) for q in store.match(None, term)}
    for node in articles:
        if isinstance(node, NamedNode):
            store.apply(store.match(graph=graphs.claims(store.ids.article_id(node.value))))
    for graph in (graphs.actors, graphs.propositions, graphs.accepted):
        store.apply(store.match(graph=graph))
    kinds = (KG.ActorJudgement, KG.ClaimJudgement)
    judged = {q.subject for kind in kinds for q in store.match(None, RDF.type, kind, graphs.decisions)}
    made = (q for q in store.match(graph=graphs.decisions) if q.predicate not in _OF_THE_GRAPH)
    store.apply([q for q in made if judgements or q.subject not in judged])


def end(store: Store) -> None:
    """End an undoing that was broken off, if any."""
    mark = next(store.match(store.graphs.decisions, KG.stale, None, store.graphs.decisions), None)
    if mark is not None:
        undo(store, judgements=mark.object == _ALL)
