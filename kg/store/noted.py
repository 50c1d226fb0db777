"""A store that notes what is changed through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import cast

from pyoxigraph import NamedNode, Quad

from kg.store.base import Dataset, Store, Term, Writer
from kg.store.results import Result
from kg.store.view import View


class Noted:
    """The store itself; ``touched`` are ids of articles whose claims graph changed, and the IRIs in all changed quads.

    It is None once more has changed than what is derived from the articles: their evidence, or nobody knows what.
    """

    def __init__(self, store: Store) -> None:
        """Nothing changed yet."""
        self._store, self.ids, self.graphs = store, store.ids, store.graphs
        self.touched: set[str] | None = set()

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """As the store."""
        return self._store.match(subject, predicate, value, graph)

    def size(self) -> int:
        """As the store."""
        return self._store.size()

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, dataset: Dataset | None = None) -> Result:
        """As the store."""
        return self._store.query(sparql, bindings, dataset)

    def apply(self, remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """Take quads out and put quads in, in one transaction, and note what they touch."""
        gone, new = list(remove), list(add)
        for quad in (*gone, *new):
            self._note(quad)
        self._store.apply(gone, new)

    def _note(self, quad: Quad) -> None:
        graph = cast(NamedNode, quad.graph_name).value
        article = self.graphs.merged_article(graph)
        if article is None and graph not in self._shared:
            self.touched = None
        if self.touched is not None:
            ends = (end.value for end in (quad.subject, quad.object) if isinstance(end, NamedNode))
            self.touched.update(ends, () if article is None else (article,))

    @property
    def _shared(self) -> set[str]:
        graphs = self.graphs
        return {each.value for each in (graphs.actors, graphs.propositions, graphs.decisions, graphs.accepted)}

    def update(self, sparql: str) -> None:
        """As the store; what it touches is not known."""
        self.touched = None
        self._store.update(sparql)

    def writer(self) -> AbstractContextManager[Writer]:
        """As the store; what it touches is not known."""
        self.touched = None
        return self._store.writer()

    def view(self) -> View:
        """As the store."""
        return self._store.view()

    def close(self) -> None:
        """As the store."""
        self._store.close()

    def __enter__(self) -> Noted:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
