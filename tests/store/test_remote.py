"""The contract over real SPARQL servers, and what happens when one of them fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import QueryError, StoreError
from kg.merge import merge
from kg.rdf import from_quads
from kg.rdf.normal import normal_form
from kg.store import Store, http, open_store
from kg.store.base import Dataset
from kg.store.copying import copied, copy
from kg.store.remote import RemoteStore
from kg.vocab import XSD
from tests.rdf.samples import north, samples
from tests.store import servers
from tests.store.contract import StoreContract, dump

NODE, GRAPH = NamedNode("https://example.org/a"), NamedNode("https://w3id.org/hearsay/graph/odd")


class RemoteContract(StoreContract):
    """What every server does besides."""

    #: Updates after which a writer is cut off; where each article is one update, there are three.
    breaks: tuple[int, ...] = (0, 1, 2)

    @pytest.fixture
    def address(self) -> str:
        raise NotImplementedError

    @pytest.fixture
    def store(self, address: str) -> Iterator[Store]:
        with servers.emptied(address) as store:
            yield store

    def test_it_holds_what_the_embedded_store_holds(self, store: Store) -> None:
        with open_store(":memory:") as local:
            for each in (local, store):
                with each.writer() as writer:
                    for extraction in samples():
                        writer.write(extraction)
                merge(each)
            assert dump(store) == dump(local)
            assert store.view().claims() == local.view().claims()
            assert store.view().counts() == local.view().counts()

    def test_odd_values_come_back(self, store: Store) -> None:
        values = [
            Literal("«ä\u00a0🙂»\n\t\"'\\ \r"),
            Literal("long ä\n" * 60_000),
            Literal(""),
            Literal("Ruritanien", language="de"),
            Literal("true", datatype=XSD.boolean),
            Literal("0.25", datatype=XSD.decimal),
            Literal("2031-05-03", datatype=XSD.date),
            Literal("2031-05", datatype=XSD.gYearMonth),
            Literal("2031", datatype=XSD.gYear),
            Literal("2031-05-03T10:00:00Z", datatype=XSD.dateTime),
            Literal(7),
        ]
        quads = [Quad(NODE, NamedNode(f"{NODE.value}/{n}"), value, GRAPH) for n, value in enumerate(values)]
        store.apply(add=quads)
        assert set(store.match(graph=GRAPH)) == set(quads)
        for quad in quads:
            assert list(store.match(None, quad.predicate, None, GRAPH)) == [quad]
        store.apply(remove=quads)
        assert not list(store.match(graph=GRAPH))

    def test_long_tables_come_whole(self, store: Store) -> None:
        quads = {Quad(NODE, NODE, Literal(n), GRAPH) for n in range(3000)}
        store.apply(add=quads)
        assert set(store.match(graph=GRAPH)) == quads
        query = f"SELECT ?n WHERE {{ GRAPH {GRAPH} {{ ?s ?p ?n }} FILTER(?n < 2000) }} ORDER BY ?n"
        assert [row[0] for row in store.query(query).rows()] == [str(n) for n in range(2000)]
        assert store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {GRAPH} {{ ?s ?p ?o }} }}").serialize("csv") == (
            b"n\r\n3000\r\n"
        )

    def test_all_kinds_of_query(self, store: Store) -> None:
        store.apply(add=[Quad(NODE, NODE, NODE, GRAPH)])
        assert store.query(f"ASK {{ {NODE} ?p ?o }}")
        assert not store.query(f"ASK {{ {NODE} ?p 1 }}")
        triples = store.query(f"CONSTRUCT {{ ?o ?p ?s }} WHERE {{ GRAPH {GRAPH} {{ ?s ?p ?o }} }}")
        assert triples.serialize("nt").decode() == f"{NODE} {NODE} {NODE} .\n"
        assert list(store.match(NODE, NODE, NODE, GRAPH))
        assert not list(store.match(NODE, NODE, GRAPH, GRAPH))
        here = Dataset(default=(GRAPH.value,))
        assert list(store.query("SELECT ?s WHERE { ?s ?p ?o }", dataset=here).rows()) == [(NODE.value,)]

    def test_copies_are_whole(self, store: Store, tmp_path: Path) -> None:
        with open_store(":memory:") as local, open_store(tmp_path / "g.kg") as back:
            with local.writer() as writer:
                for extraction in samples():
                    writer.write(extraction)
            merge(local)
            assert list(copy(local, store))[-1] == local.view().counts()["quads"]
            assert copied(local, store)
            assert sum(1 for _ in copy(store, back))
            assert dump(back) == dump(local) == dump(store)

    def test_a_writer_that_breaks_off_leaves_whole_articles(self, address: str, store: Store) -> None:
        store.close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(http, "PAUSES", ())
            for updates in self.breaks:
                self._break_off(address, updates)
        with open_store(address) as whole:
            with whole.writer() as writer:
                assert [writer.write(e) for e in samples()].count(True) > 0
            for extraction in samples():
                graph = whole.graphs.evidence(extraction.article.id)
                assert from_quads(whole.match(graph=graph), whole.ids) == normal_form(extraction)

    def _break_off(self, address: str, updates: int) -> None:
        broken = RemoteStore(address, transport=Falling(updates))
        if broken._at.batch:
            broken._at = replace(broken._at, batch=20)
        with broken, broken.writer() as writer, pytest.raises(StoreError, match="does not answer"):
            sum(writer.write(replace(e, claims=e.claims[: updates % 3])) for e in samples())
        with open_store(address) as store:
            found = {article.id for article in store.view().articles()}
            graphs = {quad.graph_name for quad in store.match()}
            assert {e.article.id for e in samples() if store.graphs.evidence(e.article.id) in graphs} == found


class Falling(httpx.BaseTransport):
    """A connection over which only so many updates go through."""

    def __init__(self, updates: int) -> None:
        self._left, self._real = updates, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = "authorization" not in request.headers and request.url.path.endswith("-auth")  # for its challenge
        self._left -= request.read().startswith(b"update=") and not asked
        if self._left < 0:
            raise httpx.ConnectError("connection refused")
        return self._real.handle_request(request)


class TestOxigraphServer(RemoteContract):
    @pytest.fixture
    def address(self, oxigraph: str) -> str:
        return oxigraph


class TestVirtuoso(RemoteContract):
    breaks = (1, 2, 4, 5, 7)

    @pytest.fixture
    def address(self, virtuoso: str, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setenv("KG_USER", "dba")
        monkeypatch.setenv("KG_PASSWORD", "dba")  # as a new Virtuoso has it
        return virtuoso

    def test_who_may_not_write_is_told_what_to_set(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KG_PASSWORD", "wrong")
        with pytest.raises(StoreError, match="Set KG_USER and KG_PASSWORD"):
            servers.emptied(address)


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAUSES", (0.0,))
    with pytest.raises(StoreError, match="does not answer"):
        open_store(f"http://127.0.0.1:{servers.free_port()}/sparql")


def test_a_server_that_is_down_for_a_moment(oxigraph: str) -> None:
    with RemoteStore(oxigraph, transport=Sometimes()) as store, store.writer() as writer:
        writer.write(north())
        writer.remove("north-1")


class Sometimes(httpx.BaseTransport):
    """A connection that fails every other time."""

    def __init__(self) -> None:
        self._count, self._real = 0, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._count += 1
        if self._count % 4 == 1:
            return httpx.Response(503, request=request)
        if self._count % 4 == 3:
            raise httpx.ReadError("connection reset")
        return self._real.handle_request(request)


def test_an_address_without_sparql(oxigraph: str) -> None:
    with pytest.raises(StoreError, match="no SPARQL endpoint"):
        open_store(f"{oxigraph}/nothing/here")


def test_what_only_reads_refuses_to_write(oxigraph: str) -> None:
    with open_store(oxigraph, read_only=True) as store, pytest.raises(StoreError, match="reading only"):
        store.apply(add=[Quad(NODE, NODE, NODE, GRAPH)])


def test_tables_that_cannot_be_paged(virtuoso: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "dba")
    with open_store(virtuoso) as store:
        store.apply(add=[Quad(NODE, NODE, Literal(n), GRAPH) for n in range(1500)])
        with pytest.raises(QueryError, match="Add LIMIT"):
            store.query(f"SELECT * FROM {GRAPH} {{ ?s ?p ?o }}")
        store.update(f"CLEAR GRAPH {GRAPH}")
