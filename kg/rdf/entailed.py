"""What follows from a quad by the ontology's sub-properties, so that a query for the broader property finds it too.

Relations between actors (``kg:attacks`` under ``kg:hostileTo``) are never bare triples, so nothing follows from them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg import ontology
from kg.vocab import RDFS


def entailed(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Each quad, and after it the same with every property above its own, in the same graph.

    >>> from kg.vocab import KG
    >>> graph = NamedNode("http://example.org/")
    >>> [KG.name_of(q.predicate) for q in entailed([Quad(KG.Claim, KG.denies, KG.Proposition, graph)])]
    ['denies', 'takesStanceOn']
    """
    above = superproperties()
    for quad in quads:
        yield quad
        for predicate in above.get(quad.predicate, ()):
            yield Quad(quad.subject, predicate, quad.object, quad.graph_name)


@cache
def superproperties() -> Mapping[NamedNode, tuple[NamedNode, ...]]:
    """The properties above each property of the ontology, nearest first."""
    direct = defaultdict[NamedNode, list[NamedNode]](list)
    for quad in pyoxigraph.parse(ontology.text("kg.ttl"), pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate == RDFS.subPropertyOf:
            direct[cast(NamedNode, quad.subject)].append(cast(NamedNode, quad.object))

    def upwards(node: NamedNode) -> Iterator[NamedNode]:
        for above in direct.get(node, ()):
            yield above
            yield from upwards(above)

    return {node: tuple(dict.fromkeys(upwards(node))) for node in list(direct)}
