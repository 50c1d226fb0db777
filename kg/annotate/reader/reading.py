"""A whole text read by the encoder, window by window: its attributions, and the states that the heads start from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.quotes import signatures
from kg.annotate.reader.decode import Floats, Found, Range, Scores, decode
from kg.annotate.reader.settings import Settings
from kg.annotate.reader.windows import INSIDE, WINDOW, Ints, Stream, inputs, stream, windows
from kg.annotate.spans import coordinated
from kg.records import Span, Spans

#: Pieces before a window that are read again with it: sources and quotations begin there. On PolNeAR's development
#: articles content F1 is .792 without any, .800 with ten, and no better with 64, which cost a quarter of the speed.
CONTEXT = 10
#: Pieces of the longest hole in a content that is filled.
_HOLE = 3


@dataclass(frozen=True, slots=True)
class Pass:
    """What the encoder says of one window, [CLS] and [SEP] included in ``view``.

    Args:
        outer: scores of the attributions that stand in nobody's words.
        inner: scores of those inside the content of others.
        compact: states (pieces, 192) of the direction head.
        view: states (pieces + 2, STATE) of the heads.
    """

    outer: Scores
    inner: Scores
    compact: Floats
    view: Floats


Model = Callable[[dict[str, Ints]], Pass]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of pieces and its states; ``view[0]`` stands before the piece ``before``."""

    start: int
    end: int
    before: int
    compact: Floats
    view: Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over a text gives."""

    attributions: list[Attribution]
    inner: list[Attribution]
    pieces: Stream
    windows: list[Window]

    def locate(self, span: Span) -> tuple[int, int, int] | None:
        """Window, first and last row of its view of the pieces that share a character with ``span``."""
        first = int(np.searchsorted(self.pieces.ends, span[0], "right"))
        last = int(np.searchsorted(self.pieces.starts, span[1], "left")) - 1
        for number, window in enumerate(self.windows):
            if first <= last and window.start <= first < window.end:
                return number, first - window.before + 1, min(last, window.end - 1) - window.before + 1
        return None

    def cuts(self) -> set[int]:
        """Where a window's last word ends and others follow."""
        breaks, ends = self.pieces.breaks, self.pieces.ends
        lasts = (w.end - 1 - int(breaks[w.end - 1]) for w in self.windows[:-1])
        return {int(ends[last]) for last in lasts}

    def characters(self, window: Window, first: int, last: int) -> Span:
        """The characters from one row of a window's view to another."""
        at = window.before - 1
        return int(self.pieces.starts[at + first]), int(self.pieces.ends[at + last])

    def pooled(self, located: Sequence[tuple[int, int, int]]) -> Floats:
        """First, last and mean state (spans, 3 * STATE) of located spans."""
        rows = []
        for number, first, last in located:
            view = self.windows[number].view
            rows.append(np.concatenate([view[first], view[last], view[first : last + 1].mean(0)]))
        return np.array(rows, np.float32)


def read(text: str, tokenizer: Tokenizer, model: Model, settings: Settings) -> Reading:
    """One pass of ``model`` over ``text``; attributions in the order of their first content."""
    pieces = stream(tokenizer, text)
    outer, inner, found = list[Attribution](), list[Attribution](), list[Window]()
    for start, end in windows(pieces, tokenizer, WINDOW - CONTEXT):
        before = max(0, start - CONTEXT)
        scores = model(inputs(pieces, tokenizer, before, end))
        outer += _attributions(text, pieces, scores.outer, (start, before, end), settings)
        inner += _attributions(text, pieces, scores.inner, (start, before, end), settings)
        found.append(Window(start, end, before, scores.compact[start - before :], scores.view))
    return Reading(_sorted(_with_signed(text, outer)), _sorted(inner), pieces, found)


def _sorted(found: list[Attribution]) -> list[Attribution]:
    return sorted(found, key=lambda a: (a.content, a.cue, a.source))


def _attributions(
    text: str, pieces: Stream, scores: Scores, at: tuple[int, int, int], settings: Settings
) -> list[Attribution]:
    """The sure attributions of a window (its start, where it is read from, its end) whose cues stand in it."""
    start, before, end = at
    marked = pieces.quotes[before:end] == INSIDE
    found = (f for f in decode(scores) if f.cue[0][0] >= start - before and _sure(f, marked, settings))
    return [_attribution(text, pieces, before, f) for f in found]


def _sure(found: Found, marked: NDArray[np.bool_], settings: Settings) -> bool:
    """Whether an attribution is sure enough for what it has: quotation marks (``marked`` pieces), or a source."""
    quoted = any(marked[a:b].any() for a, b in found.content)
    return found.confidence >= (settings.quoted if quoted else settings.sourced if found.source else settings.bare)


def _with_signed(text: str, found: list[Attribution]) -> list[Attribution]:
    """Attributions together with the quotations that carry a name behind a dash; the signature has the last word."""
    signed = [Attribution((name,), (dash,), (quotation,)) for quotation, dash, name in signatures(text)]
    return [a for a in found if not any(_meet(a.content, s.content) for s in signed)] + signed


def _meet(some: Spans, others: Spans) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _span(pieces: Stream, offset: int, span: Range) -> Span:
    return int(pieces.starts[offset + span[0]]), int(pieces.ends[offset + span[1] - 1])


def _attribution(text: str, pieces: Stream, offset: int, found: Found) -> Attribution:
    def spans(ranges: tuple[Range, ...]) -> Spans:
        return tuple(_span(pieces, offset, r) for r in ranges)

    content = _bridged(found.content, (*found.source, *found.cue))
    source = spans(found.source)
    shared = tuple(s for s in coordinated(text, source[0], source[1:]) if s != source[0]) if source else ()
    return Attribution((*source[:1], *shared), spans(found.cue), spans(content), found.confidence)


def _bridged(content: tuple[Range, ...], own: tuple[Range, ...]) -> tuple[Range, ...]:
    """Content without the short holes that somebody else's cue leaves in it: ``that an official had said``."""
    out: list[Range] = []
    for start, end in sorted(content):
        hole = out and (out[-1][1], start)
        if hole and start - hole[0] <= _HOLE and not any(a < start and hole[0] < b for a, b in own):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)
