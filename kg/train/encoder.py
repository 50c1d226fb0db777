"""Training of the attribution encoder."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from torch.optim.lr_scheduler import LambdaLR

from kg.train import relation
from kg.train.data import Batch, batches, epoch
from kg.train.model import Encoder
from kg.train.relation import Pair, RelationHead

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a stage of training does.

    Args:
        epochs: epochs that are run.
        planned: epochs over which the rate falls to nothing; as many as are run, if 0.
        batch: windows a batch.
        rate: learning rate of the base model's own weights.
        head_rate: learning rate of everything else.
        decay: weight decay of matrices.
        warmup: share of the steps in which the rates rise.
        unbroken: share of the articles that lose their paragraph breaks.
        pair_weight: weight of the pairs' loss against the tags'.
        relation_batch: pairs of spans a batch.
        share: share of the windows seen in each epoch.
        directed: share of the pairs without a root seen in each epoch.
        seed: of the order and of dropout.
    """

    epochs: int = 4
    planned: int = 0
    batch: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.06
    unbroken: float = 0.25
    pair_weight: float = 3.0
    relation_batch: int = 24
    share: float = 1.0
    directed: float = 1.0
    seed: int = 1


class Model(nn.Module):  # type: ignore[misc]  # torch is an extra
    """The encoder and the relation head on its states."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder, self.relation = encoder, RelationHead()


@dataclass(frozen=True, slots=True)
class Corpora:
    """What to train on: annotated articles, and pairs of spans with their relations (there may be none)."""

    articles: list[dict[str, Any]]
    pairs: list[Pair] = field(default_factory=list)


def attribution_loss(model: Encoder, batch: Batch, pair_weight: float) -> Tensor:
    """Cross-entropy of the tags plus that of the pairs, over gold cues and real pieces."""
    tags, pairs = model(batch["ids"], batch["caps"], batch["quotes"], batch["mask"])
    tagging = F.cross_entropy(tags.float().flatten(0, 1), batch["tags"].flatten(), ignore_index=-100)
    rows = torch.einsum("bct,brtu->bcru", batch["cues"], pairs.float())
    weight = (batch["real"][:, :, None, None] * batch["mask"][:, None, None]).expand_as(rows)
    linking = F.binary_cross_entropy_with_logits(rows, batch["members"], weight, reduction="sum")
    return tagging + pair_weight * linking / weight.sum().clamp(min=1)


def relation_loss(model: Model, batch: Batch) -> Tensor:
    """Cross-entropy of the directions plus that of the roots, where they are known."""
    states = model.encoder.states(batch["ids"], batch["caps"], batch["quotes"], batch["mask"])
    direction, root = model.relation(states, batch["region"])
    loss = F.cross_entropy(direction.float(), batch["direction"])
    if (batch["root"] >= 0).any():
        loss = loss + F.cross_entropy(root.float(), batch["root"], ignore_index=-100)
    return loss


def optimizer(model: Model, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with its own rate for the heads and no decay on vectors."""
    base = tuple(f"encoder.{part}" for part in ("words", "positions", "norm.", "layers."))
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        groups.setdefault((name.startswith(base), parameter.ndim > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": p, "lr": recipe.rate if old else recipe.head_rate, "weight_decay": recipe.decay * matrix}
            for (old, matrix), p in groups.items()
        ],
        fused=True,
    )


def _schedule(step: int, total: int, warmup: float) -> float:
    """Share of the learning rate: a linear rise, then a linear fall to nothing."""
    rise = max(1, int(total * warmup))
    return (step + 1) / rise if step < rise else max(0.0, (total - step) / (total - rise))


def _steps(corpora: Corpora, tokenizer: Tokenizer, rng: random.Random, recipe: Recipe) -> list[Batch]:
    """One epoch: batches of windows and of pairs, mixed."""
    windows = epoch(corpora.articles, tokenizer, rng, recipe.unbroken)
    steps = list(batches(windows, recipe.batch, rng))
    steps = steps[: round(len(steps) * recipe.share)]
    typed = [p for p in corpora.pairs if p.root >= 0]
    untyped = [p for p in corpora.pairs if p.root < 0]
    untyped = rng.sample(untyped, round(len(untyped) * recipe.directed))
    for pairs in (untyped, typed, typed):
        steps.extend(relation.batches(pairs, tokenizer, recipe.relation_batch, rng))
    rng.shuffle(steps)
    return steps


def train(
    corpora: Corpora,
    model: Model,
    tokenizer: Tokenizer,
    out: Path,
    recipe: Recipe,
) -> None:
    """Train ``model`` in place; a checkpoint ``encoder.pt`` is written to ``out`` after every epoch.

    Args:
        corpora: what to train on.
        model: from ``start`` or an earlier checkpoint.
        tokenizer: the base model's word-piece tokenizer.
        out: folder of the checkpoints.
        recipe: settings.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311  (shuffling)
    out.mkdir(parents=True, exist_ok=True)
    adam, rates = optimizer(model, recipe), None
    for _ in range(recipe.epochs):
        steps = _steps(corpora, tokenizer, rng, recipe)
        total = len(steps) * (recipe.planned or recipe.epochs) if rates is None else 0
        rates = rates or LambdaLR(adam, partial(_schedule, total=total, warmup=recipe.warmup))
        _one_epoch(model, steps, adam, rates, recipe)
        torch.save(model.state_dict(), out / "encoder.pt")


def _loss(model: Model, batch: Batch, recipe: Recipe) -> Tensor:
    if "region" in batch:
        return relation_loss(model, batch)
    return attribution_loss(model.encoder, batch, recipe.pair_weight)


def _one_epoch(model: Model, steps: list[Batch], adam: torch.optim.AdamW, rates: LambdaLR, recipe: Recipe) -> None:
    model.train()
    sums, begun = {False: [0.0, 0], True: [0.0, 0]}, time.perf_counter()
    for i, batch in enumerate(steps, 1):
        with torch.autocast("cpu", torch.bfloat16):
            loss = _loss(model, batch, recipe)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        rates.step()
        kind = sums["region" in batch]
        kind[0], kind[1] = kind[0] + loss.item(), kind[1] + 1
        if i % 100 == 0 or i == len(steps):
            means = [total / max(1, n) for total, n in sums.values()]
            pace = (time.perf_counter() - begun) / i
            log.info("step %d/%d attribution %.4f relation %.4f %.2f s/step", i, len(steps), *means, pace)


def average(states: Sequence[tuple[float, Mapping[str, Tensor]]]) -> dict[str, Tensor]:
    """Weighted mean of the weights of several points of one run (a "model soup", Wortsman et al. 2022).

    Args:
        states: share and ``state_dict`` of each point; the shares sum to 1.
    """
    return {name: sum(share * state[name].float() for share, state in states) for name in states[0][1]}
