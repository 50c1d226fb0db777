"""The public Python API: ``load``, ``extract``, ``relate`` and ``open``. Import these names from ``kg``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.annotate.pipeline import load_pipeline as load
from kg.annotate.relations.relate import relate
from kg.extraction import extract

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import View

__all__ = ["extract", "load", "open", "relate"]


def open(path: str | Path) -> View:
    """A read view of the graph at ``path``: a store directory, or a .trig, .nq, .ttl or .jsonld file.

    Raises:
        StoreError: there is no graph there, or it cannot be opened.
    """
    from kg.store import open_store

    return open_store(path, read_only=True).view()
