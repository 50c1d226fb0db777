"""Softmax regression over sparse binary rows: L-BFGS in NumPy, so that training needs nothing else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
MEMORY = 10


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a sparse matrix: the columns that are set, one after another, and each row's common value."""

    columns: Ints
    starts: Ints
    values: Array
    width: int

    @classmethod
    def of(cls, rows: Sequence[Ints], width: int, norm: float) -> Rows:
        """Rows of the given columns, each brought to the length ``norm``; a last column, always set, is the bias."""
        lengths = np.array([len(r) for r in rows])
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        values = norm / np.sqrt(np.maximum(lengths, 1))
        return cls(np.concatenate(rows).astype(np.int64), starts.astype(np.int64), values, width)

    @property
    def owners(self) -> Ints:
        """The row of each set column."""
        lengths = np.diff(np.append(self.starts, len(self.columns)))
        return np.repeat(np.arange(len(self.starts)), lengths)


def fit(rows: Rows, labels: Ints, classes: int, *, strength: float, weights: Array | None = None) -> Array:
    """Weights of shape (width + 1, classes); ``strength`` is the inverse of the L2 penalty, ``weights`` one a row."""
    loss = _loss(rows, labels, classes, strength, np.ones(len(labels)) if weights is None else weights)
    found = minimise(loss, np.zeros((rows.width + 1) * classes))
    return found.reshape(rows.width + 1, classes)


def _loss(
    rows: Rows, labels: Ints, classes: int, strength: float, weights: Array
) -> Callable[[Array], tuple[float, Array]]:
    order = np.argsort(rows.columns, kind="stable")
    columns, owners = rows.columns[order], rows.owners[order]
    firsts = np.flatnonzero(np.concatenate(([True], columns[1:] != columns[:-1])))
    present = columns[firsts]
    truth = np.eye(classes)[labels]

    def loss(flat: Array) -> tuple[float, Array]:
        w = flat.reshape(rows.width + 1, classes)
        z = np.add.reduceat(w[rows.columns], rows.starts, axis=0) * rows.values[:, None] + w[-1]
        z -= z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        residual = (np.exp(log_p) - truth) * (weights * strength)[:, None]
        gradient = w.copy()
        gradient[-1] = residual.sum(axis=0)
        gradient[present] += np.add.reduceat((residual * rows.values[:, None])[owners], firsts, axis=0)
        value = -strength * float((weights * log_p[np.arange(len(labels)), labels]).sum()) + 0.5 * float(
            (w[:-1] ** 2).sum()
        )
        return value, gradient.ravel()

    return loss


def minimise(
    function: Callable[[Array], tuple[float, Array]], start: Array, steps: int = 150, tolerance: float = 1e-7
) -> Array:
    """The point that L-BFGS reaches (Liu and Nocedal 1989), with backtracking by Armijo's rule."""
    x = start
    value, gradient = function(x)
    history: deque[tuple[Array, Array]] = deque(maxlen=MEMORY)
    for _ in range(steps):
        direction = _two_loops(gradient, history)
        slope = float(gradient @ direction)
        size = 1.0 if history else 1.0 / max(1.0, float(np.abs(gradient).sum()))
        while True:
            ahead, new_gradient = function(x + size * direction)
            if ahead <= value + 1e-4 * size * slope or size < 1e-10:
                break
            size /= 2
        step, change = size * direction, new_gradient - gradient
        if float(step @ change) > 1e-12:
            history.append((step, change))
        x, done = x + step, abs(value - ahead) <= tolerance * max(1.0, abs(value))
        value, gradient = ahead, new_gradient
        if done:
            break
    return x


def _two_loops(gradient: Array, history: deque[tuple[Array, Array]]) -> Array:
    """The quasi-Newton direction."""
    q, kept = gradient.copy(), []
    for step, change in reversed(history):
        a = float(step @ q) / float(step @ change)
        kept.append(a)
        q -= a * change
    if history:
        step, change = history[-1]
        q *= float(step @ change) / float(change @ change)
    for (step, change), a in zip(history, reversed(kept), strict=True):
        q += step * (a - float(change @ q) / float(step @ change))
    return -q
