"""Posts of social networks: a handle in front of, or behind, what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.layout.base import Block
from kg.records import Span

_HANDLE = r"@(?P<handle>\w{2,30})(?:@[\w.-]+\w)?"
#: ``@StateDept: ...``, ``RT @StateDept: ...``, ``State Department (@StateDept): ...``.
_BEFORE = re.compile(
    rf"(?:(?:RT|MT|via) )?(?P<who>(?:[\w.’' -]{{2,40}} ?\()?{_HANDLE}\)?)(?: ?[:·] ?|\s+[-–—] +)(?=\S)"
)
#: ``... — State Department (@StateDept) May 2, 2021``.
_BEHIND = re.compile(rf"\s*[-–—]{{1,2}} ?(?P<who>[^\n(—–]{{2,50}} ?\({_HANDLE}\))[^\n]{{0,40}}\Z")
#: What handles shorten.
_SHORT = {
    "amb": "Ambassador", "dept": "Department", "fm": "Foreign Minister", "flotus": "US First Lady", "gov": "Government",
    "govt": "Government", "hq": "headquarters", "intl": "International", "mfa": "Foreign Ministry", "min": "Minister",
    "mod": "Defence Ministry", "pm": "Prime Minister", "potus": "US President", "pres": "President",
    "spox": "spokesperson",
}  # fmt: skip


def posts(text: str, spans: Sequence[Span]) -> Iterator[Block]:
    """The lines of a text that are posts."""
    last = None
    for start, end in spans:
        before, behind = _BEFORE.match(text, start, end), _BEHIND.search(text[start:end])
        if before:
            yield Block("post", (start, end), (before.end(), end), before.span("who"), spelled(before["handle"]))
        elif behind:
            who = (start + behind.start("who"), start + behind.end("who"))
            name, content = spelled(behind["handle"]), (start, start + behind.start())
            if content[0] < content[1]:
                yield Block("post", (start, end), content, who, name)
            else:  # it signs the line before
                yield Block("frame", (start, end), (start, end))
                yield from [Block("post", last, last, who, name)] if last else ()
        last = (start, end)


def spelled(handle: str) -> str:
    """The words of a handle.

    >>> spelled("StateDept"), spelled("IDFspox"), spelled("MfaTurkey"), spelled("town_hall")
    ('State Department', 'IDF spokesperson', 'Foreign Ministry Turkey', 'town hall')
    """
    parts = re.findall(r"[A-Z]{2,}(?=[A-Z][a-z]|spox|\d|_|\Z)|[A-Z]?[a-z]+?(?=spox)|[A-Z]?[a-z]+|[A-Z]+|\d+", handle)
    return " ".join(_SHORT.get(part.lower(), part) for part in parts)
