"""The reference of the ontology in ``ontology/README.md``: a table of terms for each part of ``ontology/kg.ttl``."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg import ontology
from kg.vocab import KG

BEGIN = "<!-- The tables between here and the end are generated from kg.ttl: python -m tests.documents -->"
END = "<!-- Here the generated tables end. -->"
_PART = re.compile(r"^# ---- ([^\n:]+)(?::[^\n]*)?$", re.MULTILINE)
_TERM = re.compile(r"^kg:(\w+) a ", re.MULTILINE)
_SIGN = rdflib.URIRef(KG.iri + "sign")


def with_terms(page: str) -> str:
    """The page with its tables made anew."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{_tables(ontology.text('kg.ttl'))}\n{END}{after}"


def _tables(text: str) -> str:
    """A table for each part of the file, in its order."""
    graph = rdflib.Graph().parse(data=text, format="turtle")
    pieces = _PART.split(text)
    parts = zip(pieces[1::2], pieces[2::2], strict=True)
    return "\n".join(f"### {title}\n\n{_table(graph, _TERM.findall(body))}" for title, body in parts)


def _table(graph: rdflib.Graph, names: list[str]) -> str:
    rows = "".join(_row(graph, name) for name in names)
    return f"| term | is | means |\n|---|---|---|\n{rows}"


def _row(graph: rdflib.Graph, name: str) -> str:
    term = rdflib.URIRef(KG.iri + name)
    said = [str(graph.value(term, RDFS.comment)), *_more(graph, term)]
    return f"| `{name}` | {_kind(graph, term)} | {' '.join(said)} |\n"


def _kind(graph: rdflib.Graph, term: rdflib.URIRef) -> str:
    """What a term is: a class, an individual of a class, or a property with its domain and range."""
    kinds = set(graph.objects(term, RDF.type))
    if OWL.Class in kinds:
        return "class"
    if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
        ends = " → ".join(_short(graph, graph.value(term, end)) for end in (RDFS.domain, RDFS.range))
        return f"property: {ends}"
    return " ".join(_short(graph, kind) for kind in sorted(kinds, key=str))


def _more(graph: rdflib.Graph, term: rdflib.URIRef) -> Iterator[str]:
    """What it comes under, its sign, and its matches in other vocabularies."""
    above = [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)]
    for label, nodes in (("Under", above), ("Close to", list(graph.objects(term, SKOS.closeMatch)))):
        if nodes:
            yield f"{label} {', '.join(sorted(_short(graph, node) for node in nodes))}."
    sign = graph.value(term, _SIGN)
    if sign is not None:
        yield f"Sign `{sign}`."


def _short(graph: rdflib.Graph, node: rdflib.term.Node | None) -> str:
    """A term with its prefix; those of our own without."""
    if not isinstance(node, rdflib.URIRef):
        return "any"
    return f"`{graph.namespace_manager.normalizeUri(node).removeprefix('kg:')}`"
