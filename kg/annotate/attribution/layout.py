"""Attributions that the layout makes rather than the grammar: signed quotations, and the turns of a transcript."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.nesting import inside
from kg.annotate.attribution.quotes import signatures, trim

#: ``JANE REED (on the phone): ...`` at the start of a line.
_TURN = re.compile(
    r"^[“\"]?([A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})(?:,? ?\([^)\n]{1,30}\))?(:)[ \u00a0]+(\S[^\n]*)$", re.M
)


def attributions(text: str) -> list[Attribution]:
    """What a text attributes by its layout, in order."""
    return sorted([*_signed(text), *_turns(text)], key=lambda a: a.content)


def _signed(text: str) -> Iterator[Attribution]:
    """Quotations that end a line together with a dash and a name."""
    for quotation, dash, name in signatures(text):
        content = trim(text, quotation)
        if content[0] < content[1]:
            yield Attribution((name,), (dash,), (content,))


def _turns(text: str) -> Iterator[Attribution]:
    """Lines that begin with a speaker in capitals, where two speakers take turns and one speaks again."""
    turns = list(_TURN.finditer(text))
    speakers = Counter(t[1] for t in turns)
    if len(speakers) < 2 or max(speakers.values()) < 2:
        return
    for turn in turns:
        content = trim(text, turn.span(3))
        if content[0] < content[1]:
            yield Attribution((turn.span(1),), (turn.span(2),), (content,))


def with_layout(text: str, found: list[Attribution]) -> tuple[list[Attribution], list[Attribution]]:
    """``found`` with what the layout adds, and of ``found`` what stands inside the content of an addition."""
    added = [a for a in attributions(text) if not any(_same(a, b) and not _under(b, a) for b in found)]
    inner = [b for b in found if any(_under(b, a) for a in added)]
    return sorted([*(b for b in found if b not in inner), *added], key=lambda a: a.content), inner


def _under(b: Attribution, a: Attribution) -> bool:
    """Whether the cue of ``b`` stands in the content of ``a``."""
    return inside(b.cue, a.content)


def _same(a: Attribution, b: Attribution) -> bool:
    """Whether ``b`` has most of the content of ``a``."""
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a.content for t, f in b.content)
    return 2 * common > max(sum(e - s for s, e in x.content) for x in (a, b))
