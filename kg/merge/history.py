"""What sources say over time: changes of position, contradictions of oneself, and how many agree independently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from pyoxigraph import NamedNode

from kg.ids import Ids
from kg.merge.spoken import spoken
from kg.merge.stands import Stand, score
from kg.store import View

_NOBODY = NamedNode("urn:nobody")


@dataclass(frozen=True, slots=True)
class Position:
    """What a source holds of a proposition on a day (ISO; None where undated). The others are IRIs."""

    source: str
    proposition: str
    stance: str
    day: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Change:
    """Two positions of one source, one after the other, of which one asserts what the other denies.

    ``contradiction`` says that both speak of one event as far as time and place tell; otherwise only the world changed.
    """

    before: Position
    after: Position
    contradiction: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """The independent voices that assert a proposition: IRIs of the sources behind each, and of all their claims.

    ``taken_back`` are those of the sources whose last word is a denial.
    """

    proposition: str
    voices: tuple[tuple[str, ...], ...]
    claims: tuple[str, ...]
    taken_back: tuple[str, ...] = ()


def positions(view: View, *, source: str | None = None, proposition: str | None = None) -> list[Position]:
    """Positions of every source, or of the one with this IRI, on all propositions or one: by source, then in time."""
    return [_position(stand) for stand in _stands(view, source, proposition)]


def changes(view: View, *, source: str | None = None) -> list[Change]:
    """Where a source denies what it last asserted, or the other way round, by source and in time.

    What a source both asserts and denies on one day is a contradiction with itself too.
    """
    threads: dict[tuple[str, str], list[Stand]] = defaultdict(list)
    for stand in _stands(view, source, None):
        threads[stand.source.value, stand.proposition.value].append(stand)
    return [
        Change(_position(one), _position(other), _one_event(one, other, view.store.ids))
        for thread in threads.values()
        for one, other in pairwise(thread)
        if one.denies != other.denies and one.claim != other.claim
    ]


def convergence(view: View, *, least: int = 2) -> list[Agreement]:
    """Propositions that at least ``least`` independent voices assert, those with the most first.

    Who quotes another claim of the same, passes one on, or speaks for the same body as another source is no voice
    of its own; nor is the claim that an article tells of because its source withdraws it there.
    """
    stands = _stands(view, None, None)
    last = {(s.proposition.value, s.source.value): s.denies for s in stands}
    withdrawn = {(s.proposition, s.source, s.article) for s in stands if s.denies}
    asserted: dict[str, dict[str, str]] = defaultdict(dict)
    for s in stands:
        if not s.denies and (s.proposition, s.source, s.article) not in withdrawn:
            asserted[s.proposition.value][s.claim.value] = s.source.value
    quotes, passes, bodies = (_pairs(view, path) for path in ("kg:quotes+", "kg:via", "kg:onBehalfOf"))
    found = (_agreement(p, claims, quotes, passes, bodies) for p, claims in asserted.items())
    told = (replace(a, taken_back=tuple(_sources(a, last))) for a in found if len(a.voices) >= least)
    return sorted(told, key=lambda a: (-len(a.voices), a.proposition))


def _sources(agreement: Agreement, denies: Mapping[tuple[str, str], bool]) -> Iterator[str]:
    """The sources of an agreement that deny it by now."""
    return (s for voice in agreement.voices for s in voice if denies[agreement.proposition, s])


Links = dict[str, set[str]]


def _pairs(view: View, path: str) -> Links:
    """What the property path leads to, by claim."""
    links: Links = defaultdict(set)
    for claim, value in view.query(f"SELECT ?claim ?value {{ ?claim {path} ?value }}").rows():
        links[claim or ""].add(value or "")
    return links


def _agreement(proposition: str, claims: dict[str, str], quotes: Links, passes: Links, bodies: Links) -> Agreement:
    """The voices behind the claims that assert one proposition, told apart by whom they speak for."""
    carriers = {actor for claim in claims for actor in passes.get(claim, ())}
    own = {c: s for c, s in claims.items() if not quotes.get(c, set()) & claims.keys() and s not in carriers}
    groups: list[tuple[set[str], set[str]]] = []  # sources, and all that they speak for
    for claim, source in sorted(own.items()):
        sources, reach = {source}, {source, *bodies.get(claim, ())}
        for group in [g for g in groups if g[1] & reach]:
            groups.remove(group)
            sources, reach = sources | group[0], reach | group[1]
        groups.append((sources, reach))
    return Agreement(proposition, tuple(sorted(tuple(sorted(g[0])) for g in groups)), tuple(sorted(own)))


def _stands(view: View, source: str | None, proposition: str | None) -> list[Stand]:
    """Stands of a source (or all) on a proposition (or all), by source and proposition, then in time; undated first.

    On one day an assertion comes before the denial, since who withdraws a claim made it before.
    """
    found = (each.stand for each in spoken(view))
    kept = [s for s in found if source in (None, s.source.value) and proposition in (None, s.proposition.value)]
    return sorted(kept, key=lambda s: (s.source.value, s.proposition.value, s.said or 0, s.denies, s.claim.value))


def _position(stand: Stand) -> Position:
    day = None if stand.said is None else date.fromordinal(stand.said).isoformat()
    stance = "denies" if stand.denies else "asserts"
    return Position(stand.source.value, stand.proposition.value, stance, day, stand.claim.value)


def _one_event(one: Stand, other: Stand, ids: Ids) -> bool:
    """Whether the two would contradict each other if they came from two sources."""
    yes, no = (other, one) if one.denies else (one, other)
    return score(yes, replace(no, source=_NOBODY), ids) > 0
