"""Whether a confidence means what it says: of claims held with .8, eight in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.evaluate.figures import row

#: Bins of the reliability table.
BINS = 10
Outcome = tuple[float, bool]


def calibration(outcomes: Iterable[Outcome], bins: int = BINS) -> dict[str, Any]:
    """Reliability table and expected calibration error of (confidence, right) pairs.

    Returns:
        ``n``; ``ece``, the mean distance of confidence and share right over the bins, weighted by their sizes;
        ``brier``, the mean squared error; and ``table``, each filled bin with ``from``, ``to``, ``n``, ``confidence``
        (its mean) and ``right`` (the share).
    """
    pairs = [(min(1.0, max(0.0, c)), right) for c, right in outcomes]
    filled: list[list[Outcome]] = [[] for _ in range(bins)]
    for pair in pairs:
        filled[min(bins - 1, int(pair[0] * bins))].append(pair)
    table = [_bin(i / bins, (i + 1) / bins, members) for i, members in enumerate(filled) if members]
    n = max(1, len(pairs))
    return {
        "n": len(pairs),
        "ece": round(sum(b["n"] * abs(b["confidence"] - b["right"]) for b in table) / n, 4),
        "brier": round(sum((c - right) ** 2 for c, right in pairs) / n, 4),
        "table": table,
    }


def thresholds(outcomes: Iterable[Outcome], gold: int) -> list[dict[str, float]]:
    """Precision, recall and F1 of what is held with at least so much confidence, where a tenth changes them."""
    pairs = list(outcomes)
    rows = list[dict[str, float]]()
    for i in range(BINS + 1):
        kept = [right for c, right in pairs if c >= i / BINS - 1e-9]
        if kept and (not rows or rows[-1]["found"] != len(kept)):
            rows.append({"from": i / BINS, **row(sum(kept), len(kept), gold)})
    return rows


def _bin(low: float, high: float, members: list[Outcome]) -> dict[str, float]:
    n = len(members)
    mean, right = sum(c for c, _ in members) / n, sum(r for _, r in members) / n
    return {"from": low, "to": high, "n": n, "confidence": round(mean, 4), "right": round(right, 4)}
