"""Words of a text, and what their spans have in common."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from typing import Literal

WORD = re.compile(r"\w+")
#: Share of words that two contents must have in common (Jaccard), as in the PARC and PolNeAR literature.
OVERLAP = 0.5
PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "his", "her", "hers", "its", "their", "theirs", "our", "ours", "my",
     "mine", "your", "him", "them", "us", "me", "who", "whom", "whose", "which", "that", "this", "these", "those",
     "himself", "herself", "itself", "themselves", "ourselves"}
)  # fmt: skip


class Words:
    """Maps character spans to the words that they touch, so that punctuation neither helps nor hurts."""

    def __init__(self, text: str) -> None:
        found = [m.span() for m in WORD.finditer(text)]
        self.starts, self.ends = [s for s, _ in found], [e for _, e in found]

    def __call__(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Indices of the words in ``spans``; the characters themselves (negative) where there is no word."""
        spans = list(spans)
        out: set[int] = set()
        for start, end in spans:
            i = bisect.bisect_right(self.ends, start)
            while i < len(self.starts) and self.starts[i] < end:
                out.add(i)
                i += 1
        return frozenset(out or {-1 - i for s, e in spans for i in range(s, e)})

    def between(self, a: Sequence[int], b: Sequence[int]) -> int:
        """Number of words that stand wholly between two spans; 0 where they touch or overlap."""
        start, end = min(a[1], b[1]), max(a[0], b[0])
        return max(0, bisect.bisect_left(self.starts, end) - bisect.bisect_left(self.starts, start))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of members in common."""
    return len(a & b) / len(a | b) if a & b else 0.0


def same_span(a: Sequence[int], b: Sequence[int]) -> bool:
    """Whether two character spans have at least half of their characters in common."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common > 0 and common / (max(a[1], b[1]) - min(a[0], b[0])) >= OVERLAP


def mention_kind(words: str) -> Literal["name", "description", "pronoun"]:
    """What a mention is, by its words: ``pronoun``, ``name`` (a capital begins it) or ``description``."""
    if words.lower() in PRONOUNS:
        return "pronoun"
    return "name" if words[:1].isupper() else "description"


def bare(name: str) -> str:
    """A name's words in lower case, without articles and possessives, to compare names by."""
    name = re.sub(r"[’']s?\b", "", name.lower())
    return " ".join(w for w in WORD.findall(name) if w not in {"the", "a", "an"})
