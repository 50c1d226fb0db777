"""What the layout says of the stance: what a questioner asks, and what a fact check found of a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg import layout
from kg.records import Proposition, Stance

#: The stance of a fact check on the claim that it judges.
STANCE_OF: Mapping[layout.Verdict, Stance] = {
    "false": "denies", "true": "asserts", "mixed": "declines_to_confirm", "unproven": "declines_to_confirm",
}  # fmt: skip


def telling(text: str) -> list[layout.Block]:
    """The blocks of a text that a questioner asks or a fact check judges."""
    return [b for b in layout.read(text).blocks if b.question or b.verdict]


def asked(blocks: Sequence[layout.Block], text: str, proposition: Proposition) -> bool:
    """Whether a proposition is only asked by the one who puts the questions."""
    block = _around(blocks, proposition)
    if block is None or not block.question or proposition.trigger is None:
        return False
    ends = (text.find(mark, proposition.trigger[1], block.span[1]) for mark in ".!?")
    first = min((end for end in ends if end >= 0), default=block.span[1])
    return text[first : first + 1] == "?"


def judged(blocks: Sequence[layout.Block], proposition: Proposition) -> Stance | None:
    """The stance of the fact check on a proposition of the claim that it judges."""
    block = _around(blocks, proposition)
    return STANCE_OF[block.verdict] if block is not None and block.verdict else None


def _around(blocks: Sequence[layout.Block], proposition: Proposition) -> layout.Block | None:
    at = proposition.trigger[0] if proposition.trigger else -1
    return next((b for b in blocks if b.content[0] <= at < b.content[1]), None)
