"""The IRIs that answers hold, opened at the server: a page to a browser, triples to a program."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pyoxigraph as ox
import pytest

from kg.ids import BASE
from kg.store import open_store
from kg.vocab import KG, RDF, RDFS
from tests.serve.servers import Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def iris(story: Path) -> dict[str, str]:
    """The IRI of something of each kind."""
    with open_store(story, read_only=True) as store:
        view = store.view()
        claim = next(claim for claim in view.claims() if claim.propositions)
        actor = next(actor for actor in view.actors() if actor.label == "Ruritania")
        article = store.ids.article(claim.article)
        return {
            "actor": actor.iri,
            "proposition": claim.propositions[0],
            "article": article,
            "claim": claim.iri,
            "actor of an article": actor.local[0],
            "graph of an article": store.graphs.evidence(claim.article).value,
            "graph of actors": store.graphs.actors.value,
        }


def opened(server: Server, iri: str, accept: str = "*/*") -> httpx.Response:
    return server.client.get(iri.removeprefix(BASE), headers={"Accept": accept})


def triples(response: httpx.Response) -> set[ox.Triple]:
    assert response.status_code == 200, response.text
    return {quad.triple for quad in ox.parse(response.content, ox.RdfFormat.TURTLE)}


KINDS = ("actor", "proposition", "article", "claim", "actor of an article")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("accept", ["text/turtle", "*/*", "text/html;q=0.5, text/turtle"])
def test_a_program_gets_what_the_graph_says_of_a_thing(
    server: Server, iris: dict[str, str], kind: str, accept: str
) -> None:
    response = opened(server, iris[kind], accept)
    assert response.headers["content-type"].startswith("text/turtle")
    assert "Accept" in response.headers["vary"]
    said = server.ask(f"CONSTRUCT WHERE {{ <{iris[kind]}> ?p ?o }}", "text/turtle")
    assert triples(said) <= triples(response)


def test_a_description_has_what_points_to_the_thing_and_the_names_of_both(server: Server, iris: dict[str, str]) -> None:
    found = triples(opened(server, iris["actor"]))
    pointing = {triple.subject for triple in found if triple.object == ox.NamedNode(iris["actor"])}
    assert ox.NamedNode(iris["actor of an article"]) in pointing
    assert pointing & {triple.subject for triple in found if triple.predicate == RDFS.label}


@pytest.mark.parametrize("kind", [*KINDS, "graph of an article"])
def test_a_browser_is_sent_to_the_explorer_where_it_shows_the_thing(
    server: Server, iris: dict[str, str], kind: str
) -> None:
    response = opened(server, iris[kind], BROWSER)
    assert response.status_code == 303
    there = urlsplit(str(response.next_request.url) if response.next_request else "")
    assert there.path == "/"
    state = parse_qs(there.fragment)
    shown = (state.get("id") or state["sel"])[0].rpartition("~")[2]
    assert f"/{shown}" in iris[kind]
    assert server.client.get("/", headers={"Accept": BROWSER}).headers["content-type"].startswith("text/html")


def test_a_browser_is_shown_the_triples_of_what_the_explorer_does_not_show(server: Server, story: Path) -> None:
    with open_store(story, read_only=True) as store:
        view = store.view()
        ends = {iri for p in view.propositions() for iri in (p.subject, p.object)}
        speakers = {iri for c in view.claims() for iri in (c.source, *c.via, *c.on_behalf_of)}
        silent = next(actor.iri for actor in view.actors() if actor.iri not in ends | speakers)
        decided = (quad.subject for quad in store.match(None, RDF.type, None, store.graphs.decisions))
        decision = next(node.value for node in decided if isinstance(node, ox.NamedNode))
    for iri in (silent, decision):
        response = opened(server, iri, BROWSER)
        assert (response.status_code, response.headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert iri in response.text


@pytest.mark.parametrize(
    ("media", "accept", "query"),
    [
        ("application/ld+json", "application/ld+json", ""),
        ("application/rdf+xml", BROWSER, "?format=rdf"),
        ("text/turtle", BROWSER, "?format=ttl"),
    ],
)
def test_any_format_of_triples_by_header_or_address(
    server: Server, iris: dict[str, str], media: str, accept: str, query: str
) -> None:
    assert opened(server, iris["actor"] + query, accept).headers["content-type"].startswith(media)


def test_graphs_and_terms_are_their_triples(server: Server, iris: dict[str, str]) -> None:
    name = iris["graph of actors"]
    data = server.client.get("/data", params={"graph": name}, headers={"Accept": "text/turtle"})
    assert triples(opened(server, name)) == triples(data)
    assert opened(server, name, BROWSER).headers["content-type"].startswith("text/plain")
    assert KG.Claim in {triple.subject for triple in triples(server.client.get("/ns"))}


@pytest.mark.parametrize("accept", ["text/turtle", BROWSER])
@pytest.mark.parametrize("path", ["id/actor/Q1", "id/nothing", "id/", "graph/article/none", "id/actor/%3E%20%7B"])
def test_what_the_graph_does_not_know_is_not_found(server: Server, path: str, accept: str) -> None:
    response = server.client.get(path, headers={"Accept": accept})
    assert response.status_code == 404
    assert "Nothing here is called" in response.text


def test_how_a_client_percent_encodes_makes_no_difference(server: Server, iris: dict[str, str]) -> None:
    for path in ("id/%61ctor/", "id/actor/"):
        address = iris["actor"].removeprefix(BASE).replace("id/actor/", path).replace("-", "%2d")
        assert server.client.get(address).status_code == 200


def test_a_thing_can_only_be_read(server: Server, iris: dict[str, str]) -> None:
    assert server.client.head(iris["actor"].removeprefix(BASE)).status_code == 200
    assert server.client.put(iris["actor"].removeprefix(BASE), content=b"").status_code == 405
