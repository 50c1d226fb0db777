"""Clients that others wrote: SPARQLWrapper, rdflib's SPARQLStore, and our own store over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.store import open_store
from tests.serve.servers import BEARER, TOKEN, Server, running
from tests.store.contract import dump

NAMES = "SELECT ?name { ?a skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def names(story: Path) -> list[str | None]:
    with open_store(story, read_only=True) as store:
        return [row[0] for row in store.query(NAMES).rows()]


def answer(client: SPARQLWrapper) -> Any:
    return client.queryAndConvert()


def test_sparqlwrapper_reads_tables(server: Server, names: list[str | None]) -> None:
    client = SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(NAMES)
    client.setReturnFormat(JSON)
    rows = answer(client)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == names
    client.setMethod(POST)
    client.setReturnFormat(XML)
    document = answer(client)
    assert len(document.getElementsByTagName("result")) == len(names)
    for form, mark in ((CSV, b","), (TSV, b"\t")):
        client.setReturnFormat(form)
        client.setQuery("SELECT ?s ?p { ?s ?p ?o } LIMIT 1")
        assert mark in answer(client)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_sparqlwrapper_reads_truth_and_triples(server: Server) -> None:
    client = SPARQLWrapper(f"{server.address}sparql")
    client.setReturnFormat(JSON)
    client.setQuery("ASK { ?c a kg:Claim }")
    assert answer(client)["boolean"] is True
    client.setQuery("CONSTRUCT WHERE { ?c a kg:Claim }")
    for form in (TURTLE, JSONLD, XML, N3):
        client.setReturnFormat(form)
        found = answer(client)
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
        assert len(graph) == 7
    client.setQuery("CONSTRUCT WHERE")
    with pytest.raises(QueryBadFormed):
        client.query()


def test_rdflib_reads(server: Server, names: list[str | None]) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql"))
    assert [str(cast(Any, row)[0]) for row in graph.query(NAMES)] == names
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert sorted(str(o) for o in graph.objects(None, label)) == sorted(name or "" for name in names)
    assert graph.query("ASK { ?c a kg:Claim }").askAnswer
    assert len(graph.query("CONSTRUCT WHERE { ?c a kg:Claim }").graph or ()) == 7


def test_rdflib_and_our_store_write(tmp_path: Path, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(tmp_path / "g.kg").close()
    with running(tmp_path / "g.kg", "--allow-update", "--workers", "2") as server:
        address = f"{server.address}sparql"
        writer = SPARQLUpdateStore(address, address, headers=BEARER)
        s, p, o = (rdflib.URIRef(f"http://e.org/{name}") for name in "spo")
        rdflib.Graph(writer, rdflib.URIRef("http://e.org/g")).add((s, p, o))
        assert server.ask("SELECT ?o { GRAPH <http://e.org/g> { ?s ?p ?o } }").text.split() == ["o", "http://e.org/o"]
        assert server.update("CLEAR GRAPH <http://e.org/g>").status_code == 204
        monkeypatch.setenv("KG_TOKEN", TOKEN)
        with open_store(address) as remote, open_store(story, read_only=True) as local:
            remote.apply(add=local.match())
            assert dump(remote) == dump(local)
