"""How a thing is said and how far its parts are apart: the slices that figures are given by."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.spans import tokens_of
from kg.evaluate.words import Words
from kg.records import Span

#: Upper ends of the distances, in words.
REACH = (3, 8, 15)


def distance(words: Words, a: Span, b: Span) -> str:
    """How many words stand between two spans, as a range."""
    n, low = words.between(a, b), 0
    for high in REACH:
        if n <= high:
            return f"{low:2}-{high} words"
        low = high + 1
    return f"{low} words or more"


def apart(doc: Doc, words: Words, a: Span, b: Span) -> str:
    """The distance of two spans of one sentence, else ``other sentence``."""
    if not doc.has_annotation("SENT_START"):
        return distance(words, a, b)
    here, there = (tokens_of(doc, s) for s in (a, b))
    if here is None or there is None or here.sent.start == there.sent.start:
        return distance(words, a, b)
    return "other sentence"


def relation_construction(doc: Doc, trigger: Span | None) -> str:
    """How a relation is worded, by the parse of its trigger.

    One of: active verb, passive, verb without a subject of its own (infinitives, participles), noun, modifier (an
    adjective, or a part of a compound such as "US-backed"), other.
    """
    span = tokens_of(doc, trigger) if trigger else None
    if span is None:
        return "no trigger"
    if not doc.has_annotation("DEP"):
        return "unknown (no parse)"
    return _worded(next((t for t in span if t.pos_ in ("VERB", "NOUN")), span.root))


def _worded(head: Token) -> str:
    deps = {c.dep_ for c in head.children}
    if head.dep_ in ("amod", "compound", "nmod") or head.pos_ == "ADJ" or _hyphenated(head):
        return "modifier"
    if head.pos_ in ("NOUN", "PROPN"):
        return "noun"
    if head.pos_ not in ("VERB", "AUX"):
        return "other"
    if deps & {"auxpass", "nsubjpass", "agent"}:
        return "passive"
    return "active verb" if "nsubj" in deps else "verb without a subject of its own"


def _hyphenated(head: Token) -> bool:
    return head.i > 0 and head.doc[head.i - 1].text == "-"
