"""``kg.relate``: the relations that a text states between two given spans, in both directions."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from spacy.tokens import Doc

from kg.annotate.reader.encoder import shipped
from kg.annotate.relations.scorer import (
    CONFLICT,
    DIRECTIONS,
    RELATION_OF,
    ROOTS,
    Array,
    PairScorer,
    default,
)
from kg.annotate.relations.stated import Stated, best, stated
from kg.annotate.spans import tokens_of
from kg.records import RELATIONS, STANCES, SYMMETRIC, Actor, Mention, Related, Span

Side = Literal["p", "q"]

# The figures below were chosen on the directed set's validation half, which no training saw (see the model card).
#: How much more than the best relation "no relation" must be worth, in logarithms.
NEUTRAL_BIAS = -0.25
#: How much the sign that the direction gives weighs against the root types.
SIGN_WEIGHT = 1.0
#: How much the relation head weighs against the scorer's root types.
HEAD_WEIGHT = 0.5
#: Above this probability of "none", the relation head is not believed either.
SURELY_NONE = 0.8


def relate(doc: Doc, p: Span, q: Span, scorer: PairScorer | None = None) -> list[Related]:
    """Relations that the text states between the spans ``p`` and ``q`` (character offsets, end exclusive).

    Empty where it states none. Symmetric relations are given once, from the span that stands first. ``scorer`` takes
    the place of the shipped models.
    """
    if not all(doc.text[start:end].strip() for start, end in (p, q)):
        return []  # a blank names nobody
    judge = scorer or default()
    direction, root = judge.scores(doc, p, q)
    if DIRECTIONS[int(direction[1:].argmax()) + 1][0] == "q":
        root = judge.scores(doc, q, p)[1]  # roots are those of what the first span does
    return decide(said(doc, p, q), direction, root, _between(p, q))


def decide(found: list[Related], direction: Array, root: Array, evidence: Span) -> list[Related]:
    """What the relation head found, unless the scorer is sure of nothing; else the scorer's best relation."""
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
    """The most probable root type, given also the sign and what the relation head found."""
    conflict = np.array([r in CONFLICT for r in ROOTS])
    against, towards = direction[3] + direction[4], direction[1] + direction[2]
    sign = np.where(conflict, against, towards) / (against + towards)
    listed = np.array([any(_same_type(f.relation, RELATION_OF[r]) for f in found) for r in ROOTS])
    score = np.log(root + 1e-9) + SIGN_WEIGHT * np.log(sign + 1e-9) + HEAD_WEIGHT * listed
    return ROOTS[int(score.argmax())]


#: Standing relations, and the event that they count as.
STANDING = {"alliedWith": "supports", "memberOf": "supports", "leads": "supports", "opposes": "accuses"}


def _same_type(one: str, other: str) -> bool:
    return STANDING.get(one, one) == other


def said(doc: Doc, p: Span, q: Span) -> list[Related]:
    """What the relation head finds between the spans, surest first."""
    window = text_around(doc, p, q)
    ends = [Actor(side, "", "Unnamed", mentions=(Mention(*span),)) for side, span in (("p", p), ("q", q))]
    moved = [
        replace(e, mentions=tuple(Mention(m.start - window[0], m.end - window[0]) for m in e.mentions)) for e in ends
    ]
    found = best(stated(shipped(), doc.text[slice(*window)], moved, typed=False))
    return [_related(s, window[0], p, q) for s in sorted(found, key=lambda s: -s.chance)[:1]]


def _related(found: Stated, offset: int, p: Span, q: Span) -> Related:
    side: Side = "p" if found.subject[0] == "p" else "q"
    if found.relation in SYMMETRIC:
        side = "p" if p <= q else "q"
    spans = (found.subject[1], found.object[1], found.trigger)
    evidence = offset + min(s for s, _ in spans), offset + max(e for _, e in spans)
    stance = STANCES[int(np.argmax(found.stance))]
    return Related(side, found.relation, RELATIONS[found.relation], stance, evidence)


def text_around(doc: Doc, p: Span, q: Span) -> Span:
    """The sentences that hold both spans, and those between."""
    first, last = (tokens_of(doc, (a, b)) for a, b in sorted((p, q)))
    if first is None or last is None:
        return _between(p, q)
    return min(first[0].sent.start_char, p[0], q[0]), max(last[-1].sent.end_char, p[1], q[1])


def _between(p: Span, q: Span) -> Span:
    """The stretch that holds both spans."""
    return min(p[0], q[0]), max(p[1], q[1])
