"""SHACL over a graph."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode, Quad

from kg.records import Extraction
from kg.validate import validate
from kg.vocab import KG, RDF
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


def test_own_shapes_can_be_given() -> None:
    shapes = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/hearsay/ns#> .
    [] a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property [ sh:path kg:saidOn ; sh:minCount 1 ] ."""
    assert len(validate(sample_graph().view(), shapes).violations) == 6
