"""Stretches of characters: which of many touch another, and which tokens they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import pairwise

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg.records import Span

#: What stands between two that are named together.
_BETWEEN = re.compile(r"\s*(?:,|,?\s*(?:and|&|as well as))\s*")


class Shelf:
    """Stretches in text order, of which those around another are found without a look at the rest."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans = sorted(spans)
        self.longest = max((end - start for start, end in self.spans), default=0)

    def add(self, span: Span) -> None:
        """Put another one in its place."""
        insort(self.spans, span)
        self.longest = max(self.longest, span[1] - span[0])

    def touching(self, span: Span) -> list[Span]:
        """Those that share a character with ``span`` or stand right beside it.

        >>> Shelf([(0, 4), (5, 9), (9, 12), (20, 24)]).touching((6, 9))
        [(5, 9), (9, 12)]
        """
        first = bisect_left(self.spans, (span[0] - self.longest, 0))
        last = bisect_left(self.spans, (span[1] + 1, 0))
        return [s for s in self.spans[first:last] if s[1] >= span[0]]


def listed(text: str, phrase: Span, spans: Iterable[Span]) -> list[Span]:
    """The spans that a phrase lists, where it is nothing but a list of two or more of them; else none.

    >>> listed("both Oman and Qatar", (0, 19), [(5, 9), (14, 19)])
    [(5, 9), (14, 19)]
    >>> listed("Oman, the sultanate", (0, 19), [(0, 4), (6, 19)])
    []
    """
    at, found, between = phrase[0], list[Span](), ""
    inside = {s for s in spans if phrase[0] <= s[0] and s[1] <= phrase[1] and s != phrase}
    for span in sorted(inside, key=lambda s: (s[0], -s[1])):
        if span[0] < at:
            continue  # inside the one before
        between = text[at : span[0]]
        if not (_BETWEEN.fullmatch(between) if found else between.strip().lower() in ("", "both")):
            return []
        found.append(span)
        at = span[1]
    apposed = len(found) < 2 or between.strip() == ","
    return [] if apposed or text[at : phrase[1]].strip() else found


def coordinated(text: str, first: Span, others: Iterable[Span]) -> list[Span]:
    """The spans that stand in one list with the first, and itself, in text order.

    >>> coordinated("Oman, Qatar and Iran told Iraq", (0, 4), [(6, 11), (16, 20), (26, 30)])
    [(0, 4), (6, 11), (16, 20)]
    """
    spans = sorted({first, *others})
    joined = [bool(_BETWEEN.fullmatch(text[one[1] : other[0]])) for one, other in pairwise(spans)]
    at = spans.index(first)
    begin = next((n + 1 for n in range(at - 1, -1, -1) if not joined[n]), 0)
    end = next((n + 1 for n in range(at, len(joined)) if not joined[n]), len(spans))
    listed_here = any(text[a[1] : b[0]].strip() != "," for a, b in pairwise(spans[begin:end]))
    return spans[begin:end] if listed_here else [first]


def tokens_of(doc: Doc, span: Span) -> Tokens | None:
    """The tokens that share a character with ``span``; None where it holds none.

    As ``Doc.char_span`` with ``expand``, but that puts the whole text together each time.
    """
    places = range(len(doc))
    start = max(0, bisect_right(places, span[0], key=lambda i: doc[i].idx) - 1)
    if len(doc) and doc[start].idx + len(doc[start]) <= span[0]:
        start += 1
    end = bisect_left(places, span[1], key=lambda i: doc[i].idx)
    return doc[start:end] if start < end else None
