"""Precision, recall and F1 of counts, in all and by slice (a relation, a stance, a construction, a distance)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

Row = dict[str, float]
#: Slices by dimension: ``{"stance": "denies", "distance": "4-8 words"}``.
Slices = Mapping[str, str]


def rates(right: int, found: int, gold: int) -> Row:
    """``p``, ``r`` and ``f1``, rounded; 0 where nothing was found or annotated."""
    p, r = right / max(1, found), right / max(1, gold)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r) if p + r else 0.0, 4)}


def row(right: int, found: int, gold: int) -> Row:
    """The rates with the counts behind them."""
    return {**rates(right, found, gold), "right": right, "found": found, "gold": gold}


class Tally:
    """Sums of right, found and gold things: by figure, and by dimension and slice."""

    def __init__(self) -> None:
        self.figures: dict[str, Counter[str]] = {}
        self.slices: dict[str, dict[str, Counter[str]]] = {}
        self.counts: Counter[str] = Counter()

    def add(self, figure: str, right: int, found: int, gold: int) -> None:
        """Count for a figure."""
        self.figures.setdefault(figure, Counter()).update(right=right, found=found, gold=gold)

    def sort(self, what: str, slices: Slices) -> None:
        """Count one thing (``what``: right, found or gold) under each of its slices."""
        for dimension, name in slices.items():
            self.slices.setdefault(dimension, {}).setdefault(name, Counter())[what] += 1

    def compare(self, figure: str, gold: Iterable[Hashable], found: Iterable[Hashable]) -> None:
        """Count two sets against each other."""
        a, b = set(gold), set(found)
        self.add(figure, len(a & b), len(b), len(a))

    def report(self) -> dict[str, Any]:
        """``figures``, ``by`` (rows by dimension and slice, in order) and ``counts``."""
        return {
            "figures": {name: row(n["right"], n["found"], n["gold"]) for name, n in self.figures.items()},
            "by": {
                dimension: {name: row(n["right"], n["found"], n["gold"]) for name, n in sorted(named.items())}
                for dimension, named in self.slices.items()
            },
            "counts": dict(self.counts),
        }
