"""Values for the variables of a query, put in as terms: escaped by the RDF library, never pasted text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.store.lexing import bare

_PATTERN = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_]\w*")


def bound(sparql: str, bindings: Mapping[str, NamedNode | Literal]) -> str:
    """``sparql`` with a VALUES block for ``bindings`` (variable names without question mark) in front of its pattern.

    >>> bound("SELECT * WHERE { ?s ?p ?o }", {"o": Literal('a "b"')})
    'SELECT * WHERE { VALUES (?o) { ("a \\\\"b\\\\"") } ?s ?p ?o }'

    Raises:
        QueryError: a name is no variable's, or the query has no pattern.
    """
    if not bindings:
        return sparql
    wrong = [name for name in bindings if not _NAME.fullmatch(name)]
    if wrong:
        raise QueryError(f"{wrong[0]!r} is no name of a variable. Use letters, digits and underscores.")
    text = bare(sparql)
    pattern = _PATTERN.search(text)
    start = pattern.end() if pattern else text.find("{") + 1
    if not start:
        raise QueryError(f"The query has no pattern to bind values in: {sparql.strip()[:200]}")
    names, terms = " ".join(f"?{name}" for name in bindings), " ".join(str(term) for term in bindings.values())
    return f"{sparql[:start]} VALUES ({names}) {{ ({terms}) }}{sparql[start:]}"
