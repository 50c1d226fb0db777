"""The measures by name, each with its baseline: what ``kg evaluate NAME`` and the quality gate compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kg.evaluate import actors, claims, coreference, intervals, relations, stance
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


def measure(name: str, readings: Iterable[Reading], bootstrap: int = 0) -> dict[str, Any]:
    """The report of a measure: ``articles``, ``figures``, ``by``, ``counts``, perhaps ``calibration``; ``baseline``.

    ``baseline`` holds the figures of a naive reading of the same articles. With ``bootstrap``, the row of each figure
    has an ``interval``: 95 % of its F1 over so many samples of articles.
    """
    readings, scored = list(readings), MEASURES[name]
    report = {"articles": len(readings), **scored(readings)}
    report["baseline"] = scored([replace_found(r, name) for r in readings])["figures"]
    single = [scored([r])["figures"] for r in readings] if bootstrap else []
    return intervals.add(report, single, bootstrap)


def replace_found(reading: Reading, name: str) -> Reading:
    """The reading with the baseline's extraction in the place of the pipeline's."""
    return replace(reading, found=BASELINES[name](reading))
