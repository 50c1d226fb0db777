"""The words around a claim's content, cut into source, cue, content and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.records import Span
from kg.view.picture import Part, Passage

#: Characters around the content within which its source and cue are shown too, and at most shown of a content.
REACH, LONGEST = 240, 900
_ENDS = re.compile(r"[.!?][”\"’')\]]*(?=\s)|\n+")
_ORDER: tuple[Part, ...] = ("content", "source", "cue")


def passage(text: str, marks: Mapping[Part, Iterable[Span]]) -> Passage:
    """The sentences of ``text`` that hold the content among ``marks``, cut into parts; empty without a content.

    A source or cue within a content (the nested ones are) is marked as such. A content longer than ``LONGEST``
    characters is cut, and an ellipsis says so.
    """
    content = sorted(marks.get("content", ()))
    if not content:
        return ()
    near = [span for part in _ORDER for span in marks.get(part, ()) if _close(span, content[0])]
    start, end = min(s for s, _ in near), max(e for _, e in near)
    cut = min(end, max(content[0][0], start) + LONGEST)
    begin, stop = sentence_start(text, start), sentence_end(text, cut) if cut == end else cut
    tail: Passage = () if cut == end else (("", " …"),)
    return tuple(_cut(text, begin, stop, marks)) + tail


def _close(span: Span, content: Span) -> bool:
    return span[1] > content[0] - REACH and span[0] < content[1] + LONGEST


def sentence_start(text: str, position: int) -> int:
    """Where the sentence around ``position`` starts, at most ``REACH`` characters before it."""
    window = max(0, position - REACH)
    ends = [m.end() for m in _ENDS.finditer(text, window, min(position + 1, len(text)))]
    start = max((e for e in ends if e <= position), default=window)
    return start + len(text[start:position]) - len(text[start:position].lstrip())


def sentence_end(text: str, position: int) -> int:
    """Where the sentence around ``position`` ends, at most ``REACH`` characters after it."""
    found = _ENDS.search(text, max(0, position - 1))
    end = found.end() if found else len(text)
    end = max(min(end, position + REACH), position)
    return position + len(text[position:end].rstrip()) if end > position else end


def _cut(text: str, begin: int, stop: int, marks: Mapping[Part, Iterable[Span]]) -> Iterable[tuple[Part, str]]:
    """Runs of characters from ``begin`` to ``stop`` with the same part, the innermost mark first."""
    parts: list[Part] = [""] * (stop - begin)
    for part in _ORDER:
        for start, end in marks.get(part, ()):
            for i in range(max(start, begin), min(end, stop)):
                parts[i - begin] = part
    left = 0
    for i in range(1, len(parts) + 1):
        if i == len(parts) or parts[i] != parts[left]:
            yield parts[left], text[begin + left : begin + i]
            left = i
