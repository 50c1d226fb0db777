"""A graph from one store into another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg.errors import StoreError
from kg.store.base import Store
from kg.store.remote import MARKS

#: Quads that are held in memory, and written, at a time.
PIECE = 5000


def copy(source: Store, target: Store) -> Iterator[int]:
    """Quads written so far, after each piece; what ``target`` holds besides stays.

    The marks by which an article counts go last, so that a copy that breaks off is seen to be one, and is mended by
    copying again.

    Raises:
        StoreError: the graphs have different bases, or one of them cannot be read or written.
    """
    if source.ids.base != target.ids.base:
        raise StoreError(f"The graphs have different bases: {source.ids.base} and {target.ids.base}.")
    done = 0
    plain = (quad for quad in source.match() if quad.predicate not in MARKS)
    marks = (quad for mark in MARKS for quad in source.match(None, mark))
    for quads in (plain, marks):
        content = (quad for quad in quads if quad.graph_name != source.graphs.ontology)
        while piece := list(islice(content, PIECE)):
            target.apply(add=piece)
            done += len(piece)
            yield done


def copied(source: Store, target: Store) -> bool:
    """Whether ``target`` holds as many quads as ``source`` in each graph, or more."""
    there = _sizes(target)
    return all(there.get(name, 0) >= size for name, size in _sizes(source).items())


def _sizes(store: Store) -> dict[str | None, int]:
    """Quads by graph; but each store has its own version's ontology."""
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    sizes = {name: int(count or 0) for name, count in store.query(query).rows()}
    sizes.pop(store.graphs.ontology.value, None)
    return sizes
