"""Attributions of a whole text from the encoder's windows."""

from __future__ import annotations

from collections.abc import Callable

from tokenizers import Tokenizer

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.decode import Floats, Found, Range, decode
from kg.annotate.attribution.windows import Ints, Stream, inputs, stream, windows
from kg.records import Span, Spans

#: Tag scores (pieces, 7) and pair logits (2, pieces, pieces) of a window's inputs.
Model = Callable[[dict[str, Ints]], tuple[Floats, Floats]]


def attributions(text: str, tokenizer: Tokenizer, model: Model) -> list[Attribution]:
    """Attributions of ``text`` in the order of their first content."""
    pieces = stream(tokenizer, text)
    out: list[Attribution] = []
    for start, end in windows(pieces, tokenizer):
        tags, pairs = model(inputs(pieces, tokenizer, start, end))
        found, _ = decode(tags[1:-1], pairs[:, 1:-1, 1:-1])
        out.extend(_attribution(pieces, start, f) for f in found)
    return sorted(out, key=lambda a: (a.content, a.cue, a.source))


def _span(pieces: Stream, offset: int, span: Range) -> Span:
    return int(pieces.starts[offset + span[0]]), int(pieces.ends[offset + span[1] - 1])


def _attribution(pieces: Stream, offset: int, found: Found) -> Attribution:
    def spans(ranges: tuple[Range, ...]) -> Spans:
        return tuple(_span(pieces, offset, r) for r in ranges)

    return Attribution(spans(found.source), spans(found.cue), spans(found.content), found.confidence)
