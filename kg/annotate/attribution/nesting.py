"""Attributions inside the contents of others: an outlet that quotes an official, a denial of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.annotate.attribution.base import Attribution
from kg.records import Spans


@dataclass(frozen=True, slots=True)
class Node:
    """An attribution and the index of the one whose content holds it."""

    attribution: Attribution
    parent: int | None


def inside(spans: Spans, outer: Spans) -> bool:
    """Whether each of ``spans`` lies within one of ``outer``."""
    return bool(spans) and all(any(a <= s and e <= b for a, b in outer) for s, e in spans)


def same_cue(one: Attribution, other: Attribution) -> bool:
    """Whether the cues of two attributions overlap."""
    return any(s < f and t < e for s, e in one.cue for t, f in other.cue)


def size(spans: Spans) -> int:
    """Characters in ``spans``."""
    return sum(e - s for s, e in spans)


def nested(outer: list[Attribution], inner: Iterable[Attribution]) -> list[Node]:
    """All attributions in text order, each linked to the smallest one whose content holds its cue and content.

    Of ``inner`` only those survive that lie inside the content of an outer one and are smaller than it.
    """
    kept = list(outer)
    for candidate in inner:
        holders = [a for a in outer if inside(candidate.cue, a.content) and inside(candidate.content, a.content)]
        if any(size(candidate.content) < size(a.content) for a in holders):
            kept.append(candidate)
    kept.sort(key=lambda a: (a.content[0][0], -size(a.content), a.cue))
    return [Node(a, _parent(i, kept)) for i, a in enumerate(kept)]


def _parent(index: int, attributions: list[Attribution]) -> int | None:
    own = attributions[index]
    holders = [
        (size(a.content), i)
        for i, a in enumerate(attributions)
        if i != index and inside(own.cue, a.content) and inside(own.content, a.content)
    ]
    return min(holders)[1] if holders else None
