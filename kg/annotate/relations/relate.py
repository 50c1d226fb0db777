"""``kg.relate``: the relations that a text states between two given spans, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Phrase

from kg.annotate.polarity import factuality
from kg.annotate.relations.arguments import Mentions
from kg.annotate.relations.component import clause, pairs
from kg.annotate.relations.links import links
from kg.records import RELATIONS, SYMMETRIC, Related, Span, Stance

Side = Literal["p", "q"]


def relate(doc: Doc, p: Span, q: Span) -> list[Related]:
    """Relations that the text states between the spans ``p`` and ``q`` (character offsets, end exclusive).

    Empty where it states none. Symmetric relations are given once, from the span that stands first.
    """
    return list(stated(doc, p, q))


def stated(doc: Doc, p: Span, q: Span) -> Iterator[Related]:
    """Relations between the spans by the lexicon alone, in the order of the text."""
    spans: list[tuple[Span, Side]] = [(p, "p"), (q, "q")]
    mentions: Mentions[str] = Mentions(doc, spans)
    for sentence in _sentences(doc, p, q):
        for link in links(sentence):
            for subject, obj in pairs(link, mentions):
                side: Side = "p" if subject[0] == "p" else "q"
                if link.relation in SYMMETRIC:
                    side = "p" if p <= q else "q"
                evidence = clause(link, subject[1], obj[1])
                yield Related(side, link.relation, RELATIONS[link.relation], stance(link.trigger[0]), evidence)


def stance(predicate: Token) -> Stance:
    """What the text makes of the predicate: asserted, denied, or neither."""
    found = factuality(predicate)
    return {"+": "asserts", "-": "denies"}.get(found.polarity, "declines_to_confirm")  # type: ignore[return-value]


def _sentences(doc: Doc, p: Span, q: Span) -> Iterator[Phrase]:
    """Sentences that hold both spans."""
    for sentence in doc.sents:
        if all(sentence.start_char <= s < sentence.end_char for s, _ in (p, q)):
            yield sentence
