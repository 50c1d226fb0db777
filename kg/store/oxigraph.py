"""The embedded store: Oxigraph, on disk or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.errors import QueryError, ReadOnlyError, StoreError
from kg.ids import BASE, Ids
from kg.rdf import Graphs
from kg.store.advice import advice
from kg.store.articles import ArticleWriter, put_ontology
from kg.store.base import Dataset, Term
from kg.store.bindings import bound
from kg.store.complaints import complaint
from kg.store.results import Result
from kg.store.tokens import names_dataset
from kg.store.update import data_update
from kg.store.view import View
from kg.vocab import PREFIXES


class OxigraphStore:
    """A graph in an Oxigraph store. ``MemoryStore`` and ``DiskStore`` say where that store lives."""

    def __init__(self, store: ox.Store, base: str = BASE, *, read_only: bool = False) -> None:
        """A graph over ``store``; the ontology is put in where it is missing or older."""
        self._store = store
        self.read_only = read_only
        self.refusal = "The graph was opened for reading only. Open it with read_only=False to change it."
        self.ids = Ids(base)
        self.graphs = Graphs(self.ids)
        if not read_only:
            put_ontology(self)

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads that have the given terms; None stands for any."""
        return self._store.quads_for_pattern(subject, predicate, value, graph)

    def size(self) -> int:
        """How many quads there are, those of the ontology too."""
        return len(self._store)

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, dataset: Dataset | None = None) -> Result:
        """Result of a SPARQL query over ``dataset``, else its own FROM clauses, else the union of all graphs.

        The prefixes of ``kg.vocab`` are declared; relative IRIs stand under the base of the graph's data.

        Raises:
            QueryError: the query cannot be parsed or run.
        """
        text = bound(sparql, bindings or {})
        try:
            graphs = _graphs(dataset, names_dataset(sparql))
            answer = self._store.query(text, base_iri=self.ids.base, prefixes=dict(PREFIXES), **graphs)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"The query cannot be run. {broken(sparql, self.ids.base, error)}") from error
        return Result(answer)

    def apply(self, remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """Take quads out and put quads in, in one transaction.

        Raises:
            StoreError: the store is read-only, or the disk refuses.
        """
        if self.read_only:
            raise ReadOnlyError(self.refusal)
        gone, new = list(remove), list(add)
        try:
            if gone:
                self._store.update(data_update(gone, new))
            else:
                self._store.extend(new)
        except (OSError, SyntaxError, ValueError, RuntimeError) as error:
            raise StoreError(f"The graph could not be written: {error}. {advice(error)}") from error
        self._changed(len(gone) + len(new))

    def update(self, sparql: str) -> None:
        """Run a SPARQL update, in one transaction.

        Raises:
            QueryError: the update cannot be parsed or run.
            StoreError: the store is read-only.
        """
        if self.read_only:
            raise ReadOnlyError(self.refusal)
        try:
            self._store.update(sparql, base_iri=self.ids.base, prefixes=dict(PREFIXES))
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"The update cannot be run. {complaint(sparql, str(error), update=True)}") from error
        self._changed(1 + len(sparql) // 100)

    def _changed(self, quads: int) -> None:
        """A hook for stores that have more to do than the transaction itself, which changed about so many quads."""

    @contextmanager
    def writer(self) -> Iterator[ArticleWriter]:
        """A writer; leaving its context makes sure that all is on disk."""
        yield ArticleWriter(self)
        self._store.flush()

    def view(self) -> View:
        """The read side."""
        return View(self)

    def close(self) -> None:
        """Give the graph free for others."""

    def __enter__(self) -> OxigraphStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class MemoryStore(OxigraphStore):
    """A graph that lives as long as its object."""

    def __init__(self, base: str = BASE) -> None:
        """An empty graph."""
        super().__init__(ox.Store(), base)


def broken(sparql: str, base: str, error: Exception) -> str:
    """What is wrong with a query, in words; of what is no mistake of grammar, what the ``error`` says."""
    try:
        ox.Store().query(sparql, base_iri=base, prefixes=dict(PREFIXES))
    except SyntaxError as own:  # places in the text as its writer has it, without the values that were bound
        return complaint(sparql, str(own))
    return f"{str(error).rstrip('.')}."


def _graphs(dataset: Dataset | None, named_in_text: bool) -> dict[str, Any]:
    """How Oxigraph is told of a dataset: a request's own wins (SPARQL 1.1 Protocol, 2.1.4), then the query's."""
    if dataset is None:
        return {} if named_in_text else {"use_default_graph_as_union": True}
    return {
        "default_graph": [NamedNode(iri) for iri in dataset.default],
        "named_graphs": [NamedNode(iri) for iri in dataset.named],
    }
