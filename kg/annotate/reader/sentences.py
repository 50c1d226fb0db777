"""Where sentences end, told from the text alone, so that training and reading see the same pairs."""

from __future__ import annotations

import re
from bisect import bisect_right

_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bMrs)(?<!\bGen)(?<!\bSt)[.!?][\"”’']?\s+(?=[A-Z“\"‘'(])|\s*\n+")


def borders(text: str) -> list[int]:
    """Offsets at which a new sentence or paragraph begins, in order; the first sentence's own is left out."""
    return [m.end() for m in _END.finditer(text)]


def sentence_of(at: int, found: list[int]) -> int:
    """Number of the sentence that the character ``at`` stands in."""
    return bisect_right(found, at)
