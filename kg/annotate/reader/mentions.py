"""Mentions of actors: those that the head finds, those that names and attributions bring, in one list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.annotate.reader.features import PRONOUNS
from kg.annotate.reader.heads import Floats, Heads, sigmoid
from kg.annotate.reader.labels import LONGEST
from kg.annotate.reader.reading import Reading
from kg.records import Span

#: What divides the head of a phrase from what follows it.
_DIVIDES = re.compile(r",|\b(?:of|in|on|for|from|who|which|that|at|to|with|by|near|against|and|'s|’s)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention: where it stands, how sure the head is of it, and the named actor that bears it (``key``)."""

    span: Span
    at: tuple[int, int, int]
    chance: float
    key: str | None = None


def spotted(reading: Reading, heads: Heads, least: float) -> list[Found]:
    """The head's mentions with at least the probability ``least``; of two that cross, the surer one."""
    out: list[Found] = []
    for number, window in enumerate(reading.windows):
        scores = sigmoid(heads.spans(window.view))
        first, length = np.nonzero(scores >= least)
        own = window.start - window.before + 1
        for a, b in zip(first.tolist(), (first + length).tolist(), strict=True):
            if own <= a and b < len(window.view) - 1:
                out.append(Found(reading.characters(window, a, b), (number, a, b), round(float(scores[a, b - a]), 3)))
    kept: list[Found] = []
    for found in sorted(out, key=lambda f: (-f.chance, f.span)):
        if not any(_cross(found.span, k.span) or found.span == k.span for k in kept):
            kept.append(found)
    return sorted(kept, key=lambda f: f.span)


def _cross(one: Span, other: Span) -> bool:
    """Whether two spans overlap and neither holds the other."""
    (a, b), (c, d) = sorted((one, other))
    return a < c < b < d


def overlap(one: Span, other: Span) -> float:
    """Jaccard's measure of two spans."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def heads_phrase(text: str, name: Span, phrase: Span) -> bool:
    """Whether a phrase is about a name: "President Ana Ruiz", not "British police" or "allies of Ana Ruiz"."""
    if phrase[0] >= name[0] and phrase[1] <= name[1]:
        return overlap(name, phrase) >= 0.5
    if name[0] < phrase[0] or not -2 <= phrase[1] - name[1] <= 2:
        return False
    return not _DIVIDES.search(text[phrase[0] : name[0]])


def gathered(
    text: str,
    reading: Reading,
    spots: Sequence[Found],
    names: Iterable[tuple[Span, str, bool]],
    sources: Iterable[Span],
) -> list[Found]:
    """One list of mentions in text order.

    Args:
        text: the article's.
        reading: the pass over it.
        spots: the head's mentions.
        names: spans of known names with the key of their actor, and whether they are names: names give spots their
            keys, and stand by themselves where no spot is about them; descriptions only stand where no spot is.
        sources: spans of what attribution takes for sources.
    """
    found = {f.span: f for f in spots}
    for span, key, is_name in sorted(names, key=lambda n: (not n[2], n[0][1] - n[0][0], n)):
        about = [f for f in found.values() if heads_phrase(text, span, f.span)]
        best = max(about, key=lambda f: (overlap(f.span, span), f.span), default=None)
        if best is not None and is_name:
            found[best.span] = replace(best, key=key)
        elif not is_name and any(overlap(f.span, span) >= 0.5 for f in found.values()):
            continue
        elif (at := reading.locate(span)) is not None:
            found[span] = Found(span, at, 0.0, key)
    for span in sources:
        if not any(stands_for(text, f.span, span) for f in found.values()) and (at := reading.locate(span)) is not None:
            found[span] = Found(span, at, 1.0)
    return sorted((f for f in found.values() if f.at[2] - f.at[1] < 3 * LONGEST), key=lambda f: f.span)


def stands_for(text: str, mention: Span, phrase: Span) -> bool:
    """Whether a mention is the whole of a source phrase, or the name that it ends in."""
    return overlap(mention, phrase) >= 0.5 or heads_phrase(text, mention, phrase)


def is_pronoun(text: str, span: Span) -> bool:
    """Whether a mention is a pronoun."""
    return text[slice(*span)].casefold() in PRONOUNS


def types(reading: Reading, heads: Heads, found: Sequence[Found]) -> tuple[Floats, Floats]:
    """Pooled states (mentions, 3 * STATE) and probabilities (mentions, 13) of their types."""
    rows = reading.pooled([f.at for f in found])
    return rows, heads.types(rows) if len(rows) else np.zeros((0, 13), np.float32)
