"""Words and their places: a marked text taken apart, and the helpers that find words in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

Range = tuple[int, int]
_BREAK = re.compile(r"[.!?][\"”’']? |\n")


class MarkupError(ValueError):
    """An annotation that does not fit its text: says in which article, and what."""


@dataclass
class Marked:
    """A text without its marks, and where they stood."""

    text: str
    mentions: dict[str, list[Range]] = field(default_factory=dict)
    contents: dict[str, list[Range]] = field(default_factory=dict)


def unmark(marked: str) -> Marked:
    """The bare text, with the ranges of its mentions and contents by label."""
    out, opened, i = Marked(""), list[tuple[str, int]](), 0
    while i < len(marked):
        char = marked[i]
        if char in "[{":
            opened.append((char, len(out.text)))
        elif char in "]}":
            label = re.compile(r"\(([^)]*)\)").match(marked, i + 1)
            if not opened or opened[-1][0] + char not in ("[]", "{}") or label is None:
                raise MarkupError(f"marks do not match at {marked[max(0, i - 30) : i + 10]!r}")
            start = opened.pop()[1]
            kind = out.mentions if char == "]" else out.contents
            for name in label[1].split():
                kind.setdefault(name, []).append((start, len(out.text)))
            i = label.end() - 1
        else:
            out.text += char
        i += 1
    if opened:
        raise MarkupError(f"a mark is never closed: {out.text[opened[-1][1] :][:40]!r}")
    return out


def find(
    text: str,
    words: str,
    *,
    near: Iterable[Range] | None = None,
    outside: Iterable[Range] = (),
    within: Iterable[Range] = (),
) -> Range:
    """Where the words stand; ``near`` chooses among several places, else ``words#2`` must.

    Raises:
        MarkupError: the text does not hold the words, or holds them more than once.
    """
    words, _, number = words.partition("#")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if number and int(number) <= len(found):
        return found[int(number) - 1]
    places = [p for p in found if not inside([p], outside)]
    chosen = [p for p in places if inside([p], within)] or places
    if not chosen:
        raise MarkupError(f"{words!r} is not in the text")
    if near is None and len(chosen) > 1:
        raise MarkupError(f"{words!r} stands {len(chosen)} times in the text: write {words}#2 for the second")
    return min(chosen, key=lambda p: min((gap(p, n) for n in near or ()), default=0))


def inside(parts: Iterable[Range], spans: Iterable[Range]) -> bool:
    """Whether each part lies within one of the spans."""
    spans = list(spans)
    return all(any(o[0] <= p[0] and p[1] <= o[1] for o in spans) for p in parts)


def gap(a: Range, b: Range) -> int:
    """Characters between two ranges."""
    return max(a[0] - b[1], b[0] - a[1], 0)


def apart(text: str, a: Range, b: Range, spans: Iterable[Range]) -> int:
    """How far a mention is from a cue or trigger: very far in another sentence, far in a content without ``b``."""
    between = text[min(a[1], b[1]) : max(a[0], b[0])]
    hidden = any(inside([a], [s]) and not inside([b], [s]) for s in spans)
    return gap(a, b) + 1000 * bool(_BREAK.search(between)) + 200 * hidden
