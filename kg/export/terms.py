"""Terms as Turtle writes them, and subjects in the order that exports share. All terms are text, as in N-Quads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from kg.export.sorting import in_order
from kg.store import View
from kg.store.view import quads
from kg.vocab import PREFIXES, RDF, XSD

#: Local names that need no escape in Turtle.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
#: Datatypes whose values have a short form, and what such a value looks like.
_SHORT = {
    str(XSD.integer): re.compile(r"[+-]?[0-9]+"),
    str(XSD.decimal): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    str(XSD.boolean): re.compile("true|false"),
}
_TYPE = str(RDF.type)
_INTEGER = f'"^^{XSD.integer}'

#: Names that a namer remembers: predicates and classes always, the rest while it is near.
KNOWN = 50_000

#: Values by property.
Properties = dict[str, list[str]]


def prefixes(base: str) -> dict[str, str]:
    """Prefixes of the vocabularies and of the graph's own data."""
    kinds = ("actor", "proposition", "claim", "contradiction", "decision", "article", "agent")
    return {**PREFIXES, **{kind: f"{base}id/{kind}/" for kind in kinds}}


class Namer:
    """Writes terms with the given prefixes; remembers those it wrote lately."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """A namer for prefixes by name."""
        self._prefixes = sorted(((iri, name) for name, iri in names.items()), key=lambda pair: -len(pair[0]))
        self.iri = lru_cache(maxsize=KNOWN)(self._name)

    def _name(self, node: str) -> str:
        """A prefixed name where the local part allows it, else the whole IRI."""
        value = node[1:-1]
        for iri, prefix in self._prefixes:
            if value.startswith(iri):
                local = value[len(iri) :]
                return f"{prefix}:{local}" if _LOCAL.fullmatch(local) else node
        return node

    def term(self, term: str) -> str:
        """A term; integers, decimals and truth values in their short form."""
        if term[0] == "<":
            return self.iri(term)
        if term[-1] != ">":  # a blank node, or a literal without a datatype
            return term
        quoted, _, kind = term.rpartition("^^")
        if kind in _SHORT and _SHORT[kind].fullmatch(quoted[1:-1]):
            return quoted[1:-1]
        return f"{quoted}^^{self.iri(kind)}"


def graphs(view: View) -> Iterator[tuple[str, Iterator[tuple[str, Properties]]]]:
    """Each graph with its subjects and their properties, all sorted by IRI, the type first, values too."""
    blocks = in_order(quads(view), lambda graph, subject: (graph, subject[1:-1]))
    for graph, members in groupby(blocks, key=lambda block: block[0].partition(" ")[0]):
        yield graph, map(described, members)


def described(block: Iterable[str]) -> tuple[str, Properties]:
    """The subject of ``block`` with its properties, the type first, each with its values by graph."""
    found: dict[str, list[tuple[str, str]]] = {}
    subject = ""
    for line in block:
        graph, subject, predicate, value = line.split(" ", 3)
        found.setdefault(predicate, []).append((graph, value))
    return subject, {name: _values(found[name]) for name in sorted(found, key=_type_first)}


def _type_first(predicate: str) -> tuple[bool, str]:
    return predicate != _TYPE, predicate[1:-1]


def _values(found: list[tuple[str, str]]) -> list[str]:
    if len(found) > 1:
        found.sort(key=_value_order)
    return [value for _, value in found]


def block(subject: str, properties: Properties, namer: Namer, indent: str = "") -> Iterator[str]:
    """Lines of a subject with its properties, in Turtle."""
    rows = [f"{_verb(p, namer)} {' , '.join(map(namer.term, values))}" for p, values in properties.items()]
    yield f"{indent}{namer.term(subject)} {rows[0]}" + (" ;" if len(rows) > 1 else " .")
    for row in rows[1:-1]:
        yield f"{indent}    {row} ;"
    if len(rows) > 1:
        yield f"{indent}    {rows[-1]} ."


def _verb(predicate: str, namer: Namer) -> str:
    return "a" if predicate == _TYPE else namer.iri(predicate)


def _value_order(found: tuple[str, str]) -> tuple[str, int, int, str]:
    """A sort key of a value in a graph: by graph, then integers by size, then the rest as it is written."""
    graph, value = found
    if value.endswith(_INTEGER):
        return graph, 0, int(value[1 : -len(_INTEGER)]), ""
    return graph, 1, 0, value
