"""Quotations of a text: the stretches between quotation marks, however they are written."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate.attribution.windows import CLOSING, INSIDE, OPENING, quotation_states
from kg.records import Kind, Span, Spans

_MARKS = "\"“”„‟«»″'‘’ \u00a0\n\t"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters between the marks, and the tokens from the opening mark to behind the closing one."""

    span: Span
    first: int
    last: int


def quotation_spans(text: str) -> list[Span]:
    """Character spans of the quotations, marks included, in order."""
    states, out, start = quotation_states(text), [], -1
    for i, state in enumerate(states[:-1].tolist()):
        if state == OPENING and start < 0:
            start = i
        elif start >= 0 and state not in (INSIDE, OPENING):
            out.append((start, i + (state == CLOSING)))
            start = -1
    return [*out, (start, len(text))] if start >= 0 else out


def quotations(doc: Doc) -> list[Quotation]:
    """Quotations of ``doc`` in order; those without a word are left out."""
    text, out = doc.text, []
    for start, end in quotation_spans(text):
        words = doc.char_span(start, end, alignment_mode="expand")
        inner = trim(text, (start, end))
        if words is not None and inner[0] < inner[1]:
            out.append(Quotation(inner, words.start, words.end))
    return out


def trim(text: str, span: Span) -> Span:
    """``span`` without the quotation marks and white space at its edges, where the marks enclose the whole of it."""
    start, end = span
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def kind(text: str, content: Spans) -> Kind:
    """``direct`` where quotation marks enclose the whole content, ``mixed`` where they enclose a part."""
    inside = quotation_states(text)
    words = [i for s, e in content for i in range(s, e) if text[i].isalnum()]
    quoted = sum(inside[i] == INSIDE for i in words)
    return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"
