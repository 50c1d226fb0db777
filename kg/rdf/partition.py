"""Which graph each triple of a graph stands in, from the triple alone: what a format without graphs leaves out.

Every triple stands in exactly one graph, and its subject and property tell which. So Turtle is as good as TriG.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.ids import Ids
from kg.rdf.entailed import superproperties
from kg.rdf.graphs import Graphs
from kg.vocab import KG, STANCE, STRUCTURAL


def _with_broader(*properties: NamedNode) -> frozenset[NamedNode]:
    return frozenset(each for one in properties for each in (one, *superproperties().get(one, ())))


#: What the merger says of an article, of what is in it, and of its claims.
_MERGED = frozenset({
    KG.resolvedDigest, KG.nameKey, KG.counted, KG.shingle, KG.stale, KG.copyOf, KG.expresses, KG.place, KG.member,
    KG.whole, KG.acceptedAs, KG.via, KG.onBehalfOf, KG.wording, KG.repeats,
})  # fmt: skip
#: The shared graph of each kind of thing; the rest are decisions and what they need.
_SHARED = {"actor": "actors", "proposition": "propositions", "contradiction": "propositions", "skipped": "skipped"}


def partitioned(triples: Iterable[Triple], ids: Ids) -> Iterator[Quad]:
    """Each triple in the graph that it was exported from; what is none of ours stays in the default graph."""
    held = list(triples)
    articles = {t.subject: t.object.value for t in held if t.predicate == KG.reportedIn}  # type: ignore[union-attr]
    found = _Partition(ids, {node: ids.article_id(iri) for node, iri in articles.items()})
    for t in held:
        yield Quad(t.subject, t.predicate, t.object, found.graph(t))


class _Partition:
    """The graphs of one base; ``claims`` are the ids of the articles that report them."""

    def __init__(self, ids: Ids, claims: Mapping[object, str]) -> None:
        self.ids, self.graphs, self.claims = ids, Graphs(ids), claims
        self.merged = _MERGED | _with_broader(KG.resolvedTo, KG.source, *STANCE.values())
        self.structure = _with_broader(*STRUCTURAL)

    def graph(self, triple: Triple) -> NamedNode | DefaultGraph:
        subject, data = triple.subject, f"{self.ids.base}id/"
        if subject == self.graphs.decisions:
            return self.graphs.decisions
        if not isinstance(subject, NamedNode) or not subject.value.startswith(data):
            return DefaultGraph()
        kind = subject.value.removeprefix(data).partition("/")[0]
        if kind == "article":
            return self._of_article(self.ids.article_id(subject.value), triple.predicate)
        if kind == "claim" and subject in self.claims and triple.predicate != KG.contradicts:
            return self._of_article(self.claims[subject], triple.predicate)
        if kind == "actor" and triple.predicate in self.structure:
            return self.graphs.accepted
        if kind == "claim":
            return self.graphs.propositions
        return NamedNode(self.ids.graph(_SHARED.get(kind, "decisions")))

    def _of_article(self, article: str, predicate: NamedNode) -> NamedNode:
        return self.graphs.claims(article) if predicate in self.merged else self.graphs.evidence(article)
