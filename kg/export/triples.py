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
    for triple in _ordered(view):
        yield f"{triple} ."


def write_xml(view: View, out: BinaryIO) -> None:
    """RDF/XML; a character that XML cannot hold becomes the replacement character."""
    ox.serialize(map(_clean, _ordered(view)), out, RdfFormat.RDF_XML, prefixes=dict(PREFIXES))


def _ordered(view: View) -> Iterator[Triple]:
    """Every triple once, subject by subject."""
    for block in in_order(quads(view), lambda quad: str(quad.subject)):
        yield from sorted({quad.triple for quad in block}, key=str)


def _clean(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or not _FORBIDDEN.search(value.value):
        return triple
    text = _FORBIDDEN.sub("\ufffd", value.value)
    kind = None if value.language else value.datatype
    return Triple(triple.subject, triple.predicate, Literal(text, datatype=kind, language=value.language))
