"""The training loop of the reader: annotated and made-up articles, attributions, pairs, and a teacher's labels."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from torch.optim.swa_utils import AveragedModel

from kg.annotate.reader.windows import Ints
from kg.records import Span
from kg.train import distil, lexical, relation
from kg.train.data import Batch, batches, epoch
from kg.train.distil import Silver
from kg.train.reader import WEIGHTS, Reader, attribution_loss, loss
from kg.train.reading import example
from kg.train.relation import Pair
from kg.train.swapped import Swapper

log = logging.getLogger(__name__)
Losses = dict[str, Tensor]
#: BERT's [MASK]; the special pieces before it are never hidden.
MASK = 103
#: Names that an annotation passed over, by article: span and the actor's key.
Extra = Mapping[str, Sequence[tuple[Span, str]]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a stage of training does.

    Args:
        epochs: epochs that are run.
        rate: learning rate of the backbone.
        head_rate: learning rate of the heads.
        annotated: share of the annotated articles seen in each epoch.
        further: share of the articles annotated later.
        made: made-up articles (``lexical``) an epoch.
        attributed: share of the attribution corpus seen in each epoch.
        paired: share of the directed pairs seen in each epoch, beside all typed ones.
        silver: share of the teacher's articles seen in each epoch.
        written: texts written to learn from, an epoch.
        warmup: share of the steps in which the rates rise.
        longest: windows of an article that are read.
        averaged: last epochs after each of which the weights count in the mean that is kept.
        swapped: share of the texts, read one by one or together, that are read with other states and surnames.
        hidden: share of the pieces of a text that the reader does not see.
        seed: of the order and of dropout.
    """

    epochs: int = 4
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    annotated: float = 1.0
    further: float = 0.0
    made: int = 0
    attributed: float = 0.0
    paired: float = 0.0
    silver: float = 0.0
    written: int = 0
    warmup: float = 0.06
    longest: int = 5
    averaged: int = 1
    swapped: float = 0.0
    hidden: float = 0.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Corpora:
    """What to train on; any but the articles may be empty.

    Args:
        articles: annotated in the guidelines' shape, with spans.
        extra: names that their annotation passed over.
        attributed: articles with flat attributions (PolNeAR).
        pairs: pairs of spans with direction or PLOVER root.
        silver: articles that a teacher has labelled.
        written: short texts in the articles' shape, written and annotated to learn from.
        further: articles annotated later, in the same shape.
    """

    articles: list[dict[str, Any]]
    extra: Extra = field(default_factory=dict)
    attributed: list[dict[str, Any]] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    silver: list[Silver] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    further: list[dict[str, Any]] = field(default_factory=list)


class Trainer:
    """One stage of training of a reader."""

    def __init__(self, model: Reader, tokenizer: Tokenizer, corpora: Corpora, recipe: Recipe) -> None:
        self.model, self.tokenizer, self.corpora, self.recipe = model, tokenizer, corpora, recipe
        self.rng = random.Random(recipe.seed)  # noqa: S311  (shuffling)

    @cached_property
    def swapper(self) -> Swapper:
        """What changes the names in the articles."""
        return Swapper([*self.corpora.articles, *self.corpora.further])

    def run(self, checkpoint: Path) -> None:
        """Train the model in place; ``checkpoint`` has its weights after every epoch, and at last their mean."""
        torch.manual_seed(self.recipe.seed)
        adam = optimizer(self.model, self.recipe)
        mean, total, step = AveragedModel(self.model), 0, 0
        for number in range(self.recipe.epochs):
            steps = self._steps()
            total = total or self.recipe.epochs * len(steps)
            self.model.train()
            seen, begun = Running(), time.perf_counter()
            for act in steps:
                found = act()
                self._update(adam, found, step / total)
                step += 1
                seen.add(found)
                if step % 100 == 0:
                    log.info("epoch %d, step %d of %d: %s", number + 1, step, total, seen)
            log.info("epoch %d took %.0f s", number + 1, time.perf_counter() - begun)
            if number >= self.recipe.epochs - self.recipe.averaged:
                mean.update_parameters(self.model)
            torch.save(self.model.state_dict(), checkpoint)
        if self.recipe.epochs:
            self.model.load_state_dict(mean.module.state_dict())
            torch.save(self.model.state_dict(), checkpoint)

    def _update(self, adam: torch.optim.AdamW, found: Losses, done: float) -> None:
        adam.zero_grad(set_to_none=True)
        sum(WEIGHTS.get(name, 1.0) * value for name, value in found.items()).backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        share = min(1.0, (done + 1e-3) / self.recipe.warmup) * max(0.02, 1 - done)
        for group, rate in zip(adam.param_groups, (self.recipe.rate, self.recipe.head_rate), strict=True):
            group["lr"] = rate * share
        adam.step()

    def _steps(self) -> list[Callable[[], Losses]]:
        """One epoch, shuffled: each step gives its losses."""
        c, r, rng = self.corpora, self.recipe, self.rng
        out: list[Callable[[], Losses]] = []
        made = list(lexical.documents(r.made, rng)) if r.made else []
        some_annotated = rng.sample(c.articles, round(len(c.articles) * r.annotated))
        some_annotated += rng.sample(c.further, round(len(c.further) * r.further))
        out += [partial(self._together, group) for group in grouped([*some_annotated, *made])]
        windows = epoch(rng.sample(c.attributed, round(len(c.attributed) * r.attributed)), self.tokenizer, rng, 0.25)
        out += [partial(self._attributed, b) for b in batches(windows, 6, rng)]
        typed = [p for p in c.pairs if p.root >= 0]
        untyped = [p for p in c.pairs if p.root < 0]
        for some in (rng.sample(untyped, round(len(untyped) * r.paired)), typed if r.paired else []):
            out += [partial(self._paired, b) for b in relation.batches(some, self.tokenizer, 24, rng)]
        some_silver = rng.sample(c.silver, round(len(c.silver) * r.silver))
        out += [partial(distil.loss, self.model, s) for s in some_silver]
        some_written = rng.sample(c.written, min(r.written, len(c.written)))
        out += [partial(self._together, group) for group in grouped(some_written)]
        rng.shuffle(out)
        return out

    def _article(self, doc: Mapping[str, Any]) -> Losses:
        extra = self.corpora.extra.get(doc["id"], ())
        if self.rng.random() < self.recipe.swapped:
            doc, edits = self.swapper.swapped(doc, self.rng)
            extra = [(_pair(edits.moved(span)), key) for span, key in extra]
        x = example(doc, self.tokenizer, self.rng.randint(128, 256), extra, self.recipe.longest)
        for window in x.inputs if self.recipe.hidden else ():
            window["ids"] = hidden(window["ids"], self.recipe.hidden, self.rng)
        return loss(self.model, x, self.rng)

    def _together(self, docs: Sequence[Mapping[str, Any]]) -> Losses:
        """The losses on a few short texts as one step's: it weighs more the more they are, but less than each alone."""
        total: Losses = {}
        for doc in docs:
            for name, value in self._article(doc).items():
                total[name] = total.get(name, 0.0) + value / len(docs) ** 0.5
        return total

    def _attributed(self, batch: Batch) -> Losses:
        sizes = batch["mask"].sum(1).long().tolist()
        tags = [row[:n].numpy() for row, n in zip(batch["tags"], sizes, strict=True)]
        cues = [
            (c[real > 0][:, :n].numpy(), m[real > 0][:, :, :n].numpy())
            for c, m, real, n in zip(batch["cues"], batch["members"], batch["real"], sizes, strict=True)
        ]
        tagging, linking = attribution_loss(self.model.outer, self.model.states(batch), batch["mask"], tags, cues)
        return {"tags of windows": tagging, "links of windows": linking}

    def _paired(self, batch: Batch) -> Losses:
        direction, root = self.model.related(self.model.states(batch), batch["region"])
        found = {"direction": F.cross_entropy(direction, batch["direction"])}
        if (batch["root"] >= 0).any():
            found["root"] = F.cross_entropy(root, batch["root"], ignore_index=-100)
        return found


def hidden(ids: Ints, share: float, rng: random.Random) -> Ints:
    """The pieces with some of their words masked, so that none is the only sign of what a text says."""
    seen = np.array([rng.random() >= share for _ in ids])
    return np.where(seen | (ids <= MASK), ids, MASK)


def _pair(span: Sequence[int]) -> Span:
    return span[0], span[1]


def optimizer(model: Reader, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with a rate of its own for the heads; word and position embeddings stay as they are."""
    for name, parameter in model.named_parameters():
        if any(
            part in name for part in ("net.words", "net.positions", "net.embeddings.word", "net.embeddings.position")
        ):
            parameter.requires_grad_(False)
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [
            {"params": [p for n, p in named if n.startswith("backbone.")], "lr": recipe.rate},
            {"params": [p for n, p in named if not n.startswith("backbone.")], "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )


def grouped(docs: Iterable[dict[str, Any]], room: int = 1500) -> Iterator[list[dict[str, Any]]]:
    """Texts one after the other in groups of at most ``room`` characters, longer ones each by itself."""
    group: list[dict[str, Any]] = []
    size = 0
    for doc in docs:
        if group and size + len(doc["text"]) > room:
            yield group
            group, size = [], 0
        group.append(doc)
        size += len(doc["text"])
    if group:
        yield group


class Running:
    """Means of the losses over the last steps, by name."""

    def __init__(self) -> None:
        self.means = dict[str, float]()

    def add(self, found: Losses) -> None:
        """Take in one step."""
        for name, value in found.items():
            new = float(value.detach())
            self.means[name] = 0.98 * self.means.get(name, new) + 0.02 * new

    def __str__(self) -> str:
        return ", ".join(f"{name} {value:.3f}" for name, value in self.means.items())
