"""Answers of servers that end a table, without a word, at a number of rows of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from kg.errors import QueryError
from kg.store.lexing import bare

#: A table is taken to be cut when it has a round number of rows, at least this many, and counting gives more.
ROUND = 1000
_DATASET = re.compile(r"\bFROM\b", re.IGNORECASE)


def whole(ask: Callable[[str], bytes], query: str, start: int) -> bytes:
    """The whole table of ``query``, as SPARQL 1.1 JSON results.

    Args:
        ask: runs a query and gives such results.
        query: a SELECT or ASK.
        start: where its first keyword stands, after the prologue.

    Raises:
        QueryError: the table is cut, and cannot be asked for in pages because the query has a FROM.
    """
    first = ask(query)
    table = json.loads(first)
    rows = table.get("results", {}).get("bindings", [])
    if len(rows) < ROUND or len(rows) % ROUND:
        return first
    if _DATASET.search(bare(query)):
        raise QueryError(f"the server may have ended the answer at {len(rows):,} rows. Add LIMIT and OFFSET")
    prologue, body = query[:start], query[start:]
    total = _count(ask(f"{prologue} SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {body} }} }}"))
    names = " ".join(f"?{name}" for name in table["head"]["vars"])
    if total > len(rows):
        page = f"{prologue} SELECT {names} WHERE {{ {{ {body} }} }} LIMIT {len(rows)} OFFSET "
        pages = (json.loads(ask(page + str(done))) for done in range(0, total, len(rows)))
        table["results"]["bindings"] = [row for each in pages for row in each["results"]["bindings"]]
    return json.dumps(table, ensure_ascii=False, separators=(", ", ": ")).encode()


def _count(answer: bytes) -> int:
    return int(json.loads(answer)["results"]["bindings"][0]["rows"]["value"])
