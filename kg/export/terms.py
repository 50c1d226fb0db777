"""Terms as Turtle writes them, and quads in the order that exports share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.store import View
from kg.store.view import quads
from kg.vocab import PREFIXES, RDF, XSD

#: Local names that need no escape in Turtle.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")

Properties = dict[NamedNode, list[NamedNode | Literal]]


def prefixes(base: str) -> dict[str, str]:
    """Prefixes of the vocabularies and of the graph's own data."""
    kinds = ("actor", "proposition", "claim", "decision", "article", "agent")
    return {**PREFIXES, **{kind: f"{base}id/{kind}/" for kind in kinds}}


class Namer:
    """Writes terms with the given prefixes; remembers those it wrote."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """A namer for prefixes by name."""
        self._prefixes = sorted(((iri, name) for name, iri in names.items()), key=lambda pair: -len(pair[0]))
        self._known: dict[NamedNode, str] = {}

    def iri(self, node: NamedNode) -> str:
        """A prefixed name where the local part allows it, else the whole IRI."""
        if node not in self._known:
            self._known[node] = self._name(node)
        return self._known[node]

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


def subjects(view: View) -> dict[NamedNode, dict[NamedNode, Properties]]:
    """Properties of each subject in each graph, all sorted by IRI, values too."""
    found: dict[NamedNode, dict[NamedNode, Properties]] = {}
    for quad in ordered(view):
        graph, subject = cast(NamedNode, quad.graph_name), cast(NamedNode, quad.subject)
        properties = found.setdefault(graph, {}).setdefault(subject, {})
        properties.setdefault(quad.predicate, []).append(cast(NamedNode | Literal, quad.object))
    return found


def ordered(view: View) -> list[Quad]:
    """Every quad but the ontology's, sorted by graph, subject, predicate (the type first) and object."""
    return sorted(quads(view), key=_order)


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


def _order(quad: Quad) -> tuple[str, list[tuple[int, int, str]] | str, bool, str, object]:
    object_ = cast(NamedNode | Literal, quad.object)
    number = isinstance(object_, Literal) and object_.datatype == XSD.integer
    key = (0, int(object_.value), "") if number else (1, 0, str(object_))
    graph, subject = cast(NamedNode, quad.graph_name), cast(NamedNode, quad.subject)
    return str(graph), subject.value, quad.predicate != RDF.type, quad.predicate.value, key
