"""``kg.relate``: the relations that a text states between two given spans, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Phrase

from kg.annotate.polarity import factuality
from kg.annotate.relations.arguments import Mentions
from kg.annotate.relations.component import clause, pairs
from kg.annotate.relations.links import links
from kg.annotate.relations.scorer import (
    CONFLICT,
    DIRECTIONS,
    RELATION_OF,
    ROOTS,
    Array,
    PairScorer,
    default,
)
from kg.records import RELATIONS, SYMMETRIC, Related, Span, Stance

Side = Literal["p", "q"]

# The four figures below and the weights of the pool were chosen on a fifth of PLV's training half, held out from both
# scorers, and on the directed set's validation half (see the model card).
#: How much more than the best relation "no relation" must be worth, in logarithms.
NEUTRAL_BIAS = 0.5
#: How much the sign that the direction gives weighs against the root types.
SIGN_WEIGHT = 1.0
#: How much a relation of the lexicon weighs against the scorer's root types.
LEXICON_WEIGHT = 0.5
#: Above this probability of "none", the lexicon is not believed either.
SURELY_NONE = 0.8


def relate(doc: Doc, p: Span, q: Span, scorer: PairScorer | None = None) -> list[Related]:
    """Relations that the text states between the spans ``p`` and ``q`` (character offsets, end exclusive).

    Empty where it states none. Symmetric relations are given once, from the span that stands first. ``scorer`` takes
    the place of the shipped models.
    """
    if not all(doc.text[start:end].strip() for start, end in (p, q)):
        return []  # a blank names nobody
    direction, root = (scorer or default()).scores(doc, p, q)
    return decide(list(stated(doc, p, q)), direction, root, _between(p, q))


def decide(found: list[Related], direction: Array, root: Array, evidence: Span) -> list[Related]:
    """What the lexicon found, unless the scorer is sure that there is nothing; else the scorer's best relation."""
    related = int(direction[1:].argmax()) + 1
    neutral = float(direction[0]) > float(direction[related]) * np.exp(NEUTRAL_BIAS)
    if not found and neutral:
        return []
    if found and float(direction[0]) > SURELY_NONE:
        return []
    subject: Side = "p" if DIRECTIONS[related][0] == "p" else "q"
    relation = RELATION_OF[_root(direction, root, found)]
    kept = [r for r in found if _same_type(r.relation, relation)]
    if kept:
        return kept
    if found:
        first = found[0]
        return [Related(first.subject, relation, RELATIONS[relation], first.stance, first.evidence)]
    return [Related(subject, relation, RELATIONS[relation], "asserts", evidence)]


def _root(direction: Array, root: Array, found: list[Related]) -> str:
    """The most probable root type, given also the sign and what the lexicon found."""
    conflict = np.array([r in CONFLICT for r in ROOTS])
    against, towards = direction[3] + direction[4], direction[1] + direction[2]
    sign = np.where(conflict, against, towards) / (against + towards)
    listed = np.array([any(_same_type(f.relation, RELATION_OF[r]) for f in found) for r in ROOTS])
    score = np.log(root + 1e-9) + SIGN_WEIGHT * np.log(sign + 1e-9) + LEXICON_WEIGHT * listed
    return ROOTS[int(score.argmax())]


#: Standing relations, and the event that they count as.
STANDING = {"alliedWith": "supports", "memberOf": "supports", "leads": "supports", "opposes": "accuses"}


def _same_type(one: str, other: str) -> bool:
    return STANDING.get(one, one) == other


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
    match factuality(predicate).polarity:
        case "+":
            return "asserts"
        case "-":
            return "denies"
    return "declines_to_confirm"


def _sentences(doc: Doc, p: Span, q: Span) -> Iterator[Phrase]:
    """Sentences that hold both spans."""
    for sentence in doc.sents:
        if all(sentence.start_char <= s < sentence.end_char for s, _ in (p, q)):
            yield sentence


def _between(p: Span, q: Span) -> Span:
    """The stretch that holds both spans."""
    return min(p[0], q[0]), max(p[1], q[1])
