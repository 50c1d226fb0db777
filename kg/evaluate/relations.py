"""Positions and edges against annotated articles: who takes which stance on who does what to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.evaluate.calibration import Outcome, calibration, thresholds
from kg.evaluate.figures import Tally
from kg.evaluate.reading import Reading
from kg.evaluate.slices import apart, relation_construction
from kg.records import NARRATOR, RELATIONS, SYMMETRIC, Actor, Claim, Extraction, Proposition, Span

OPPOSITE = {"asserts": "denies", "denies": "asserts"}


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A source's stance on an edge between annotated actors; ``relation`` is a relation or, coarsely, its sign."""

    source: str
    stance: str
    subject: str
    relation: str
    object: str

    def signed(self) -> Position:
        """The same with the relation's sign in its place."""
        return replace(self, relation=RELATIONS.get(self.relation, "?"))


def score(readings: Iterable[Reading]) -> dict[str, Any]:
    """Figures of distinct positions and edges of each article.

    Returns:
        ``figures``: ``positions`` (source, stance, subject, sign, object), ``positions, exact`` (the relation itself),
        ``edges`` (subject, sign, object that somebody asserts), and both when an actor that was split counts as one;
        ``by`` relation (exact), stance, source, construction of the trigger and distance of the ends (signed);
        ``counts``: ``inverted``, the positions with the opposite of the annotated stance; ``calibration``;
        ``thresholds``: what is left, and how good it is, when only the surer positions are kept.
    """
    tally, outcomes = Tally(), list[Outcome]()
    for reading in readings:
        gold, found = positions_of(reading, of_gold=True), positions_of(reading, of_gold=False)
        _compare(tally, gold, found)
        forgiven = positions_of(reading, of_gold=False, split=True)
        tally.compare("positions, splits forgiven", _signed(gold), _signed(forgiven))
        tally.compare("edges, splits forgiven", _edges(gold), _edges(forgiven))
        _slices(tally, reading, gold, found)
        right = {p.signed() for p in gold}
        outcomes += [(confidence(c, p), position.signed() in right) for position, (c, p) in found.items()]
    wanted = tally.figures["positions"]["gold"] if tally.figures else 0
    return {**tally.report(), "calibration": calibration(outcomes), "thresholds": thresholds(outcomes, wanted)}


def _compare(tally: Tally, gold: Iterable[Position], found: Iterable[Position]) -> None:
    gold, found = set(gold), set(found)
    tally.compare("positions", _signed(gold), _signed(found))
    tally.compare("positions, exact", gold, found)
    tally.compare("edges", _edges(gold), _edges(found))
    tally.counts["inverted"] += sum(_inverts(p, gold) for p in found)


def _inverts(found: Position, gold: set[Position]) -> bool:
    opposite = OPPOSITE.get(found.stance)
    return opposite is not None and found not in gold and replace(found, stance=opposite) in gold


def _signed(positions: Iterable[Position]) -> set[Position]:
    return {p.signed() for p in positions}


def _edges(positions: Iterable[Position]) -> set[tuple[str, str, str]]:
    return {(p.subject, p.relation, p.object) for p in _signed(positions) if p.stance == "asserts"}


Stated = dict[Position, tuple[Claim, Proposition]]


def positions_of(reading: Reading, *, of_gold: bool, split: bool = False) -> Stated:
    """The positions of an article over annotated actors, each with the first claim and proposition that state it."""
    record = reading.gold.extraction if of_gold else reading.found
    name: Callable[[str | None], str] = str if of_gold else lambda actor: reading.named(actor, split=split)
    out: Stated = {}
    for claim, proposition in stated(record):
        out.setdefault(_position(claim, proposition, name), (claim, proposition))
    return out


def stated(record: Extraction) -> Iterator[tuple[Claim, Proposition]]:
    """Every claim with each proposition that it takes a stance on; open relations are left out."""
    known = {p.id: p for p in record.propositions if p.relation != "relatedTo"}
    yield from ((c, known[p]) for c in record.claims for p in c.propositions if p in known)


def _position(claim: Claim, proposition: Proposition, name: Callable[[str | None], str]) -> Position:
    ends = [name(proposition.subject), name(proposition.object)]
    if proposition.relation in SYMMETRIC:
        ends.sort()
    return Position(name(claim.source), claim.stance, ends[0], proposition.relation, ends[1])


def edges_of(reading: Reading, *, of_gold: bool) -> dict[tuple[str, ...], set[str]]:
    """Stances by source and signed edge."""
    out = defaultdict[tuple[str, ...], set[str]](set)
    for position in positions_of(reading, of_gold=of_gold):
        p = position.signed()
        out[p.source, p.subject, p.relation, p.object].add(p.stance)
    return out


def confidence(claim: Claim, proposition: Proposition) -> float:
    """The proposition's own confidence where records have one, else the claim's."""
    own = getattr(proposition, "confidence", None)
    return claim.confidence if own is None else float(own)


def _slices(tally: Tally, reading: Reading, gold: Stated, found: Stated) -> None:
    """Count positions by slices; what was found rightly lies in the slices of what was annotated."""
    where = {p.signed(): slices for p, slices in _annotated(reading).items()}
    by_sign = {p.signed(): p for p in found}
    for p in gold:
        tally.sort("gold", {"relation": p.relation})
    for p in _signed(gold):
        tally.sort("gold", where.get(p, {}) | _who(p))
        if p in by_sign:
            tally.sort("right", where.get(p, {}) | _who(p))
    for p in found:
        tally.sort("found", {"relation": p.relation})
        if p in gold:
            tally.sort("right", {"relation": p.relation})
    for p, fine in by_sign.items():
        tally.sort("found", (where.get(p) or _worded(reading, found[fine][1])) | _who(p))


def _who(position: Position) -> dict[str, str]:
    return {"stance": position.stance, "source": "narrator" if position.source == NARRATOR else "somebody"}


def _annotated(reading: Reading) -> dict[Position, dict[str, str]]:
    """Construction and distance of each annotated position, by its first statement."""
    sources = {c.id: str(c.source) for c in reading.gold.extraction.claims}
    out: dict[Position, dict[str, str]] = {}
    for s in reading.gold.statements:
        ends = sorted((s.subject, s.object)) if s.relation in SYMMETRIC else [s.subject, s.object]
        source = sources.get(s.claim or "", NARRATOR)
        out.setdefault(
            Position(source, s.stance, ends[0], s.relation, ends[1]),
            _described(reading, s.trigger, s.subject_span, s.object_span),
        )
    return out


def _worded(reading: Reading, proposition: Proposition) -> dict[str, str]:
    """The same of a found proposition, with the mentions of its ends that stand nearest to its trigger."""
    at, actors = proposition.trigger or proposition.evidence, {a.id: a for a in reading.found.actors}
    ends = [_nearest(actors.get(x), at) for x in (proposition.subject, proposition.object)]
    return _described(reading, proposition.trigger, *ends)


def _described(reading: Reading, trigger: Span | None, a: Span | None, b: Span | None) -> dict[str, str]:
    return {
        "construction": relation_construction(reading.doc, trigger),
        "distance": apart(reading.doc, reading.words, a, b) if a and b else "unknown",
    }


def _nearest(actor: Actor | None, at: Span | None) -> Span | None:
    if actor is None or at is None or not actor.mentions:
        return None
    best = min(actor.mentions, key=lambda m: max(m.start - at[1], at[0] - m.end))
    return best.start, best.end
