"""The graph as N-Quads, sorted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.sorting import NO_GRAPH, in_order
from kg.store import View
from kg.store.view import quads


def lines(view: View) -> Iterator[str]:
    """One line a quad."""
    for block in in_order(quads(view), lambda _, subject: subject):
        yield from (f"{text} ." for text in sorted(map(_quad, block)))


def _quad(line: str) -> str:
    """A line with its graph at the end."""
    graph, triple = line.split(" ", 1)
    return triple if graph == NO_GRAPH else f"{triple} {graph}"
