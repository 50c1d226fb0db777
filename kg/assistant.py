"""The graph as read-only tools of the Model Context Protocol, for the assistants that people ask today.

Every answer carries the sentences that it rests on, and where they stand. Nothing is summed up here: what an assistant
makes of a denial is then at least a denial that it was given. Needs the extra ``mcp``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from functools import wraps
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from kg.errors import KgError, PipelineError, QueryError
from kg.explain import VERB, explain, sentence
from kg.merge.alliances import alliances
from kg.query import Answer, list_named, run, run_named
from kg.store import GraphActor, GraphClaim, GraphProposition, Result, View

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

Row = dict[str, Any]
#: How to come by the graph for the length of one question: others may write it in between.
Opening = Callable[[], AbstractContextManager[View]]
#: Rows that an answer has at most: what assistants read is paid for by the word.
MOST = 50
ABOUT = (
    "A knowledge graph of who takes which stance on what, read from news articles. A claim is somebody's: say whose. "
    "What is denied or not confirmed is no fact, and neither is what is asserted. Quote the sentence and its address."
)
NAME = "An actor's name, alias, Wikidata item or IRI"
DAY = "A day, YYYY-MM-DD; empty for any time"


def server(opening: Opening) -> MCPServer[Any]:
    """A server of the tools over a graph; ``run`` it on standard input and output, or over HTTP.

    Raises:
        PipelineError: the extra ``mcp`` is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise PipelineError("kg mcp needs the extra 'mcp': pip install 'hearsay-kg[mcp]'.") from error
    tools = Tools(opening)
    found: MCPServer[Any] = MCPServer("hearsay", instructions=ABOUT)
    for tool in tools.all():
        found.add_tool(
            _told(tool, ToolError),
            name=tool.__name__,
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
    return found


def _told(tool: Callable[..., Any], failure: type[Exception]) -> Callable[..., Any]:
    """The tool with its errors in the protocol's form: one line, as on the command line."""

    @wraps(tool)
    def told(**arguments: Any) -> Any:
        try:
            return tool(**arguments)
        except KgError as error:
            raise failure(str(error)) from error

    return told


class Tools:
    """What can be asked; each method is a tool, its docstring what the assistant is told of it."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening

    def all(self) -> Iterator[Callable[..., Any]]:
        """Every tool."""
        yield from (self.find_actor, self.friends_and_foes, self.claims_between, self.contested)
        yield from (self.evidence, self.named_queries, self.named_query, self.sparql)

    def find_actor(self, name: Annotated[str, NAME]) -> list[Row]:
        """Who bears a name: label, type, other names, Wikidata item, IRI, and in how many articles."""
        with self.opening() as view:
            return [
                {"label": a.label, "type": a.type, "aliases": list(a.aliases[:20]), "wikidata": a.wikidata,
                 "iri": a.iri, "articles": len(a.articles)}
                for a in view.find(name)
            ]  # fmt: skip

    def friends_and_foes(
        self, actor: Annotated[str, NAME], at: Annotated[str, DAY] = "", *, named_voices_only: bool = False
    ) -> list[Row]:
        """With whom an actor stands well (+), badly (-) or both (0), as claims have it, with the latest sentence."""
        with self.opening() as view:
            centre = _one(view, actor).iri
            ties = alliances(view, actor=centre, at=at or None, named=named_voices_only)[:MOST]
            cited = _Citing(view)
            return [
                {"sign": t.sign, "with": t.right_label if t.left == centre else t.left_label, "claims": len(t.claims),
                 "sources": len(t.sources), "first": t.first, "last": t.last, "latest": cited.latest(t.claims)}
                for t in ties
            ]  # fmt: skip

    def claims_between(self, one: Annotated[str, NAME], other: Annotated[str, NAME]) -> list[Row]:
        """What anybody asserts, denies or will not confirm of two actors, in either direction."""
        with self.opening() as view:
            ends = {_one(view, one).iri, _one(view, other).iri}
            return _Citing(view).rows(lambda p: {p.subject, p.object} == ends)

    def contested(self, about: Annotated[str, NAME + "; empty for all"] = "") -> list[Row]:
        """Disputes: what one source asserts and another denies, with the surest sentence of each side."""
        with self.opening() as view:
            return _table(run_named(view, "contested", {"about": about} if about else {}), MOST)

    def evidence(self, what: Annotated[str, "An actor's name, an article's id, or the IRI of anything"]) -> str:
        """The sentences behind an actor, an article, a proposition or a claim, and why names were taken for one."""
        with self.opening() as view:
            lines = list(explain(view, what))
            left = len(lines) - 4 * MOST
            return "\n".join([*lines[: 4 * MOST], *([f"... and {left} lines more"] if left > 0 else [])])

    def named_queries(self) -> list[Row]:
        """The named queries with what each answers and its parameters."""
        return [
            {"name": q.name, "answers": q.title, "parameters": {p.name: p.kind for p in q.params}} for q in list_named()
        ]

    def named_query(self, name: str, parameters: dict[str, str] | None = None) -> list[Row]:
        """The rows of a named query; actors are given by name, dates as YYYY-MM-DD."""
        with self.opening() as view:
            return _table(run_named(view, name, parameters or {}), 4 * MOST)

    def sparql(self, query: Annotated[str, "SPARQL 1.1; the usual prefixes are known"]) -> list[Row]:
        """The first rows (or triples) of a SPARQL query over the graph; it can reach no other server."""
        from kg.serve.guard import refused

        if keyword := refused(query):
            raise QueryError(f"{keyword} is not allowed: a question reaches no other server.")
        with self.opening() as view:
            return _table(run(view, query), 4 * MOST)


class _Citing:
    """Claims as rows, with their sentences and addresses."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.articles = {a.id: a for a in view.articles()}
        self.propositions: Mapping[str, GraphProposition] = {p.iri: p for p in view.propositions()}
        self.claims: Mapping[str, GraphClaim] = {c.iri: c for c in view.claims()}

    def rows(self, wanted: Callable[[GraphProposition], bool]) -> list[Row]:
        """The claims on the propositions that are wanted, the latest first."""
        found = [c for c in self.claims.values() if any(wanted(p) for p in self._of(c))]
        ordered = sorted(found, key=lambda c: (c.when or "", c.iri), reverse=True)
        return [self.row(c) for c in ordered[:MOST]]

    def latest(self, claims: tuple[str, ...]) -> Row | None:
        """The latest of some claims."""
        known = [self.claims[iri] for iri in claims if iri in self.claims]
        return self.row(max(known, key=lambda c: (c.when or "", c.iri))) if known else None

    def row(self, claim: GraphClaim) -> Row:
        """One claim."""
        article = asdict(self.articles[claim.article])
        published = {k: article[k] for k in ("id", "title", "publisher", "date", "url") if article.get(k)}
        said = [f"{p.subject_label} {p.relation} {p.object_label}" for p in self._of(claim)]
        return {"source": claim.source_label, "stance": VERB[claim.stance], "that": said, "when": claim.when,
                "sentence": sentence(self.view, claim), "article": published, "claim": claim.iri}  # fmt: skip

    def _of(self, claim: GraphClaim) -> list[GraphProposition]:
        return [self.propositions[iri] for iri in claim.propositions if iri in self.propositions]


def _one(view: View, name: str) -> GraphActor:
    """The one actor of a name.

    Raises:
        QueryError: nobody bears it, or several do.
    """
    found = view.find(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"No actor is called {name!r}. find_actor, or a part of the name in a named query, may help.")
    raise QueryError(f"{len(found)} actors are called {name!r}. Give one's IRI: {', '.join(a.iri for a in found)}.")


def _table(answer: Answer | Result, most: int) -> list[Row]:
    """The first rows of an answer, by column; without what is not bound."""
    rows = (dict(zip(answer.variables, row, strict=True)) for row in answer.rows())
    return [{k: v for k, v in row.items() if v is not None} for row in islice(rows, most)]
