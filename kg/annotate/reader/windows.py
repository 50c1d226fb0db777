"""Word pieces of a text with the marks that an uncased model cannot see, cut into windows that fit the encoder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

#: Word pieces of a window, [CLS] and [SEP] included.
WINDOW = 256
#: An unused entry of BERT's vocabulary stands for the break between two paragraphs.
BREAK = "[unused1]"
#: One character to one character, so that offsets hold: the quotation state keeps what the shapes said.
PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′ʼ`", "'") | dict.fromkeys("\u00a0\u2009\u202f", " ")
)
_MARK = re.compile(r"[\"“”„‟«»″]|\n+")
_OPENING, _CLOSING = "“„«", "”»"
OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
LOWER, TITLE, UPPER, NUMBER = range(4)


@dataclass(frozen=True, slots=True)
class Stream:
    """Word pieces of a text in order, paragraph breaks among them.

    Arrays of one length: vocabulary ids, capitalisation, quotation state, and character offsets (a break covers its
    line feeds).
    """

    ids: Ints
    caps: Ints
    quotes: Ints
    starts: Ints
    ends: Ints
    breaks: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=4)  # several components ask for those of one article
def quotation_states(text: str, unclosed: int = INSIDE) -> NDArray[np.int8]:
    """State of each character: outside, inside, or a mark that opens or closes a quotation.

    A paragraph's end closes what was left open: news repeats the opening mark on the next paragraph. Where it is not
    repeated, a closing mark is missing somewhere, and the rest of the paragraph has the state ``unclosed``.
    """
    states = np.zeros(len(text) + 1, np.int8)
    opened = -1
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        if mark[0] != "\n" and (opened < 0 or not _closes(text, at)):
            if not _stray(text, at, opened):
                states[at] = OPENING
                if opened >= 0:
                    states[opened + 1 : at] = INSIDE
                opened = at
        elif opened >= 0:
            states[opened + 1 : at] = INSIDE if mark[0] != "\n" or _reopens(text, match.end()) else unclosed
            states[at] = OUTSIDE if mark[0] == "\n" else CLOSING
            opened = -1
    if opened >= 0:
        states[opened + 1 :] = unclosed
    states.flags.writeable = False
    return states


def _reopens(text: str, at: int) -> bool:
    """Whether the paragraph that begins at ``at`` begins with an opening mark."""
    first = text[at : at + 9].lstrip()[:1]
    return bool(first) and first in _OPENING + '"‟'


def _stray(text: str, at: int, opened: int) -> bool:
    """Whether a mark outside any quotation can only be one that closes: its opening partner is missing."""
    return opened < 0 and text[at] in _CLOSING


def _closes(text: str, at: int) -> bool:
    """Whether the quotation mark at ``at``, met inside a quotation, closes it."""
    if text[at] in _CLOSING:
        return True
    if text[at] in _OPENING:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not ((before.isspace() or before in "([—") and after.isalnum())


def _capitalisation(piece: str) -> int:
    """How the model's lower-cased piece was written."""
    if not piece[:1].isalpha():
        return NUMBER if piece[:1].isdigit() else LOWER
    if piece[0].islower():
        return LOWER
    return UPPER if len(piece) > 1 and piece.isupper() else TITLE


def stream(tokenizer: Tokenizer, text: str) -> Stream:
    """Word pieces of the whole ``text``."""
    encoding = tokenizer.encode(text.translate(PLAIN), add_special_tokens=False)
    gaps = [m.span() for m in re.finditer(r"\s*\n\s*", text)]
    rows = sorted([(s, e, i) for i, (s, e) in zip(encoding.ids, encoding.offsets, strict=True)])
    rows = _with_breaks(rows, gaps, tokenizer.token_to_id(BREAK) or 0)
    columns = np.array(rows, np.int64).reshape(-1, 3)
    starts, ends, ids = (np.ascontiguousarray(c) for c in columns.T)
    caps = np.fromiter((_capitalisation(text[s:e]) for s, e, _ in rows), np.int64, len(rows))
    quotes = quotation_states(text, unclosed=OUTSIDE)[starts].astype(np.int64)
    return Stream(ids, caps, quotes, starts, ends, ids == tokenizer.token_to_id(BREAK))


def _with_breaks(
    rows: list[tuple[int, int, int]], gaps: list[tuple[int, int]], identity: int
) -> list[tuple[int, int, int]]:
    """Pieces with a break wherever a line feed stands between two of them."""
    if not rows:
        return rows
    inner = [(s, e, identity) for s, e in gaps if rows[0][0] < s < rows[-1][0]]
    return sorted(rows + inner)


def windows(
    pieces: Stream, tokenizer: Tokenizer, size: int = WINDOW, first: int | None = None
) -> Iterator[tuple[int, int]]:
    """Ranges of pieces, each of whole paragraphs where they fit, else of whole sentences.

    Args:
        pieces: the pieces of a text.
        tokenizer: tells which pieces end a sentence.
        size: pieces of a window, [CLS] and [SEP] included.
        first: size of the first window where it differs (training shifts the cuts with it).
    """
    room, start = (first or size) - 2, 0
    stops = np.isin(pieces.ids, [tokenizer.token_to_id(t) or 0 for t in ".!?"])
    while start < len(pieces):
        end = _cut(pieces, stops, start, room)
        yield start, end
        start = end + 1 if end < len(pieces) and pieces.breaks[end] else end
        room = size - 2


def _cut(pieces: Stream, stops: NDArray[np.bool_], start: int, room: int) -> int:
    """Where the window that begins at ``start`` ends: at a paragraph, a sentence, or the last piece that fits."""
    end = min(start + room, len(pieces))
    if end == len(pieces) or pieces.breaks[end]:
        return end
    breaks = np.flatnonzero(pieces.breaks[start + 1 : end])
    if len(breaks):
        return start + 1 + int(breaks[-1])
    ends = np.flatnonzero(stops[start + room // 2 : end])
    if not len(ends):
        return end
    cut = start + room // 2 + int(ends[-1]) + 1
    while cut < end and pieces.quotes[cut] == CLOSING:
        cut += 1
    return cut


def inputs(pieces: Stream, tokenizer: Tokenizer, start: int, end: int) -> dict[str, Ints]:
    """Arrays of shape (pieces + 2,) for the model: ``ids``, ``caps`` and ``quotes``, with [CLS] and [SEP] around."""
    first, last = (tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]"))
    return {
        "ids": np.concatenate([[first], pieces.ids[start:end], [last]]),
        "caps": np.pad(pieces.caps[start:end], 1),
        "quotes": np.pad(pieces.quotes[start:end], 1),
    }
