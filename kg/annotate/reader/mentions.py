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
from kg.annotate.spans import Shelf
from kg.records import Span

_PERSONAL = re.compile(
    r"\b(?:[Hh]e|[Hh]im|[Hh]is|[Ss]he|[Hh]ers?|[Tt]hey|[Tt]hem|[Tt]heir|[Ii]ts?|[Ww]e|us|[Oo]ur|I|[Mm]y|me)\b"
)
#: What may follow a head in its phrase.
_FOLLOWS = re.compile(r"\s+(?:of|in|on|for|from|who|which|that|at|to|with|by|near|against|based|backed|led)\b")
#: What divides the head of a phrase from what follows it.
_DIVIDES = re.compile(r",|&|\b(?:of|in|on|for|from|who|which|that|at|to|with|by|near|against|and|'s|’s)\b")

#: Characters by which a phrase may end before or behind the name that it is about: "Ruiz's".
ENDING = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A mention: where it stands, how sure the head is of it, and the named actor that bears it (``key``)."""

    span: Span
    at: tuple[int, int, int]
    chance: float
    key: str | None = None


def chances(reading: Reading, heads: Heads) -> list[Floats]:
    """By window the probability (pieces, LONGEST) that a mention begins at a piece, by its length less one."""
    return [sigmoid(heads.spans(window.view)) for window in reading.windows]


def chance(found: Sequence[Floats], at: tuple[int, int, int]) -> float:
    """The probability that a located span is a mention; of one that is too long, that its beginning is."""
    number, first, last = at
    return round(float(found[number][first, min(last - first, LONGEST - 1)]), 3)


def spotted(reading: Reading, found: Sequence[Floats], least: float) -> list[Found]:
    """The mentions with at least the probability ``least``; of two that cross, the surer one."""
    out: list[Found] = []
    for number, (window, scores) in enumerate(zip(reading.windows, found, strict=True)):
        first, length = np.nonzero(scores >= least)
        own = window.start - window.before + 1
        for a, b in zip(first.tolist(), (first + length).tolist(), strict=True):
            if own <= a and b < len(window.view) - 1:
                out.append(Found(reading.characters(window, a, b), (number, a, b), round(float(scores[a, b - a]), 3)))
    return sorted(_uncrossed(out), key=lambda f: f.span)


def with_pronouns(text: str, reading: Reading, spots: Sequence[Found]) -> list[Found]:
    """The mentions with every personal pronoun: whether it stands for somebody its antecedents say."""
    taken = {f.span for f in spots}
    found = (m.span() for m in _PERSONAL.finditer(text) if m.span() not in taken)
    return [*spots, *(Found(span, at, 0.0) for span in found if (at := reading.locate(span)))]


def _uncrossed(found: Sequence[Found]) -> list[Found]:
    """The surest mentions, none of which crosses another or stands where it does."""
    kept, taken = list[Found](), Shelf()
    for spot in sorted(found, key=lambda f: (-f.chance, f.span)):
        if not any(_cross(spot.span, other) or spot.span == other for other in taken.touching(spot.span)):
            taken.add(spot.span)
            kept.append(spot)
    return kept


def _cross(one: Span, other: Span) -> bool:
    """Whether two spans overlap and neither holds the other."""
    (a, b), (c, d) = sorted((one, other))
    return a < c < b < d


def one_head(text: str, one: Span, other: Span) -> bool:
    """Whether two spans are one phrase, with more or less around its head: "officials", "two officials from Chad"."""
    inner, outer = sorted((one, other), key=lambda s: s[1] - s[0])
    if not (outer[0] <= inner[0] and inner[1] <= outer[1]) or _DIVIDES.search(text[outer[0] : inner[0]].rstrip()):
        return False
    return inner[1] == outer[1] or _FOLLOWS.match(text, inner[1]) is not None


def overlap(one: Span, other: Span) -> float:
    """Jaccard's measure of two spans."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def heads_phrase(text: str, name: Span, phrase: Span) -> bool:
    """Whether a phrase is about a name: "President Ana Ruiz", not "British police" or "allies of Ana Ruiz"."""
    if phrase[0] >= name[0] and phrase[1] <= name[1]:
        return overlap(name, phrase) >= 0.5
    if name[0] < phrase[0] or not -ENDING <= phrase[1] - name[1] <= ENDING:
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
        names: spans of known names with the key of their actor, and whether they are names: names give the spots
            that they head their keys, and stand by themselves where they head none; descriptions only stand where no
            spot is.
        sources: spans of what attribution takes for sources.
    """
    found = {f.span: f for f in spots}
    shelf = Shelf(found)
    for span, key, is_name in sorted(names, key=lambda n: (not n[2], n[0][1] - n[0][0], n)):
        near = shelf.touching(span)
        headed = [s for s in near if heads_phrase(text, span, s)]
        if headed and is_name:
            best = max(headed, key=lambda s: (overlap(s, span), s))
            found |= {s: replace(found[s], key=key) for s in headed if s == best or found[s].key is None}
        elif not is_name and any(overlap(s, span) >= 0.5 for s in near):
            continue
        elif (at := reading.locate(span)) is not None:
            found[span] = Found(span, at, 0.0, key)
            shelf.add(span)
    for span in sources:
        near = shelf.touching(span)
        whole = [s for s in near if stands_for(text, s, span)] or [s for s in near if _cut_short(text, span, s)]
        fits = [found[s] for s in whole]
        if fits:
            best_one = max(fits, key=lambda f: f.chance)
            found[best_one.span] = replace(best_one, chance=1.0)
        elif (at := reading.locate(span)) is not None:
            found[span] = Found(span, at, 1.0)
            shelf.add(span)
    return sorted((f for f in found.values() if f.at[2] - f.at[1] < 3 * LONGEST), key=lambda f: f.span)


def stands_for(text: str, mention: Span, phrase: Span) -> bool:
    """Whether a mention is the whole of a source phrase, or the name that it ends in."""
    apart = mention[1] <= phrase[0] or phrase[1] <= mention[0]
    return not apart and (overlap(mention, phrase) >= 0.5 or heads_phrase(text, mention, phrase))


def _cut_short(text: str, phrase: Span, mention: Span) -> bool:
    """Whether a source phrase is nothing but the article that a mention begins with."""
    return phrase[0] == mention[0] and text[slice(*phrase)].lower() in ("the", "a", "an")


def is_pronoun(text: str, span: Span) -> bool:
    """Whether a mention is a pronoun."""
    return text[slice(*span)].casefold() in PRONOUNS


def types(reading: Reading, heads: Heads, found: Sequence[Found]) -> tuple[Floats, Floats, Floats]:
    """Pooled states (mentions, 3 * STATE), probabilities (mentions, 13) of types, and of being of several actors."""
    rows = reading.pooled([f.at for f in found])
    return rows, *(heads.types(rows) if len(rows) else (np.zeros((0, 13), np.float32), np.zeros(0, np.float32)))
