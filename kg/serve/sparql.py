"""The two addresses of the protocols: ``/sparql`` (SPARQL 1.1 Protocol) and ``/data`` (Graph Store, to read)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import ExitStack
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from kg.serve.description import description
from kg.serve.graph import Graph
from kg.serve.pool import Pool
from kg.serve.protocol import Operation, operation, wanted_format, with_dataset
from kg.serve.running import FailedError, Running

T = TypeVar("T")
_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def client_of(request: Request) -> str:
    """Whom the queries of a request are counted for: the address that it came from."""
    return request.client.host if request.client else ""


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What ``work`` gives; it is stopped as soon as the client goes away.

    Raises:
        HTTPException: the client went away.
    """
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait([task, gone], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise HTTPException(499, "The client went away.")
    finally:
        for each in (task, gone):
            each.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class Stream(StreamingResponse):
    """An answer on its way from a worker; one that stops half-way ends without its last chunk, so that clients see it.

    The reason follows what was sent, for people.
    """

    def __init__(self, running: Running, held: ExitStack) -> None:
        """The answer of a query whose head is there, and what is ``held`` until it is sent."""
        super().__init__(self._pieces(running), media_type=running.media)
        self._held, self._stopped = held, False

    async def _pieces(self, running: Running) -> AsyncIterator[bytes]:
        try:
            async for piece in running.pieces():
                yield piece
        except FailedError as error:
            self._stopped = True
            yield f"\n\nSTOPPED: {error}\n".encode()

    async def stream_response(self, send: Send) -> None:
        """Send all but the mark of the end where the answer is not whole."""

        async def unless_stopped(message: Any) -> None:
            if not (self._stopped and message.get("more_body") is False):
                await send(message)

        await super().stream_response(unless_stopped)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer; its worker is free again, or ended, whatever happens."""
        with self._held:
            await super().__call__(scope, receive, send)


class Endpoint:
    """Answers both protocols over one graph with one pool of workers."""

    def __init__(self, graph: Graph, pool: Pool) -> None:
        """The endpoint of ``graph``."""
        self._graph, self._pool = graph, pool

    def routes(self) -> list[Route]:
        """``/sparql`` and ``/data``."""
        return [
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/sparql/", self.sparql, methods=["GET", "POST"]),
            Route("/data", self.data, methods=["GET"]),
        ]

    async def sparql(self, request: Request) -> Response:
        """The answer to a query, the success of an update, or what the service is."""
        wanted = await operation(request)
        if wanted is None:
            return description(request, update=self._graph.allow_update)
        if wanted.kind == "update":
            self._graph.authorise(request)
        return await (self.query if wanted.kind == "query" else self._update)(wanted, request)

    async def data(self, request: Request) -> Response:
        """All triples of the graph that ``?graph=`` names, or of the union of all graphs with ``?default``."""
        names = request.query_params.getlist("graph")
        if len(names) + ("default" in request.query_params) != 1:
            raise HTTPException(400, "Name one graph: ?graph=IRI, or ?default for the union of all.")
        accept = wanted_format(request.query_params.multi_items())
        operation_ = Operation("query", _EVERYTHING, tuple(names), accept=accept)
        return await self.query(operation_, request, missing="There is no such graph." if names else "")

    async def query(self, wanted: Operation, request: Request, *, missing: str = "") -> Response:
        """The answer to a query, streamed.

        Raises:
            FailedError: it has none; with a text of what is ``missing``, also where it is empty (404).
        """
        with ExitStack() as stack:
            running = await self._running(wanted, request, missing, stack)
            return Stream(running, stack.pop_all())

    async def require(self, wanted: Operation, request: Request, missing: str) -> None:
        """Nothing, where a query has an answer.

        Raises:
            FailedError: as ``query``.
        """
        with ExitStack() as stack:
            await self._running(wanted, request, missing, stack)

    async def _running(self, wanted: Operation, request: Request, missing: str, stack: ExitStack) -> Running:
        """A query whose answer has begun; worker and snapshot are held by ``stack``."""
        question: dict[str, Any] = {
            "query": wanted.text,
            "default": wanted.default,
            "named": wanted.named,
            "missing": missing,
        }
        held = stack.enter_context(self._graph.snapshot())
        accept = wanted.accept or request.headers.get("accept")
        asked = self._pool.run(client=client_of(request), address=held.address, accept=accept, **question)
        running = await unless_gone(request, asked)
        stack.callback(running.close)
        return running

    async def _update(self, wanted: Operation, request: Request) -> Response:
        running = await self._pool.run(
            client=client_of(request), once=True, address=self._graph.name, update=with_dataset(wanted)
        )
        try:
            async for _ in running.pieces():
                pass
        finally:
            running.close()
        await run_in_threadpool(self._graph.refresh, anew=True)
        return Response(status_code=204)
