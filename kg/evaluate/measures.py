"""The measures by name, each with its baseline: what ``kg evaluate NAME`` and the quality gate compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kg.evaluate import actors, claims, coreference, relations, stance
from kg.evaluate.baselines import BASELINES
from kg.evaluate.reading import Reading

Score = Callable[[Iterable[Reading]], dict[str, Any]]
MEASURES: dict[str, Score] = {
    "claims": claims.score,
    "stance": stance.score,
    "relations": relations.score,
    "coreference": coreference.score,
    "actors": actors.score,
}


def measure(name: str, readings: Iterable[Reading]) -> dict[str, Any]:
    """The report of a measure: ``articles``, ``figures``, ``by``, ``counts``, perhaps ``calibration``; ``baseline``.

    ``baseline`` holds the figures of a naive reading of the same articles.
    """
    readings = list(readings)
    naive = [replace_found(r, name) for r in readings]
    report = MEASURES[name](readings)
    return {"articles": len(readings), **report, "baseline": MEASURES[name](naive)["figures"]}


def replace_found(reading: Reading, name: str) -> Reading:
    """The reading with the baseline's extraction in the place of the pipeline's."""
    return replace(reading, found=BASELINES[name](reading))
