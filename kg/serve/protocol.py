"""The SPARQL 1.1 Protocol, sections 2.1 and 2.2: which query or update an HTTP request holds, over which graphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.serve import negotiate
from kg.store.lexing import bare

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
#: Parameters by which those ask for a format who cannot set a header.
FORMAT = ("format", "output")
#: Bytes of the longest request that is read.
LONGEST = 16 << 20

_GRAPH_PARAMETERS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_TOP = re.compile(r"[{}]|\bUSING\b|\bWITH\b|\bDELETE\s+WHERE\b|\bWHERE\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, with the graphs, and the ``Accept``, that the address rather than a header gives it."""

    kind: Literal["query", "update"]
    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str | None = None


async def operation(request: Request) -> Operation | None:
    """The operation that a GET or POST asks for; None for a GET without one, which asks what the service is.

    Raises:
        HTTPException: 400 where it is unclear, 413 where it is too long, 415 where its body is of another type.
    """
    params = _pairs(request.scope["query_string"])
    if request.method == "POST":
        return await _posted(request, params)
    if any(name == "update" for name, _ in params):
        raise HTTPException(400, "An update is sent by POST.")
    if all(name in FORMAT for name, _ in params):
        return None
    return _operation("query", params)


async def _posted(request: Request, params: list[tuple[str, str]]) -> Operation:
    media, charset = _content_type(request.headers.get("content-type", ""))
    if media not in (FORM, QUERY, UPDATE) or charset not in ("", "utf-8", "utf8"):
        raise HTTPException(415, f"A body is sent as {FORM}, {QUERY} or {UPDATE}, in UTF-8.")
    body = await body_of(request)
    if media == FORM:
        params += _pairs(body)
        kinds = {name for name, _ in params} & {"query", "update"}
        if len(kinds) != 1:
            raise HTTPException(400, "Send either a query or an update, as the parameter of that name.")
        return _operation("query" if "query" in kinds else "update", params)
    kind: Literal["query", "update"] = "query" if media == QUERY else "update"
    if any(name in ("query", "update") for name, _ in params):
        raise HTTPException(400, "The operation stands in the body; there is another one in the address.")
    return _operation(kind, [*params, (kind, _text(body))])


def _operation(kind: Literal["query", "update"], params: list[tuple[str, str]]) -> Operation:
    texts = [value for name, value in params if name == kind]
    if len(texts) != 1:
        raise HTTPException(400, f"Send one {kind}; there are {len(texts)}.")
    default, named = (tuple(v for name, v in params if name == wanted) for wanted in _GRAPH_PARAMETERS[kind])
    return Operation(kind, texts[0], default, named, wanted_format(params))


def wanted_format(params: list[tuple[str, str]]) -> str | None:
    """The ``Accept`` that a parameter ``format`` or ``output`` stands for; None where there is none.

    Raises:
        HTTPException: 400 where it names no format.
    """
    names = [value for name, value in params if name in FORMAT and value]
    if not names:
        return None
    accept = negotiate.accepted(names[-1])
    if accept is None:
        raise HTTPException(400, f"There is no format {names[-1]!r}. Formats: {', '.join(negotiate.SHORT)}.")
    return accept


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset, in small letters."""
    media, *params = (part.strip().lower() for part in header.split(";"))
    charset = next((p.partition("=")[2].strip('"') for p in params if p.startswith("charset=")), "")
    return media, charset


async def body_of(request: Request, longest: int = LONGEST) -> bytes:
    """The body of a request.

    Raises:
        HTTPException: 413 where it has more than ``longest`` bytes.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > longest:
            raise HTTPException(413, f"This request may have {longest:,} bytes. Send the data in several.")
    return bytes(body)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except ValueError:
        raise HTTPException(400, "The parameters are not percent-encoded UTF-8.") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "The body is not UTF-8.") from None


def with_dataset(update: Operation) -> str:
    """The text of ``update`` with the graphs of the request as USING clauses of each of its operations.

    Raises:
        HTTPException: 400 where the text names graphs itself (SPARQL 1.1 Protocol, 2.2.3), or has a DELETE WHERE,
            which takes none.
    """
    if not (update.default or update.named):
        return update.text
    using = [f"USING <{_iri(iri)}>" for iri in update.default]
    using += [f"USING NAMED <{_iri(iri)}>" for iri in update.named]
    text, depth, done, pieces = bare(update.text), 0, 0, []
    for match in _TOP.finditer(text):
        word = match[0].upper()
        depth += {"{": 1, "}": -1}.get(word, 0)
        if word in "{}" or depth:
            continue
        if word != "WHERE":
            raise HTTPException(400, f"An update with using-graph-uri has no {word} of its own.")
        pieces += [update.text[done : match.start()], *using, " "]
        done = match.start()
    return " ".join([*pieces, update.text[done:]])


def _iri(value: str) -> str:
    if re.search(r'[\x00-\x20<>"{}|^`\\]', value):
        raise HTTPException(400, f"{value!r} is no IRI of a graph.")
    return value
