"""The graph as N-Quads, sorted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.sorting import in_order
from kg.store import View
from kg.store.view import quads


def lines(view: View) -> Iterator[str]:
    """One line a quad."""
    for quad in in_order(quads(view), str):
        yield f"{quad} ."
