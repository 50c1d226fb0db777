"""Training of the linear attribution engine: NumPy only, one seed, the same weights each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.attribution.chain import expected, padded, places, softmax
from kg.annotate.attribution.columns import Columns, Ints, columns
from kg.annotate.attribution.features import BITS, Floats, Slots, cue_features, cue_words, pair_features, pairs
from kg.annotate.attribution.linear import sigmoid, total
from kg.annotate.pipeline import DEFAULT_PIPELINE
from kg.train.corpus import Article, read

Spans = Sequence[Sequence[int]]


class Table:
    """Hashed weights of shape (2 ** BITS, outputs), learnt by Adagrad (Duchi et al. 2011) and averaged."""

    def __init__(self, outputs: int, rate: float, penalty: float) -> None:
        self.rate, self.penalty = rate, penalty
        self.weights = np.zeros((outputs, 2**BITS), np.float32)
        self._squares = np.full_like(self.weights, 1e-6)
        self._sum, self._steps = np.zeros(self.weights.shape, np.float64), 0

    def scores(self, slots: Slots) -> Floats:
        """Sums of weights, (rows, outputs)."""
        return total(self.weights, slots)

    def step(self, slots: Slots, gradient: Floats, *, average: bool) -> None:
        """One step against ``gradient`` (rows, outputs) of the loss."""
        flat = slots.ravel()
        for k, weights in enumerate(self.weights):
            g = np.bincount(flat, np.repeat(gradient[:, k], slots.shape[1]), 2**BITS).astype(np.float32)
            g += self.penalty * weights * (g != 0)
            self._squares[k] += g * g
            self.weights[k] -= self.rate * g / np.sqrt(self._squares[k])
        if average:
            self._sum += self.weights
            self._steps += 1

    def averaged(self) -> Floats:
        """The mean of the weights after each step that was to be averaged."""
        return (self._sum / max(1, self._steps)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: its columns, and for each attribution the rows of its cue's head, its content and its source."""

    columns: Columns
    cues: Ints
    contents: list[NDArray[np.bool_]]
    sources: Ints


def labelled(doc: Doc, article: Article) -> Labelled:
    """``doc`` with the attributions of ``article``; those without a cue or a content teach nothing."""
    c = columns(doc)
    found: dict[int, tuple[NDArray[np.bool_], int]] = {}
    for a in article["attributions"]:
        cue, content, source = (_marks(c, a[r]) for r in ("cue", "content", "source"))
        if cue.any() and content.any():
            found.setdefault(_head(c, cue), (content, _head(c, source) if source.any() else -1))
    cues = sorted(found)
    return Labelled(
        c, np.array(cues, np.int64), [found[i][0] for i in cues], np.array([found[i][1] for i in cues], np.int64)
    )


def _marks(c: Columns, spans: Spans) -> NDArray[np.bool_]:
    hit = np.zeros(len(c) + 1, bool)
    for start, end in spans:
        hit |= (c.start < end) & (c.end > start)
    hit[-1] = False
    return hit


def _head(c: Columns, marks: NDArray[np.bool_]) -> int:
    """The first marked row whose head is not marked."""
    rows = np.flatnonzero(marks)
    return int(rows[~marks[c.head[rows]]][0])


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the model card has the figures."""

    cue_epochs: int = 3
    pair_epochs: int = 3
    rate: float = 0.05
    penalty: float = 1e-4
    seed: int = 0


def train(corpus: Path, out: Path, recipe: Recipe | None = None) -> None:
    """Weights of the linear engine in ``out`` / attribution.npz; about ten minutes on one core, most of it parsing.

    The shipped weights are what this writes for PolNeAR's 840 training articles with the default recipe.
    """
    rows = read(corpus)
    nlp = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    docs = nlp.pipe((r["text"] for r in rows), batch_size=16)
    save(*fit([labelled(d, r) for d, r in zip(docs, rows, strict=True)], recipe or Recipe()), out)


def fit(articles: list[Labelled], recipe: Recipe) -> tuple[Floats, Floats]:
    """Weights of cues, and of pairs.

    Pairs learn beside the cues that a model of the other half of the articles finds: its own would be too sure.
    """
    parts = [_cue_rows(a) for a in articles]
    ends = np.cumsum([0, *(len(gold) for _, gold in parts)])
    slots, gold = np.concatenate([s for s, _ in parts]), np.concatenate([g for _, g in parts])
    weights = train_cues(slots, gold, recipe).averaged()
    half = int(ends[len(articles) // 2])
    chances = [
        sigmoid(total(train_cues(slots[there], gold[there], recipe).averaged(), slots[here])[:, 0])
        for here, there in ((slice(0, half), slice(half, None)), (slice(half, None), slice(0, half)))
    ]
    found = np.concatenate(chances)
    near = [f for a, s, e in zip(articles, ends, ends[1:], strict=False) for f in frames(a, _likely(a, found[s:e]))]
    return weights, train_pairs(near, recipe).averaged()


def _cue_rows(article: Labelled) -> tuple[Slots, NDArray[np.bool_]]:
    rows = cue_words(article.columns)
    return cue_features(article.columns, rows), np.isin(rows, article.cues)


def _likely(article: Labelled, chance: Floats) -> Floats:
    out = np.zeros(len(article.columns) + 1, np.float32)
    out[cue_words(article.columns)] = chance
    return out


def save(cue: Floats, pair: Floats, out: Path) -> None:
    """Writes the weights in half precision."""
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / "attribution.npz", cue=cue.astype(np.float16), pair=pair.astype(np.float16))


def train_cues(slots: Slots, gold: NDArray[np.bool_], recipe: Recipe, size: int = 512) -> Table:
    """Weights of the cue classifier by logistic loss."""
    table, rng = Table(1, recipe.rate, recipe.penalty), np.random.default_rng(recipe.seed)
    for epoch in range(recipe.cue_epochs):
        order = rng.permutation(len(slots))
        for rows in np.array_split(order, max(1, len(order) // size)):
            x = slots[rows]
            table.step(x, sigmoid(table.scores(x)) - gold[rows, None], average=2 * epoch >= recipe.cue_epochs - 1)
    return table


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue with the words near it: table slots (words, templates), which are content, which one heads the source."""

    slots: Slots
    content: NDArray[np.bool_]
    source: int


def frames(article: Labelled, likely: Floats) -> Iterator[Frame]:
    """The cues of one article; the source's place is that of the cue itself where there is none."""
    if not len(article.cues):
        return
    p = pairs(article.columns, article.cues)
    slots = pair_features(article.columns, p, likely)
    for i, cue in enumerate(article.cues):
        part = slice(int(p.bounds[i]), int(p.bounds[i + 1]))
        words = p.word[part]
        head = int(article.sources[i]) if article.sources[i] in words else int(cue)
        content = article.contents[i][words]
        if content.any():
            yield Frame(slots[part], content, int(np.flatnonzero(words == head)[0]))


def train_pairs(found: list[Frame], recipe: Recipe, size: int = 64) -> Table:
    """Weights of content (a chain) and source (a softmax over the words near a cue)."""
    table, rng = Table(4, recipe.rate, recipe.penalty), np.random.default_rng(recipe.seed)
    for epoch in range(recipe.pair_epochs):
        order = rng.permutation(len(found))
        for rows in np.array_split(order, max(1, len(order) // size)):
            _pair_step(table, [found[i] for i in rows], average=2 * epoch >= recipe.pair_epochs - 1)
    return table


def _pair_step(table: Table, batch: list[Frame], *, average: bool) -> None:
    slots = np.concatenate([f.slots for f in batch])
    bounds = np.concatenate([[0], np.cumsum([len(f.slots) for f in batch])])
    scores = table.scores(slots)
    at = places(bounds)
    hope = expected(padded(scores[:, :3], bounds))
    gold = padded(np.concatenate([f.content for f in batch])[:, None].astype(np.float32), bounds)[..., 0] > 0
    first, last = gold.copy(), gold.copy()
    first[1:] &= ~gold[:-1]
    last[:-1] &= ~gold[1:]
    gradient = np.stack(
        [
            hope.inside[at] - gold[at],
            hope.first[at] - first[at],
            hope.last[at] - last[at],
            _source(scores, bounds, batch),
        ],
        1,
    )
    table.step(slots, gradient.astype(np.float32), average=average)


def _source(scores: Floats, bounds: Ints, batch: list[Frame]) -> Floats:
    """Gradient of the source's softmax."""
    gradient = softmax(scores[:, 3], bounds)
    gradient[bounds[:-1] + [f.source for f in batch]] -= 1
    return gradient
