"""From a graph to a picture: which actors and propositions to show, and the sentences behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import cast

from kg.errors import MissingError
from kg.records import STANCES, Span, Stance
from kg.store.view import GraphActor, GraphClaim, View
from kg.view.passage import passage
from kg.view.picture import Edge, Evidence, Node, Part, Passage, Picture, Sign
from kg.view.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show: the surroundings of one actor, at most ``top`` actors, articles of a time.

    ``since`` and ``until`` are ISO days, months or years, both included.
    """

    actor: str | None = None
    top: int | None = None
    since: str | None = None
    until: str | None = None

    @property
    def dated(self) -> bool:
        """Whether articles are chosen by date."""
        return bool(self.since or self.until)

    def holds(self, date: str | None) -> bool:
        """Whether an article of that date is to be shown; without a date only where any date will do."""
        if not self.dated:
            return True
        return (
            date is not None and (self.since or "") <= date and date[: len(self.until or date)] <= (self.until or date)
        )


def picture_of(graph: View | Snapshot, choice: Choice | None = None, *, passages: bool = True) -> Picture:
    """The picture of a graph: its actors by the number of claims about them, and the propositions between those.

    Without ``passages`` no text is read, and evidence has only its quote.

    Raises:
        MissingError: nothing is left to show, or there is no actor of the name that is asked for.
    """
    snapshot, choice = graph if isinstance(graph, Snapshot) else Snapshot(graph), choice or Choice()
    every = _edges(snapshot, choice, passages)
    if not every:
        raise MissingError(_nothing(snapshot, choice))
    actors = snapshot.actors
    centre = _centre(snapshot, choice.actor, every) if choice.actor else None
    shown = _chosen(every, centre, choice.top)
    edges = tuple(e for e in every if e.subject in shown and e.object in shown)
    weights = _weights(edges)
    nodes = tuple(Node(i, actors[i].label, actors[i].type, weights[i]) for i in sorted(weights))
    return Picture(nodes, edges, _caption(nodes, edges, every, choice, actors[centre].label if centre else ""))


def _edges(snapshot: Snapshot, choice: Choice, passages: bool) -> list[Edge]:
    """Propositions about which a claim of the chosen time was made, sorted by IRI; none from an actor to itself."""
    evidence, contested = _Gatherer(snapshot, passages).by_proposition(choice), _contested(snapshot, choice)
    return [
        Edge(
            id=p.iri,
            subject=p.subject,
            object=p.object,
            relation=p.relation,
            sign=cast(Sign, p.sign),
            evidence=tuple(evidence[p.iri]),
            words=p.words if p.relation == "relatedTo" else "",
            contested=p.iri in contested,
        )
        for p in snapshot.propositions
        if p.iri in evidence and p.subject != p.object
    ]


def _contested(snapshot: Snapshot, choice: Choice) -> set[str]:
    """IRIs of the propositions on which two claims of the chosen time contradict each other."""
    held = {c.iri for c in snapshot.claims if choice.holds(snapshot.article(c).date)}
    return {p for c in snapshot.contradictions if {c.assertion, c.denial} <= held for p in c.contests}


class _Gatherer:
    """The claims of a graph as evidence."""

    def __init__(self, snapshot: Snapshot, passages: bool) -> None:
        self.snapshot, self.passages = snapshot, passages
        self.text = cache(snapshot.view.text)

    def by_proposition(self, choice: Choice) -> dict[str, list[Evidence]]:
        """Evidence of each proposition, assertions first, then by date."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for claim in self.snapshot.claims:
            if claim.propositions and choice.holds(self.snapshot.article(claim).date):
                evidence = self.evidence(claim)
                for proposition in claim.propositions:
                    found[proposition].append(evidence)
        for claims in found.values():
            claims.sort(key=lambda e: (STANCES.index(e.stance), e.date or "", e.article))
        return found

    def evidence(self, claim: GraphClaim) -> Evidence:
        """The claim with its words."""
        article = self.snapshot.article(claim)
        return Evidence(
            source=claim.source or claim.iri,
            who=claim.source_label or "an unknown source",
            stance=cast(Stance, claim.stance),
            quote=claim.quote,
            cue=claim.cue,
            via=", ".join(map(self.snapshot.label, claim.via)),
            article=article.id,
            title=article.title,
            date=article.date,
            publisher=article.publisher,
            url=article.url,
            passage=self.passage(claim) if self.passages and claim.evidence else (),
        )

    def passage(self, claim: GraphClaim) -> Passage:
        """The text around the claim."""
        marks: dict[Part, list[Span]] = {
            "source": self.snapshot.sources.get(claim.iri, []),
            "cue": self.snapshot.cues.get(claim.iri, []),
            "content": [(e.start, e.end) for e in claim.evidence],
        }
        return passage(self.text(claim.article), marks)


def _weights(edges: Iterable[Edge]) -> Counter[str]:
    """How many claims were made about each actor."""
    weights: Counter[str] = Counter()
    for edge in edges:
        for actor in (edge.subject, edge.object):
            weights[actor] += len(edge.evidence)
    return weights


def _chosen(edges: Iterable[Edge], centre: str | None, top: int | None) -> set[str]:
    """The ``top`` actors by weight; with a ``centre``, it and the ``top`` of those it has to do with."""
    if centre is not None:
        edges = [e for e in edges if centre in (e.subject, e.object)]
    weights = _weights(edges)
    ranked = sorted(weights, key=lambda i: (i != centre, -weights[i], i))
    return set(ranked if top is None else ranked[: top + (centre is not None)])


def _centre(snapshot: Snapshot, name: str, edges: Iterable[Edge]) -> str:
    """IRI of the actor that ``name`` names; of several, the one about whom most claims were made."""
    weights = _weights(edges)
    found = [a.iri for a in snapshot.view.find(name)]
    if not found:
        raise MissingError(f"No actor named {name!r} in the graph.{_suggestion(name, snapshot.actors.values())}")
    best = min(found, key=lambda i: (-weights[i], i))
    if not weights[best]:
        raise MissingError(f"No proposition about {name!r} to show. Try 'kg explain' for what it says, or other dates.")
    return best


def _suggestion(name: str, actors: Iterable[GraphActor]) -> str:
    names = {form.casefold(): form for actor in actors for form in (*actor.aliases, actor.label)}
    close = get_close_matches(name.casefold(), sorted(names), n=1, cutoff=0.6)
    return f" Did you mean {names[close[0]]!r}?" if close else " 'kg query --list' has queries that list actors."


def _nothing(snapshot: Snapshot, choice: Choice) -> str:
    if choice.dated and (snapshot.propositions or snapshot.claims):
        return "No proposition in articles of that time. Choose other dates with --since and --until."
    return "The graph holds no proposition to draw. Add articles with 'kg build INPUT... -g GRAPH'."


def _caption(nodes: tuple[Node, ...], edges: tuple[Edge, ...], every: list[Edge], choice: Choice, centre: str) -> str:
    """What is shown, and what is left out."""
    of, dates = _weights(every), sorted({e.date[:10] for edge in edges for e in edge.evidence if e.date})
    articles = _count(len({e.article for edge in edges for e in edge.evidence}), "article")
    shown = f"{len(nodes)} of {len(of)} actors and {len(edges)} of {len(every)} propositions, from {articles}"
    if centre:
        shown = f"{centre} and those it has to do with: {shown}"
    if dates:
        shown += f", {dates[0]}" if dates[0] == dates[-1] else f", {dates[0]} to {dates[-1]}"
    return shown + ". " + " ".join(_left_out(len(nodes), len(of), choice, bool(centre)))


def _left_out(shown: int, every: int, choice: Choice, ego: bool) -> Iterable[str]:
    if shown < every:
        reason = (
            "that have nothing to do with it, or less" if ego else "with fewer claims, or none about the others here"
        )
        yield f"Left out: {_count(every - shown, 'actor')} {reason}, and propositions that touch them."
    if choice.dated:
        time = " ".join(f"{word} {date}" for word, date in (("since", choice.since), ("until", choice.until)) if date)
        yield f"Only articles {time}; those without a date are left out."
    yield "A line says that sources take a stance on it, not that it is true."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
