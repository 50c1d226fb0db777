"""Where a graph lives: a directory, a file, later a server. ``open_store`` gives it, writers fill it, views read it."""

from kg.store.base import Store, Writer
from kg.store.open import open_store
from kg.store.results import Result
from kg.store.view import Evidence, GraphActor, GraphClaim, GraphProposition, View

__all__ = [
    "Evidence", "GraphActor", "GraphClaim", "GraphProposition", "Result", "Store", "View", "Writer", "open_store",
]  # fmt: skip
