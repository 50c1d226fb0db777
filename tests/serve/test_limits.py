"""What a server refuses and stops, and that it goes on answering."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from kg.serve.guard import refused
from kg.serve.pool import SHORT
from kg.store import open_store
from tests.serve.servers import TOKEN, Server, launch, running

#: Three unrelated patterns: more rows than anybody can wait for.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
#: Seconds that a test waits for what must come, however busy the machine is.
PATIENCE = 120
MANY = "SELECT ?c ?f ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_a_query_past_its_time_is_stopped_while_others_are_answered(server: Server) -> None:
    answers: list[httpx.Response] = []
    slow = threading.Thread(target=lambda: answers.append(server.ask(ENDLESS)))
    slow.start()
    while slow.is_alive():
        assert server.ask("ASK {}").status_code == 200
    assert answers[0].status_code == 503
    assert "longer than 5 s" in answers[0].text


def test_an_answer_past_its_time_ends_without_its_end(server: Server) -> None:
    with server.client.stream("POST", "/sparql", data={"query": MANY}, headers={"Accept": "text/csv"}) as response:
        assert response.status_code == 200
        pieces: deque[str] = deque(maxlen=2)
        with pytest.raises(httpx.RemoteProtocolError):
            pieces.extend(response.iter_text())
    assert "STOPPED: The query took longer than 5 s" in "".join(pieces)


def test_who_goes_away_leaves_the_worker_free(server: Server) -> None:
    for _ in range(4):
        with server.client.stream("POST", "/sparql", data={"query": MANY}) as response:
            next(response.iter_raw())
    assert server.ask("ASK {}").status_code == 200


def test_long_answers_begin_at_once(server: Server) -> None:
    query = f"{MANY} LIMIT 6000"
    with server.client.stream("POST", "/sparql", data={"query": query}, headers={"Accept": "text/csv"}) as response:
        pieces = sum(1 for _ in response.iter_raw())
    assert pieces > 2
    assert server.ask(query).text.count("\r\n") >= 6_001


def test_row_and_memory_limits(story: Path) -> None:
    with running(story, "--limit-rows", "100", "--limit-memory", "300", "--timeout", "20", "--workers", "1") as server:
        query = "SELECT ?s { ?s ?p ?o } LIMIT "
        assert server.ask(f"{query} 100").status_code == 200
        answer = server.ask(f"{query} 101")
        assert (answer.status_code, "more than 100 rows" in answer.text) == (403, True)
        answer = server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")
        assert (answer.status_code, "more than 100 rows" in answer.text) == (403, True)
        assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").status_code == 200
        big = server.ask("SELECT DISTINCT (CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?g)) AS ?x) "
                         "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?x")  # fmt: skip
        assert big.status_code == 503
        assert "300 MB" in big.text or "longer than" in big.text
        assert server.ask("ASK {}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b 1SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?x . SERVICE # a comment\n ?x { ?s ?p ?o } }",
        "SELECT * { # a comment\rSERVICE ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ex:a\\#b SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { S\\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?c<'>'||true) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(?c!='y') }",
        "SELECT * { ?a ?b ?c FILTER(?c>'' || ?c<'>') SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(?c!='y') }",
        "PREFIX p: <http://127.0.0.1:9/> SELECT * { SERVICE p:a\\,b { ?s ?p ?o } }",
        "PREFIX a·b: <http://127.0.0.1:9/> SELECT * { SERVICE a·b:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?x . SERVICE ?x#one { two\n { ?s ?p ?o } }",
        "PREFIX p: <http://127.0.0.1:9/> SELECT * { SERVICE p:a\u1680b { ?s ?p ?o } }",
        "PREFIX a\u1680b: <http://127.0.0.1:9/> SELECT * { SERVICE a\u1680b:x { ?s ?p ?o } }",
        "SELECT * { VALUES ?a\u1680 { <http://127.0.0.1:9/> } SERVICE SILENT ?a\u1680 { ?s ?p ?o } }",
    ],
)
def test_other_servers_are_never_called(server: Server, query: str) -> None:
    answer = server.ask(query)
    assert (answer.status_code, answer.text) == (403, "SERVICE is refused: this server calls no others.\n")


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?service ?p "SERVICE <http://e.org/>" } # SERVICE <http://e.org/>',
        "PREFIX service: <http://e.org/> SELECT * { ?s service:load <http://e.org/SERVICE> . { ?s ?p ?load } }",
    ],
)
def test_words_that_only_look_like_calls(server: Server, query: str) -> None:
    assert server.ask(query).status_code == 200


@pytest.mark.speed
def test_a_text_that_is_slow_to_check_keeps_nobody_waiting(server: Server) -> None:
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.ask, "SERVICE" * 8_000)
        time.sleep(0.5)
        begun = time.monotonic()
        assert server.ask("ASK {}").status_code == 200
        assert time.monotonic() - begun < 5
        assert slow.result().status_code in {400, 503}


def test_load_is_refused() -> None:
    assert refused("LOAD <http://e.org/>", update=True) == "LOAD"
    assert refused("PREFIX a\u1680b: <http://e.org/> LOAD a\u1680b:x", update=True) == "LOAD"
    assert refused("LOAD#x\n<http://e.org/>;", update=True) == "LOAD"
    assert refused("CLEAR ALL ; load silent ex:a INTO GRAPH <g>", update=True) == "LOAD"
    assert refused('INSERT DATA { <a> <b> "LOAD <x>" }', update=True) is None


def test_updates_need_leave_and_token(server: Server, tmp_path: Path) -> None:
    update = "INSERT DATA { GRAPH <http://e.org/g> { <http://e.org/s> <http://e.org/p> 1 } }"
    assert server.update(update).status_code == 403
    open_store(tmp_path / "g.kg").close()
    with running(tmp_path / "g.kg", "--allow-update", "--workers", "1") as changeable:
        without = changeable.client.post("/sparql", data={"update": update})
        assert (without.status_code, without.headers["www-authenticate"]) == (401, 'Bearer realm="hearsay"')
        assert changeable.update(update, Authorization="Bearer wrong").status_code == 403
        assert changeable.update("LOAD <http://127.0.0.1:9/>").status_code == 403
        assert changeable.update(update).status_code == 204
        assert changeable.ask("SELECT ?o { <http://e.org/s> ?p ?o }").text == "o\r\n1\r\n"


def test_only_pages_that_may_are_answered(story: Path) -> None:
    with running(story, "--cors", "https://good.example", "--workers", "1") as server:
        for origin, allowed in (("https://good.example", "https://good.example"), ("https://bad.example", None)):
            answer = server.client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
            assert answer.headers.get("access-control-allow-origin") == allowed
        assert server.client.get("/sparql", headers={"Host": "evil.example"}).status_code == 400


def test_a_graph_is_served_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "g.kg"
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <http://e.org/g> { ?s ?p ?o } }"
    with open_store(path) as store:
        one, two = (f"INSERT DATA {{ GRAPH <http://e.org/g> {{ <s> <p> {n} }} }}" for n in (1, 2))
        store.update(one)
    with running(path, "--workers", "2") as server:
        assert server.ask(count).text.split() == ["n", "1"]
        with open_store(path) as store:
            store.update(two)
            until = time.monotonic() + PATIENCE
            while server.ask(count).text.split() != ["n", "2"] and time.monotonic() < until:
                store.update(two)
                time.sleep(0.2)
            assert server.ask(count).text.split() == ["n", "2"]
    assert not (path / "snapshots").exists()


def test_a_file_is_served_and_followed(story: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.trig"
    with open_store(story, read_only=True) as store, open_store(path) as copy:
        copy.apply(add=store.match())
    with running(path, "--workers", "1") as server, open_store(path) as store:
        query = "ASK { ?c a kg:Claim }"
        assert server.ask(query, "application/json").json()["boolean"]
        store.update("CLEAR ALL")
        store.close()
        until = time.monotonic() + PATIENCE
        while server.ask(query, "application/json").json()["boolean"] and time.monotonic() < until:
            time.sleep(0.2)
        assert not server.ask(query, "application/json").json()["boolean"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_signals_end_it_and_nothing_is_left(story: Path, number: int, code: int) -> None:
    process = launch(story, "--workers", "1")
    assert process.stderr is not None
    assert "is served at http://127.0.0.1:" in process.stderr.readline()
    process.send_signal(number)
    assert process.wait(PATIENCE) == code
    assert process.stderr.read().strip() == ""
    assert not list((story / "snapshots").glob(f"{process.pid}-*"))


def test_it_ends_while_queries_run(story: Path) -> None:
    with running(story, "--workers", "2", "--timeout", "60") as server:
        slow = [threading.Thread(target=_ask_in_vain, args=(server, query)) for query in (ENDLESS, MANY)]
        for thread in slow:
            thread.start()
        time.sleep(1)
        process = server.process.pid
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
        for thread in slow:
            thread.join()
    assert len(children) == 2 + SHORT + 1, "one more draws the explorer"
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def _ask_in_vain(server: Server, query: str) -> None:
    with contextlib.suppress(httpx.HTTPError):  # its answer had begun, or its connection is gone
        assert server.ask(query).status_code >= 500


def test_a_port_in_use_and_a_missing_graph(server: Server, story: Path, tmp_path: Path) -> None:
    port = server.address.rstrip("/").rpartition(":")[2]
    for graph, options, says in (
        (story, ("--port", port), f"port {port} (Address already in use). Choose another with --port."),
        (tmp_path / "none", (), "There is no graph at"),
    ):
        process = launch(graph, *options)
        _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert says in errors


def test_the_token_is_part_of_the_address(story: Path) -> None:
    process = launch(story, "--allow-update", "--workers", "1")
    assert process.stderr is not None
    assert "/#token=" + TOKEN.replace(" ", "%20") in process.stderr.readline()
    process.terminate()
    assert process.wait(PATIENCE) == 0


@pytest.mark.parametrize("path", ["/", "/sparql", "/nowhere", "/data", "/explorer.json"])
def test_every_answer_is_guarded(server: Server, path: str) -> None:
    headers = server.client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "content-security-policy" in headers


def test_xml_is_well_formed_whatever_it_holds() -> None:
    with open_store(":memory:") as store:
        answer = store.query("SELECT ('a\u0001\\u0002b\ufffe' AS ?x) {}").serialize("xml")
    assert "".join(ElementTree.fromstring(answer).itertext()).strip().startswith("a\ufffd")  # noqa: S314
