from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from kg.records import ACTOR_TYPES, RELATIONS
from kg.view.picture import BASES, KINDS, PHRASES, Edge, kind_of, short
from kg.vocab import KG
from tests.view.sample import claim, edge

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("stances", "status"),
    [
        (["asserts"], "asserted"),
        (["asserts", "declines_to_confirm"], "asserted"),
        (["asserts", "denies"], "asserted"),
        (["denies", "declines_to_confirm"], "denied"),
        (["declines_to_confirm"], "unconfirmed"),
    ],
)
def test_picture_status_follows_the_stances(stances: list[str], status: str) -> None:
    assert edge("a", "b", *map(claim, stances)).status == status


def test_picture_is_contested_where_claims_contradict_each_other() -> None:
    known = edge("a", "b", claim(), claim("denies", source="s2"))
    assert replace(known, contested=True).status == "contested"


def test_picture_counts_each_source_once() -> None:
    assert edge("a", "b", claim(source="s1"), claim(source="s1"), claim("denies", source="s2")).sources == 2


def test_picture_has_words_for_every_relation_and_a_shape_for_every_actor() -> None:
    assert set(PHRASES) == set(RELATIONS)
    assert {kind_of(t) for t in (*ACTOR_TYPES, "Narrator")} <= set(KINDS)


def test_picture_has_words_for_every_basis_of_a_contradiction() -> None:
    terms = rdflib.Graph().parse(ROOT / "ontology/kg.ttl")
    known = {str(term).rpartition("#")[2] for term in terms.subjects(rdflib.RDF.type, rdflib.URIRef(KG.Basis.value))}
    assert known == set(BASES)


def test_picture_open_relation_speaks_in_its_own_words() -> None:
    assert Edge("e", "a", "b", "relatedTo", "0", (), "met").phrase == "met"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Iran", "Iran"), ("two\nlines\x00", "two lines"), ("x" * 5000, "x" * 25 + "…"), ("حزب الله", "حزب الله")],
)
def test_short_is_one_line_of_bounded_length(text: str, wanted: str) -> None:
    assert short(text) == wanted
