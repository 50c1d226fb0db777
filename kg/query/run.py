"""Running queries: a user's own, or a named one whose parameters are bound as terms, never pasted into the text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.named_queries import NamedQuery, Param, named
from kg.rdf.to_quads import date_literal
from kg.records import RELATIONS
from kg.store import Result, View
from kg.store.base import Term
from kg.store.cells import guarded
from kg.store.results import Row, frame
from kg.vocab import KG, SUPERRELATIONS, XSD

if TYPE_CHECKING:
    import pandas


def run(view: View, sparql: str) -> Result:
    """Result of a SPARQL query over the union of the graph's graphs, or over those that it names with FROM.

    Raises:
        QueryError: the query cannot be parsed or run.
    """
    return view.store.query(sparql)


def run_named(view: View, name: str, values: Mapping[str, str] | None = None) -> Answer:
    """Answer to the named query ``name`` with the parameters ``values``, by name.

    An actor is given by name, alias, Wikidata item or IRI. Where several actors bear the name, the answer holds the
    rows of each.

    Raises:
        QueryError: no such query or parameter, a required one is missing, or nobody bears the name.
    """
    query = named(name)
    choices = list(bindings(view, query, values or {}))
    results = [view.store.query(query.sparql, chosen) for chosen in choices]
    rows = (row for result in results for row in result.rows())
    return Answer(results[0].variables, list(dict.fromkeys(rows)))


def bindings(view: View, query: NamedQuery, values: Mapping[str, str]) -> Iterator[dict[str, Term]]:
    """Each way to bind the variables of ``query`` to what ``values`` name.

    Raises:
        QueryError: as ``run_named``.
    """
    known = {param.name: param for param in query.params}
    for name in values:
        if name not in known:
            raise QueryError(f"{query.name!r} has no parameter {name!r}. It has: {', '.join(known) or 'none'}.")
    for param in query.params:
        if param.required and param.name not in values:
            raise QueryError(f"{query.name!r} needs its parameter {param.name!r} (a {param.kind}).")
    given = [known[name] for name in values]
    for terms in product(*(_terms(view, param, values[param.name]) for param in given)):
        yield {param.variable: term for param, term in zip(given, terms, strict=True)}


def _terms(view: View, param: Param, value: str) -> list[Term]:
    if param.kind == "actor":
        return _actors(view, value)
    if param.kind == "relation":
        return [_relation(value)]
    return [_date(value) if param.kind == "date" else _text(value)]


def _text(value: str) -> Literal:
    try:
        return Literal(value)
    except ValueError as error:  # half a character
        raise QueryError(f"{value!r} is no text that a graph can hold.") from error


def _date(value: str) -> Term:
    term = date_literal(value)
    if term.datatype == XSD.string:
        raise QueryError(f"{value!r} is no date. Write a day, a month or a year: 2014-10-01, 2014-10, 2014.")
    return term


def _actors(view: View, name: str) -> list[Term]:
    found = view.find(name)
    if found:
        return [NamedNode(actor.iri) for actor in found]
    close = get_close_matches(name, view.names(), n=3, cutoff=0.6)
    hint = f" Did you mean {' or '.join(close)}?" if close else " 'kg explain NAME' looks actors up."
    raise QueryError(f"No actor is called {name!r}.{hint}")


def _relation(name: str) -> NamedNode:
    names = (*RELATIONS, *SUPERRELATIONS.split())
    if name.startswith(KG.iri):
        return NamedNode(name)
    if name in names:
        return KG[name]
    raise QueryError(f"No relation is called {name!r}. There are: {', '.join(names)}.")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a named query: column names, and rows of plain strings (None where nothing is bound)."""

    variables: tuple[str, ...]
    table: list[Row]

    def rows(self) -> Iterator[Row]:
        """The rows."""
        return iter(self.table)

    def __iter__(self) -> Iterator[Row]:
        """The same."""
        return self.rows()

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a dataframe of strings, None where nothing is bound.

        Raises:
            KgError: pandas is not installed.
        """
        return frame(self.table, self.variables)

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return bool(self.table)

    def serialize(self, form: str) -> bytes:
        """The answer as ``csv``, ``tsv`` (plain text with tabs; neither has a formula) or ``json`` (a list of objects).

        Raises:
            QueryError: any other format.
        """
        if form == "json":
            items = [dict(zip(self.variables, row, strict=True)) for row in self.table]
            return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
        if form not in ("csv", "tsv"):
            raise QueryError(f"A named query has no answer as {form!r}. Formats: csv, json, tsv.")
        text = io.StringIO()
        writer = csv.writer(text, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerow(self.variables)
        writer.writerows([guarded(cell or "") for cell in row] for row in self.table)
        return text.getvalue().encode("utf-8")
