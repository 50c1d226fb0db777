"""The explorer, served: the page that ``kg view`` writes to a file, with its data fetched and corrections posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from kg.serve.graph import Graph


def routes(graph: Graph) -> list[BaseRoute]:
    """The routes of the explorer of ``graph``: the page at ``/`` and what it fetches."""
    _ = graph
    return []
