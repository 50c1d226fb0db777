"""SHACL over a graph: ``ontology/shapes.ttl``, or a user's own shapes.

The store finds the nodes that may break a core constraint (``kg/suspicion.py``), and pyshacl judges these alone, some
at a time: neither time nor memory goes into the rest of the graph. pyshacl would run a SPARQL constraint once for each
node (21 of 23 seconds over eleven articles), so those run in the store too, once for all nodes of a target class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import NamedNode, Quad

from kg import ontology
from kg.errors import QueryError
from kg.store import View
from kg.suspicion import Suspect, known, sh, suspects
from kg.vocab import RDF

if TYPE_CHECKING:
    import rdflib

#: Nodes that pyshacl judges at a time.
SUSPECTS = 2000


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
    for constraint in list(graph.triples((None, sh("sparql"), None))):
        graph.remove(constraint)
    found |= {*_core_violations(view, graph)}
    return Report(tuple(sorted(found, key=lambda v: (v.node, v.path or "", v.message, v.value or ""))))


def _sparql_violations(view: View, shapes: rdflib.Graph) -> Iterator[Violation]:
    """Nodes that the SPARQL constraints select, with ``$this`` left open over each target class."""
    for shape, constraint in shapes.subject_objects(sh("sparql")):
        message = str(shapes.value(constraint, sh("message")) or "breaks a SPARQL constraint")
        for target in shapes.objects(shape, sh("targetClass")):
            query = _over_class(str(shapes.value(constraint, sh("select"))), str(target))
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
    """What pyshacl finds wrong with the nodes that may break a constraint; with all of them where no query tells."""
    paths = {str(path) for path in shapes.objects(None, sh("path"))} | _compared(shapes)
    if not known(shapes):
        yield from _judged(shapes, _whole(view, paths))
        return
    waiting = iter(sorted(suspects(view, shapes), key=str))
    while some := list(islice(waiting, SUSPECTS)):
        nodes = {node.value for node in some}
        yield from (v for v in _judged(shapes, _around(view, some, paths)) if v.node in nodes)


def _judged(shapes: rdflib.Graph, data: rdflib.Graph) -> Iterator[Violation]:
    """What pyshacl finds wrong with ``data``."""
    import pyshacl
    import rdflib

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    if not isinstance(report, rdflib.Graph):  # pyshacl gives bytes where it fails
        raise QueryError(f"The shapes cannot be checked: {report!r}")

    def text(result: Any, name: str) -> str | None:
        value = report.value(result, sh(name))
        return None if value is None else str(value)

    for result in report.objects(None, sh("result")):
        message = text(result, "resultMessage") or "breaks a constraint"
        yield Violation(str(text(result, "focusNode")), message, text(result, "resultPath"), text(result, "value"))


def _compared(shapes: rdflib.Graph) -> set[str]:
    """Properties that a shape compares others with."""
    names = ("lessThan", "lessThanOrEquals", "equals", "disjoint")
    return {str(value) for name in names for value in shapes.objects(None, sh(name))}


def _whole(view: View, predicates: set[str]) -> rdflib.Graph:
    """The triples that the shapes look at: types, and the properties that they name."""
    names = sorted({*predicates, RDF.type.value})
    return _data(quad for name in names for quad in view.store.match(None, NamedNode(name)))


def _around(view: View, nodes: list[Suspect], predicates: set[str]) -> rdflib.Graph:
    """Of the same, what is about ``nodes``, and the types of their values, which a shape may ask for."""
    about = [quad for node in nodes for quad in view.store.match(cast(NamedNode, node))]
    named = [quad for quad in about if quad.predicate == RDF.type or quad.predicate.value in predicates]
    values = {quad.object for quad in named if isinstance(quad.object, NamedNode)}
    return _data(chain(named, (quad for value in values for quad in view.store.match(value, RDF.type))))


def _data(quads: Iterable[Quad]) -> rdflib.Graph:
    import rdflib

    from kg.store.interchange import rdflib_term

    data, known = rdflib.Graph(), dict[object, Any]()

    def term(node: object) -> Any:
        if node not in known:
            known[node] = rdflib_term(node)
        return known[node]

    for quad in quads:
        data.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return data
