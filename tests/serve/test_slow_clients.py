"""Clients that send, read or leave as no good client does keep nobody else waiting."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from kg.serve import connections
from kg.serve.connections import Connection
from kg.serve.lanes import OF_ONE, FullError, Lane
from tests.serve.servers import running
from tests.serve.test_limits import ENDLESS, MANY, PATIENCE


async def _app(scope: Any, receive: Any, send: Any) -> None:
    """Gives the length of the body, or 64 MB."""
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body, more = body + message["body"], message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(1000 if scope["path"] == "/much" else 1):
        await send({"type": "http.response.body", "body": b"x" * 64_000, "more_body": True})
    await send({"type": "http.response.body", "body": str(len(body)).encode()})


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server whose patience is short, with room for four connections."""
    for name in ("HEAD", "WHOLE", "TAKEN"):
        monkeypatch.setattr(connections, name, 0.5)
    monkeypatch.setattr(Connection, "most", 4)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(_app, http=Connection, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()
    server.should_exit = True
    thread.join()


def _closed(client: socket.socket) -> bool:
    """Whether the server ends the connection, however long that takes on a busy machine."""
    client.settimeout(PATIENCE)
    with contextlib.suppress(ConnectionError):
        while client.recv(4096):
            time.sleep(0.2)  # so slowly that it is no reading
    return True


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nA",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT",
    ],
    ids=["nothing", "half a head", "half a body", "half of a second"],
)
def test_what_does_not_arrive_is_not_waited_for(address: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(address) as client:
        client.sendall(sent)
        assert _closed(client)


def test_what_is_not_taken_is_not_kept(address: tuple[str, int]) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(address)
        client.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(2)
        client.settimeout(PATIENCE)
        size = 0
        with contextlib.suppress(ConnectionError):
            while piece := client.recv(1 << 20):
                size += len(piece)
        assert size < 64_000_000


def test_one_connection_too_many_ends_the_one_that_waits_longest(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD", PATIENCE)
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection(address)) for _ in range(8)]
        for client in idle:
            client.sendall(b"GET / HTTP/1.1\r\n")
        assert httpx.get("http://{}:{}/".format(*address), timeout=PATIENCE).text.endswith("0")
        assert _closed(idle[0])


def _filled(lane: Lane, client: str, count: int) -> list[asyncio.Task[None]]:
    return [asyncio.ensure_future(lane.enter(client)) for _ in range(count)]


def test_places_are_given_client_by_client() -> None:
    async def run() -> list[str]:
        lane, order = Lane(2), list[str]()

        async def ask(client: str) -> None:
            await lane.enter(client)
            order.append(client)
            await asyncio.sleep(0)
            lane.leave(client)

        await lane.enter("greedy")
        tasks = [asyncio.ensure_future(ask(client)) for client in ("greedy",) * 5 + ("modest",)]
        await asyncio.sleep(0.01)
        assert order == ["modest"], "one client never has every place"
        lane.leave("greedy")
        await asyncio.gather(*tasks)
        assert lane.free == 2
        return order

    assert asyncio.run(run()) == ["modest"] + ["greedy"] * 5


def test_a_turn_that_is_given_up_blocks_no_other() -> None:
    async def run() -> None:
        lane = Lane(1)
        await lane.enter("a")
        waiting = _filled(lane, "b", 2)
        await asyncio.sleep(0)
        waiting[0].cancel()
        lane.leave("a")
        await waiting[1]
        late = _filled(lane, "c", 1)[0]
        await asyncio.sleep(0)
        lane.leave("b")
        late.cancel()  # it has its place already
        await asyncio.wait([late])
        if not late.cancelled():
            lane.leave("c")
        assert lane.free == 1

    asyncio.run(run())


def test_who_waits_with_too_many_is_told_at_once() -> None:
    async def run() -> None:
        lane = Lane(1)
        await lane.enter("a")
        waiting = _filled(lane, "a", OF_ONE)
        await asyncio.sleep(0)
        with pytest.raises(FullError):
            await lane.enter("a")
        for each in waiting:
            each.cancel()
        await asyncio.wait(waiting)

    asyncio.run(run())


def test_short_queries_are_answered_while_every_long_place_is_taken(story: Path) -> None:
    with running(story, "--timeout", "60", "--workers", "1") as server:
        clients = [_sent(server.address, f"{ENDLESS} # {n}") for n in range(6)]
        time.sleep(1)
        for _ in range(5):
            assert server.ask("ASK {}").status_code == 200
        for client in clients:
            client.close()


def test_who_leaves_before_the_answer_gives_the_place_back(story: Path) -> None:
    with running(story, "--timeout", "100", "--workers", "1") as server:
        client = _sent(server.address, ENDLESS)
        time.sleep(3)
        client.close()
        server.client.timeout = PATIENCE
        assert server.ask(f"{MANY} LIMIT 20000").status_code == 200


def test_who_does_not_read_gives_the_place_back(story: Path) -> None:
    with running(story, "--timeout", "20", "--workers", "1") as server:
        clients = [_sent(server.address, MANY) for _ in range(3)]
        time.sleep(1)
        server.client.timeout = PATIENCE
        until = time.monotonic() + PATIENCE
        while server.ask(f"{MANY} LIMIT 20000").status_code == 503 and time.monotonic() < until:
            time.sleep(0.5)
        assert server.ask(f"{MANY} LIMIT 20000").status_code == 200
        for client in clients:
            client.close()


def _sent(address: str, query: str) -> socket.socket:
    """A connection on which a query is sent, and nothing is read."""
    place = urllib.parse.urlsplit(address)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect((place.hostname or "", place.port or 0))
    head = f"GET /sparql?query={urllib.parse.quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    client.sendall(head.encode())
    return client
