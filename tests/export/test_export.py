"""Exports: stable, readable, and the same graph when read back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings

from kg.errors import KgError
from kg.export import FORMATS, export
from kg.merge import merge
from kg.records import Extraction
from kg.store import Store, View, open_store
from tests.rdf.samples import extractions, north, samples
from tests.store.contract import dump


def built(articles: list[Extraction]) -> Store:
    store = open_store(":memory:")
    with store.writer() as writer:
        for extraction in articles:
            writer.write(extraction)
    merge(store)
    return store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with built(samples()) as store:
        yield store


def text(view: View, form: str) -> str:
    out = io.BytesIO()
    export(view, out, form)
    return out.getvalue().decode("utf-8")


@pytest.mark.parametrize("form", ["trig", "nquads", "jsonld"])
def test_export_read_back_is_the_same_graph(store: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"g{FORMATS[form]}"
    export(store.view(), path)
    with open_store(path, read_only=True) as again:
        assert dump(again) == dump(store)
    assert not list(tmp_path.glob("*.part"))


@given(extractions())
@settings(max_examples=25, deadline=None)
def test_export_of_anything_can_be_read_back(extraction: Extraction) -> None:
    import pyoxigraph as ox

    store = built([extraction])
    wanted = sorted(str(q) for q in store.match() if q.graph_name != store.graphs.ontology)
    formats = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
    for form, parser in formats.items():
        assert sorted(str(q) for q in ox.parse(text(store.view(), form), parser)) == wanted


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_export_does_not_depend_on_the_order_of_articles(store: Store, form: str) -> None:
    assert text(store.view(), form) == text(built(samples()[::-1]).view(), form)


def test_turtle_holds_the_union_and_reads_well(store: Store) -> None:
    turtle = text(store.view(), "turtle")
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    ontology = set(store.match(graph=store.graphs.ontology))
    assert len(graph) == len({(q.subject, q.predicate, q.object) for q in store.match()}) - len(ontology)
    assert "actor:Q900001 a kg:State ;\n    owl:sameAs wd:Q900001 ;" in turtle
    assert "# Claims: who takes which stance on what" in turtle
    assert turtle.index("# Actors") < turtle.index("# Articles") < turtle.index("# Evidence")


def test_jsonld_is_read_by_rdflib(store: Store) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text(store.view(), "jsonld"), format="json-ld")
    ontology = sum(1 for _ in store.match(graph=store.graphs.ontology))
    assert len(dataset) == sum(1 for _ in store.match()) - ontology


def test_jsonl_names_an_actor_alike_in_every_article(store: Store) -> None:
    records = [json.loads(line) for line in text(store.view(), "jsonl").splitlines()]
    assert [record["id"] for record in records] == ["north-1", "north-3", "south/2 “ä”"]
    for record in records:
        assert {"Q900001"} == {a["id"] for a in record["actors"] if a["name"] == "Ruritania"}
        known = {actor["id"] for actor in record["actors"]} | {"narrator"}
        assert {c["source"] for c in record["claims"]} <= known
        assert {end for p in record["propositions"] for end in (p["subject"], p["object"])} <= known
    assert "police" in {actor["name"] for actor in records[1]["actors"]}, "bystanders too"


def test_jsonl_unites_local_actors_that_became_one() -> None:
    one = north()
    twin = replace(one.actors[0], id="a9", names=("Ruritanian state",))
    record = json.loads(text(built([replace(one, actors=(*one.actors, twin))]).view(), "jsonl"))
    state = [actor for actor in record["actors"] if actor["id"] == "Q900001"]
    assert [actor["names"] for actor in state] == [["Ruritania", "Ruritanian state"]]


def test_jsonl_before_merging_keeps_local_ids() -> None:
    store = open_store(":memory:")
    with store.writer() as writer:
        writer.write(north())
    record = json.loads(text(store.view(), "jsonl"))
    assert [actor["id"] for actor in record["actors"]] == ["a1", "a2", "a3", "a4", "a5", "a6"]


def test_unknown_formats_say_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="No export format 'graphlm'"):
        export(store.view(), io.BytesIO(), "graphlm")
    with pytest.raises(KgError, match="names no format"):
        export(store.view(), tmp_path / "g.xyz")
