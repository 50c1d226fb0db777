"""The graph as TriG: every named graph, readable, in stable order. Reading it back gives the same quads."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.sorting import NO_GRAPH
from kg.export.terms import Namer, block, graphs, prefixes
from kg.store import View


def lines(view: View) -> Iterator[str]:
    """Lines of the TriG document."""
    names = prefixes(view.store.ids.base)
    for name in sorted(names):
        yield f"@prefix {name}: <{names[name]}> ."
    namer = Namer(names)
    for graph, members in graphs(view):
        yield "\n{" if graph == NO_GRAPH else f"\n{namer.iri(graph)} {{"
        for subject, properties in members:
            yield from block(subject, properties, namer, indent="  ")
        yield "}"
