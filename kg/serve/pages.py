"""The explorer, served: the page that ``kg view`` writes to a file, with its data fetched and corrections posted."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from anyio import from_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg import merge
from kg.errors import StoreError
from kg.serve.graph import Graph
from kg.serve.pool import Pool
from kg.serve.protocol import body_of
from kg.store import Store
from kg.view.html import asset, served_html

#: What to do about a graph whose explorer takes more than the limits of a query.
TOO_LARGE = "Start the server with a longer --timeout or more --limit-memory, or draw a part with 'kg view --actor'."
#: The longest change that is read, in bytes.
LONGEST = 10_000


def _judge(store: Store, left: str, right: str, judgement: Any) -> merge.Judgement:
    """The judgement; refused where the graph does not hold both: a page shows only those that it does."""
    merge.require(store, left, right)
    return merge.judge(store, left, right, judgement)


_TYPES = {"js": "text/javascript", "css": "text/css"}
_CHANGES: Mapping[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "unmerge": (merge.unmerge, ("local",)),
    "rejoin": (merge.rejoin, ("local",)),
    "judge": (_judge, ("left", "right", "judgement")),
    "unjudge": (merge.unjudge, ("iri",)),
    "mark": (merge.mark_wrong, ("claim",)),
    "unmark": (merge.unmark_wrong, ("claim",)),
}


def routes(graph: Graph, pool: Pool, drawer: Pool) -> list[BaseRoute]:
    """The routes of the explorer of ``graph``: the page at ``/`` and what it fetches."""
    pages = Pages(graph, pool, drawer)
    return [
        Route("/", pages.page),
        Route("/explorer.json", pages.data),
        Route("/explorer/query.{ending:str}", pages.editor),
        Route("/explorer/doubts", pages.doubts),
        Route("/explorer/change", pages.change, methods=["POST"]),
    ]


class Pages:
    """The explorer's answers; its data is made once for each version of the graph.

    The one worker of the ``drawer`` makes it, which reads again only what changed since the version before.
    """

    def __init__(self, graph: Graph, pool: Pool, drawer: Pool) -> None:
        self.graph, self.pool, self.drawer = graph, pool, drawer
        self._making = asyncio.Lock()
        self._version, self._body, self._packed, self._tag = "", b"", b"", ""

    def page(self, request: Request) -> Response:
        """The page, without the graph's data, so that it shows at once."""
        content, policy = served_html("explorer.json")
        headers = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
        return _small(request, content, "text/html; charset=utf-8", headers)

    async def data(self, request: Request) -> Response:
        """The graph's data, or 304 where the browser has it."""
        body, packed, tag = await self._prepare()
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if _takes_gzip(request):
            return Response(packed, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
        return Response(body, media_type="application/json", headers=headers)

    async def doubts(self, _: Request) -> Response:
        """Pairs of names that a person should judge, as JSON."""
        with self.graph.snapshot() as held:
            return Response(await self._made(self.pool, held.address, doubts=True), media_type="application/json")

    def editor(self, request: Request) -> Response:
        """The query editor's script or style."""
        ending = request.path_params["ending"]
        if ending not in _TYPES:
            return PlainTextResponse("There is no such page.\n", 404)
        content = asset(f"vendor/query.{ending}").encode("utf-8")
        return _small(request, content, _TYPES[ending], {"Cache-Control": "no-cache"})

    def change(self, request: Request) -> Response:
        """What came of a correction: a JSON object, with the IRI of the judgement where there is one."""
        self.graph.authorise(request)
        try:
            act, values = _change(from_thread.run(body_of, request, LONGEST))
        except (ValueError, RecursionError) as error:
            return PlainTextResponse(f"{error}\n", 400)
        try:
            with self.graph.change() as store:
                result = act(store, *values)
        except ValueError as error:  # no IRI
            return PlainTextResponse(f"{error}\n", 400)
        except StoreError as error:
            if type(error) is not StoreError:
                raise
            return PlainTextResponse(f"{error}\n", 409)  # a judgement that does not fit the graph
        return JSONResponse({"iri": getattr(result, "iri", None)})

    async def _prepare(self) -> tuple[bytes, bytes, str]:
        """The data as JSON, the same compressed, and its entity tag.

        Raises:
            FailedError: no worker is free, or the graph is too large for the limits.
        """
        async with self._making:
            with self.graph.snapshot() as held:
                if self._version != held.version or not self._body or self.graph.is_remote:
                    wanted = {"name": self.graph.name, "writable": self.graph.allow_update}
                    since = {address: sorted(touched) for address, touched in held.since.items()}
                    body = await self._made(self.drawer, held.address, explorer=wanted, since=since)
                    self._packed = await asyncio.to_thread(gzip.compress, body, 6, mtime=0)
                    self._version, self._body, self._tag = held.version, body, f'"{sha256(body).hexdigest()[:16]}"'
                return self._body, self._packed, self._tag

    async def _made(self, pool: Pool, address: str, **wanted: Any) -> bytes:
        running = await pool.run(TOO_LARGE, once=pool is self.drawer, address=address, **wanted)
        try:
            return b"".join([piece async for piece in running.pieces()])
        finally:
            running.close()


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


@lru_cache(maxsize=8)
def _packed(content: bytes) -> bytes:
    """``content``, of which there are few, compressed once."""
    return gzip.compress(content, 9, mtime=0)


def _small(request: Request, content: bytes, kind: str, headers: Mapping[str, str]) -> Response:
    """An answer that is compressed for those who take it so."""
    plain = {**headers, "Vary": "Accept-Encoding"}
    if _takes_gzip(request):
        return Response(_packed(content), media_type=kind, headers={**plain, "Content-Encoding": "gzip"})
    return Response(content, media_type=kind, headers=plain)


def _change(body: bytes) -> tuple[Callable[..., Any], list[str]]:
    """The function of ``kg.merge`` that a posted change names, and its arguments.

    Raises:
        ValueError: it is no change.
    """
    wanted = json.loads(body)
    if not isinstance(wanted, dict) or not isinstance(wanted.get("do"), str) or wanted["do"] not in _CHANGES:
        raise ValueError(f"A change is a JSON object whose 'do' is one of {', '.join(_CHANGES)}.")
    act, names = _CHANGES[wanted["do"]]
    values = [wanted.get(name) for name in names]
    if not all(isinstance(value, str) and value for value in values):
        raise ValueError(f"{wanted['do']!r} needs {', '.join(names)}.")
    return act, [str(value) for value in values]
