"""Results of SPARQL queries, apart from the engine that ran them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
)

from kg.errors import KgError, QueryError
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import pandas

Row = tuple[str | None, ...]

_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_TABLES = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML}


@dataclass(slots=True)
class Result:
    """The answer to one query, read once: rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE."""

    answer: QuerySolutions | QueryBoolean | Iterable[Triple]

    @property
    def is_graph(self) -> bool:
        """Whether the answer is triples."""
        return not isinstance(self.answer, QuerySolutions | QueryBoolean)

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

    def __iter__(self) -> Iterator[Row]:
        """The same."""
        return self.rows()

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a dataframe of strings, None where nothing is bound.

        Raises:
            KgError: pandas is not installed.
        """
        return frame(self.rows(), self.variables)

    def __bool__(self) -> bool:
        """Whether an ASK was true, or anything was found, which reads the first row or triple."""
        if isinstance(self.answer, QueryBoolean):
            return bool(self.answer)
        return next(self.rows(), None) is not None

    def more_than(self, limit: int) -> bool:
        """Whether there are more rows or triples than ``limit``, which reads one more than these."""
        if isinstance(self.answer, QueryBoolean):
            return False
        return any(number == limit for number, _ in enumerate(self.answer))

    def serialize(self, form: str) -> bytes:
        """The result as ``csv``, ``tsv``, ``json`` or ``xml`` (SPARQL 1.1 results), or triples as ``ttl``, ``nt``, ...

        Raises:
            QueryError: the format does not fit the kind of query.
        """
        out = io.BytesIO()
        self.write(out, form)
        return out.getvalue()

    def write(self, out: IO[bytes], form: str) -> None:
        """The result into ``out``, piece by piece as it is found; triples also as ``jsonld`` and ``rdf`` (RDF/XML).

        Raises:
            QueryError: the format does not fit the kind of query.
        """
        kinds = _GRAPHS if self.is_graph else _TABLES
        if form not in kinds:
            raise QueryError(f"This kind of query has no answer as {form!r}. Formats: {', '.join(sorted(kinds))}.")
        if form in ("xml", "rdf"):
            out = cast(IO[bytes], _Xml(out))
        if isinstance(self.answer, QuerySolutions | QueryBoolean):
            self.answer.serialize(out, format=_TABLES[form])
        else:
            ox.serialize(self.answer, out, format=_GRAPHS[form], prefixes=dict(PREFIXES))


class _Xml(io.RawIOBase):
    """Writes XML on, with U+FFFD for the control characters that XML cannot hold."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._out.write(_NO_XML.sub("\N{REPLACEMENT CHARACTER}".encode(), bytes(data)))
        return len(data)


def frame(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> pandas.DataFrame:
    """Rows as a dataframe.

    Raises:
        KgError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise KgError("Dataframes need pandas, which is not installed: pip install pandas.") from error
    return pandas.DataFrame(list(rows), columns=list(columns))


def plain(term: object) -> str:
    """The IRI, or the text of a literal."""
    value: str | None = getattr(term, "value", None)
    return str(term) if value is None else value
