"""What the explorer shows, as compact tables: rows refer to each other by number, IRIs leave out what they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from kg.merge.alliances import MARGIN, MEMORY
from kg.records import STANCES, SYMMETRIC, Article, Span, Stance
from kg.store.view import GraphActor, GraphClaim, GraphProposition, View
from kg.view.gather import Choice, picture_of
from kg.view.groups import groups
from kg.view.parts import Parts
from kg.view.picture import BASES, KINDS, PHRASES, SIGNS, STATUSES, Picture, kind_of
from kg.view.segments import segments
from kg.view.snapshot import Snapshot

#: Most claims and characters of text in one page; beyond these, claims about nothing and texts around claims go first.
CLAIMS, CHARACTERS = 30_000, 4_000_000

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Explorer:
    """The page's data, JSON-ready, and the caption that says what is in it."""

    caption: str
    data: dict[str, Any]


def explorer(
    view: View,
    choice: Choice | None = None,
    *,
    claims: int = CLAIMS,
    characters: int = CHARACTERS,
    parts: Parts | None = None,
) -> Explorer:
    """All that the explorer of a graph shows.

    Args:
        view: the graph.
        choice: the actor, dates, and number of actors in the network to keep to.
        claims: the most claims to hold; those that take a stance on a proposition come before others.
        characters: the most text to hold; with more, an article keeps only what stands around its claims.
        parts: what was read of the graph before and has not changed since.

    Raises:
        KgError: as ``picture_of``.
    """
    choice = choice or Choice()
    snapshot = Snapshot(view, parts)
    picture = picture_of(snapshot, choice, passages=False)
    every = _claims(snapshot, picture, choice)
    kept = _most_telling(every, claims)
    left_out = (
        f" {len(every) - len(kept):,} claims without a proposition are left out." if len(kept) < len(every) else ""
    )
    tables = _Tables(snapshot, picture, kept, characters)
    caption = picture.caption + left_out + tables.note
    return Explorer(caption, {"caption": caption, **words(), **tables.of()})


def words() -> dict[str, Any]:
    """How the page calls what the tables abbreviate."""
    return {
        "signs": SIGNS,
        "statuses": STATUSES,
        "kinds": KINDS,
        "phrases": PHRASES,
        "stances": STANCES,
        "bases": BASES,
        "symmetric": sorted(SYMMETRIC),
        "margin": MARGIN,
        "memory": MEMORY,
    }


def _claims(snapshot: Snapshot, picture: Picture, choice: Choice) -> list[GraphClaim]:
    """The claims of the chosen time; with an actor chosen, those that it makes or that are about it and its like."""
    found = [c for c in snapshot.claims if c.evidence and choice.holds(snapshot.article(c).date)]
    if choice.actor is None:
        return found
    shown = {edge.id for edge in picture.edges}
    centre = {actor.iri for actor in snapshot.view.find(choice.actor)}
    return [c for c in found if centre & {c.source, *c.via, *c.on_behalf_of} or shown.intersection(c.propositions)]


def _most_telling(claims: list[GraphClaim], most: int) -> list[GraphClaim]:
    """At most that many claims, in their order; those with a proposition first."""
    if len(claims) <= most:
        return claims
    ranked = sorted(range(len(claims)), key=lambda i: (not claims[i].propositions, i))
    return [claims[i] for i in sorted(ranked[:most])]


class _Numbers:
    """Names to numbers, in the order in which they were first asked for."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.known = {name: i for i, name in enumerate(dict.fromkeys(names))}

    def __getitem__(self, name: str) -> int:
        return self.known[name]

    def of(self, names: Iterable[str | None]) -> list[int]:
        """Numbers of those names that are known."""
        return [self.known[name] for name in names if name in self.known]


class _Tables:
    """The tables of one page."""

    def __init__(self, snapshot: Snapshot, picture: Picture, claims: Sequence[GraphClaim], characters: int) -> None:
        self.snapshot, self.picture, self.claims = snapshot, picture, claims
        self.characters, self.ids = characters, snapshot.view.store.ids
        self.shortened = False
        self.propositions = self._propositions()
        self.actors = self._actors()
        self.number = _Numbers(actor.iri for actor in self.actors)
        self.stated = _Numbers(p.iri for p in self.propositions)
        self.claimed = _Numbers(claim.iri for claim in claims)
        self.articles = sorted({claim.article for claim in claims})
        self.placed = _Numbers(self.articles)
        self.texts = self._texts()

    @property
    def note(self) -> str:
        """What of the texts is left out, in words."""
        return " Of each article only the sentences around its claims are here." if self.shortened else ""

    def of(self) -> dict[str, Any]:
        """Every table, with what IRIs have in common."""
        return {
            "base": f"{self.ids.base}id/",
            "actors": self._actor_table(),
            "roles": self._role_table(),
            "decisions": self._decision_table(),
            "former": self._former_table(),
            "articles": self._article_table(),
            "propositions": self._proposition_table(),
            "leanings": _table("claim proposition value begin end", self._leanings()),
            "verbs": _table("claim proposition words", self._verbs()),
            "contradictions": _table("assertion denial basis propositions", self._contradictions()),
            "claims": _table(
                "id article source via behalf stance propositions cue kind when act confidence "
                "sourceSpans cueSpans spans nestedIn disputes",
                map(self._claim, self.claims),
            ),
        }

    def _propositions(self) -> list[GraphProposition]:
        """Propositions that some claim here is about."""
        stated = {iri for claim in self.claims for iri in claim.propositions}
        return [p for p in self.snapshot.propositions if p.iri in stated]

    def _actors(self) -> list[GraphActor]:
        """Actors that act or speak here, the one about whom most is claimed first."""
        weights: Counter[str] = Counter()
        ends = {p.iri: (p.subject, p.object) for p in self.propositions}
        for claim in self.claims:
            weights.update(iri for p in claim.propositions if p in ends for iri in ends[p])
            weights.update(dict.fromkeys((claim.source, *claim.via, *claim.on_behalf_of), 0))  # type: ignore[arg-type]
        known = (self.snapshot.actors[iri] for iri in weights if iri in self.snapshot.actors)
        return sorted(known, key=lambda a: (-weights[a.iri], a.label, a.iri))

    def _texts(self) -> list[list[tuple[int, str]]]:
        texts = {article: self.snapshot.view.text(article) for article in self.articles}
        self.shortened = sum(map(len, texts.values())) > self.characters
        if not self.shortened:
            return [[(0, texts[article])] for article in self.articles]
        spans: dict[str, list[Span]] = {article: [] for article in self.articles}
        for claim in self.claims:
            spans[claim.article] += [(e.start, e.end) for e in claim.evidence]
            spans[claim.article] += [*self.snapshot.sources.get(claim.iri, ()), *self.snapshot.cues.get(claim.iri, ())]
        return [segments(texts[article], spans[article]) for article in self.articles]

    def _tail(self, iri: str | None) -> str | None:
        """What is left of an IRI without its base and kind."""
        return None if iri is None else iri.removeprefix(f"{self.ids.base}id/").partition("/")[2]

    def _actor_table(self) -> Table:
        drawn, group = {node.id for node in self.picture.nodes}, groups(self.picture)
        return _table(
            "id label type kind wikidata aliases drawn group",
            (
                (self._tail(a.iri), a.label, a.type, kind_of(a.type), a.wikidata, list(a.aliases),
                 int(a.iri in drawn), group.get(a.iri))
                for a in self.actors
            ),
        )  # fmt: skip

    def _role_table(self) -> Table:
        known = self.number.known
        return _table(
            "member relation whole text",
            (
                (known[r.member], r.relation, known[r.whole], r.text)
                for r in self.snapshot.affiliations
                if r.member in known and r.whole in known
            ),
        )

    def _decision_table(self) -> Table:
        article = self.ids.article_id
        known = self.number.known
        return _table(
            "actor local article name same reason by",
            (
                (known[d.actor], self._tail(d.local), article(d.local), d.name, int(d.same), d.reason, d.by)
                for d in self.snapshot.decisions
                if d.actor in known
            ),
        )

    def _former_table(self) -> Table:
        """Addresses of actors that have become others since."""
        known = self.number.known
        rows = ((self._tail(iri), known[heir]) for iri, heir in self.snapshot.former.items() if heir in known)
        return _table("id actor", rows)

    def _article_table(self) -> Table:
        rows = []
        for name, text in zip(self.articles, self.texts, strict=True):
            a = self.snapshot.articles.get(name) or Article(name, "")
            rows.append((a.id, a.title, a.date, a.publisher, a.url, text))
        return _table("id title date publisher url text", rows)

    def _proposition_table(self) -> Table:
        return _table(
            "id subject relation object words sign",
            (
                (self._tail(p.iri), self.number[p.subject], p.relation, self.number[p.object], p.words, p.sign)
                for p in self.propositions
            ),
        )

    def _contradictions(self) -> Iterable[tuple[int, int, str, list[int]]]:
        claims = self.claimed.known
        for c in self.snapshot.contradictions:
            if c.assertion in claims and c.denial in claims:
                yield claims[c.assertion], claims[c.denial], c.basis, self.stated.of(c.contests)

    def _verbs(self) -> Iterable[tuple[int, int, str]]:
        """The words in which each claim says a proposition: "shelled" of an attack."""
        claims, propositions = self.claimed.known, self.stated.known
        for claim, proposition, words in self.snapshot.verbs:
            if claim in claims and proposition in propositions:
                yield claims[claim], propositions[proposition], words

    def _leanings(self) -> Iterable[tuple[int, int, float, str | None, str | None]]:
        """What claims say of how two actors stand to each other, with first and last day."""
        claims, propositions = self.claimed.known, self.stated.known
        for each in self.snapshot.leanings:
            if each.claim in claims and each.proposition in propositions:
                days = (day and date.fromordinal(day).isoformat() for day in (each.begin, each.end))
                yield claims[each.claim], propositions[each.proposition], each.value, *days  # type: ignore[misc]

    def _claim(self, claim: GraphClaim) -> tuple[Any, ...]:
        known = self.number.known
        return (
            self._tail(claim.iri),
            self.placed[claim.article],
            known.get(claim.source or ""),
            self.number.of(claim.via),
            self.number.of(claim.on_behalf_of),
            STANCES.index(cast(Stance, claim.stance)),
            self.stated.of(claim.propositions),
            claim.cue,
            claim.kind,
            claim.when,
            claim.speech_act,
            round(claim.confidence, 2),
            _flat(self.snapshot.sources.get(claim.iri, ())),
            _flat(self.snapshot.cues.get(claim.iri, ())),
            _flat((e.start, e.end) for e in claim.evidence),
            self.claimed.known.get(claim.nested_in or ""),
            self.claimed.known.get(claim.disputes or ""),
        )


def _table(fields: str, rows: Iterable[Sequence[Any]]) -> Table:
    return {"fields": fields.split(), "rows": [list(row) for row in rows]}


def _flat(spans: Iterable[Span]) -> list[int]:
    return [offset for span in spans for offset in span]
