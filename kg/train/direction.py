"""The direction head fitted anew on the shipped encoder's own int8 states, with the encoder as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.annotate.reader.direction import regions
from kg.annotate.reader.encoder import Encoder
from kg.train.relation import Pair, RelationHead

EPOCHS, BATCH, RATE = 6, 48, 1e-3
#: Compact states (pieces, 192) and regions (pieces,) of a pair, its direction and its root (-100 where unknown).
Row = tuple[Tensor, Tensor, int, int]


def refit(head: RelationHead, encoder: Encoder, pairs: Sequence[Pair], seed: int = 1) -> None:
    """Train all of ``head`` but its projection on the states that ``encoder`` gives of ``pairs``, in place."""
    rows = [row for pair in pairs for row in _rows(encoder, pair)]
    rng = random.Random(seed)  # noqa: S311  (shuffling)
    torch.manual_seed(seed)
    trained = [p for name, p in head.named_parameters() if not name.startswith("compact")]
    adam = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.02)
    head.train()
    total, step = EPOCHS * (len(rows) // BATCH + 1), 0
    for _ in range(EPOCHS):
        rng.shuffle(rows)
        for start in range(0, len(rows), BATCH):
            adam.zero_grad(set_to_none=True)
            _loss(head, rows[start : start + BATCH]).backward()
            for group in adam.param_groups:
                group["lr"] = RATE * max(0.02, 1 - step / total)
            adam.step()
            step += 1
    head.eval()


def _rows(encoder: Encoder, pair: Pair) -> Iterator[Row]:
    """The pair as the shipped encoder sees it, and the other way round where only its direction is known."""
    reading = encoder.reading(pair.text)
    for each in (pair, pair.swapped()) if pair.root < 0 else (pair,):
        for window in reading.windows[:1]:
            region = regions(reading.pieces, window.start, window.end, each.p, each.q)
            if (region == 0).any() and (region == 1).any():
                yield torch.from_numpy(np.array(window.compact)), torch.from_numpy(region), each.direction, each.root


def _loss(head: RelationHead, rows: Sequence[Row]) -> Tensor:
    size = max(len(z) for z, *_ in rows)
    states, region = torch.zeros(len(rows), size, rows[0][0].shape[1]), torch.full((len(rows), size), -1)
    for i, (z, at, *_) in enumerate(rows):
        states[i, : len(z)], region[i, : len(at)] = z, at
    direction, root = head.scores(states, region)
    loss = F.cross_entropy(direction, torch.tensor([d for *_, d, _ in rows]))
    roots = torch.tensor([r for *_, r in rows])
    if (roots >= 0).any():
        loss = loss + F.cross_entropy(root, roots, ignore_index=-100)
    return loss
