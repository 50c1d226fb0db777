"""Terms as Turtle writes them, and quads in the order that exports share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.export.sorting import in_order
from kg.store import View
from kg.store.view import quads
from kg.vocab import PREFIXES, RDF, XSD

#: Local names that need no escape in Turtle.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")

#: Names that a namer remembers: predicates and classes always, the rest while it is near.
KNOWN = 50_000

Properties = dict[NamedNode, list[NamedNode | Literal]]


def prefixes(base: str) -> dict[str, str]:
    """Prefixes of the vocabularies and of the graph's own data."""
    kinds = ("actor", "proposition", "claim", "contradiction", "decision", "article", "agent")
    return {**PREFIXES, **{kind: f"{base}id/{kind}/" for kind in kinds}}


class Namer:
    """Writes terms with the given prefixes; remembers those it wrote lately."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """A namer for prefixes by name."""
        self._prefixes = sorted(((iri, name) for name, iri in names.items()), key=lambda pair: -len(pair[0]))
        self._known = lru_cache(maxsize=KNOWN)(self._name)

    def iri(self, node: NamedNode) -> str:
        """A prefixed name where the local part allows it, else the whole IRI."""
        return self._known(node)

    def _name(self, node: NamedNode) -> str:
        for iri, prefix in self._prefixes:
            if node.value.startswith(iri):
                local = node.value[len(iri) :]
                return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else str(node)
        return str(node)

    def term(self, term: NamedNode | Literal) -> str:
        """A term; integers, decimals and truth values in their short form."""
        if isinstance(term, NamedNode):
            return self.iri(term)
        plain = (
            (term.datatype == XSD.integer and _INTEGER.fullmatch(term.value))
            or (term.datatype == XSD.decimal and _DECIMAL.fullmatch(term.value))
            or (term.datatype == XSD.boolean and term.value in ("true", "false"))
        )
        if plain:
            return term.value
        if term.language or term.datatype == XSD.string:
            return str(term)
        return f"{Literal(term.value)!s}^^{self.iri(term.datatype)}"


def graphs(view: View) -> Iterator[tuple[NamedNode, Iterator[tuple[NamedNode, Properties]]]]:
    """Each graph with its subjects and their properties, all sorted by IRI, the type first, values too."""
    quads_ = in_order(quads(view), _order)
    for graph, members in groupby(quads_, key=lambda quad: quad.graph_name):
        yield cast(NamedNode, graph), subjects(members)


def subjects(ordered: Iterable[Quad]) -> Iterator[tuple[NamedNode, Properties]]:
    """Each subject of ``ordered``, quads that stand together by subject, with its properties."""
    for subject, members in groupby(ordered, key=lambda quad: quad.subject):
        properties: Properties = {}
        for quad in members:
            properties.setdefault(quad.predicate, []).append(cast(NamedNode | Literal, quad.object))
        yield cast(NamedNode, subject), properties


def block(subject: NamedNode, properties: Properties, namer: Namer, indent: str = "") -> Iterator[str]:
    """Lines of a subject with its properties, in Turtle."""
    rows = [f"{_verb(p, namer)} {' , '.join(map(namer.term, values))}" for p, values in properties.items()]
    yield f"{indent}{namer.iri(subject)} {rows[0]}" + (" ;" if len(rows) > 1 else " .")
    for row in rows[1:-1]:
        yield f"{indent}    {row} ;"
    if len(rows) > 1:
        yield f"{indent}    {rows[-1]} ."


def _verb(predicate: NamedNode, namer: Namer) -> str:
    return "a" if predicate == RDF.type else namer.iri(predicate)


def _order(quad: Quad) -> tuple[str, str, bool, str, object]:
    """By graph, subject, predicate (the type first) and value."""
    subject = cast(NamedNode, quad.subject)
    return str(quad.graph_name), subject.value, quad.predicate != RDF.type, quad.predicate.value, value_order(quad)


def value_order(quad: Quad) -> tuple[int, int, str]:
    """A sort key of a quad's value: integers by size, then the rest as it is written."""
    value = cast(NamedNode | Literal, quad.object)
    number = isinstance(value, Literal) and value.datatype == XSD.integer
    return (0, int(value.value), "") if number else (1, 0, str(value))
