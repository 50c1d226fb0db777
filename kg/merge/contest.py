"""Contested propositions: what one source asserts and another denies, kept in step one article at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import NamedNode, Quad

from kg.merge.resolve import Resolution
from kg.store import Store
from kg.vocab import KG, RDF, STANCE

#: Sources by proposition and stance.
Sides = dict[tuple[NamedNode, NamedNode], set[object]]


class Contest:
    """Keeps the propositions graph of a store in step with the claims of its articles."""

    def __init__(self, store: Store) -> None:
        """For ``store``, which must be open for writing."""
        self.store, self.graphs = store, store.graphs

    def admit(self, resolution: Resolution, add: list[Quad]) -> None:
        """Add an article's propositions, and the mark of those that are contested with it, to ``add``.

        ``add`` already holds the article's claims graph.
        """
        sides = _sides(q for q in add if q.graph_name == resolution.graph)
        for node, quads in resolution.shared_propositions().items():
            add += quads
            mark = Quad(node, RDF.type, KG.ContestedProposition, self.graphs.propositions)
            if not any(self.store.match(node, RDF.type, KG.ContestedProposition)) and self._contested(node, sides):
                add.append(mark)

    def retract(self, old: list[Quad], graph: NamedNode, remove: list[Quad]) -> None:
        """Add to ``remove`` what only the claims graph ``graph``, which holds ``old``, supported."""
        for node in dict.fromkeys(cast(NamedNode, q.object) for q in _with(old, KG.expresses)):
            if all(q.graph_name == graph for q in self.store.match(None, KG.expresses, node)):
                remove += self.store.match(node, None, None, self.graphs.propositions)
            elif not self._contested(node, without=graph):
                remove += self.store.match(node, RDF.type, KG.ContestedProposition, self.graphs.propositions)

    def _contested(self, node: NamedNode, sides: Sides | None = None, without: NamedNode | None = None) -> bool:
        """Whether one source asserts the proposition and another denies it, looking no further than it must."""
        asserting = self._sources(node, KG.asserts, sides, without)
        denying = self._sources(node, KG.denies, sides, without)
        return bool(asserting and denying) and len(asserting | denying) > 1

    def _sources(
        self, node: NamedNode, stance: NamedNode, sides: Sides | None, without: NamedNode | None
    ) -> set[object]:
        """At most two sources that take the stance on the proposition, in the store and in ``sides``."""
        found: set[object] = set(sides.get((node, stance), ())) if sides else set()
        for quad in self.store.match(None, stance, node):
            if len(found) > 1:
                break
            if quad.graph_name != without:
                found.update(q.object for q in self.store.match(cast(NamedNode, quad.subject), KG.source))
        return found


def _with(quads: Iterable[Quad], predicate: NamedNode) -> Iterator[Quad]:
    return (quad for quad in quads if quad.predicate == predicate)


def _sides(quads: Iterable[Quad]) -> Sides:
    """Sources by proposition and stance, of the claims in one claims graph."""
    kept = list(quads)
    sources = {q.subject: q.object for q in _with(kept, KG.source)}
    found: Sides = {}
    for quad in kept:
        if quad.predicate in STANCE.values() and quad.subject in sources:
            key = (cast(NamedNode, quad.object), quad.predicate)
            found.setdefault(key, set()).add(sources[quad.subject])
    return found
