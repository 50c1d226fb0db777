"""SPARQL updates that take quads out and put quads in."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import DefaultGraph, Quad


def data_update(remove: list[Quad], add: list[Quad]) -> str:
    """One update for both; where a server runs an update in one transaction, so are these."""
    kept, present = set(add), set(remove)
    gone = data("DELETE", [quad for quad in remove if quad not in kept])
    new = data("INSERT", [quad for quad in add if quad not in present])
    return f"{gone} ;\n{new}"


def data(verb: str, quads: Iterable[Quad]) -> str:
    """``INSERT DATA`` or ``DELETE DATA`` (the ``verb``) of ``quads``."""
    graphs: dict[object, list[str]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    blocks = (
        "\n".join(triples) if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{ {' '.join(triples)} }}"
        for graph, triples in graphs.items()
    )
    return f"{verb} DATA {{ " + "\n".join(blocks) + " }"
