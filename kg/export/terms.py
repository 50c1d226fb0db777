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
#: Datatypes whose values have a short form, and what such a value looks like.
_SHORT = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile("true|false"),
}
_TYPE, _STRING, _INTEGERS = RDF.type, XSD.string, XSD.integer

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
        kind = term.datatype
        if kind == _STRING or term.language:
            return str(term)
        if kind in _SHORT and _SHORT[kind].fullmatch(term.value):
            return term.value
        return f"{Literal(term.value)!s}^^{self.iri(kind)}"


def graphs(view: View) -> Iterator[tuple[NamedNode, Iterator[tuple[NamedNode, Properties]]]]:
    """Each graph with its subjects and their properties, all sorted by IRI, the type first, values too."""
    blocks = in_order(quads(view), _place)
    for graph, members in groupby(blocks, key=lambda block: block[0].graph_name):
        yield cast(NamedNode, graph), map(described, members)


def subjects(ordered: Iterable[Quad]) -> Iterator[tuple[NamedNode, Properties]]:
    """Each subject of ``ordered``, quads that stand together by subject, with its properties as they come."""
    for subject, members in groupby(ordered, key=lambda quad: quad.subject):
        properties: Properties = {}
        for quad in members:
            properties.setdefault(quad.predicate, []).append(cast(NamedNode | Literal, quad.object))
        yield cast(NamedNode, subject), properties


def described(block: list[Quad]) -> tuple[NamedNode, Properties]:
    """The subject of ``block`` with its properties, the type first, each with its values by graph."""
    found: dict[NamedNode, list[Quad]] = {}
    for quad in block:
        found.setdefault(quad.predicate, []).append(quad)
    names = sorted(found, key=lambda name: (name != _TYPE, name.value))
    return cast(NamedNode, block[0].subject), {name: _values(found[name]) for name in names}


def _values(quads_: list[Quad]) -> list[NamedNode | Literal]:
    if len(quads_) > 1:
        quads_.sort(key=_value_order)
    return [cast(NamedNode | Literal, quad.object) for quad in quads_]


def block(subject: NamedNode, properties: Properties, namer: Namer, indent: str = "") -> Iterator[str]:
    """Lines of a subject with its properties, in Turtle."""
    rows = [f"{_verb(p, namer)} {' , '.join(map(namer.term, values))}" for p, values in properties.items()]
    yield f"{indent}{namer.iri(subject)} {rows[0]}" + (" ;" if len(rows) > 1 else " .")
    for row in rows[1:-1]:
        yield f"{indent}    {row} ;"
    if len(rows) > 1:
        yield f"{indent}    {rows[-1]} ."


def _verb(predicate: NamedNode, namer: Namer) -> str:
    return "a" if predicate == _TYPE else namer.iri(predicate)


def _place(quad: Quad) -> tuple[str, str]:
    return str(quad.graph_name), cast(NamedNode, quad.subject).value


def _value_order(quad: Quad) -> tuple[str, int, int, str]:
    """A sort key of a quad's value: by graph, then integers by size, then the rest as it is written."""
    graph, value = str(quad.graph_name), cast(NamedNode | Literal, quad.object)
    number = isinstance(value, Literal) and value.datatype == _INTEGERS
    return (graph, 0, int(value.value), "") if number else (graph, 1, 0, str(value))
