"""The graph as GraphML, for Gephi, yEd and networkx: actors as nodes, and an edge for each stance on a proposition.

An edge that somebody *denies* is there too: look at its ``stance`` before reading it as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.store import View
from kg.store.tables import PUBLISHED, TABLES, Cell

NODE = ("label", "type", "wikidata", "aliases")
EDGE = (
    "relation", "sign", "stance", "source", "source_label", "when", "article", "claim", "proposition", "quote",
    *PUBLISHED,
)  # fmt: skip
#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lines(view: View) -> Iterator[str]:
    """Lines of the GraphML document."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for kind, names in (("node", NODE), ("edge", EDGE)):
        for name in names:
            yield f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="string"/>'
    yield '<graph id="hearsay" edgedefault="directed">'
    for actor in records(view, "actors"):
        yield f"<node id={quoted(actor['iri'])}>{_data('node', NODE, actor)}</node>"
    for edge in records(view, "edges"):
        key = quoted(f"{edge['claim']} {edge['proposition']}")
        ends = f"source={quoted(edge['subject'])} target={quoted(edge['object'])}"
        yield f"<edge id={key} {ends}>{_data('edge', EDGE, edge)}</edge>"
    yield "</graph>"
    yield "</graphml>"


def records(view: View, table: str) -> Iterator[dict[str, Cell]]:
    """The rows of a table by column."""
    columns = TABLES[table].columns
    return (dict(zip(columns, row, strict=True)) for row in TABLES[table].rows(view))


def _data(kind: str, names: tuple[str, ...], record: dict[str, Cell]) -> str:
    return "".join(
        f'<data key="{kind}-{name}">{escape(_clean(record[name]))}</data>' for name in names if record[name] is not None
    )


def quoted(value: Cell) -> str:
    """A value as an attribute of XML; what XML cannot hold becomes the replacement character."""
    return quoteattr(_clean(value))


def _clean(value: Cell) -> str:
    return _FORBIDDEN.sub("\ufffd", str(value))
