"""Stances of the claims whose content was found: whether a denial is read as one, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kg.evaluate.calibration import Outcome, calibration
from kg.evaluate.claims import slices_of
from kg.evaluate.figures import Tally
from kg.evaluate.reading import Reading
from kg.evaluate.relations import edges_of
from kg.records import STANCES


def score(readings: Iterable[Reading]) -> dict[str, Any]:
    """Figures of stance, whatever the source, over claims with the right content.

    Returns:
        ``figures``: ``all`` (of which P = R = share right) and each stance; ``positions``, the stances of those on the
        right edge and by the right source; ``confusion``: counts "gold as found"; ``by`` construction, nesting and
        distance; ``counts``: claims and positions with the opposite stance; ``calibration`` of the confidence.
    """
    tally, outcomes, confusion = Tally(), list[Outcome](), Counter[str]()
    for reading in readings:
        stances = [(a.stance, b.stance) for a, b in reading.pairs]
        same = sum(a == b for a, b in stances)
        tally.add("all", same, len(stances), len(stances))
        for name in STANCES:
            right = sum(a == b == name for a, b in stances)
            tally.add(name, right, sum(b == name for _, b in stances), sum(a == name for a, _ in stances))
        confusion.update(f"{a} as {b}" for a, b in stances)
        tally.counts["opposite claims"] += sum({a, b} == {"asserts", "denies"} for a, b in stances)
        _slices(tally, reading)
        _positions(tally, reading)
        outcomes += [(b.confidence, a.stance == b.stance) for a, b in reading.pairs]
    return {**tally.report(), "confusion": dict(sorted(confusion.items())), "calibration": calibration(outcomes)}


def _slices(tally: Tally, reading: Reading) -> None:
    for gold, found in reading.pairs:
        slices = {k: v for k, v in slices_of(reading, gold).items() if k != "stance"}
        for what in ("gold", "found", *(["right"] if gold.stance == found.stance else [])):
            tally.sort(what, slices)


def _positions(tally: Tally, reading: Reading) -> None:
    """Stances on the edges that both sides have, of the same source."""
    gold, found = edges_of(reading, of_gold=True), edges_of(reading, of_gold=False)
    common = sorted(gold.keys() & found.keys())
    right = sum(bool(gold[e] & found[e]) for e in common)
    tally.add("positions", right, len(common), len(common))
    opposite = [e for e in common if not gold[e] & found[e] and (gold[e] | found[e]) >= {"asserts", "denies"}]
    tally.counts["opposite positions"] += len(opposite)
