"""How far a figure may be chance: intervals over samples of articles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.evaluate.figures import rates

Counts = Mapping[str, Mapping[str, float]]


def intervals(articles: Sequence[Counts], samples: int) -> dict[str, list[float]]:
    """The 2.5th and 97.5th percentile of each figure's F1, articles drawn with replacement (seed 0).

    Args:
        articles: figures of each article, with their counts of right, found and gold; figures without are left out.
        samples: how many times as many articles are drawn.
    """
    rng = random.Random(0)  # noqa: S311  (no secret)
    values: dict[str, list[float]] = {}
    for _ in range(samples):
        for name, n in total(rng.choices(articles, k=len(articles))).items():
            values.setdefault(name, []).append(rates(n["right"], n["found"], n["gold"])["f1"])
    low, high = int(0.025 * samples), min(int(0.975 * samples), samples - 1)
    return {name: [sorted(f1)[low], sorted(f1)[high]] for name, f1 in values.items()}


def total(articles: Sequence[Counts]) -> dict[str, Counter[str]]:
    """Counts by figure, summed over articles."""
    out: dict[str, Counter[str]] = {}
    for figures in articles:
        for name, row in figures.items():
            if "right" in row:
                out.setdefault(name, Counter()).update({k: int(row[k]) for k in ("right", "found", "gold")})
    return out


def add(report: dict[str, Any], articles: Sequence[Counts], samples: int) -> dict[str, Any]:
    """The report with ``interval`` in the row of each figure, if there are samples to draw."""
    for name, ends in (intervals(articles, samples) if samples and articles else {}).items():
        report["figures"][name]["interval"] = ends
    return report
