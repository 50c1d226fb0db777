"""The union of the graph's graphs as N-Triples, and as RDF/XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import pyoxigraph as ox
from pyoxigraph import Literal, RdfFormat, Triple

from kg.export.sorting import in_order
from kg.store import View
from kg.store.view import quads
from kg.vocab import PREFIXES

#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lines(view: View) -> Iterator[str]:
    """One line a triple."""
    for triples in _ordered(view):
        yield from (f"{triple} ." for triple in triples)


def write_xml(view: View, out: BinaryIO) -> None:
    """RDF/XML; a character that XML cannot hold becomes the replacement character."""
    ox.serialize(map(_clean, _read(view)), out, RdfFormat.RDF_XML, prefixes=dict(PREFIXES))


def _ordered(view: View) -> Iterator[list[str]]:
    """Every triple once, those of a subject together."""
    for block in in_order(quads(view), lambda _, subject: subject):
        yield sorted({line.split(" ", 1)[1] for line in block})


def _read(view: View) -> Iterator[Triple]:
    for triples in _ordered(view):
        yield from (quad.triple for quad in ox.parse(" .\n".join([*triples, ""]), RdfFormat.N_TRIPLES))


def _clean(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or not _FORBIDDEN.search(value.value):
        return triple
    text = _FORBIDDEN.sub("\ufffd", value.value)
    kind = None if value.language else value.datatype
    return Triple(triple.subject, triple.predicate, Literal(text, datatype=kind, language=value.language))
