"""The named queries: ``named/*.rq``, each with a header (title, description, params, example)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from kg.errors import QueryError

#: Kinds of parameter. An actor or relation ``x`` is bound to the variable ``?xIri``, any other to ``?x``.
KINDS = ("actor", "relation", "date", "text")
_HEADER = re.compile(r"^# (title|description|params|example|all):[ \t]*(.*)$", re.MULTILINE)
_PARAM = re.compile(r"(?P<name>\w+) \((?P<kind>\w+)(?P<required>, required)?\)")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a named query; one that is not given leaves its variable open, so that any value fits."""

    name: str
    kind: str
    required: bool = False

    @property
    def variable(self) -> str:
        """The variable that it binds, without the question mark."""
        return f"{self.name}Iri" if self.kind in ("actor", "relation") else self.name


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that has a name, a one-line title, a description, parameters, and values of them as an example.

    ``all`` names the query that gives each single thing that this one sums up, if there is one.
    """

    name: str
    title: str
    description: str
    params: tuple[Param, ...]
    example: Mapping[str, str]
    sparql: str
    all: str | None = None


@cache
def list_named() -> tuple[NamedQuery, ...]:
    """Every named query, sorted by name."""
    folder = resources.files("kg.query") / "named"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return tuple(parse(f.name.removesuffix(".rq"), f.read_text("utf-8")) for f in files)


def named(name: str) -> NamedQuery:
    """The query of that name.

    Raises:
        QueryError: there is none.
    """
    for query in list_named():
        if query.name == name:
            return query
    names = [query.name for query in list_named()]
    hint = "".join(f" Did you mean {close!r}?" for close in get_close_matches(name, names, 1))
    raise QueryError(f"No named query {name!r}.{hint} There are: {', '.join(names)}.")


def whole(name: str) -> str:
    """The name of the query that gives all that the one called ``name`` sums up.

    Raises:
        QueryError: there is no such query, or it sums nothing up.
    """
    found = named(name).all
    if found is None:
        names = ", ".join(query.name for query in list_named() if query.all)
        raise QueryError(f"{name!r} shows all there is already. --all goes with: {names}.")
    return found


def parse(name: str, text: str) -> NamedQuery:
    """The named query in the text of an ``.rq`` file.

    Raises:
        QueryError: a header line is missing, or a parameter is of an unknown kind.
    """
    header = dict(_HEADER.findall(text))
    missing = {"title", "description", "params", "example"} - header.keys()
    if missing:
        raise QueryError(f"{name}.rq has no header line for {', '.join(sorted(missing))}.")
    params = tuple(Param(m["name"], m["kind"], bool(m["required"])) for m in _PARAM.finditer(header["params"]))
    for param in params:
        if param.kind not in KINDS:
            raise QueryError(f"{name}.rq: parameter {param.name} is of no known kind ({', '.join(KINDS)}).")
    example = dict(pair.split("=", 1) for pair in header["example"].split("; ") if pair)
    return NamedQuery(name, header["title"], header["description"], params, example, text, header.get("all"))
