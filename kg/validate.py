"""SHACL over a graph: ``ontology/shapes.ttl``, or a user's own shapes.

pyshacl runs the core constraints over the properties that the shapes name. It would run a SPARQL constraint once for
each node (21 of 23 seconds over eleven articles), so those run in the store, once for all nodes of a target class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg import ontology
from kg.errors import QueryError
from kg.store import View
from kg.vocab import RDF

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a constraint; ``path`` and ``value`` where the constraint is about a property."""

    node: str
    message: str
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All violations, sorted."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether there are none."""
        return not self.violations


def validate(view: View, shapes: str | None = None) -> Report:
    """What in ``view`` breaks the shapes: those of the ontology, or the given Turtle text.

    Raises:
        QueryError: a SPARQL constraint cannot be run.
    """
    import rdflib

    graph = rdflib.Graph().parse(data=shapes or ontology.text("shapes.ttl"), format="turtle")
    found = {*_sparql_violations(view, graph)}
    for constraint in list(graph.triples((None, _sh("sparql"), None))):
        graph.remove(constraint)
    found |= {*_core_violations(view, graph)}
    return Report(tuple(sorted(found, key=lambda v: (v.node, v.path or "", v.message, v.value or ""))))


def _sh(name: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(f"http://www.w3.org/ns/shacl#{name}")


def _sparql_violations(view: View, shapes: rdflib.Graph) -> Iterator[Violation]:
    """Nodes that the SPARQL constraints select, with ``$this`` left open over each target class."""
    for shape, constraint in shapes.subject_objects(_sh("sparql")):
        message = str(shapes.value(constraint, _sh("message")) or "breaks a SPARQL constraint")
        for target in shapes.objects(shape, _sh("targetClass")):
            query = _over_class(str(shapes.value(constraint, _sh("select"))), str(target))
            result = view.query(query)
            if "this" not in result.variables:
                raise QueryError(f"A SPARQL constraint must select $this: {query}")
            place = result.variables.index("this")
            yield from (Violation(str(row[place]), message) for row in result.rows())


def _over_class(select: str, target: str) -> str:
    """The constraint's query over all nodes of the class ``target`` at once."""
    head, brace, rest = select.partition("{")
    return f"{head}{brace} $this a <{target}> . {rest}"


def _core_violations(view: View, shapes: rdflib.Graph) -> Iterator[Violation]:
    import pyshacl
    import rdflib

    data = _data(view, {str(path) for path in shapes.objects(None, _sh("path"))} | _compared(shapes))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    if not isinstance(report, rdflib.Graph):  # pyshacl gives bytes where it fails
        raise QueryError(f"The shapes cannot be checked: {report!r}")

    def text(result: Any, name: str) -> str | None:
        value = report.value(result, _sh(name))
        return None if value is None else str(value)

    for result in report.objects(None, _sh("result")):
        message = text(result, "resultMessage") or "breaks a constraint"
        yield Violation(str(text(result, "focusNode")), message, text(result, "resultPath"), text(result, "value"))


def _compared(shapes: rdflib.Graph) -> set[str]:
    """Properties that a shape compares others with."""
    names = ("lessThan", "lessThanOrEquals", "equals", "disjoint")
    return {str(value) for name in names for value in shapes.objects(None, _sh(name))}


def _data(view: View, predicates: set[str]) -> rdflib.Graph:
    """The triples that the shapes look at: types, and the properties that they name."""
    import rdflib

    from kg.store.interchange import rdflib_term

    data, known = rdflib.Graph(), dict[object, Any]()

    def term(node: object) -> Any:
        if node not in known:
            known[node] = rdflib_term(node)
        return known[node]

    for predicate in sorted({*predicates, RDF.type.value}):
        for quad in view.store.match(None, NamedNode(predicate)):
            data.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return data
