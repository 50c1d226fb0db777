"""The graph as N-Quads, sorted."""

from __future__ import annotations

from collections.abc import Iterator

from kg.store import View
from kg.store.view import quads


def lines(view: View) -> Iterator[str]:
    """One line a quad."""
    for line in sorted(str(quad) for quad in quads(view)):
        yield f"{line} ."
