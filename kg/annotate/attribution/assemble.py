"""A whole text read by the encoder, window by window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.decode import Floats, Found, Range, Scores, decode
from kg.annotate.attribution.quotes import signatures
from kg.annotate.attribution.windows import INSIDE, WINDOW, Ints, Stream, inputs, stream, windows
from kg.records import Span, Spans

#: Scores and compact states (pieces, 192) of a window's inputs, those of [CLS] and [SEP] left out.
Model = Callable[[dict[str, Ints]], tuple[Scores, Floats]]

#: Pieces before a window that are read again with it: sources and quotations begin there. On PolNeAR's development
#: articles content F1 is .792 without any, .800 with ten, and no better with 64, which cost a quarter of the speed.
CONTEXT = 10
#: Least confidence of an attribution whose content has quotation marks, which has a source, and which has neither.
QUOTED, SOURCED, BARE = 0.5, 0.7, 0.9
#: Pieces of the longest hole in a content that is filled.
_HOLE = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over a text gives: its attributions, and the states that other heads start from."""

    attributions: list[Attribution]
    pieces: Stream
    windows: list[Range]
    states: list[Floats]


def read(text: str, tokenizer: Tokenizer, model: Model) -> Reading:
    """One pass of ``model`` over ``text``; attributions in the order of their first content."""
    pieces = stream(tokenizer, text)
    out: list[Attribution] = []
    cuts, states = list(windows(pieces, tokenizer, WINDOW - CONTEXT)), list[Floats]()
    for start, end in cuts:
        before = max(0, start - CONTEXT)
        scores, compact = model(inputs(pieces, tokenizer, before, end))
        marked = pieces.quotes[before:end] == INSIDE
        found = (f for f in decode(scores) if f.cue[0][0] >= start - before and _sure(f, marked))
        out.extend(_attribution(pieces, before, f) for f in found)
        states.append(compact[start - before :])
    out = _with_signed(text, out)
    return Reading(sorted(out, key=lambda a: (a.content, a.cue, a.source)), pieces, cuts, states)


def _sure(found: Found, marked: NDArray[np.bool_]) -> bool:
    """Whether an attribution is sure enough for what it has: quotation marks (``marked`` pieces), or a source."""
    quoted = any(marked[a:b].any() for a, b in found.content)
    return found.confidence >= (QUOTED if quoted else SOURCED if found.source else BARE)


def _with_signed(text: str, found: list[Attribution]) -> list[Attribution]:
    """Attributions together with the quotations that carry a name behind a dash; the signature has the last word."""
    signed = [Attribution((name,), (dash,), (quotation,)) for quotation, dash, name in signatures(text)]
    return [a for a in found if not any(_meet(a.content, s.content) for s in signed)] + signed


def _meet(some: Spans, others: Spans) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _span(pieces: Stream, offset: int, span: Range) -> Span:
    return int(pieces.starts[offset + span[0]]), int(pieces.ends[offset + span[1] - 1])


def _attribution(pieces: Stream, offset: int, found: Found) -> Attribution:
    def spans(ranges: tuple[Range, ...]) -> Spans:
        return tuple(_span(pieces, offset, r) for r in ranges)

    content = _bridged(found.content, (*found.source, *found.cue))
    return Attribution(spans(found.source), spans(found.cue), spans(content), found.confidence)


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
