"""Which nodes may break a core constraint of SHACL shapes: queries find every one that does, and hardly another.

They know the constraints of a property's values that ``ontology/shapes.ttl`` uses. Shapes that ask for more, or choose
their nodes otherwise than by class, are for pyshacl to judge over the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from pyoxigraph import BlankNode, Literal, NamedNode

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

    from kg.store import View

_SH = "http://www.w3.org/ns/shacl#"
#: What decides on a node of a target class, and what decides nothing.
_CHECKED = frozenset({"minCount", "maxCount", "datatype", "nodeKind", "in", "class", "lessThan"})
_PLAIN = frozenset({
    "targetClass", "property", "path", "message", "severity", "name", "description", "order", "group", "declare",
    "prefix", "namespace", "prefixes", "select", "sparql",
})  # fmt: skip
_KINDS = {"IRI": "isIRI(?v)", "Literal": "isLiteral(?v)", "BlankNode": "isBlank(?v)"}

Suspect = NamedNode | BlankNode


def known(shapes: Graph) -> bool:
    """Whether the queries know all that ``shapes`` ask for."""
    from rdflib import RDF, RDFS, URIRef

    asked = {str(p).removeprefix(_SH) for p in shapes.predicates(unique=True) if str(p).startswith(_SH)}
    paths = set(shapes.objects(None, sh("path")))
    return (
        asked <= _CHECKED | _PLAIN
        and all(isinstance(path, URIRef) for path in paths)
        and RDFS.subClassOf not in paths
        and {int(str(n)) for n in shapes.objects(None, sh("minCount"))} <= {0, 1}
        and {str(kind).removeprefix(_SH) for kind in shapes.objects(None, sh("nodeKind"))} <= {*_KINDS}
        and not {*shapes.subjects(RDF.type, RDFS.Class)} & {*shapes.subjects(sh("property"), None)}
        and {*shapes.subjects(sh("property"), None)} <= {*shapes.subjects(sh("targetClass"), None)}
    )


def suspects(view: View, shapes: Graph) -> set[Suspect]:
    """Every node that breaks one of ``shapes``, which are ``known``, and those that may."""
    found = set[Suspect]()
    for shape, target in shapes.subject_objects(sh("targetClass")):
        for each in shapes.objects(shape, sh("property")):
            found |= _suspects(view, f"?this a <{target}>", _Constraints(shapes, each))
    for path, kind in _typed(shapes):
        found |= set(_ill_typed(view, path, kind))
    return found


def sh(name: str) -> URIRef:
    """The term of SHACL."""
    from rdflib import URIRef

    return URIRef(_SH + name)


class _Constraints:
    """What a shape asks of the values of one property."""

    def __init__(self, shapes: Graph, node: Node) -> None:
        self._shapes, self._node = shapes, node
        self.path = f"<{shapes.value(node, sh('path'))}>"
        self.some = str(shapes.value(node, sh("minCount")) or 0) != "0"
        self.few = shapes.value(node, sh("maxCount")) is not None

    def right(self) -> str:
        """What a value ``?v`` has to be, looked at alone."""
        from rdflib.collection import Collection

        asked = [f"datatype(?v) = <{kind}>" for kind in self.of("datatype")]
        asked += [_KINDS[str(kind).removeprefix(_SH)] for kind in self.of("nodeKind")]
        for first in self.of("in"):
            same = (f"sameTerm(?v, {value.n3()})" for value in Collection(self._shapes, first))
            asked.append(f"({' || '.join(same) or 'false'})")
        return f"COALESCE({' && '.join(asked) or 'true'}, false)"

    def wrong(self) -> Iterator[str]:
        """Patterns of nodes with a value that is wrong beside other things."""
        for kind in self.of("class"):
            yield f"?this {self.path} ?v FILTER NOT EXISTS {{ ?v a <{kind}> }}"
        for later in self.of("lessThan"):
            yield f"?this {self.path} ?v ; <{later}> ?w FILTER(!COALESCE(?v < ?w, false))"

    def of(self, name: str) -> Iterator[Node]:
        """Values of that constraint."""
        return self._shapes.objects(self._node, sh(name))


def _suspects(view: View, target: str, asked: _Constraints) -> set[Suspect]:
    """Nodes of a target class that have too few values of a property, too many, or a wrong one."""

    def those(pattern: str) -> set[Suspect]:
        rows = view.store.query(f"SELECT DISTINCT ?this {{ {target} . {pattern} }}").answer
        return {row["this"] for row in rows}  # type: ignore[union-attr]

    right, path = asked.right(), asked.path
    found = {node for pattern in asked.wrong() for node in those(pattern)}
    if not (asked.some and asked.few):  # else a wrong value is the only one, and missed, or one of several
        found |= those(f"?this {path} ?v FILTER(!{right})")
    lacking = those(f"FILTER NOT EXISTS {{ ?this {path} ?v FILTER({right}) }}") if asked.some else set()
    # where each has one, none has two if there are as many values as nodes: counting asks half of what looking does
    each_has_one = asked.some and not lacking and _count(view, target) == _count(view, f"{target} ; {path} ?v")
    if asked.few and not each_has_one:
        found |= those(f"?this {path} ?v , ?w FILTER(!sameTerm(?v, ?w))")
    return found | lacking


def _count(view: View, pattern: str) -> int:
    """How many solutions the pattern has."""
    return int(next(view.store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows())[0] or 0)


def _typed(shapes: Graph) -> set[tuple[str, str]]:
    """Properties whose values must have a datatype, with that; any text is a good string."""
    from rdflib import XSD

    pairs = ((shapes.value(each, sh("path")), kind) for each, kind in shapes.subject_objects(sh("datatype")))
    return {(str(path), str(kind)) for path, kind in pairs if kind != XSD.string}


def _ill_typed(view: View, path: str, kind: str) -> Iterator[Suspect]:
    """Subjects of a value that is none of its datatype, as the 31st of June is no date; each value is read once."""
    import rdflib

    query = f"SELECT DISTINCT ?v {{ ?s <{path}> ?v FILTER(datatype(?v) = <{kind}>) }}"
    for (text,) in view.store.query(query).rows():
        value = rdflib.Literal(text, datatype=rdflib.URIRef(kind), normalize=False)
        if value.ill_typed is not False:
            literal = Literal(str(text), datatype=NamedNode(kind))
            for quad in view.store.match(None, NamedNode(path), literal):
                yield cast(Suspect, quad.subject)
