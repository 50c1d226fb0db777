"""The graph as GEXF 1.3, for Gephi: actors as nodes, and an edge for each stance on a proposition, with its date.

An edge that somebody *denies* is there too: look at its ``stance`` before reading it as a fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.graphml import EDGE, NODE, quoted, records
from kg.store import View
from kg.store.tables import Cell


def lines(view: View) -> Iterator[str]:
    """Lines of the GEXF document."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield '<graph defaultedgetype="directed" mode="static">'
    for kind, names in (("node", NODE), ("edge", EDGE)):
        yield f'<attributes class="{kind}" mode="static">'
        yield from (f'<attribute id="{name}" title="{name}" type="string"/>' for name in names)
        yield "</attributes>"
    yield "<nodes>"
    for actor in records(view, "actors"):
        yield f"<node id={quoted(actor['iri'])} label={quoted(actor['label'])}>{_values(NODE, actor)}</node>"
    yield "</nodes>"
    yield "<edges>"
    for edge in records(view, "edges"):
        key = quoted(f"{edge['claim']} {edge['proposition']}")
        ends = f"source={quoted(edge['subject'])} target={quoted(edge['object'])} label={quoted(edge['relation'])}"
        yield f"<edge id={key} {ends}>{_values(EDGE, edge)}</edge>"
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _values(names: tuple[str, ...], record: dict[str, Cell]) -> str:
    given = (name for name in names if record[name] is not None)
    values = "".join(f'<attvalue for="{name}" value={quoted(record[name])}/>' for name in given)
    return f"<attvalues>{values}</attvalues>"
