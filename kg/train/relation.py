"""The relation head: what one span of a sentence does to another, from the states of the attribution pass."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.annotate.reader.direction import FEATURES, HEADS, REGIONS, ROOTS, SIZE, regions
from kg.annotate.reader.encoder import Encoder as Runtime
from kg.annotate.reader.windows import WINDOW, Ints, inputs, stream
from kg.train.data import Batch
from kg.train.model import HIDDEN

DIRECTIONS = 5
#: The label of a pair when its spans change places.
_SWAPPED = (0, 2, 1, 4, 3)
#: PLOVER roots by sign, for the direction head.
_FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})


class RelationHead(nn.Module):  # type: ignore[misc]  # torch is an extra
    """Direction (5) and PLOVER root (15) of a pair of spans: both spans' means, and an attention over the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.compact = nn.Linear(HIDDEN, SIZE)
        self.query, self.key, self.value = nn.Linear(2 * SIZE, SIZE), nn.Linear(SIZE, SIZE), nn.Linear(SIZE, SIZE)
        self.region = nn.Parameter(torch.zeros(HEADS, REGIONS))
        self.mix = nn.Linear(3 * SIZE + 1, SIZE)
        self.direction, self.root = nn.Linear(SIZE, DIRECTIONS), nn.Linear(SIZE, len(ROOTS))
        self.dropout = nn.Dropout(0.2)

    def forward(self, states: Tensor, region: Tensor) -> tuple[Tensor, Tensor]:
        """Direction scores (batch, 5) and root scores (batch, 15).

        Args:
            states: encoder states (batch, pieces, 384).
            region: region of each piece, -1 on padding (batch, pieces); see ``regions``.
        """
        return self.scores(self.compact(states), region)

    def scores(self, z: Tensor, region: Tensor) -> tuple[Tensor, Tensor]:
        """The same from compact states (batch, pieces, 192)."""
        p, q = (self._mean(z, region == side) for side in (0, 1))
        batch, length, _ = z.shape
        query = self.query(torch.cat([p, q], -1)).view(batch, HEADS, -1)
        key = self.key(z).view(batch, length, HEADS, -1)
        scores = torch.einsum("bhd,blhd->bhl", query, key).float() / key.shape[-1] ** 0.5
        scores = scores + self.region.T[region.clamp(min=0)].transpose(1, 2)
        weights = scores.masked_fill(region[:, None] < 0, -1e4).softmax(-1)
        value = self.value(z).view(batch, length, HEADS, -1).float()
        context = torch.einsum("bhl,blhd->bhd", weights, value).flatten(1)
        order = torch.sign((region == 1).int().argmax(1) - (region == 0).int().argmax(1))[:, None]
        hidden = F.gelu(self.mix(self.dropout(torch.cat([p.float(), q.float(), context, order.float()], -1))))
        return self.direction(hidden), self.root(hidden)

    def _mean(self, z: Tensor, at: Tensor) -> Tensor:
        weight = at.float()[..., None]
        return (z.float() * weight).sum(1) / weight.sum(1).clamp(min=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with two spans and its labels; -100 where a set does not give one."""

    text: str
    p: tuple[int, int]
    q: tuple[int, int]
    direction: int
    root: int

    def swapped(self) -> Pair:
        """The same pair the other way round."""
        return Pair(self.text, self.q, self.p, _SWAPPED[self.direction], -100)


def read_directed(path: Path) -> list[Pair]:
    """Pairs of the directed-sentiment set: ``text with [p] and [q]``, p, q, class, by tabs."""
    out = []
    for row in path.read_text("utf-8").splitlines():
        fields = row.split("\t")
        if len(fields) < 4:
            continue
        text, spans = "", list[tuple[int, int]]()
        for part in re.split(r"(\[[^\]]*\])", fields[0]):
            named = part.startswith("[") and part[1:-1] in fields[1:3] and len(spans) < 2
            if named:
                spans.append((len(text), len(text) + len(part) - 2))
            text += part[1:-1] if named else part
        if len(spans) == 2:
            out.append(Pair(text, spans[0], spans[1], int(fields[3]), -100))
    return out


def read_plover(path: Path) -> list[Pair]:
    """Pairs of a PLV table: ``marked_sentence`` with <s> and <t>, ``gold_root``; p is the source."""
    out = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, spans = "", dict[str, list[int]]()
            for part in re.split(r"(</?[st]>)", row["marked_sentence"]):
                tag = re.fullmatch(r"</?([st])>", part)
                if tag:
                    spans.setdefault(tag[1], []).append(len(text))
                else:
                    text += part
            if all(len(spans.get(side, ())) >= 2 for side in "st") and row["gold_root"] in ROOTS:
                (a, b), (c, d) = spans["s"][:2], spans["t"][:2]
                label = 1 if row["gold_root"] in _FRIENDLY else 3
                out.append(Pair(text, (a, b), (c, d), label, ROOTS.index(row["gold_root"])))
    return out


def encode(pair: Pair, tokenizer: Tokenizer) -> tuple[dict[str, Ints], Ints] | None:
    """Model inputs and regions of a pair; None where a span falls outside the window."""
    pieces = stream(tokenizer, pair.text)
    end = min(len(pieces), WINDOW - 2)
    region = regions(pieces, 0, end, pair.p, pair.q)
    if not ((region == 0).any() and (region == 1).any()):
        return None
    return inputs(pieces, tokenizer, 0, end), np.pad(region, 1, constant_values=-1)


def batches(pairs: list[Pair], tokenizer: Tokenizer, size: int, rng: random.Random | None) -> Iterator[Batch]:
    """Padded batches; with ``rng`` shuffled, and half of the untyped pairs swapped."""
    if rng:
        pairs = [p.swapped() if p.root < 0 and rng.random() < 0.5 else p for p in pairs]
        pairs = sorted(pairs, key=lambda p: (len(p.text) // 60, rng.random()))
    groups = [pairs[i : i + size] for i in range(0, len(pairs), size)]
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield collate([(p, e) for p in group if (e := encode(p, tokenizer))])


def collate(group: list[tuple[Pair, tuple[dict[str, Ints], Ints]]]) -> Batch:
    """One batch with ``region``, ``direction`` and ``root`` beside the inputs."""
    shape = (len(group), max(len(region) for _, (_, region) in group))
    batch = {name: torch.zeros(shape, dtype=torch.long) for name in ("ids", "caps", "quotes")}
    batch |= {"mask": torch.zeros(shape), "region": torch.full(shape, -1)}
    for i, (_, (arrays, region)) in enumerate(group):
        for name, values in arrays.items():
            batch[name][i, : len(values)] = torch.from_numpy(values)
        batch["mask"][i, : len(region)] = 1
        batch["region"][i, : len(region)] = torch.from_numpy(region)
    batch["direction"] = torch.tensor([p.direction for p, _ in group])
    batch["root"] = torch.tensor([p.root for p, _ in group])
    return batch


def fit_roots(head: RelationHead, encoder: Runtime, pairs: list[Pair]) -> dict[str, NDArray[np.floating[Any]]]:
    """Weight (15, 960) and bias (15,) of the roots: the mean of the trained head and of a logistic regression.

    The regression runs over the features that the int8 ``encoder`` gives of the typed ``pairs``. On a fifth of PLV that
    neither had seen, macro F1 was .63 (head), .65 (regression), .75 (mean of both).
    """
    trained = head.root.state_dict()
    weight = np.pad(trained["weight"].numpy(), [(0, 0), (0, FEATURES - SIZE)])
    bias = trained["bias"].numpy()
    rows = [(encoder.features(p.text, p.p, p.q), p.root) for p in pairs if p.root >= 0]
    if rows:
        x = np.array([f for f, _ in rows if f is not None])
        fitted = _regression(x, np.array([root for f, root in rows if f is not None]))
        weight, bias = (weight + fitted[0]) / 2, (bias + fitted[1]) / 2
    return {"roots.weight": weight.astype(np.float32), "roots.bias": bias.astype(np.float32)}


def _regression(x: NDArray[np.floating[Any]], y: Ints) -> tuple[NDArray[np.floating[Any]], ...]:
    """Weight and bias of a logistic regression that weighs all roots alike; a root without an example never wins."""
    scale = StandardScaler().fit(x)
    model = LogisticRegression(C=0.001, max_iter=1000, class_weight="balanced").fit(scale.transform(x), y)
    weight, bias = np.zeros((len(ROOTS), x.shape[1])), np.full(len(ROOTS), -1e4)
    weight[model.classes_] = model.coef_ / scale.scale_
    bias[model.classes_] = model.intercept_ - (model.coef_ / scale.scale_) @ scale.mean_
    return weight, bias
