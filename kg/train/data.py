"""Windows of annotated articles with their labels, as batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from kg.annotate.reader.windows import WINDOW, Ints, Stream, inputs, stream, windows
from kg.train.corpus import Article

ROLES = ("source", "cue", "content")
Batch = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Example:
    """One window: model inputs, a tag for each piece, and for each cue its pieces, source and content."""

    inputs: dict[str, Ints]
    tags: Ints
    cues: NDArray[np.float32]  # (cues, pieces), rows sum to 1
    members: NDArray[np.float32]  # (cues, 2, pieces)


def without_breaks(article: Article) -> dict[str, Any]:
    """The article as one paragraph: many sources lose the line feeds."""
    return {**article, "text": article["text"].replace("\n", " ")}


def _marks(pieces: Stream, spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which pieces share a character with the spans."""
    hit = np.zeros(len(pieces), bool)
    for start, end in spans:
        hit |= (pieces.starts < end) & (pieces.ends > start)
    return hit


def _tags(pieces: Stream, attributions: list[Mapping[str, Any]]) -> Ints:
    tags = np.zeros(len(pieces), np.int64)
    for role, name in ((2, "content"), (0, "source"), (1, "cue")):
        for attribution in attributions:
            for span in attribution[name]:
                hit = np.flatnonzero(_marks(pieces, [span]))
                tags[hit] = 2 * role + 2
                tags[hit[:1]] = 2 * role + 1
    return tags


def examples(article: Article, tokenizer: Tokenizer, first: int = WINDOW) -> Iterator[Example]:
    """Windows of one article with their labels."""
    pieces = stream(tokenizer, article["text"])
    tags = _tags(pieces, article["attributions"])
    marks = [[_marks(pieces, a[r]) for r in ROLES] for a in article["attributions"]]
    for start, end in windows(pieces, tokenizer, first=first):
        inside = [[m[start:end] for m in roles] for roles in marks if roles[1][start:end].any()]
        cues = np.array([np.pad(c / c.sum(), 1) for _, c, _ in inside], np.float32).reshape(-1, end - start + 2)
        members = np.array([[np.pad(s, 1), np.pad(t, 1)] for s, _, t in inside], np.float32)
        own = np.pad(tags[start:end], 1)
        if own[1] and own[1] % 2 == 0:
            own[1] -= 1  # a span cut by the window begins here
        yield Example(inputs(pieces, tokenizer, start, end), own, cues, members.reshape(-1, 2, end - start + 2))


def epoch(articles: list[dict[str, Any]], tokenizer: Tokenizer, rng: random.Random, unbroken: float) -> list[Example]:
    """Windows of all articles, cut at other places each time; a share ``unbroken`` has lost its paragraph breaks."""
    out: list[Example] = []
    for article in articles:
        seen = without_breaks(article) if rng.random() < unbroken else article
        out.extend(examples(seen, tokenizer, rng.randint(WINDOW // 2, WINDOW)))
    return out


def batches(items: list[Example], size: int, rng: random.Random) -> Iterator[Batch]:
    """Padded batches of windows of similar length, in random order."""
    order = sorted(range(len(items)), key=lambda i: (len(items[i].tags) // 16, rng.random()))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        yield collate([items[i] for i in group])


def collate(group: list[Example]) -> Batch:
    """One batch; tags are -100 on padding, [CLS] and [SEP]; ``real`` is 1 on real cues."""
    length, most = max(len(x.tags) for x in group), max(1, *(len(x.cues) for x in group))
    shape = (len(group), length)
    batch = {name: torch.zeros(shape, dtype=torch.long) for name in ("ids", "caps", "quotes")}
    batch |= {"mask": torch.zeros(shape), "tags": torch.full(shape, -100)}
    batch |= {"cues": torch.zeros(len(group), most, length), "real": torch.zeros(len(group), most)}
    batch["members"] = torch.zeros(len(group), most, 2, length)
    for i, x in enumerate(group):
        n, m = len(x.tags), len(x.cues)
        for name, values in x.inputs.items():
            batch[name][i, :n] = torch.from_numpy(values)
        batch["mask"][i, :n] = 1
        batch["tags"][i, 1 : n - 1] = torch.from_numpy(x.tags[1:-1])
        if m:
            batch["real"][i, :m] = 1
            batch["cues"][i, :m, :n] = torch.from_numpy(x.cues)
            batch["members"][i, :m, :, :n] = torch.from_numpy(x.members)
    return batch
