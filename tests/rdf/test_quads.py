"""Records to quads and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.ids import Ids
from kg.rdf import from_quads, to_quads
from kg.rdf.normal import natural_order, normal_form
from kg.rdf.to_quads import record_digest
from kg.records import Extraction
from kg.vocab import KG, NIF
from tests.rdf.samples import extractions, north, samples


@pytest.mark.parametrize("extraction", samples(), ids=lambda e: e.article.id)
def test_from_quads_inverts_to_quads(extraction: Extraction) -> None:
    assert from_quads(to_quads(extraction)) == normal_form(extraction)


@given(extractions())
@settings(max_examples=60, deadline=None)
def test_from_quads_inverts_to_quads_for_any_extraction(extraction: Extraction) -> None:
    assert from_quads(to_quads(extraction)) == extraction


@given(extractions(article="a / b#c ü %"))
@settings(max_examples=30, deadline=None)
def test_to_quads_uses_one_graph_and_no_blank_node(extraction: Extraction) -> None:
    quads = to_quads(extraction)
    assert len(quads) == len(set(quads))
    assert len({q.graph_name for q in quads}) == 1
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))


def test_to_quads_does_not_depend_on_the_order_of_sets() -> None:
    one = north()
    other = replace(one, actors=one.actors[::-1], claims=one.claims[::-1])
    assert to_quads(one) == to_quads(other)
    assert record_digest(one) == record_digest(other)


def test_to_quads_anchors_every_span_in_the_text() -> None:
    for extraction in samples():
        values: dict[object, dict[NamedNode, Literal]] = {}
        for quad in to_quads(extraction):
            if isinstance(quad.object, Literal):
                values.setdefault(quad.subject, {})[quad.predicate] = quad.object
        found = [v for v in values.values() if NIF.anchorOf in v]
        assert found
        for span in found:
            start, end = int(span[NIF.beginIndex].value), int(span[NIF.endIndex].value)
            assert extraction.article.text[start:end] == span[NIF.anchorOf].value


def test_to_quads_gives_equal_claims_different_iris() -> None:
    one = north()
    twice = replace(one, claims=(one.claims[0], replace(one.claims[0], id="c9")))
    assert [c.id for c in from_quads(to_quads(twice)).claims] == ["c1", "c9"]


def test_claims_keep_their_iri_when_another_is_found_before_them() -> None:
    one = north()
    fewer = replace(one, claims=(replace(one.claims[1], id="c1", disputes=None),))
    iris = {q.subject for q in to_quads(one) if q.predicate == KG.cue}
    assert {q.subject for q in to_quads(fewer) if q.predicate == KG.cue} <= iris


def test_to_quads_nobody_quotes_himself() -> None:
    one = samples()[1]
    quoted, inner = one.claims[1:]
    own = replace(one, claims=(quoted, replace(inner, source=quoted.source, via=())))
    found = {q.predicate for q in to_quads(own) if q.predicate in {KG.quotes, KG.clauseOf}}
    assert found == {KG.clauseOf}
    assert [c.nested_in for c in from_quads(to_quads(own)).claims].count(None) == 1


def test_from_quads_refuses_what_is_no_article() -> None:
    with pytest.raises(ValueError, match="no schema:NewsArticle"):
        from_quads([])


def test_ids_article_id_inverts_article() -> None:
    ids = Ids("https://example.org/")
    for name in ("a", "a/b", "ä #?%", ""):
        assert ids.article_id(ids.local_actor(name, "x/y")) == name
        assert ids.local_id(ids.local_actor(name, "x/y")) == "x/y"


def test_natural_order_counts() -> None:
    assert sorted(["a10", "a2", "b1", "a1"], key=natural_order) == ["a1", "a2", "a10", "b1"]


@pytest.mark.shared
def test_from_quads_inverts_to_quads_on_annotated_articles(shared: Path) -> None:
    for path in sorted((shared / "gold" / "articles").glob("*.json")):
        extraction = Extraction.from_dict(json.loads(path.read_text("utf-8")))
        assert from_quads(to_quads(extraction)) == normal_form(extraction)
