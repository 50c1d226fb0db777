"""Lines as they were before somebody broke them: words are whole again, and paragraphs are lines."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.lexicon import words

#: Columns of a text that was wrapped by hand, by a mail program or for print, at most.
_WIDEST = 120
#: Of a text that was wrapped, at least so many lines had no room for the next word, and this share of all.
_LINES, _SHARE = 3, 0.6
#: How full a line is that had no room: print is not set in letters of one width.
_FULL = 0.9
_BROKEN = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
#: First parts of compounds that keep their hyphen: ``anti-\ngovernment`` is ``anti-government``.
_COMPOUND = re.compile(
    r"(?:all|anti|counter|cross|ex|far|half|high|long|low|mid|multi|near|non|one|open|post|pre|pro|quasi|self|semi|short|"
    r"so|then|two|three|four|five|six|un|under|vice|war|well|us|uk|eu|[a-z]+(?:ian|ish|ese|aeli|qi|oudi|audi))",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s")


def rejoined(text: str) -> str:
    """``text`` with words that a hyphen broke over two lines in one piece, and the lines they stand in as one.

    In a text that was wrapped, every line that had no room for the next word is joined with the next line, too. Any
    other text stays as it is.

    >>> rejoined("Tur-\\nkey denied that it had at-\\ntacked anti-\\ngovernment forces.")
    'Turkey denied that it had attacked anti-government forces.'
    >>> rejoined("To the editor\\nWe deny it.")
    'To the editor\\nWe deny it.'
    """
    width = max((len(line.rstrip()) for line in text.split("\n")), default=0)
    blocks = [block.rstrip().split("\n") for block in _BLOCK.findall(text)]
    full = [_is_full(line, after, width) for lines in blocks for line, after in pairwise(lines)]
    wrapped = width <= _WIDEST and sum(full) >= max(_LINES, _SHARE * len(full))
    return _BLOCK.sub(lambda match: _block(match[0], text, width if wrapped else None), text)


def _block(block: str, text: str, width: int | None) -> str:
    """A paragraph or a few, with the lines joined that belong together."""
    body = block.rstrip("\r\n")
    broken = bool(_BROKEN.search(body))
    if "\n" not in body or not (broken or width):
        return block
    first, *rest = _BROKEN.sub(lambda match: _joined(match, body, text), body).split("\n")
    out = [first]
    for line, after in zip([first, *rest], rest, strict=False):
        joins = broken or (width is not None and _is_full(line, after, width))
        out.append(f" {after.strip()}" if joins else f"\n{after}")
        out[-2] = out[-2].rstrip() if joins else out[-2]
    return "".join(out) + block[len(body) :]


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether a line had no room for the first word of the next, which is no item of a list."""
    taken = len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0])
    return taken > _FULL * width and not _ITEM.match(after)


def _joined(match: re.Match[str], body: str, text: str) -> str:
    """The first part of a broken word, with its hyphen where that belongs to it."""
    first, rest = match[1], re.match(r"\w+", body[match.end() :])
    second = rest[0] if rest else ""
    if match[2] == "\u00ad":
        return first
    if f"{first}{second}".lower() in words() or re.search(rf"\b{first}{second}\b", text):
        hyphenated = bool(re.search(rf"\b{first}-{second}\b", text))
    else:
        hyphenated = not second[:1].islower() or bool(_COMPOUND.fullmatch(first))
    return f"{first}-" if hyphenated else first
