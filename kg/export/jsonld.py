"""The graph as JSON-LD: one named graph an entry, its nodes with compact names under the published context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kg import ontology
from kg.export.sorting import NO_GRAPH
from kg.export.terms import KNOWN, Properties, graphs, prefixes
from kg.store import View
from kg.vocab import RDF

_TYPE, _JSON = str(RDF.type), str(RDF.JSON)


def lines(view: View) -> Iterator[str]:
    """Lines of the JSON-LD document, one node a line."""
    context = json.loads(ontology.text("context.jsonld"))["@context"] | prefixes(view.store.ids.base)
    names = _Names(context)
    yield f'{{"@context": {_text(context)},\n"@graph": ['
    end = ""
    for graph, members in graphs(view):
        yield from [end + ","] if end else []
        named = graph != NO_GRAPH
        yield from [f'{{"@id": {_text(names.compact(graph))}, "@graph": ['] if named else []
        yield from listed(_text(names.node(subject, properties)) for subject, properties in members)
        end = "]}" if named else ""  # what is in no graph comes last
    yield from [end] if end else []
    yield "]}"


def listed(items: Iterator[str]) -> Iterator[str]:
    """``items`` with a comma after each but the last."""
    item = next(items, None)
    while item is not None:
        following = next(items, None)
        yield item if following is None else f"{item},"
        item = following


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


class _Names:
    """Compact IRIs, and nodes written with them."""

    def __init__(self, context: dict[str, str]) -> None:
        self.prefixes = sorted(((iri, name) for name, iri in context.items()), key=lambda pair: -len(pair[0]))
        self.compact = lru_cache(maxsize=KNOWN)(self._compact)

    def _compact(self, node: str) -> str:
        if node[0] != "<":  # a blank node
            return node
        value = node[1:-1]
        for iri, name in self.prefixes:
            local = value[len(iri) :]
            if value.startswith(iri) and not local.startswith("//"):
                return f"{name}:{local}"
        return value

    def node(self, subject: str, properties: Properties) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.compact(subject)}
        for predicate, values in properties.items():
            kind = predicate == _TYPE
            found = [self.compact(v) if kind and v[0] != '"' else self.value(v) for v in values]
            node["@type" if kind else self.compact(predicate)] = found[0] if len(found) == 1 else found
        return node

    def value(self, term: str) -> Any:
        if term[0] != '"':
            return {"@id": self.compact(term)}
        quoted, _, rest = term.rpartition('"')
        value = json.loads(f'{quoted}"') if "\\" in quoted else quoted[1:]  # the escapes of N-Quads are such of JSON
        if not rest:
            return value
        if rest[0] == "@":
            return {"@value": value, "@language": rest[1:]}
        kind = rest.removeprefix("^^")
        if kind == _JSON:
            return {"@value": json.loads(value), "@type": "@json"}
        return {"@value": value, "@type": self.compact(kind)}
