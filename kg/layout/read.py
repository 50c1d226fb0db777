"""A text to its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.layout.base import Block, lines
from kg.layout.casing import is_capitals, is_title, restored
from kg.layout.checks import checks
from kg.layout.posts import posts
from kg.layout.turns import turns
from kg.records import Span

_ITEM = re.compile(r"(?:[-–—•·*▪●◦‣]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\u00a0]+(?=\S)")
#: Lines around a press release, and the times of a live blog.
_FRAME = re.compile(
    r"for immediate release\b|(?:press |media )?(?:contacts?|enquiries|inquiries) ?:|"
    r"(?:embargoed?|hold) (?:until|for)\b|#{2,}\s*\Z|"
    r"\d{1,2}[.:]\d{2} ?(?:[ap]\.?m\.?)?(?: ?(?:[A-Z]{2,4}|ago))?\s*\Z|"
    r"(?:updated|published|posted)(?: at| on)? [\w:., ]{4,40}\Z|-?30-?\Z",
    re.IGNORECASE,
)
#: What a post adds to its words: the model reads the words alone.
_MARKS = re.compile(r"#(?=\w)|\bRT (?=@)|https?://\S+|\bpic\.\S+/\S+")


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text in order, one a line, and ``prose``.

    ``prose`` is what a model should read instead of the text: as long, with every character in its place, but for the
    case of headlines and capitals, which carry nothing, and for the marks of lists and posts, which are blanks.
    """

    text: str
    blocks: tuple[Block, ...]
    prose: str

    def spoken(self) -> Iterator[Block]:
        """The blocks of which the layout names the speaker."""
        return (block for block in self.blocks if block.speaker)

    def at(self, character: int) -> Block | None:
        """The block that holds a character."""
        return next((block for block in self.blocks if block.span[0] <= character < block.span[1]), None)


@lru_cache(maxsize=4)  # several components ask for the layout of one article
def read(text: str) -> Layout:
    """The layout of a text. A text of plain paragraphs has no other blocks, and its prose is the text itself."""
    spans = list(lines(text))
    told: dict[Span, Block] = {}
    for found in (turns, checks, posts):
        for block in found(text, spans):
            told.setdefault(block.span, block)
    blocks = tuple(told.get(span) or _plain(text, span) for span in spans)
    return Layout(text, blocks, _prose(text, blocks))


def _plain(text: str, span: Span) -> Block:
    """A line that nobody is named in front of."""
    line = text[slice(*span)]
    item = _ITEM.match(line)
    if item:
        return Block("item", span, (span[0] + item.end(), span[1]))
    if _FRAME.match(line):
        return Block("frame", span, span)
    return Block("headline" if is_title(line) or is_capitals(line) else "paragraph", span, span)


def _prose(text: str, blocks: tuple[Block, ...]) -> str:
    """The text in ordinary case, without marks, character for character."""
    cased = restored(text, [span for block in blocks for span in _capitals(text, block)])
    out = list(cased)
    for block in blocks:
        marks = [match.span() for match in _MARKS.finditer(text, *block.span)] if _is_post(text, block) else []
        for start, end in (*marks, *([(block.span[0], block.content[0])] if block.kind == "item" else [])):
            out[start:end] = " " * (end - start)
    return "".join(out)


def _capitals(text: str, block: Block) -> Iterator[Span]:
    """Where in a block the case of words carries nothing: in all of it, or in the name of the speaker."""
    content = text[slice(*block.content)]
    if is_capitals(content) or (block.kind in {"headline", "claim", "item"} and is_title(content)):
        yield block.content
    if block.kind == "turn" and block.content[0] > block.span[0] and text[block.span[0] : block.content[0]].isupper():
        yield block.span[0], block.content[0]


def _is_post(text: str, block: Block) -> bool:
    return block.kind == "post" or bool(re.search(r"[#@]\w", text[slice(*block.span)]))


__all__ = ["Layout", "read"]
