"""The ontology and the names that the code uses are in step; every term is documented and used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg import ontology
from kg.records import ACTOR_TYPES, RELATIONS, SYMMETRIC
from kg.vocab import KG, PREFIXES, SPEECH_ACTS

ROOT = Path(__file__).resolve().parents[1]
GRAPH = rdflib.Graph().parse(data=ontology.text("kg.ttl"), format="turtle")
TERMS = sorted(rdflib.URIRef(str(s)) for s in set(GRAPH.subjects()) if str(s).startswith(KG.iri))


def test_ontology_and_vocab_have_the_same_terms() -> None:
    assert {str(term).removeprefix(KG.iri) for term in TERMS} == set(KG.terms)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term).removeprefix(KG.iri))
def test_every_term_is_documented(term: rdflib.URIRef) -> None:
    assert GRAPH.value(term, RDFS.label)
    assert str(GRAPH.value(term, RDFS.comment)).endswith(".")
    kinds = set(GRAPH.objects(term, RDF.type))
    if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
        assert GRAPH.value(term, RDFS.domain)
        assert GRAPH.value(term, RDFS.range)


def test_ontology_refers_to_no_term_that_it_lacks() -> None:
    used = {t for triple in GRAPH for t in triple if str(t).startswith(KG.iri) and isinstance(t, rdflib.URIRef)}
    assert used <= set(TERMS)
    shapes = rdflib.Graph().parse(data=ontology.text("shapes.ttl"), format="turtle")
    named = {t for triple in shapes for t in triple if isinstance(t, rdflib.URIRef) and str(t).startswith(KG.iri)}
    assert named <= set(TERMS)


def test_relations_have_the_signs_of_the_records() -> None:
    for name, sign in RELATIONS.items():
        term = rdflib.URIRef(KG.iri + name)
        assert str(GRAPH.value(term, rdflib.URIRef(KG.iri + "sign"))) == sign
        top = {"+": "alignedWith", "-": "hostileTo", "0": "neutralTo"}[sign]
        assert rdflib.URIRef(KG.iri + top) in set(GRAPH.transitive_objects(term, RDFS.subPropertyOf))
        assert ((term, RDF.type, OWL.SymmetricProperty) in GRAPH) == (name in SYMMETRIC)


def test_actor_types_are_classes_of_actors() -> None:
    for name in ACTOR_TYPES:
        assert (rdflib.URIRef(KG.iri + name), RDFS.subClassOf, rdflib.URIRef(KG.iri + "Actor")) in GRAPH


def test_every_term_is_used_by_code_shapes_or_queries() -> None:
    files = [*ROOT.glob("kg/**/*.py"), *ROOT.glob("kg/query/named/*.rq"), ROOT / "ontology" / "shapes.ttl"]
    text = "\n".join(path.read_text("utf-8") for path in files if path.name != "vocab.py")
    in_text = set(re.findall(r"(?:KG\.|kg:)(\w+)", text)) | set(re.findall(r'"(\w+)"', text))
    superclasses = {str(o).removeprefix(KG.iri) for o in GRAPH.objects(None, RDFS.range)}
    superclasses |= {str(o).removeprefix(KG.iri) for o in GRAPH.objects(None, RDFS.subClassOf)}
    superclasses |= {str(o).removeprefix(KG.iri) for o in GRAPH.objects(None, RDFS.subPropertyOf)}
    vocabulary = (ROOT / "kg" / "vocab.py").read_text("utf-8")
    tabled = set(re.findall(r"KG\.(\w+)", vocabulary))
    lists = set(ACTOR_TYPES) | set(RELATIONS) | set(SPEECH_ACTS.split())
    assert set(KG.terms) - in_text - superclasses - tabled - lists == set()


def test_an_unknown_term_fails_and_open_values_are_escaped() -> None:
    with pytest.raises(AttributeError, match="No term 'denied'"):
        _ = KG.denied
    assert KG.name_of(KG["odd act/é"]) == "odd act/é"


def test_context_has_the_prefixes_of_the_vocabulary() -> None:
    assert json.loads(ontology.text("context.jsonld"))["@context"] == dict(PREFIXES)
