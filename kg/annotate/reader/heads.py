"""The reader's heads in numpy: small products over the states of one pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.annotate.reader.labels import LONGEST, REGIONS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
_POOLS = ThreadpoolController()
#: Pairs of mentions that are compared at a time: more would not fit the memory for a long text.
_PAIRS = 1 << 16


def alone(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The function with its matrix products in one thread.

    They are too small to share: beside other work sharing took six times as long. And the figures are then the same on
    any number of cores.
    """
    return cast("Callable[Arguments, Result]", _POOLS.wrap(limits=1, user_api="blas")(function))


def gelu(x: Floats) -> Floats:
    """The tanh form of GELU: within 1e-3 of the exact one, without scipy."""
    y: Floats = np.float32(0.5) * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return y


def softmax(x: Floats) -> Floats:
    """Probabilities over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    y: Floats = e / e.sum(-1, keepdims=True)
    return y


def sigmoid(x: Floats) -> Floats:
    """The probability of a score."""
    y: Floats = (1 / (1 + np.exp(-np.clip(x, -30, 30)))).astype(np.float32)
    return y


def running(z: Floats) -> Floats:
    """Sums (pieces + 1, STATE) of the states before each piece."""
    sums: Floats = np.pad(z.cumsum(0, dtype=np.float64), [(1, 0), (0, 0)]).astype(np.float32)
    return sums


class Weights:
    """Named arrays of a file, and the linear layers among them."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as weights:
            self._w = {name: weights[name].astype(np.float32) for name in weights.files}

    def _linear(self, name: str, x: Floats) -> Floats:
        y: Floats = x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]
        return y


class Heads(Weights):
    """The trained heads, from ``heads.npz``."""

    def distance(self, layer: str) -> Floats:
        """What a layer of attributions adds to a pair of pieces for their distance (2, 19)."""
        found: Floats = self._w[f"{layer}.distance"]
        return found

    @alone
    def spans(self, z: Floats) -> Floats:
        """Scores (pieces, LONGEST) of the spans that begin at a piece, by length less one; -inf beyond the window."""
        size = len(z)
        first, last = self._linear("mentions.first", z), self._linear("mentions.last", z)
        pairs = first @ last.T / first.shape[1] ** 0.5
        pairs += self._linear("mentions.begins", z) + self._linear("mentions.ends", z).T
        at = np.arange(size)[:, None] + np.arange(LONGEST)
        to = np.minimum(at, size - 1)
        sums = np.concatenate([[0], self._linear("mentions.within", z)[:, 0].cumsum()])
        inside = (sums[to + 1] - sums[:-1, None]) / np.arange(1, LONGEST + 1)
        scores = np.take_along_axis(pairs, to, 1) + inside + self._w["mentions.width"]
        found: Floats = np.where(at < size, scores, -np.inf).astype(np.float32)
        return found

    @alone
    def types(self, rows: Floats) -> tuple[Floats, Floats]:
        """Probabilities of the types (mentions, 13) of pooled mentions, and of their being of several actors."""
        hidden = gelu(self._linear("mentions.mix", rows))
        return softmax(self._linear("mentions.kind", hidden)), sigmoid(self._linear("mentions.several", hidden)[:, 0])

    @alone
    def antecedents(self, rows: Floats, pairs: Ints, features: Floats) -> Floats:
        """Scores (pairs,) of later and earlier mentions; the mention stands for nobody before it at 0."""
        if not len(pairs):
            return np.zeros(0, np.float32)
        parts = [self._linear(f"antecedents.{name}", rows) for name in ("later", "earlier", "query", "key")]
        chunks = (slice(n, n + _PAIRS) for n in range(0, len(pairs), _PAIRS))
        return np.concatenate([self._compared(parts, pairs[chunk], features[chunk]) for chunk in chunks])

    def _compared(self, parts: list[Floats], pairs: Ints, features: Floats) -> Floats:
        later, earlier = pairs.T
        one, other, query, key = parts
        hidden = one[later] + other[earlier] + self._linear("antecedents.seen", features)
        near = (query[later] * key[earlier]).sum(-1) / query.shape[1] ** 0.5
        scores: Floats = self._linear("antecedents.out", gelu(hidden))[:, 0] + near
        return scores

    @alone
    def relations(self, z: Floats, pairs: Ints, types: tuple[Floats, Floats]) -> tuple[Floats, Floats, Floats, Floats]:
        """Scores of relation (pairs, 20), stance (pairs, 3), own claim (pairs,) and trigger (pairs, pieces).

        Args:
            z: states (pieces, STATE) of a window.
            pairs: first and last piece of subject and object (pairs, 4).
            types: probabilities (pairs, 13) of the types of subject and object.
        """
        s0, s1, o0, o1 = pairs.T
        s = self._linear("relations.sub", np.concatenate([z[s0], z[s1]], -1))
        o = self._linear("relations.obj", np.concatenate([z[o0], z[o1]], -1))
        asked = self._linear("relations.asks", np.concatenate([s, o], -1))
        trigger = asked @ self._linear("relations.answers", z).T / s.shape[1] ** 0.5
        low, high, sums = np.minimum(s1, o1), np.maximum(s0, o0), running(z)
        between = (sums[np.maximum(high, low + 1)] - sums[low + 1]) / np.maximum(high - low - 1, 1)[:, None]
        away = o0 - s0
        bucket = np.minimum((np.log2(np.abs(away) + 1, dtype=np.float32) * np.float32(1.6)).astype(np.int64), 11)
        near = self._w["relations.distance.weight"][bucket + 12 * (away < 0)]
        kinds = [t @ self._w["relations.kind.weight"].T for t in types]
        row = np.concatenate([s, o, s * o, softmax(trigger) @ z, between, *kinds, near], -1).astype(np.float32)
        hidden = gelu(self._linear("relations.mix", row))
        own = self._linear("relations.own", hidden)[:, 0]
        return self._linear("relations.relation", hidden), self._linear("relations.stance", hidden), own, trigger

    @alone
    def stances(self, z: Floats, regions: Ints) -> Floats:
        """Scores (claims, 3) of claims whose ``regions`` (claims, pieces) tell source, cue, content and the rest."""
        scores = self._linear("stances.key", z).T[None] + self._w["stances.region"][:, regions].transpose(1, 0, 2)
        context = softmax(scores) @ self._linear("stances.value", z)
        parts = []
        for number in range(1, REGIONS - 1):
            weight = (regions == number).astype(np.float32)
            parts.append(weight @ z / np.maximum(weight.sum(1, keepdims=True), 1))
        row = np.concatenate([*parts, context.reshape(len(regions), -1)], -1)
        return self._linear("stances.out", gelu(self._linear("stances.mix", row)))
