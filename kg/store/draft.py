"""Several changes to a store that are written as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.store.articles import ArticleWriter
from kg.store.base import Dataset, Store, Term
from kg.store.results import Result
from kg.store.view import View


class Draft:
    """A store as it will be: changes are seen here at once, and come to the store itself, whole, with ``commit``."""

    def __init__(self, store: Store) -> None:
        """Nothing changed yet."""
        self._store, self.ids, self.graphs = store, store.ids, store.graphs
        self._new, self._gone = ox.Store(), set[Quad]()

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads that have the given terms; None stands for any."""
        kept = (quad for quad in self._store.match(subject, predicate, value, graph) if quad not in self._gone)
        return iter([*kept, *self._new.quads_for_pattern(subject, predicate, value, graph)])

    def size(self) -> int:
        """How many quads there will be, those of the ontology too."""
        return self._store.size() - len(self._gone) + len(self._new)

    def apply(self, remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """Take quads out and put quads in, here."""
        gone, new = list(remove), list(add)
        for quad in gone:
            self._new.remove(quad)
        self._gone.update(quad for quad in gone if _holds(self._store, quad))
        for quad in new:
            self._gone.discard(quad)
        self._new.extend(quad for quad in new if not _holds(self._store, quad))

    def commit(self) -> None:
        """Write it all, in one transaction.

        Raises:
            StoreError: the store is read-only, or the disk refuses.
        """
        if self._gone or len(self._new):
            self._store.apply(sorted(self._gone, key=str), sorted(self._new, key=str))

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, dataset: Dataset | None = None) -> Result:
        """As the store itself: a draft is not queried."""
        return self._store.query(sparql, bindings, dataset)

    def update(self, sparql: str) -> None:
        """As the store itself, at once."""
        self._store.update(sparql)

    @contextmanager
    def writer(self) -> Iterator[ArticleWriter]:
        """A writer into the draft."""
        yield ArticleWriter(self)

    def view(self) -> View:
        """The read side of the store itself."""
        return self._store.view()

    def close(self) -> None:
        """Nothing to give free."""

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _holds(store: Store, quad: Quad) -> bool:
    return any(store.match(quad.subject, quad.predicate, quad.object, quad.graph_name))  # type: ignore[arg-type]
