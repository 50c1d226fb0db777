"""The IRIs of the graph's data, resolved here: a thing's page to a browser, its triples to a program.

An IRI under the graph's base names a thing wherever it is written; the path after the base is answered here, so that
``https://w3id.org/hearsay/id/actor/Q794`` is described at ``/id/actor/Q794``.
"""

from __future__ import annotations

from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.ids import escape
from kg.serve.graph import Graph
from kg.serve.negotiate import GRAPHS, best
from kg.serve.protocol import Operation, wanted_format
from kg.serve.running import FailedError
from kg.serve.sparql import Endpoint

_PAGES = ("text/html", "application/xhtml+xml")
#: What a browser can show of a thing that has no page.
_PLAIN = "text/plain"
#: What a thing says of itself and what else says of it, with the names of both.
_ABOUT = """CONSTRUCT {{ <{0}> ?p ?o . ?o rdfs:label ?of . ?s ?q <{0}> . ?s rdfs:label ?by }} WHERE {{
  {{ <{0}> ?p ?o OPTIONAL {{ ?o rdfs:label ?of }} }} UNION {{ ?s ?q <{0}> OPTIONAL {{ ?s rdfs:label ?by }} }} }}"""
#: What makes the explorer show a thing of each kind.
_SHOWN_BY = {
    "actor": "{{ ?c kg:source|kg:via|kg:onBehalfOf <{0}> }} UNION "
    "{{ ?p rdf:subject|rdf:object <{0}> . ?c kg:asserts|kg:denies|kg:declinesToConfirm ?p }}",
    "article": "?c kg:reportedIn <{0}>",
    "claim": "<{0}> kg:reportedIn ?c",
    "proposition": "?c kg:asserts|kg:denies|kg:declinesToConfirm <{0}>",
}
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
        """The triples of what ``parts`` name, or the way to its page where a browser asks and there is one."""
        accept = wanted_format(request.query_params.multi_items()) or request.headers.get("accept")
        page = None
        if best(accept, (*GRAPHS, *_PAGES)) in _PAGES:
            accept, page = _PLAIN, await self._page(request, parts)
        answer = page or await self._triples(request, query, "/".join(map(escape, parts)), accept)
        answer.headers["Vary"] = "Accept"
        return answer

    async def _triples(self, request: Request, query: str, path: str, accept: str | None) -> Response:
        iri = self._base() + path
        wanted = Operation("query", query.format(iri), accept=accept)
        return await self._endpoint.query(wanted, request, missing=f"Nothing here is called {iri}")

    async def _page(self, request: Request, parts: list[str]) -> Response | None:
        """The way to where the explorer shows a thing; None of what it does not show."""
        place = _place(parts)
        if place is None:
            return None
        kind, name, state = place
        shown = _SHOWN_BY[kind].format(f"{self._base()}id/{kind}/{escape(name)}")
        query = f"CONSTRUCT {{ ?c a kg:Claim }} WHERE {{ {shown} }} LIMIT 1"
        try:
            await self._endpoint.require(Operation("query", query, accept=_PLAIN), request, "It is not shown.")
        except FailedError as error:
            if error.status != 404:
                raise
            return None
        return RedirectResponse(f"{'../' * (len(parts) - 1)}#{urlencode(state)}", 303)

    def _base(self) -> str:
        with self._graph.snapshot() as held:
            return held.store.ids.base


def _parts(request: Request) -> list[str]:
    """The parts of the path as they are without percent-encoding, of which clients may use more or less."""
    return [unquote(part) for part in request.scope["raw_path"].decode("ascii").lstrip("/").split("/")]


def _place(parts: list[str]) -> tuple[str, str, dict[str, str]] | None:
    """Kind and name of the thing that the explorer may show, and where (``kg/view/assets/state.js``)."""
    match parts:
        case ["id", "article", name, *_] | ["graph", "article" | "claims", name]:
            return "article", name, {"view": "article", "id": name}
        case ["id", "actor", name]:
            return "actor", name, {"view": "actor", "id": name}
        case ["id", "proposition", name]:
            return "proposition", name, {"sel": f"prop~{escape(name)}"}
        case ["id", "claim", name]:
            return "claim", name, {"sel": f"claim~{name}"}
    return None
