"""Results of SPARQL queries, apart from the engine that ran them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.errors import QueryError
from kg.vocab import PREFIXES

Row = tuple[str | None, ...]

_TABLES = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}
_GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}


@dataclass(slots=True)
class Result:
    """The answer to one query, read once: rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE."""

    answer: QuerySolutions | QueryBoolean | QueryTriples

    @property
    def variables(self) -> tuple[str, ...]:
        """Column names of a SELECT; ``("subject", "predicate", "object")`` of triples; ``("answer",)`` of an ASK."""
        if isinstance(self.answer, QuerySolutions):
            return tuple(v.value for v in self.answer.variables)
        return ("answer",) if isinstance(self.answer, QueryBoolean) else ("subject", "predicate", "object")

    def rows(self) -> Iterator[Row]:
        """Rows as plain strings: IRIs, the text of literals, None where nothing is bound."""
        if isinstance(self.answer, QueryBoolean):
            yield (str(bool(self.answer)).lower(),)
        elif isinstance(self.answer, QuerySolutions):
            for solution in self.answer:
                yield tuple(None if term is None else plain(term) for term in solution)
        else:
            for triple in self.answer:
                yield tuple(plain(term) for term in triple)

    def __bool__(self) -> bool:
        """Whether an ASK was true, or anything was found, which reads the first row or triple."""
        if isinstance(self.answer, QueryBoolean):
            return bool(self.answer)
        return next(self.rows(), None) is not None

    def serialize(self, form: str) -> bytes:
        """The result as ``csv``, ``tsv`` or ``json`` (SPARQL 1.1 results), or triples as ``ttl`` or ``nt``.

        Raises:
            QueryError: the format does not fit the kind of query.
        """
        kind: dict[str, QueryResultsFormat] | dict[str, RdfFormat]
        kind = _GRAPHS if isinstance(self.answer, QueryTriples) else _TABLES
        if form not in kind:
            raise QueryError(f"This kind of query has no answer as {form!r}. Formats: {', '.join(sorted(kind))}.")
        if isinstance(self.answer, QueryTriples):
            return ox.serialize(self.answer, format=_GRAPHS[form], prefixes=dict(PREFIXES)) or b""
        return self.answer.serialize(format=_TABLES[form]) or b""


def plain(term: object) -> str:
    """The IRI, or the text of a literal."""
    if isinstance(term, NamedNode | Literal | BlankNode):
        return term.value
    return str(term)
