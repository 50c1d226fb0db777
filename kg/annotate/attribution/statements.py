"""Statements given whole, without quotation marks: what a colon introduces, and what a title says is somebody's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from kg import layout
from kg.annotate.attribution.base import Attribution
from kg.annotate.reader.sentences import borders
from kg.annotate.reader.windows import OUTSIDE, quotation_states
from kg.records import Span

#: A title that says whose words follow.
_TITLED = re.compile(
    r"(?:\w+ ){0,2}(?i:statement|remarks|message|letter|testimony)s? (?:by|from|of) (?:the )?((?:[A-Z][\w.'’-]* ?)+)"
)
_I = re.compile(r"\b(?:I|[Mm]y)\b")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]urs?)\b")
#: What may stand between the cue and the statement.
_COLON = re.compile(r"[^\n\"“:]{0,60}:\s*\n\s*")
#: Blocks with which a statement is over.
_OVER = frozenset({"frame", "turn", "post"})


def carried_on(text: str, found: list[Attribution], cuts: Collection[int]) -> list[Attribution]:
    """Statements behind a colon that the encoder saw only up to one of its ``cuts``, carried on to their end."""
    return [_whole(text, a) for a in found if a.cue and a.content[-1][1] in cuts and _introduced(text, a)]


def _introduced(text: str, a: Attribution) -> bool:
    """Whether the content begins a paragraph behind a colon, outside of quotation marks."""
    start = a.content[0][0]
    return bool(_COLON.fullmatch(text, a.cue[-1][1], start)) and quotation_states(text)[start] == OUTSIDE


def _whole(text: str, a: Attribution) -> Attribution:
    ends = [block.span[1] for block in _going_on(text, a.content[-1][1])]
    return replace(a, content=((a.content[0][0], ends[-1] if ends else a.content[-1][1]),))


def _going_on(text: str, at: int) -> Iterator[layout.Block]:
    """The paragraphs behind a place that neither begin another's words nor end the statement."""
    for block in layout.read(text).blocks:
        if block.span[0] < at:
            continue
        if block.kind in _OVER or text[block.span[0]] in '"“' or text[block.span[1] - 1] == ":":
            return
        yield block


def heading(text: str, title: str | None) -> str:
    """The title that an article was given with, else its first line."""
    return title or text.strip().partition("\n")[0]


def authored(text: str, title: str) -> list[Attribution]:
    """What the author of a statement says: all of it where it says "I", else the sentences that say "we".

    Only a title makes a text a statement; what it narrates without them is the narrator's.
    """
    if not author(title) or any(layout.read(text).spoken()):
        return []
    first, others = (_outside(text, words) for words in (_I, _WE))
    if first:
        return [Attribution((first[0],), (), (_body(text, title),))]
    starts = [0, *borders(text)]
    sentences = [(s, s + len(text[s:e].rstrip())) for s, e in pairwise([*starts, len(text)])]
    spoken = [(s, e) for s, e in sentences if any(s <= at < e for at, _ in others)]
    return [Attribution((next(w for w in others if s <= w[0] < e),), (), ((s, e),)) for s, e in spoken]


def _outside(text: str, words: re.Pattern[str]) -> list[Span]:
    """Where the words stand outside of quotation marks."""
    states = quotation_states(text)
    return [m.span() for m in words.finditer(text) if states[m.start()] == OUTSIDE]


def author(title: str) -> str | None:
    """Whose statement a title announces.

    >>> author("Statement by President Ann Lee on the Flood")
    'President Ann Lee'
    """
    found = _TITLED.match(title)
    return found[1].strip() if found else None


def _body(text: str, title: str) -> Span:
    """The text without a first line that repeats its title."""
    lines = [block.span for block in layout.read(text).blocks]
    titled = len(lines) > 1 and text[slice(*lines[0])] == title.strip()
    return lines[titled][0], lines[-1][1]
