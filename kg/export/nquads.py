"""The graph as N-Quads, sorted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.sorting import in_order
from kg.store import View
from kg.store.view import quads


def lines(view: View) -> Iterator[str]:
    """One line a quad."""
    for block in in_order(quads(view), lambda quad: str(quad.subject)):
        yield from (f"{text} ." for text in sorted(map(str, block)))
