"""The head that tells which earlier statement a claim is about, fitted on the shipped encoder's own int8 states."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from kg.annotate.reader.anaphora import FEATURES, Pair, candidates, features
from kg.annotate.reader.encoder import Encoder
from kg.annotate.reader.heads import Floats
from kg.evaluate.gold import Gold, gold_of
from kg.records import Claim, Proposition

log = logging.getLogger(__name__)
#: How little the regression is held back: chosen by cross-validation over texts.
_C = 0.01
#: Zero weights and a bias that no score gets over, before there is anything to learn from.
NEVER = -1e4


def fit(encoder: Encoder, docs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Weight (1, FEATURES) and bias (1,) of a logistic regression over the claims and statements of annotated texts.

    It is never sure where ``docs`` have no claim about what was stated before it.
    """
    found = [row for doc in docs for row in _rows(encoder, gold_of(doc))]
    x, y = np.array([row for row, _ in found], np.float32), np.array([about for _, about in found], bool)
    log.info("anaphora: %d pairs of a claim and an earlier statement, %d of them one about the other", len(y), y.sum())
    if not y.any():
        return nothing()
    scale = StandardScaler().fit(x)
    model = LogisticRegression(C=_C, max_iter=1000).fit(scale.transform(x), y)
    weight = model.coef_ / scale.scale_
    return named(weight, model.intercept_ - weight @ scale.mean_)


def nothing() -> dict[str, Any]:
    """The head that finds nothing."""
    return named(np.zeros((1, FEATURES)), np.full(1, NEVER))


def named(weight: NDArray[Any], bias: NDArray[Any]) -> dict[str, Any]:
    """The arrays as ``anaphora.npz`` has them."""
    return {"anaphora.weight": weight.astype(np.float32), "anaphora.bias": bias.astype(np.float32)}


def _rows(encoder: Encoder, gold: Gold) -> Iterator[tuple[Floats, bool]]:
    """The features of each pair of a text, and whether the claim is about the statement."""
    claims = _once(gold.claims())
    statements, about = _stated(gold, claims)
    pairs = candidates(claims, statements)
    if pairs:
        rows = features(gold.text, encoder.reading(gold.text), claims, statements, pairs)
        yield from zip(rows, (pair in about for pair in pairs), strict=True)


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """Claims of one content and cue as one: the annotation divides those of several stances."""
    return list({(c.content, c.cue_span): c for c in claims}.values())


def _stated(gold: Gold, claims: list[Claim]) -> tuple[list[Proposition], set[Pair]]:
    """What the text states, each once for all who speak of it, and the numbers of those with the claims on them."""
    numbers = {(c.content, c.cue_span): n for n, c in enumerate(claims)}
    claim_of = {c.id: numbers[c.content, c.cue_span] for c in gold.claims()}
    stated: dict[tuple[object, ...], Proposition] = {}
    order: dict[tuple[object, ...], int] = {}
    about: set[Pair] = set()
    for s in gold.statements:
        if s.trigger:
            key = (s.subject, s.relation, s.object, s.trigger)
            stated.setdefault(key, Proposition(f"p{len(stated)}", s.subject, s.relation, s.object, s.trigger))
            number = order.setdefault(key, len(order))
            if s.claim in claim_of:
                about.add((claim_of[s.claim], number))
    return list(stated.values()), about
