"""The parts of a text that are worth keeping: the sentences around given spans."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import Span
from kg.view.passage import sentence_end, sentence_start

#: Characters between two parts that are kept rather than cut out.
NEAR = 40


def segments(text: str, spans: Iterable[Span]) -> list[tuple[int, str]]:
    """Where each part starts, and the part: the sentences of ``text`` that hold one of ``spans``, in order."""
    wanted = sorted((sentence_start(text, start), sentence_end(text, end)) for start, end in spans)
    joined: list[Span] = []
    for start, end in wanted:
        if joined and start <= joined[-1][1] + NEAR:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return [(start, text[start:end]) for start, end in joined]
