"""SHACL over a graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology
from kg.records import Extraction
from kg.suspicion import known
from kg.validate import validate
from kg.vocab import KG, RDF, XSD
from tests.graphs import built, sample_graph
from tests.rdf.samples import extractions, samples


def test_merged_samples_conform() -> None:
    assert validate(sample_graph().view()).violations == ()


@given(extractions())
@settings(max_examples=5, deadline=None)
def test_any_merged_extraction_conforms(extraction: Extraction) -> None:
    assert validate(built([extraction]).view()).conforms


@pytest.mark.parametrize(
    ("predicate", "message"),
    [(KG.denies, "may not assert and deny"), (KG.quotes, "may not quote itself"), (KG.source, "Less than|More than")],
)
def test_what_breaks_a_shape_is_found(predicate: NamedNode, message: str) -> None:
    store = built(samples())
    claim, asserted = next((q.subject, q.object) for q in store.match(None, KG.asserts))
    assert isinstance(claim, NamedNode)
    value = claim if predicate == KG.quotes else asserted
    store.apply(add=[Quad(claim, predicate, value, store.graphs.claims("north-1"))])
    report = validate(store.view())
    assert not report.conforms
    assert any(v.node == claim.value and re.search(message, v.message) for v in report.violations)


def test_bare_content_is_found() -> None:
    store = built(samples())
    p = next(q.subject for q in store.match(None, RDF.type, KG.Proposition))
    assert isinstance(p, NamedNode)
    s, r, o = (next(store.match(p, x)).object for x in (RDF.subject, RDF.predicate, RDF.object))
    assert isinstance(s, NamedNode) and isinstance(r, NamedNode) and isinstance(o, NamedNode)  # noqa: PT018
    store.apply(add=[Quad(s, r, o, store.graphs.accepted)])
    assert any("bare triple" in v.message for v in validate(store.view()).violations)


@given(extractions(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_what_is_found_is_what_pyshacl_finds_over_the_whole_graph(extraction: Extraction, draw: Random) -> None:
    store = built([extraction])
    for quad in draw.sample(sorted(store.match(None), key=str), 60):
        if quad.graph_name != store.graphs.ontology:
            store.apply([quad], list(_broken(quad, draw)))
    shapes = ontology.text("shapes.ttl")
    by_name = f"{shapes} [] a sh:NodeShape ; sh:targetNode <urn:none> ."
    assert [known(rdflib.Graph().parse(data=text, format="turtle")) for text in (shapes, by_name)] == [True, False]
    assert validate(store.view(), shapes) == validate(store.view(), by_name)


def _broken(quad: Quad, draw: Random) -> Iterator[Quad]:
    """Instead of ``quad``: nothing, or the same and another, with a value that may be wrong."""
    values = (KG.Claim, Literal("31"), Literal("2031-06-31", datatype=XSD.date), Literal("0", datatype=XSD.integer))
    if draw.random() < 0.7:
        yield Quad(quad.subject, quad.predicate, draw.choice(values), quad.graph_name)
    if draw.random() < 0.5:
        yield quad


def test_pyshacl_judges_only_what_may_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []
    honest = pyshacl.validate

    def watched(data: rdflib.Graph, **rest: Any) -> object:
        judged.append(len(data))
        return honest(data, **rest)

    monkeypatch.setattr(pyshacl, "validate", watched)
    store = built(samples())
    assert validate(store.view()).conforms
    assert judged == []
    claim = next(q.subject for q in store.match(None, RDF.type, KG.Claim))
    assert isinstance(claim, NamedNode)
    store.apply(list(store.match(claim, KG.confidence)))
    assert not validate(store.view()).conforms
    assert len(judged) == 1
    assert judged[0] < 40


def test_own_shapes_can_be_given() -> None:
    shapes = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/hearsay/ns#> .
    [] a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property [ sh:path kg:saidOn ; sh:minCount 1 ] ."""
    assert len(validate(sample_graph().view(), shapes).violations) == 6


def test_a_statement_about_two_actors_without_a_proposition_is_found() -> None:
    store = built(samples())
    stated = next(store.match(None, KG.expresses))
    store.apply(remove=[stated])
    assert any("expresses a proposition" in v.message for v in validate(store.view()).violations)
