"""What every store can do. A backend implements ``match``, ``query`` and ``apply``; the rest follows from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import Ids
from kg.rdf import Graphs
from kg.records import Article, Extraction
from kg.store.results import Result
from kg.store.view import View

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a query sees (SPARQL 1.1, 13.2): the graphs whose union is its default graph, and those it can name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Writer(Protocol):
    """Puts articles in and takes them out; each call is one transaction, so that a crash leaves whole articles."""

    def write(self, extraction: Extraction) -> bool:
        """Whether the graph changed: an article that is there unchanged stays, one that changed is replaced."""

    def skip(self, article: Article, reason: str) -> None:
        """Note that an article was given but not taken in, and why; what a graph holds of it stays."""

    def remove(self, article: str) -> None:
        """Take the article with this id out. ``kg.merge.merge`` then drops what only it supported.

        Raises:
            StoreError: there is no such article.
        """


class Store(Protocol):
    """A graph, opened."""

    ids: Ids
    graphs: Graphs

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads that have the given terms; None stands for any."""

    def size(self) -> int:
        """How many quads there are, those of the ontology too."""

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, dataset: Dataset | None = None) -> Result:
        """Result of a SPARQL query over ``dataset``, else its own FROM clauses, else the union of all graphs.

        Raises:
            QueryError: the query cannot be parsed or run.
        """

    def apply(self, remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """Take quads out and put quads in, in one transaction.

        Raises:
            StoreError: the store is read-only, or the disk refuses.
        """

    def update(self, sparql: str) -> None:
        """Run a SPARQL update, in one transaction.

        Raises:
            QueryError: the update cannot be parsed or run.
            StoreError: the store is read-only, or the disk refuses.
        """

    def writer(self) -> AbstractContextManager[Writer]:
        """A writer; leaving its context makes sure that all is on disk."""

    def view(self) -> View:
        """The read side."""

    def close(self) -> None:
        """Give the graph free for others. Calling it twice does no harm."""

    def __enter__(self) -> Store: ...

    def __exit__(self, *_: object) -> None: ...
