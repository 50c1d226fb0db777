"""Exports: stable, readable, and the same graph when read back."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import networkx
import pytest
import rdflib
from hypothesis import given, settings
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, parse

from kg.errors import KgError
from kg.export import FORMATS, export, sorting
from kg.records import Extraction
from kg.store import Store, View, file, open_store
from kg.store.cells import unguarded
from kg.vocab import KG
from tests.graphs import built, sample_graph
from tests.rdf.samples import extractions, north, samples
from tests.store.contract import dump


@pytest.fixture(scope="module")
def store() -> Store:
    return sample_graph()


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


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"xlsx"}))
def test_export_does_not_depend_on_the_order_of_articles(store: Store, form: str) -> None:
    assert text(store.view(), form) == text(built(samples()[::-1]).view(), form)


def test_turtle_holds_the_union_and_reads_well(store: Store) -> None:
    document = text(store.view(), "turtle")
    graph = rdflib.Graph().parse(data=document, format="turtle")
    ontology = set(store.match(graph=store.graphs.ontology))
    assert len(graph) == len({(q.subject, q.predicate, q.object) for q in store.match()}) - len(ontology)
    assert 'actor:Q900001 a kg:State ;\n    rdfs:label "Ruritania"@en ;\n    owl:sameAs wd:Q900001 ;' in document
    assert "# Claims: who takes which stance on what" in document
    assert document.index("# Actors") < document.index("# Articles") < document.index("# Evidence")


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


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld", "ntriples", "rdfxml"])
def test_exports_sorted_on_disk_are_the_same(store: Store, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text(store.view(), form)
    monkeypatch.setattr(sorting, "RUN", 50)
    monkeypatch.setattr(sorting, "OPEN", 3)
    assert text(store.view(), form) == whole


FOREIGN = r"""
<http://a/x> <http://a/p> <http://a/y> .
<http://a/x> <http://a/p> "no graph" .
_:b <http://a/p> "a name"@en <http://g/1> .
<http://a/x> <http://a/p> _:b <http://g/1> .
<http://a/x> <http://a/p> "12"^^<http://www.w3.org/2001/XMLSchema#integer> <http://g/1> .
<http://a/x> <http://a/p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> <http://g/1> .
<http://a/x> <http://a/p> "5.0"^^<http://a/own> <http://g/1> .
<http://a/x> <http://a/p> "a\u0001\u007F\u0085\u2028\u000B \\ \" \t\n\r\b\f < \u00E9" <http://g/1> .
"""


@pytest.mark.parametrize("form", ["trig", "nquads", "jsonld", "turtle", "ntriples"])
def test_what_others_wrote_is_exported_too(form: str, tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(FOREIGN, "utf-8")
    with open_store(tmp_path / "g.nq", read_only=True) as store:
        found = {str(quad) for quad in _canonical(text(store.view(), form), FORMATS[form])}
    graphs = form in {"trig", "nquads", "jsonld"}
    assert found == {str(quad if graphs else quad.triple) for quad in _canonical(FOREIGN, ".nq")}


def _canonical(document: str, suffix: str) -> set[Quad]:
    """The quads of a document, with blank nodes named alike."""
    dataset = Dataset(parse(document, file.FORMATS[suffix]))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return {*dataset}


def test_graphml_is_read_by_networkx(store: Store) -> None:
    graph = networkx.parse_graphml(text(store.view(), "graphml"), force_multigraph=True)
    ours = store.view().to_networkx()
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {n: d["label"] for n, d in ours.nodes(data=True)}
    keep = ("relation", "sign", "stance", "quote", "article")
    edges = [sorted([(s, t, *(d[k] for k in keep)) for s, t, d in g.edges(data=True)]) for g in (graph, ours)]
    assert edges[0] == edges[1]


@given(extractions())
@settings(max_examples=15, deadline=None)
def test_graphml_and_tables_hold_any_text(extraction: Extraction) -> None:
    view = built([extraction]).view()
    assert networkx.parse_graphml(text(view, "graphml"), force_multigraph=True).number_of_nodes() == len(view.actors())
    claims = list(csv.DictReader(io.StringIO(_files(view, "csv")["claims.csv"], newline="")))
    read = [(unguarded(row["quote"]), unguarded(row["cue"])) for row in claims]
    assert read == [(claim.quote, claim.cue or "") for claim in view.claims()]


def test_tables_hold_no_formula() -> None:
    formula = '=HYPERLINK("http://example.org")'
    actor, other = (replace(a, name=formula, mentions=()) for a in north().actors[:2])
    view = built([replace(north(), actors=(actor, other, *north().actors[2:]))]).view()
    files = _files(view, "csv")
    labels = [row["label"] for row in csv.DictReader(io.StringIO(files["actors.csv"]))]
    assert f"'{formula}" in labels
    assert formula not in labels
    assert formula in text(view, "jsonl").replace('\\"', '"')


def _files(view: View, form: str) -> dict[str, str]:
    out = io.BytesIO()
    export(view, out, form)
    with ZipFile(out) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_tables_are_read_back_row_by_row(store: Store, tmp_path: Path) -> None:
    view = store.view()
    export(view, tmp_path / "tables", "tsv")
    export(view, tmp_path / "tables.zip", "tsv")
    files = {path.name: path.read_text("utf-8") for path in (tmp_path / "tables").iterdir()}
    assert files == _files(view, "tsv")
    assert sorted(files) == [
        "actors.tsv", "articles.tsv", "claims.tsv", "edges.tsv", "propositions.tsv",
    ]  # fmt: skip
    actors = list(csv.DictReader(io.StringIO(files["actors.tsv"]), delimiter="\t"))
    assert [(row["iri"], row["label"]) for row in actors] == [(actor.iri, actor.label) for actor in view.actors()]
    edges = list(csv.DictReader(io.StringIO(files["edges.tsv"]), delimiter="\t"))
    assert len(edges) == view.to_networkx().number_of_edges()
    assert {row["stance"] for row in edges} == {"asserts", "denies", "declines_to_confirm"}


def test_zip_archives_are_the_same_bytes_every_time(store: Store) -> None:
    archives = [io.BytesIO(), io.BytesIO()]
    for out in archives:
        export(store.view(), out, "neo4j")
    assert archives[0].getvalue() == archives[1].getvalue()


def test_neo4j_relationships_join_nodes_that_are_there(store: Store) -> None:
    files = _files(store.view(), "neo4j")
    script = files.pop("load.cypher")
    tables = {name: list(csv.DictReader(io.StringIO(body))) for name, body in files.items()}
    assert set(re.findall(r"file:///([\w.]+)", script)) == set(files)
    keys = {row.get("iri", row.get("id")) for rows in tables.values() for row in rows}
    links = [row for rows in tables.values() for row in rows if "from" in row]
    assert {end for row in links for end in (row["from"], row["to"])} <= keys
    assert len(tables["denies.csv"]) == len(list(store.match(None, KG.denies)))
    for label in ("Actor", "Proposition", "Claim", "Article"):
        assert f"(n:{label})" in script
