"""Where a SPARQL server takes queries and updates, and what its kind needs: told by address and ``Server`` header."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from kg.errors import RemoteError
from kg.store.http import Client


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of one server."""

    query: str
    update: str
    #: Parameters by which the union of all graphs becomes the default graph.
    union: Mapping[str, str] = field(default_factory=dict)
    #: Triples that one update may hold; None for a server that takes any number, in one transaction.
    batch: int | None = None
    #: Whether long answers may come cut, without a word.
    cuts: bool = False


def find(address: str, client: Client) -> Endpoints:
    """The endpoints of the server at ``address``: its query endpoint, or its root where it has Oxigraph's paths.

    ``KG_UPDATE`` (environment) names the address for updates where it is not the one that this kind of server has.

    Raises:
        RemoteError: nobody answers there, or not in SPARQL.
    """
    query = _query_address(address)
    response = client.post(query, {"query": "ASK {}"}, "application/sparql-results+json")
    if response.status_code >= 400 and response.status_code not in (401, 403):
        raise RemoteError(f"There is no SPARQL endpoint at {query} ({response.status_code}). Name another with -g.")
    server = response.headers.get("server", "").partition("/")[0].lower()
    return _of_kind(server, query, os.environ.get("KG_UPDATE") or "")


def _of_kind(server: str, query: str, update: str) -> Endpoints:
    if server == "virtuoso":
        # Updates need a user: /sparql-auth. Its compiler takes some 4,900 triples at most. An answer ends, unsaid, at
        # ResultSetMaxRows (10,000 as Debian ships it).
        update = update or _sibling(query, "sparql-auth" if os.environ.get("KG_USER") else "sparql")
        return Endpoints(query, update, batch=1000, cuts=True)
    if server == "oxigraph":
        return Endpoints(query, update or _sibling(query, "update"), union={"union-default-graph": ""})
    union = {"default-graph-uri": "urn:x-arq:UnionGraph"} if "fuseki" in server else {}
    return Endpoints(query, update or (_sibling(query, "update") if query.endswith("/query") else query), union)


def _query_address(address: str) -> str:
    return _sibling(address, "query") if urlsplit(address).path in ("", "/") else address


def _sibling(address: str, name: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}", query="", fragment=""))
