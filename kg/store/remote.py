"""A graph on any server that speaks SPARQL 1.1 over HTTP: Oxigraph, Virtuoso, Fuseki, GraphDB, ``kg serve`` ..."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, cast

import httpx
import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.errors import QueryError, ReadOnlyError, StoreError
from kg.ids import BASE, Ids
from kg.rdf import Graphs
from kg.store import endpoints, paging
from kg.store.articles import ArticleWriter, put_ontology
from kg.store.base import Dataset, Term
from kg.store.bindings import bound
from kg.store.http import Client
from kg.store.lexing import bare
from kg.store.oxigraph import broken
from kg.store.results import Result
from kg.store.tokens import names_dataset
from kg.store.update import data, data_update
from kg.store.view import View
from kg.vocab import KG, PREFIXES

#: Said of an article, or of its merge, when all the rest is there; written last and taken out first.
MARKS = (KG.digest, KG.resolvedDigest)
_TABLE = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?!\s*:)", re.IGNORECASE)
# Virtuoso writes the truth as 1, and the answer of an ASK as a table of one row.
_TRUTH = re.compile(rb'("datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": )"([01])"')
_ASKED = re.compile(rb'"__ASK_RETVAL": \{[^}]*"value": "([01])"')


class RemoteStore:
    """A graph on a server. Its default graph is the union of its named graphs, however the server is told so.

    A server that runs an update in one transaction (all but Virtuoso) gets each change whole. Else the mark that makes
    an article count is written last, and opening the graph for writing takes out what has no mark.
    """

    def __init__(
        self, address: str, base: str = BASE, *, read_only: bool = False, transport: httpx.BaseTransport | None = None
    ) -> None:
        """The graph at ``address``.

        Raises:
            StoreError: nobody answers there, or not in SPARQL.
        """
        self.address, self.read_only = address, read_only
        self.ids = Ids(base)
        self.graphs = Graphs(self.ids)
        self._client = Client(address, transport)
        self._at = endpoints.find(address, self._client)
        if not read_only:
            self._sweep()
            put_ontology(self)

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads that have the given terms; None stands for any. All quads come graph by graph."""
        if (subject, predicate, value, graph) == (None, None, None, None):
            for name in self._names():
                yield from self.match(graph=name)
            return
        given = {"s": subject, "p": predicate, "o": value, "g": graph}
        names = [name for name, term in given.items() if term is None]
        slots = {name: f"?{name}" if term is None else str(term) for name, term in given.items()}
        pattern = "GRAPH {g} {{ {s} {p} {o} }}".format_map(slots)
        if not names:
            if self.query(f"ASK {{ {pattern} }}"):
                yield Quad(*(cast(Any, given[name]) for name in "spog"))
            return
        for row in self._rows(names, pattern):
            yield Quad(*(cast(Any, given[name] or row[name]) for name in "spog"))

    def size(self) -> int:
        """How many quads there are in our graphs, those of the ontology too."""
        query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
        ours = self.ids.graph("")
        return sum(int(n or 0) for g, n in self.query(query).rows() if (g or "").startswith(ours))

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None, dataset: Dataset | None = None) -> Result:
        """Result of a SPARQL query over ``dataset``, else its own FROM clauses, else the union of all graphs.

        Raises:
            QueryError: the query cannot be parsed or run.
            StoreError: the server does not answer.
        """
        text = self._declared(bound(sparql, bindings or {}))
        try:
            return self._ask(text, dataset)
        except (QueryError, ValueError, SyntaxError) as error:
            raise QueryError(f"The query cannot be run. {broken(sparql, self.ids.base, error)}") from error

    def update(self, sparql: str) -> None:
        """Run a SPARQL update; in one transaction where the server runs it so.

        Raises:
            QueryError: the update cannot be parsed or run.
            StoreError: the store is read-only, or the server does not answer.
        """
        if self.read_only:
            raise ReadOnlyError("The graph was opened for reading only. Open it with read_only=False to change it.")
        self._client.checked(self._at.update, {"update": self._declared(sparql)})

    def apply(self, remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        """Take quads out and put quads in.

        Raises:
            StoreError: the store is read-only, or the server refuses or does not answer.
        """
        gone, new = list(remove), list(add)
        size = self._at.batch or len(gone) + len(new)
        try:
            if len(gone) + len(new) <= size:
                self.update(data_update(gone, new) if gone else data("INSERT", new))
            else:
                self._apply_in_batches(gone, new, size)
        except QueryError as error:
            raise StoreError(f"The graph could not be written: {error}") from error

    def _apply_in_batches(self, gone: list[Quad], new: list[Quad], size: int) -> None:
        kept, present = set(new), set(gone)
        out = sorted((q for q in gone if q not in kept), key=lambda q: q.predicate not in MARKS)
        put = sorted((q for q in new if q not in present), key=lambda q: q.predicate in MARKS)
        for verb, quads in (("DELETE", iter(out)), ("INSERT", iter(put))):
            while batch := list(islice(quads, size)):
                self.update(data(verb, batch))

    def _sweep(self) -> None:
        """Take out what a writer that broke off has left: evidence without its mark."""
        prefix = self.graphs.evidence("").value
        marked = {quad.graph_name for quad in self.match(None, KG.digest)}
        for name in self._names():
            if name.value.startswith(prefix) and name not in marked:
                self.update(f"CLEAR SILENT GRAPH {name}")

    @contextmanager
    def writer(self) -> Iterator[ArticleWriter]:
        """A writer; each article is on the server when ``write`` returns."""
        yield ArticleWriter(self)

    def view(self) -> View:
        """The read side."""
        return View(self)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> RemoteStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _names(self) -> list[NamedNode]:
        """Names of our graphs; a server may hold others, its own among them."""
        ours = self.ids.graph("")
        names = (row["g"] for row in self._rows(["g"], "GRAPH ?g { ?s ?p ?o }"))
        return sorted((NamedNode(g.value) for g in names if g.value.startswith(ours)), key=lambda g: g.value)

    def _rows(self, names: list[str], pattern: str) -> Iterator[Any]:
        """Distinct rows of a pattern; in a fixed order where they may have to be asked for page by page."""
        variables = " ".join(f"?{name}" for name in names)
        order = f" ORDER BY {variables}" if self._at.cuts else ""
        return iter(cast(Any, self.query(f"SELECT DISTINCT {variables} WHERE {{ {pattern} }}{order}").answer))

    def _declared(self, sparql: str) -> str:
        """``sparql`` after a base and the prefixes that it does not declare itself."""
        text = bare(sparql)
        prefixes = (
            f"PREFIX {name}: <{iri}>"
            for name, iri in PREFIXES.items()
            if re.search(rf"\b{name}:", text) and not re.search(rf"\bPREFIX\s+{name}:", text, re.IGNORECASE)
        )
        base = () if re.search(r"\bBASE\b", text, re.IGNORECASE) else (f"BASE <{self.ids.base}>",)
        return "\n".join((*base, *prefixes, sparql))

    def _ask(self, text: str, dataset: Dataset | None) -> Result:
        form = _FORM.search(bare(text))
        graphs = _parameters(dataset) if dataset is not None else {} if names_dataset(text) else self._at.union

        def answer(query: str, accept: str = _TABLE) -> bytes:
            return self._client.checked(self._at.query, {"query": query, **graphs}, accept).content

        if form is None:
            return Result(ox.parse_query_results(answer(text), format=ox.QueryResultsFormat.JSON))
        if form[1].upper() in ("CONSTRUCT", "DESCRIBE"):
            return Result(quad.triple for quad in ox.parse(answer(text, _TRIPLES), ox.RdfFormat.N_TRIPLES))
        table = paging.whole(answer, text, form.start()) if self._at.cuts else answer(text)
        return Result(ox.parse_query_results(_mended(table), format=ox.QueryResultsFormat.JSON))


def _parameters(dataset: Dataset) -> dict[str, list[str]]:
    return {"default-graph-uri": list(dataset.default), "named-graph-uri": list(dataset.named)}


def _mended(table: bytes) -> bytes:
    """SPARQL 1.1 JSON results of what Virtuoso sends."""
    asked = _ASKED.search(table)
    if asked:
        return b'{"head": {}, "boolean": %s}' % (b"true" if asked[1] == b"1" else b"false")
    return _TRUTH.sub(lambda match: match[1] + (b'"true"' if match[2] == b"1" else b'"false"'), table)
