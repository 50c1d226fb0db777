"""The construction of an attribution: how source, cue and content stand to each other, by the parse and the quotes."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.quotes import kind
from kg.annotate.spans import tokens_of
from kg.records import Spans

CONSTRUCTIONS = (
    "quotation over several sentences", "direct quotation", "according to", "noun cue", "passive", "inverted",
    "content first", "said that", "said (without that)", "infinitive", "verb + preposition", "verb + noun phrase",
    "other",
)  # fmt: skip


def construction(doc: Doc, found: Attribution) -> str:
    """One of ``CONSTRUCTIONS``: the first that holds of an attribution in ``doc``."""
    head = _head(doc, found.cue)
    if kind(doc.text, found.content) == "direct":
        return CONSTRUCTIONS[0] if _sentences(doc, found.content) > 1 else CONSTRUCTIONS[1]
    if "according" in _text(doc, found.cue):
        return "according to"
    if head is None:
        return "other"
    if head.pos_ in ("NOUN", "PROPN"):
        return "noun cue"
    if any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in head.children):
        return "passive"
    if found.content[0][0] < head.idx:
        return "inverted" if found.source and found.source[0][0] > head.idx else "content first"
    return _complement(doc, found.content)


def _complement(doc: Doc, content: Spans) -> str:
    """What a content behind its cue is: a clause, an infinitive, a phrase."""
    head, words = _head(doc, content), _text(doc, content).split()
    if words[:1] == ["that"]:
        return "said that"
    if words[:1] == ["to"]:
        return "infinitive"
    if head is None:
        return "other"
    by_form = {"ccomp": "said (without that)", "xcomp": "infinitive", "prep": "verb + preposition"}
    if head.dep_ in by_form:
        return by_form[head.dep_]
    if head.dep_ == "pobj":
        return "verb + preposition"
    return "verb + noun phrase" if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else "said (without that)"


def _words(doc: Doc, spans: Spans) -> list[Token]:
    found = (tokens_of(doc, s) for s in spans)
    return [t for span in found if span is not None for t in span if not t.is_punct and not t.is_space]


def _text(doc: Doc, spans: Spans) -> str:
    return " ".join(t.lower_ for t in _words(doc, spans))


def _head(doc: Doc, spans: Spans) -> Token | None:
    """The first word whose head stands outside."""
    words = _words(doc, spans)
    return next((t for t in words if t.head == t or t.head not in words), None)


def _sentences(doc: Doc, spans: Spans) -> int:
    return len({t.sent.start for t in _words(doc, spans)})
