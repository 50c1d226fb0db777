"""Blocks of a text, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.records import Span

#: ``turn``: a speaker's words in a transcript or an interview; ``post``: in a social network; ``claim``: what a fact
#: check judges; ``item``: of a list; ``headline``: in title case or capitals; ``frame``: what is no part of the story
#: (stage directions, times of a live blog, contacts of a press release); ``paragraph``: anything else.
Kind = Literal["paragraph", "turn", "post", "claim", "item", "headline", "frame"]
#: What a fact check says of a claim.
Verdict = Literal["false", "true", "mixed", "unproven"]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text and what it is.

    Attributes:
        kind: what the layout makes of it.
        span: characters of the whole line, without the white space around it.
        content: characters of what is said, without the label or mark in front of it.
        speaker: characters that name who says it, in this block or in the one that it goes on from; None where the
            layout names nobody (then its speaker is the article's narrator, or whom the grammar names).
        name: the speaker in ordinary words: "Ms. Harf", "State Department", "questioner"; empty without one.
        question: whether the speaker is the one who asks: what is asked is not asserted.
        verdict: of a claim, what the fact check says of it.
    """

    kind: Kind
    span: Span
    content: Span
    speaker: Span | None = None
    name: str = ""
    question: bool = False
    verdict: Verdict | None = None


def lines(text: str) -> Iterator[Span]:
    """Spans of the lines that are not blank, without the white space around them."""
    for match in re.finditer(r"[^\s][^\n]*", text):
        yield match.start(), match.start() + len(match[0].rstrip())
