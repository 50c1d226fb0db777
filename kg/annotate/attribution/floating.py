"""Quotations that no cue claims: they are somebody's words all the same."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.quotes import Quotation
from kg.records import Span, Spans

#: A quotation without a cue is speech from this many words on; shorter ones are names and scare quotes.
_SPOKEN = 5
#: What ends a sentence, quotation marks, and tags of verbs that make one.
_SENTENCE_ENDS, _MARKS = ".!?…:\n", "\"“”'‘’`« »"
#: Characters around a quotation among which the sentence before it ends, and what follows begins.
_NEAR = 20
_FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))


def merged(spans: list[Span]) -> Spans:
    """Spans in order, joined where they touch or overlap."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 2:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def with_floating(doc: Doc, found: list[Attribution], quoted: list[Quotation]) -> list[Attribution]:
    """Quotations that no cue claims go to the attribution before them: a quotation over several sentences.

    Where there is none near by, sentences in quotation marks are somebody's all the same.
    """
    text, out = layers.text(doc), sorted(found, key=lambda a: a.content)
    for quotation in quoted:
        start, end = quotation.span
        if len(text[start:end].split()) < _SPOKEN or any(s < end and start < e for a in out for s, e in a.content):
            continue
        before = [i for i, a in enumerate(out) if a.source and a.content[0][0] < start and _near(text, a, start)]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=merged([*last.content, quotation.span]))
        elif _sentences(doc, text, quotation):
            out.append(Attribution(_introduced_by(doc, quotation), (), (quotation.span,)))
            out.sort(key=lambda a: a.content)
    return sorted(out, key=lambda a: a.content)


def _sentences(doc: Doc, text: str, quotation: Quotation) -> bool:
    """Whether a quotation is whole sentences that nothing around it takes up, and no title or part of a sentence."""
    words = doc[quotation.first : quotation.last]
    start, end = words.start_char, words.end_char
    before, behind = text[max(0, start - _NEAR) : start].rstrip(" \u00a0"), text[end : end + _NEAR].lstrip(" \u00a0")
    opens = words.text.strip(_MARKS)[:1].isupper() and (not before or before[-1] in _SENTENCE_ENDS)
    closes = words.text.rstrip(_MARKS)[-1:] in _SENTENCE_ENDS and (not behind or behind[0] not in ":;,—–-")
    return opens and closes and any(t.tag_ in _FINITE for t in words)


def _introduced_by(doc: Doc, quotation: Quotation) -> Spans:
    """The name that is the subject of the sentence before a quotation, in its paragraph."""
    first = doc[quotation.first]
    if not quotation.first or "\n" in doc[quotation.first - 1].text_with_ws:
        return ()
    sentence = doc[first.i - 1].sent
    subjects = (t for t in sentence.root.children if t.dep_ == "nsubj")
    named = next((t for t in subjects if t.pos_ == "PROPN" or t.lower_ in ("he", "she")), None)
    if named is None:
        return ()
    phrase = doc[named.left_edge.i : named.i + 1]
    return ((phrase.start_char, phrase.end_char),)


def _near(text: str, attribution: Attribution, start: int) -> bool:
    """Whether nothing but a sentence or a paragraph's end lies between the attribution and ``start``."""
    ends = max(e for s, e in [*attribution.content, *attribution.cue, *attribution.source])
    return start - ends < 20 or not text[ends:start].strip(' .,"”“\n')
