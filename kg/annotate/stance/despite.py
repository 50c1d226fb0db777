"""Denials that a clause is told against: "Mali, despite its denials, has armed the rebels"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.attribution.frames import span_of, speaker
from kg.records import Spans

AGAINST = frozenset({"despite", "notwithstanding"})


def against(noun: Token) -> bool:
    """Whether a clause is told against a noun that has no content of its own: "despite its denials"."""
    behind_of = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "spite"
    bare = not any(c.dep_ in ("acl", "prep", "relcl", "ccomp") for c in noun.children)
    return bare and noun.pos_ == "NOUN" and (noun.head.lower_ in AGAINST or behind_of)


def _preposition(noun: Token) -> Token:
    """The word that opens the phrase: "despite", or the "in" of "in spite of"."""
    return noun.head if noun.head.lower_ in AGAINST else noun.head.head.head


def denier(noun: Token) -> Token | None:
    """Who denies where the noun does not say it: the subject of the clause that is told against it."""
    if not against(noun):
        return None
    verb = _preposition(noun).head
    return speaker(verb) if verb.pos_ in ("VERB", "AUX") else None


def clause_beside(doc: Doc, noun: Token) -> Spans:
    """Characters of what is told against the denials: behind the comma that ends their phrase, else before it."""
    opening, after = _preposition(noun), noun.right_edge.i + 1
    if after + 1 < noun.sent.end and doc[after].text == ",":
        end = max(opening.head.right_edge.i + 1, after + 2)
        while end > after + 2 and doc[end - 1].is_punct:
            end -= 1
        return (span_of(doc, after + 1, min(end, len(doc))),)
    start = opening.head.left_edge.i
    return (span_of(doc, start, opening.i),) if start < opening.i else ()
