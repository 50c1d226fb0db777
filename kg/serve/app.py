"""The server: protocols, pages, and what goes wrong said in plain words."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError, StoreError
from kg.serve.connections import Connection, enough_descriptors
from kg.serve.graph import Graph
from kg.serve.pages import routes
from kg.serve.pool import Pool
from kg.serve.resolve import Resolver
from kg.serve.running import FailedError, Limits
from kg.serve.sparql import Endpoint
from kg.serve.status import headers_of, status_of

log = logging.getLogger(__name__)

#: Names by which a server on this machine may be called. Another in the ``Host`` header is a page of some other site
#: that made its own name mean this machine, to read what is served here.
LOCAL = ("localhost", "127.0.0.1")
#: Headers of every answer.
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}
#: What the web server logs of clients that go away, or speak no HTTP.
NO_NEWS = (
    "ASGI callable returned without",
    "Cancel ",
    "Invalid HTTP request",
    "Unsupported upgrade",
    "No supported WebSocket",
)
#: Seconds between two looks whether the graph changed.
REFRESH = 2.0
#: Seconds that answers under way are given when the server is asked to end.
FAREWELL = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server listens, whom it answers, and how much a query may take."""

    host: str = "127.0.0.1"
    port: int = 8000
    cors: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOCAL


def make_app(graph: Graph, settings: Settings) -> Starlette:
    """The application: ``/sparql``, ``/data``, the pages of ``graph``, and what its IRIs name."""
    pool, drawer = Pool(settings.limits), Pool(replace(settings.limits, workers=1), short=0)
    endpoint = Endpoint(graph, pool)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await asyncio.gather(pool.start(), drawer.start())
        watch = asyncio.create_task(_watch(graph))
        yield
        watch.cancel()
        await asyncio.gather(pool.stop(), drawer.stop())

    return Starlette(
        routes=[*endpoint.routes(), *Resolver(graph, endpoint).routes(), *routes(graph, pool, drawer)],
        middleware=_middleware(settings),
        exception_handlers={
            HTTPException: _refusal,
            FailedError: _failure,
            KgError: _trouble,
            ClientDisconnect: _farewell,
        },
        lifespan=lifespan,
    )


def _middleware(settings: Settings) -> list[Middleware]:
    found = [Middleware(_Guarded)]
    if settings.is_local:
        found.append(Middleware(TrustedHostMiddleware, allowed_hosts=LOCAL))
    if settings.cors:
        headers = ["Authorization", "Content-Type", "Accept"]
        found.append(
            Middleware(
                CORSMiddleware, allow_origins=settings.cors, allow_methods=["GET", "POST"], allow_headers=headers
            )
        )
    return found


class _Guarded:
    """Every answer, errors too, tells browsers to take it for what it says, and to show it in no other site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in GUARDS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


async def _watch(graph: Graph) -> None:
    """Look now and then whether the graph changed."""
    while True:
        await asyncio.sleep(REFRESH)
        try:
            if await asyncio.to_thread(graph.refresh):
                log.info("%s changed: version %s is served now", graph.name, graph.version)
        except (OSError, KgError) as error:
            log.warning("%s cannot be read again: %s", graph.name, error)


def _refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (Starlette's types know only Exception)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


def _failure(_: Request, error: Exception) -> Response:
    status = getattr(error, "status", 500)
    return PlainTextResponse(f"{error}\n", status, headers_of(status))


def _trouble(_: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", status_of(error), headers_of(status_of(error)))


def _farewell(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it


def serve(graph: Graph, settings: Settings, ready: Callable[[str], None]) -> None:
    """Answer until a signal ends it; ``ready`` is told the address once the server answers.

    Raises:
        StoreError: the port is in use, or the host is not of this machine.
    """
    listener = _listen(settings.host, settings.port)
    host, port = listener.getsockname()[:2]
    Connection.most = enough_descriptors()
    config = uvicorn.Config(
        make_app(graph, settings),
        http=Connection,
        ws="none",
        lifespan="on",
        log_level="warning",
        timeout_graceful_shutdown=FAREWELL,
        server_header=False,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    server = _Server(config, lambda: ready(f"http://{host}:{port}/"))
    with listener:
        server.run(sockets=[listener])


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line of the log is worth reading: that answers are stopped, by limits or at the end, is no error."""
    cancelled = record.exc_info is not None and record.exc_info[0] is asyncio.CancelledError
    return not cancelled and not record.getMessage().startswith(NO_NEWS)


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise StoreError(
            f"Nothing can be served at {host}, port {port} ({error.strerror}). Choose another with --port."
        ) from error
    return listener
