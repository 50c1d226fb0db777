"""How probable each direction and each relation is between two spans: one interface, and the shipped linear scorer.

The classes are those of the sets that scorers are trained on: five directions (``DIRECTIONS``) and the fifteen PLOVER
root types (``ROOTS``); ``RELATION_OF`` names the relation that each root stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.reader.encoder import relation_scores
from kg.annotate.relations.features import features
from kg.errors import PipelineError
from kg.records import Span

Array = NDArray[np.float64]

#: Whether the spans are related, who acts, and with which sign.
DIRECTIONS = ("none", "p+", "q+", "p-", "q-")
RELATION_OF: Mapping[str, str] = {
    "ACCUSE": "accuses", "AGREE": "agreesWith", "AID": "assists", "ASSAULT": "attacks", "COERCE": "coerces",
    "CONSULT": "consultsWith", "COOPERATE": "cooperatesWith", "MOBILIZE": "mobilisesAgainst",
    "PROTEST": "protestsAgainst", "REJECT": "rejects", "REQUEST": "requests", "SANCTION": "sanctions",
    "SUPPORT": "supports", "THREATEN": "threatens", "YIELD": "yieldsTo",
}  # fmt: skip
ROOTS = tuple(RELATION_OF)
#: Roots of conflict, in PLOVER's binary division; the rest is cooperation.
CONFLICT = frozenset(
    {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"}
)
#: Length given to every row of features, so that long sentences do not count for more.
NORM = 6.0
#: How much the encoder's head weighs against the linear scorer, for directions and for roots.
HEAD_DIRECTION, HEAD_ROOT = 0.5, 0.3


class PairScorer(Protocol):
    """Whatever can judge two spans: the linear model here, or a head on an encoder."""

    def scores(self, doc: Doc, p: Span, q: Span) -> tuple[Array, Array]:
        """Probabilities of ``DIRECTIONS`` (shape 5) and of ``ROOTS`` (shape 15)."""
        ...


class LinearScorer:
    """Two softmax layers over the features of a pair of spans; see the model card for what they learnt from."""

    def __init__(self, vocabulary: Mapping[str, int], direction: Array, root: Array) -> None:
        """Weights have shape (features + 1, classes); the last row is the bias."""
        self.vocabulary = vocabulary
        self.direction = direction
        self.root = root

    def scores(self, doc: Doc, p: Span, q: Span) -> tuple[Array, Array]:
        """Probabilities of ``DIRECTIONS`` and of ``ROOTS``, seen from the spans as given."""
        swapped = p > q
        known = encode(features(doc, *sorted((p, q))), self.vocabulary)
        direction, root = softmax(logits(known, self.direction)), softmax(logits(known, self.root))
        return (np.asarray(direction[[0, 2, 1, 4, 3]]) if swapped else direction), root


class EncoderScorer:
    """The relation head on the attribution encoder's pass; where it has no answer, the scorer behind it."""

    def __init__(self, fallback: PairScorer) -> None:
        self.fallback = fallback

    def scores(self, doc: Doc, p: Span, q: Span) -> tuple[Array, Array]:
        """Probabilities of ``DIRECTIONS`` and of ``ROOTS``: the geometric mean of the head's and the fallback's."""
        found = relation_scores(doc, p, q)
        direction, root = self.fallback.scores(doc, p, q)
        if found is None:
            return direction, root
        heads = np.array(found.direction), np.array([found.root[r] for r in ROOTS])
        return pooled(heads[0], direction, HEAD_DIRECTION), pooled(heads[1], root, HEAD_ROOT)


def pooled(one: Array, other: Array, weight: float) -> Array:
    """Normalised geometric mean of two distributions, the first with ``weight``."""
    mean: Array = np.exp(weight * np.log(one + 1e-9) + (1 - weight) * np.log(other + 1e-9))
    return np.asarray(mean / mean.sum())


def encode(names: list[str], vocabulary: Mapping[str, int]) -> NDArray[np.int64]:
    """Columns of the features that the model knows."""
    return np.array([vocabulary[n] for n in names if n in vocabulary], dtype=np.int64)


def logits(known: NDArray[np.int64], weights: Array) -> Array:
    """Sum of the known features' weights, brought to the common length, plus the bias; shape (classes,)."""
    scale = NORM / np.sqrt(max(len(known), 1))
    total: Array = weights[known].sum(axis=0) * scale + weights[-1]
    return total


def softmax(values: Array) -> Array:
    """Probabilities of the logits."""
    powers: Array = np.exp(values - values.max())
    return np.asarray(powers / powers.sum())


@cache
def shipped() -> LinearScorer:
    """The linear scorer in ``kg/models/relations``.

    Raises:
        PipelineError: the model is not there.
    """
    path = resources.files("kg") / "models" / "relations" / "linear.npz"
    if not path.is_file():
        raise PipelineError(f"No relation model at {path}. Train one: python -m kg.train.relations --help")
    with path.open("rb") as file:
        data = np.load(file)
        names = data["features"].tobytes().decode("utf-8").split("\n")
        weights = [data[key].astype(np.float64) for key in ("direction", "root")]
    return LinearScorer({name: i for i, name in enumerate(names)}, *weights)


@cache
def default() -> PairScorer:
    """The shipped linear scorer together with the encoder's head."""
    return EncoderScorer(shipped())
