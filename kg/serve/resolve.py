"""The IRIs of the graph's data, resolved here: a thing's page to a browser, its triples to a program.

An IRI under the graph's base names a thing wherever it is written; the path after the base is answered here, so that
``https://w3id.org/hearsay/id/actor/Q794`` is described at ``/id/actor/Q794``.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.ids import escape
from kg.serve.graph import Graph
from kg.serve.negotiate import GRAPHS, best
from kg.serve.protocol import Operation, wanted_format
from kg.serve.sparql import Endpoint

_PAGES = ("text/html", "application/xhtml+xml")
#: What a browser can show of a thing that has no page.
_SHOWN = "text/plain"
#: What a thing says of itself and what else says of it, with the names of both.
_ABOUT = """CONSTRUCT {{ <{0}> ?p ?o . ?o rdfs:label ?of . ?s ?q <{0}> . ?s rdfs:label ?by }} WHERE {{
  {{ <{0}> ?p ?o OPTIONAL {{ ?o rdfs:label ?of }} }} UNION {{ ?s ?q <{0}> OPTIONAL {{ ?s rdfs:label ?by }} }} }}"""
_GRAPH = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{0}> {{ ?s ?p ?o }} }}"


class Resolver:
    """Answers at the paths of IRIs, in the form that the client likes best."""

    def __init__(self, graph: Graph, endpoint: Endpoint) -> None:
        """The IRIs of ``graph``, about which ``endpoint`` is asked."""
        self._graph, self._endpoint = graph, endpoint

    def routes(self) -> list[Route]:
        """``/id/`` for things, ``/graph/`` for named graphs, ``/ns`` for the terms."""
        return [
            Route("/id/{path:path}", self.thing),
            Route("/graph/{path:path}", self.triples),
            Route("/ns", self.terms),
        ]

    async def thing(self, request: Request) -> Response:
        """An actor, an article, a proposition, a claim, or whatever stands under ``/id/``."""
        return await self._answer(request, _ABOUT, _parts(request))

    async def triples(self, request: Request) -> Response:
        """A named graph; to a browser the article that it is about."""
        return await self._answer(request, _GRAPH, _parts(request))

    async def terms(self, request: Request) -> Response:
        """The ontology."""
        return await self._answer(request, _GRAPH, ["graph", "ontology"])

    async def _answer(self, request: Request, query: str, parts: list[str]) -> Response:
        """The triples of what ``parts`` name, or the way to its page; both only where there is such a thing."""
        iri = self._base() + "/".join(map(escape, parts))
        accept = wanted_format(request.query_params.multi_items()) or request.headers.get("accept")
        for_people = best(accept, (*GRAPHS, *_PAGES)) in _PAGES
        state = _state(parts) if for_people else None
        wanted = Operation("query", query.format(iri), accept=_SHOWN if for_people else accept)
        missing = f"Nothing here is called {iri}"
        if state is None:
            answer = await self._endpoint.query(wanted, request, missing=missing)
        else:
            await self._endpoint.require(replace(wanted, text=f"{wanted.text} LIMIT 1"), request, missing)
            answer = RedirectResponse(f"{'../' * (len(parts) - 1)}#{urlencode(state)}", 303)
        answer.headers["Vary"] = "Accept"
        return answer

    def _base(self) -> str:
        with self._graph.snapshot() as held:
            return held.store.ids.base


def _parts(request: Request) -> list[str]:
    """The parts of the path as they are without percent-encoding, of which clients may use more or less."""
    return [unquote(part) for part in request.scope["raw_path"].decode("ascii").lstrip("/").split("/")]


def _state(parts: list[str]) -> dict[str, str] | None:
    """Where the explorer shows a thing (``kg/view/assets/state.js``); None of a thing that has no place there."""
    match parts:
        case ["id", "article", article, *_] | ["graph", "article" | "claims", article]:
            return {"view": "article", "id": article}
        case ["id", "actor", actor]:
            return {"view": "actor", "id": actor}
        case ["id", "proposition", proposition]:
            return {"sel": f"prop~{escape(proposition)}"}
        case ["id", "claim", claim]:
            return {"sel": f"claim~{claim}"}
    return None
