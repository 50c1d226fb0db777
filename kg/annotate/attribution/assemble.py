"""A whole text read by the encoder, window by window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tokenizers import Tokenizer

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.decode import Floats, Found, Range, decode
from kg.annotate.attribution.windows import WINDOW, Ints, Stream, inputs, stream, windows
from kg.records import Span, Spans

#: Tag scores (pieces, 7), pair logits (2, pieces, pieces) and compact states (pieces, 192) of a window's inputs.
Model = Callable[[dict[str, Ints]], tuple[Floats, Floats, Floats]]

#: Pieces before a window that are read again with it: sources and quotations begin there.
CONTEXT = 64
#: Attributions below this confidence are left out (the best F1 on PolNeAR's development articles).
SURE = 0.65
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
        tags, pairs, compact = model(inputs(pieces, tokenizer, before, end))
        found, _ = decode(tags[1:-1], pairs[:, 1:-1, 1:-1])
        out.extend(_attribution(pieces, before, f) for f in found if _own(f, start - before))
        states.append(compact[start - before + 1 : -1])
    return Reading(sorted(out, key=lambda a: (a.content, a.cue, a.source)), pieces, cuts, states)


def _own(found: Found, first: int) -> bool:
    """Whether an attribution is sure enough, and its cue stands behind the context that the window repeats."""
    return found.confidence >= SURE and found.cue[0][0] >= first


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
