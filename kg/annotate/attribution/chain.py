"""Chains of two states, outside and inside a content, as a conditional random field (Lafferty et al. 2001)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: Score of being inside where a chain has ended.
_NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected values of one or more chains: inside, first inside and last inside at each place; and log Z."""

    inside: Floats
    first: Floats
    last: Floats
    log_z: Floats


def padded(flat: Floats, bounds: Ints) -> Floats:
    """Rows of a flat array (places, scores) as (longest + 2, chains, scores), with a place before and behind each."""
    sizes = np.diff(bounds)
    out = np.zeros((int(sizes.max(initial=0)) + 2, len(sizes), flat.shape[1]), np.float32)
    out[..., 0] = _NEVER
    out[places(bounds)] = flat
    return out


def places(bounds: Ints) -> tuple[Ints, Ints]:
    """Where each row of a flat array stands in a padded one."""
    sizes = np.diff(bounds)
    chain = np.repeat(np.arange(len(sizes)), sizes)
    return np.arange(int(bounds[-1])) - bounds[chain] + 1, chain


def expected(scores: Floats) -> Expected:
    """Forward and backward pass over ``scores`` (places, chains, 3): being inside, beginning and ending."""
    inside, begin, end = scores[..., 0], scores[..., 1], scores[..., 2]
    out_a, in_a = np.zeros_like(inside), np.full_like(inside, _NEVER)
    for t in range(1, len(inside)):
        out_a[t] = np.logaddexp(out_a[t - 1], in_a[t - 1] + end[t - 1])
        in_a[t] = inside[t] + np.logaddexp(out_a[t - 1] + begin[t], in_a[t - 1])
    out_b, in_b = np.zeros_like(inside), np.full_like(inside, _NEVER)
    for t in range(len(inside) - 2, -1, -1):
        into = inside[t + 1] + in_b[t + 1]
        out_b[t] = np.logaddexp(out_b[t + 1], into + begin[t + 1])
        in_b[t] = np.logaddexp(out_b[t + 1] + end[t], into)
    log_z = out_a[-1]
    first, last = np.zeros_like(inside), np.zeros_like(inside)
    first[1:] = np.exp(out_a[:-1] + begin[1:] + inside[1:] + in_b[1:] - log_z)
    last[:-1] = np.exp(in_a[:-1] + end[:-1] + out_b[1:] - log_z)
    return Expected(np.exp(in_a + in_b - log_z), first, last, log_z)


def softmax(scores: Floats, bounds: Ints) -> Floats:
    """Probabilities within each of the ranges that ``bounds`` cut."""
    sizes = np.diff(bounds)
    e = np.exp(scores - np.repeat(np.maximum.reduceat(scores, bounds[:-1]), sizes))
    return e / np.repeat(np.add.reduceat(e, bounds[:-1]), sizes)  # type: ignore[no-any-return]
