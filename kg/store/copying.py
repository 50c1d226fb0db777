"""A graph from one store into another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kg.errors import StoreError
from kg.store.base import Store
from kg.store.disk import DiskStore
from kg.store.file import FORMATS
from kg.store.remote import MARKS
from kg.store.snapshot import MARK

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


def cloned(source: Store, target: str) -> bool:
    """Whether ``target``, where there was nothing, is now a directory like that of ``source``, copied file by file.

    Nobody writes the files meanwhile: ``source`` is open to be read, or a copy.

    Raises:
        StoreError: it cannot be written there.
    """
    path = Path(target)
    new = not path.exists() and path.suffix not in FORMATS and "://" not in target and target != ":memory:"
    if not new or not isinstance(source, DiskStore):
        return False
    part = path.with_name(f"{path.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(source.path / "quads", part / "quads", ignore=shutil.ignore_patterns("LOG*", "LOCK"))
        shutil.copyfile(source.path / MARK, part / MARK)
        part.replace(path)
    except OSError as error:
        raise StoreError(f"No graph can be made at {path} ({error.strerror}). Name another place.") from error
    return True


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
