"""The graph as JSON-LD: one named graph an entry, its nodes with compact names under the published context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import ontology
from kg.export.terms import KNOWN, Properties, graphs, prefixes
from kg.store import View
from kg.vocab import RDF, XSD

_TYPE, _STRING = RDF.type, XSD.string


def lines(view: View) -> Iterator[str]:
    """Lines of the JSON-LD document, one node a line."""
    context = json.loads(ontology.text("context.jsonld"))["@context"] | prefixes(view.store.ids.base)
    names = _Names(context)
    yield f'{{"@context": {_text(context)},\n"@graph": ['
    end = ""
    for graph, members in graphs(view):
        yield from [end + ","] if end else []
        yield f'{{"@id": {_text(names.compact(graph))}, "@graph": ['
        yield from listed(_text(names.node(subject, properties)) for subject, properties in members)
        end = "]}"
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

    def _compact(self, node: NamedNode) -> str:
        for iri, name in self.prefixes:
            local = node.value[len(iri) :]
            if node.value.startswith(iri) and not local.startswith("//"):
                return f"{name}:{local}"
        return node.value

    def node(self, subject: NamedNode, properties: Properties) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.compact(subject)}
        for predicate, values in properties.items():
            kind = predicate == _TYPE
            found = [self.compact(v) if kind and isinstance(v, NamedNode) else self.value(v) for v in values]
            node["@type" if kind else self.compact(predicate)] = found[0] if len(found) == 1 else found
        return node

    def value(self, term: NamedNode | Literal) -> Any:
        if isinstance(term, NamedNode):
            return {"@id": self.compact(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        kind = term.datatype
        if kind == _STRING:
            return term.value
        if kind == RDF.JSON:
            return {"@value": json.loads(term.value), "@type": "@json"}
        return {"@value": term.value, "@type": self.compact(kind)}
