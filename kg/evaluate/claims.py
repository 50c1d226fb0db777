"""Claims against annotated articles: content, source, stance; denials; confidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.annotate.attribution.base import Attribution
from kg.evaluate.calibration import Outcome, calibration, thresholds
from kg.evaluate.constructions import construction
from kg.evaluate.figures import Slices, Tally
from kg.evaluate.gold import attributed
from kg.evaluate.reading import Reading
from kg.evaluate.slices import distance
from kg.records import Claim


def score(readings: Iterable[Reading]) -> dict[str, Any]:
    """Figures of attributed claims, one to one by their content (Jaccard of words at least 0.5).

    Returns:
        ``figures``: ``claims`` (content), ``claims+source``, ``claims+stance`` (source and stance right as well) and
        ``denials`` (the same, of claims that deny); ``by`` stance, construction, nesting and distance (words between
        source and cue), for ``claims+source``; ``calibration`` of the confidence that content and source are right;
        ``thresholds``: what is left, and how good it is, when only the surer claims are kept.
    """
    tally, outcomes = Tally(), list[Outcome]()
    for reading in readings:
        _count(tally, reading)
        right = {id(mine) for gold, mine in reading.pairs if reading.right_source((gold, mine))}
        outcomes += [(c.confidence, id(c) in right) for c in attributed(reading.found)]
    gold = tally.figures["claims"]["gold"] if tally.figures else 0
    return {**tally.report(), "calibration": calibration(outcomes), "thresholds": thresholds(outcomes, gold)}


def _count(tally: Tally, reading: Reading) -> None:
    gold, found = reading.gold.claims(), attributed(reading.found)
    sourced = [p for p in reading.pairs if reading.right_source(p)]
    agreed = [p for p in sourced if p[0].stance == p[1].stance]
    for name, pairs in (("claims", reading.pairs), ("claims+source", sourced), ("claims+stance", agreed)):
        tally.add(name, len(pairs), len(found), len(gold))
    denied = [sum(c.stance == "denies" for c in claims) for claims in ([a for a, _ in agreed], found, gold)]
    tally.add("denials", *denied)
    slices = {id(c): slices_of(reading, c) for c in (*gold, *found)}
    theirs = {id(mine): slices[id(wanted)] for wanted, mine in reading.pairs}
    for claim in gold:
        tally.sort("gold", slices[id(claim)])
    for claim in found:  # a match lies in the slices of what was annotated
        tally.sort("found", theirs.get(id(claim), slices[id(claim)]))
    for wanted, _ in sourced:
        tally.sort("right", slices[id(wanted)])


def slices_of(reading: Reading, claim: Claim) -> Slices:
    """Stance, construction, nesting, and the distance of source and cue."""
    made = Attribution(claim.source_span, claim.cue_span, claim.content)
    parsed = reading.doc.has_annotation("DEP")
    return {
        "stance": claim.stance,
        "construction": construction(reading.doc, made) if parsed else "unknown (no parse)",
        "nesting": "inside another claim" if claim.nested_in else "outermost",
        "distance": _reach(reading, claim),
    }


def _reach(reading: Reading, claim: Claim) -> str:
    if not claim.source_span or not claim.cue_span:
        return "no source or cue"
    return distance(reading.words, claim.source_span[0], claim.cue_span[0])
