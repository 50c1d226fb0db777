"""Quotations of a text: the stretches between quotation marks, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.reader.windows import CLOSING, INSIDE, OPENING, quotation_states
from kg.annotate.spans import tokens_of
from kg.records import Kind, Span, Spans

_DOUBLE, _SINGLE = '"“”„‟«»″', "'‘’"
_OUTER = " \u00a0\n\t\r,.;:—–-"
_BLANK = r"[ \t\u00a0]"
_NAMED = r"(?:[ae]l-|d['’])?[^\W\d_a-z][^\s,]*"
#: A dash and a name that ends the line, but for what a comma divides from it.
_SIGNED = re.compile(
    rf"{_BLANK}*\n?{_BLANK}*([—―–]|--?){_BLANK}*"
    rf"({_NAMED}(?:{_BLANK}(?:(?:al|bin|da|de|del|der|la|of|the|van|von){_BLANK})*{_NAMED}){{,5}})"
    rf"{_BLANK}*(?:,[^\n]{{,60}})?(?:\n|\Z)"
)
#: Words of the shortest quotation that a signature makes speech; shorter ones are titles.
_SPOKEN = 4
_ABBREVIATION = re.compile(r"\b[A-Z]\.[A-Z]\.\Z")


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


def signatures(text: str) -> list[tuple[Span, Span, Span]]:
    """Quotation, dash and name of each quotation with a name behind a dash: ``“We will stay.” — Ann Lee, nurse``."""
    found = ((span, _SIGNED.match(text, span[1])) for span in quotation_spans(text))
    return [
        (span, match.span(1), trim(text, match.span(2)))
        for span, match in found
        if match and len(text[slice(*span)].split()) >= _SPOKEN
    ]


def quotations(doc: Doc) -> list[Quotation]:
    """Quotations of ``doc`` in order; those without a word are left out."""
    text, out = layers.text(doc), []
    for start, end in quotation_spans(text):
        words = tokens_of(doc, (start, end))
        inner = trim(text, (start, end))
        if words is not None and inner[0] < inner[1]:
            out.append(Quotation(inner, words.start, words.end))
    return out


def trim(text: str, span: Span) -> Span:
    """``span`` without outer punctuation, and without the quotation marks that enclose the whole of it.

    A mark whose partner lies inside the span stays (``called it “a mess”``), and so does the point of ``U.S.``.
    """
    start, end = _bare(text, *span)
    while start < end:
        first, last = text[start] in _DOUBLE, text[end - 1] in _DOUBLE
        marks = sum(c in _DOUBLE for c in text[start:end])
        if (first and last and marks == 2) or (text[start] in _SINGLE and text[end - 1] in _SINGLE and end > start + 1):
            start, end = _bare(text, start + 1, end - 1)
        elif first and marks % 2:
            start, end = _bare(text, start + 1, end)
        elif last and marks % 2:
            start, end = _bare(text, start, end - 1)
        else:
            break
    return start, end


def _bare(text: str, start: int, end: int) -> Span:
    """The span without white space, commas, points and dashes at its edges."""
    while start < end and text[start] in _OUTER:
        start += 1
    while start < end and text[end - 1] in _OUTER and not _ABBREVIATION.search(text, start, end):
        end -= 1
    return start, end


def kind(text: str, content: Spans) -> Kind:
    """``direct`` where quotation marks enclose the whole content, ``mixed`` where they enclose a part."""
    states = quotation_states(text)
    words = [i for s, e in content for i in range(s, e) if text[i].isalnum()]
    quoted = sum(states[i] == INSIDE for i in words)
    return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"
