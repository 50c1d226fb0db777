"""The graph as CSV files for Neo4j, with a Cypher script that loads them: ``LOAD CSV`` from the import folder.

Claims and propositions stay nodes, so that no relationship says as a fact what somebody only asserted or denied.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.tables import rows
from kg.store import View
from kg.store.tables import PUBLISHED, TABLES, Cell

#: Label, table, and the columns that become properties; the key is ``iri``.
_NODES = (
    ("Actor", "actors", ("iri", "label", "type", "wikidata", "aliases")),
    ("Proposition", "propositions", ("iri", "relation", "sign", "words", "contested")),
    (
        "Claim",
        "claims",
        ("iri", "stance", "cue", "kind", "speech_act", "when", "confidence", "start", "end", "quote", *PUBLISHED),
    ),
)
#: File, labels of both ends, and whether the type of the relationship stands in the row.
_LINKS = (
    ("subjects", "Proposition", "SUBJECT", "Actor"),
    ("objects", "Proposition", "OBJECT", "Actor"),
    ("sources", "Claim", "SOURCE", "Actor"),
    ("via", "Claim", "VIA", "Actor"),
    ("on_behalf_of", "Claim", "ON_BEHALF_OF", "Actor"),
    ("asserts", "Claim", "ASSERTS", "Proposition"),
    ("denies", "Claim", "DENIES", "Proposition"),
    ("declines_to_confirm", "Claim", "DECLINES_TO_CONFIRM", "Proposition"),
    ("nested_in", "Claim", "NESTED_IN", "Claim"),
    ("disputes", "Claim", "DISPUTES", "Claim"),
    ("reported_in", "Claim", "REPORTED_IN", "Article"),
)
_ARTICLE = ("id", "date", "publisher", "title", "url")
_NUMBERS = {"confidence": "toFloat", "start": "toInteger", "end": "toInteger", "contested": "toBoolean"}


def files(view: View) -> Iterator[tuple[str, Iterator[str]]]:
    """Name and lines of each file: nodes, relationships, and ``load.cypher``."""
    yield "articles.csv", rows([_ARTICLE], ((a.id, a.date, a.publisher, a.title, a.url) for a in view.articles()))
    for _, table, columns in _NODES:
        yield f"{table}.csv", rows([columns], _columns(view, table, columns))
    for name, *_ in _LINKS:
        yield f"{name}.csv", rows([("from", "to")], _pairs(view, name))
    yield "load.cypher", script()


def script() -> Iterator[str]:
    """Lines of the Cypher script; running it twice changes nothing."""
    yield "// Copy the CSV files into Neo4j's import folder, then run: cypher-shell -f load.cypher"
    nodes = [("Article", "articles", _ARTICLE), *_NODES]
    for label, _, columns in nodes:
        yield f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.{columns[0]} IS UNIQUE;"
    for label, table, columns in nodes:
        values = ", ".join(f"n.{c} = {_value(c)}" for c in columns[1:])
        yield f"LOAD CSV WITH HEADERS FROM 'file:///{table}.csv' AS row"
        yield f"MERGE (n:{label} {{{columns[0]}: row.{columns[0]}}}) SET {values};"
    for name, start, kind, end in _LINKS:
        key = "id" if end == "Article" else "iri"
        yield f"LOAD CSV WITH HEADERS FROM 'file:///{name}.csv' AS row"
        yield f"MATCH (a:{start} {{iri: row.from}}) MATCH (b:{end} {{{key}: row.to}}) MERGE (a)-[:{kind}]->(b);"


def _value(column: str) -> str:
    return f"{_NUMBERS[column]}(row.{column})" if column in _NUMBERS else f"row.{column}"


def _columns(view: View, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    places = [TABLES[table].columns.index(column) for column in columns]
    return (tuple(row[place] for place in places) for row in TABLES[table].rows(view))


def _pairs(view: View, name: str) -> Iterator[tuple[Cell, ...]]:
    """Both ends of each relationship of one file."""
    if name in ("subjects", "objects"):
        for p in view.propositions():
            yield p.iri, p.subject if name == "subjects" else p.object
        return
    for c in view.each_claim():
        ends = {
            "sources": (c.source,),
            "via": c.via,
            "on_behalf_of": c.on_behalf_of,
            c.stance: c.propositions,
            "nested_in": (c.nested_in,),
            "disputes": (c.disputes,),
            "reported_in": (c.article,),
        }
        yield from ((c.iri, end) for end in ends.get(name, ()) if end is not None)
