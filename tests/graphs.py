"""Graphs in memory that several tests read, built once; whoever changes one builds an own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kg.merge import merge
from kg.records import Extraction
from kg.store import Store, open_store
from tests.rdf.samples import samples


def built(articles: Iterable[Extraction]) -> Store:
    """A merged graph of ``articles``."""
    store = open_store(":memory:")
    with store.writer() as writer:
        for extraction in articles:
            writer.write(extraction)
    merge(store)
    return store


@cache
def sample_graph() -> Store:
    """The merged graph of the three sample articles, to read only."""
    return built(samples())
