from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kg.errors import BusyError, KgError, MissingError, QueryError, ReadOnlyError, RemoteError, StoreError
from kg.serve.app import Settings, make_app
from kg.serve.graph import Graph
from kg.serve.running import Limits
from kg.serve.status import headers_of, status_of
from kg.store import open_store
from tests.browser.graphs import save, small
from tests.merge.samples import article, person, several

TOKEN = "t"  # noqa: S105
ONE = Settings(limits=Limits(workers=1))
ALLOWED = {"Authorization": f"Bearer {TOKEN}"}


@contextmanager
def served(path: Path, token: str | None) -> Iterator[TestClient]:
    graph = Graph(str(small(path / "g.kg")), token=token)
    with TestClient(make_app(graph, ONE), "http://localhost") as found:
        yield found
    graph.close()


@pytest.fixture(params=[TOKEN, None], ids=["writable", "read only"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    """The explorer of a graph, once with changes allowed and once without."""
    with served(tmp_path, request.param) as found:
        yield found


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[TestClient]:
    """The explorer of a graph that may be changed."""
    with served(tmp_path, TOKEN) as found:
        yield found


def data(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/explorer.json").json()
    return found


def change(client: TestClient, **what: str) -> Any:
    answer = client.post("/explorer/change", json=what, headers=ALLOWED)
    assert answer.status_code == 200, answer.text
    return answer.json()


def decisions(client: TestClient, name: str) -> list[str]:
    table = data(client)["decisions"]
    rows = [dict(zip(table["fields"], row, strict=True)) for row in table["rows"]]
    return sorted(row["local"] for row in rows if row["name"] == name)


def test_the_page_brings_its_policy_and_no_data(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "Norvania" not in answer.text


def test_the_data_is_sent_once(client: TestClient) -> None:
    first = client.get("/explorer.json")
    assert {q["name"] for q in first.json()["served"]["queries"]} > {"denials", "contested"}
    again = client.get("/explorer.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_editor_is_served_and_nothing_else(client: TestClient) -> None:
    assert client.get("/explorer/query.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/explorer/query.css").status_code == 200
    for path in ("/explorer/query.py", "/explorer/query.%2e%2e%2fgraph.js", "/explorer/graph.js"):
        assert client.get(path).status_code == 404


def test_a_merge_is_undone_and_done_again(writable: TestClient) -> None:
    before = decisions(writable, "Norvania")
    base = data(writable)["base"]
    local = f"{base}article/{before[0]}"
    change(writable, do="unmerge", local=local)
    assert decisions(writable, "Norvania") != before
    assert len(data(writable)["served"]["judgements"]) == 1
    change(writable, do="rejoin", local=local)
    assert decisions(writable, "Norvania") == before


def test_two_actors_are_judged_and_that_is_taken_back(writable: TestClient) -> None:
    found = data(writable)
    actors = {row[1]: f"{found['base']}actor/{row[0]}" for row in found["actors"]["rows"]}
    iri = change(writable, do="judge", left=actors["Norvania"], right=actors["Estmar"], judgement="same")["iri"]
    assert len({"Norvania", "Estmar"} & {row[1] for row in data(writable)["actors"]["rows"]}) == 1
    change(writable, do="unjudge", iri=iri)
    assert {row[1] for row in data(writable)["actors"]["rows"]} == set(actors)


def test_a_claim_is_marked_as_wrong(writable: TestClient) -> None:
    found = data(writable)
    claim = f"{found['base']}claim/{found['claims']['rows'][0][0]}"
    change(writable, do="mark", claim=claim)
    assert data(writable)["served"]["wrong"] == [claim]
    change(writable, do="unmark", claim=claim)
    assert data(writable)["served"]["wrong"] == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"do": "reset"}', b'{"do": "unmerge"}', b'{"do": "mark", "claim": 3}']
)
def test_a_change_that_is_none_is_refused(writable: TestClient, body: bytes) -> None:
    assert writable.post("/explorer/change", content=body, headers=ALLOWED).status_code == 400


def test_a_change_that_is_too_long_is_refused(writable: TestClient) -> None:
    assert writable.post("/explorer/change", content=b" " * 20_000, headers=ALLOWED).status_code == 413


def test_changes_need_the_token(client: TestClient) -> None:
    body = json.dumps({"do": "unmark", "claim": "x"})
    assert client.post("/explorer/change", content=body).status_code in (401, 403)
    assert client.post("/explorer/change", content=body, headers={"Authorization": "Bearer x"}).status_code == 403


def test_what_is_not_there_cannot_be_judged(writable: TestClient) -> None:
    base = data(writable)["base"]
    nobody, somebody = f"{base}actor/nobody", f"{base}actor/{data(writable)['actors']['rows'][0][0]}"
    for do in (
        {"do": "judge", "left": nobody, "right": somebody, "judgement": "same"},
        {"do": "judge", "left": somebody, "right": somebody, "judgement": "same"},
        {"do": "judge", "left": somebody, "right": "Q424242", "judgement": "same"},
        {"do": "rejoin", "local": f"{base}article/none/actor/a1"},
        {"do": "unmerge", "local": nobody},
        {"do": "mark", "claim": nobody},
        {"do": "unjudge", "iri": nobody},
    ):
        answer = writable.post("/explorer/change", json=do, headers=ALLOWED)
        assert answer.status_code in (404, 409), answer.text
    assert data(writable)["served"]["judgements"] == []


def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.kg").close()
    graph = Graph(str(tmp_path / "empty.kg"))
    with TestClient(make_app(graph, ONE), "http://localhost") as client:
        assert client.get("/").status_code == 200
        answer = client.get("/explorer.json")
        assert (answer.status_code, "no proposition to draw" in answer.text) == (404, True)
    graph.close()


def test_the_data_is_made_within_the_limits_of_a_query(tmp_path: Path) -> None:
    graph = Graph(str(small(tmp_path / "g.kg")))
    with TestClient(make_app(graph, Settings(limits=Limits(seconds=0.01, workers=1))), "http://localhost") as client:
        answer = client.get("/explorer.json")
        assert answer.status_code == 503
        assert "longer than 0.01 s" in answer.text
        assert "--timeout" in answer.text
    graph.close()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BusyError("in use"), 503),
        (MissingError("no article"), 404),
        (ReadOnlyError("only reads"), 403),
        (RemoteError("does not answer"), 502),
        (QueryError("nonsense"), 400),
        (StoreError("damaged"), 500),
    ],
)
def test_statuses_say_whose_trouble_it_is(error: KgError, status: int) -> None:
    assert status_of(error) == status
    assert (headers_of(status) is not None) == (status == 503)


@pytest.mark.parametrize("path", ["/", "/explorer.json", "/explorer/query.js", "/explorer/query.css"])
def test_the_explorer_is_sent_compressed_to_those_who_take_it(client: TestClient, path: str) -> None:
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert {answer.headers["vary"] for answer in (packed, plain)} == {"Accept-Encoding"}
    assert packed.content == plain.content


def test_doubtful_pairs_are_offered_and_can_be_judged(tmp_path: Path) -> None:
    few = [*several(3, person("Michael Harrow")), *several(3, person("Mona Harrow"), prefix="n")]
    graph = Graph(str(save(tmp_path / "g.kg", *few, article("x", person("M. Harrow")))), token=TOKEN)
    with TestClient(make_app(graph, ONE), "http://localhost") as client:
        pairs = client.get("/explorer/doubts").json()
        assert {pair["right_name"] for pair in pairs} == {"michael harrow", "mona harrow"}
        assert all(pair["why"] and 0 < pair["score"] < 1 for pair in pairs)
        for pair in pairs:
            verdict = "same" if pair["right_name"] == "mona harrow" else "different"
            change(client, do="judge", left=pair["left"], right=pair["right"], judgement=verdict)
        assert client.get("/explorer/doubts").json() == []
    graph.close()
