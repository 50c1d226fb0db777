"""What the served explorer fetches, made in a worker: the data of the page, and what only a server knows."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import islice
from typing import Any

from kg import merge
from kg.merge.judging import anchor_name
from kg.merge.review import review
from kg.query import list_named
from kg.query.named_queries import NamedQuery
from kg.store import View
from kg.view.explorer import explorer
from kg.view.gather import Choice
from kg.view.parts import Parts

#: Doubtful pairs that are offered at a time.
DOUBTS = 300
#: Actors at most in the network, as in a file.
TOP = 1000


def page_data(view: View, *, name: str, writable: bool, parts: Parts | None = None) -> bytes:
    """The data as JSON: the graph, its ``name``, whether it is ``writable``, named queries, and people's corrections.

    What ``parts`` hold is not read again.

    Raises:
        KgError: as ``explorer``.
    """
    served = {
        "name": name,
        "writable": writable,
        "queries": [_query(query) for query in list_named()],
        "judgements": [asdict(judgement) for judgement in merge.judgements(view.store)],
        "wrong": sorted(merge.wrong_claims(view.store)),
    }
    data = {**explorer(view, Choice(top=TOP), parts=parts).data, "served": served}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def doubts_data(view: View) -> bytes:
    """Pairs of names that may be one actor's, as JSON: those that concern most articles first, at most ``DOUBTS``."""
    store = view.store
    found = [
        {**asdict(doubt), "left_name": anchor_name(store, doubt.left), "right_name": anchor_name(store, doubt.right)}
        for doubt in islice(review(store), DOUBTS)
    ]
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _query(query: NamedQuery) -> dict[str, Any]:
    params = [{"name": p.name, "kind": p.kind, "required": p.required, "variable": p.variable} for p in query.params]
    fields = {"name": query.name, "title": query.title, "description": query.description, "sparql": query.sparql}
    return {**fields, "params": params}
