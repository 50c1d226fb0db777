"""Training of the attribution encoder."""

from __future__ import annotations

import logging
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.annotate.attribution.assemble import attributions
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.windows import Ints
from kg.evaluate.attribution import score
from kg.train.data import Batch, batches, epoch, read
from kg.train.model import Encoder, pretrained

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run does; the defaults give the shipped weights, within noise."""

    epochs: int = 4
    batch: int = 8
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.06
    unbroken: float = 0.25
    pair_weight: float = 3.0
    seed: int = 1


def attribution_loss(model: Encoder, batch: Batch, pair_weight: float) -> Tensor:
    """Cross-entropy of the tags plus that of the pairs, over gold cues and real pieces."""
    tags, pairs = model(batch["ids"], batch["caps"], batch["quotes"], batch["mask"])
    tagging = F.cross_entropy(tags.float().flatten(0, 1), batch["tags"].flatten(), ignore_index=-100)
    rows = torch.einsum("bct,brtu->bcru", batch["cues"], pairs.float())
    weight = (batch["real"][:, :, None, None] * batch["mask"][:, None, None]).expand_as(rows)
    linking = F.binary_cross_entropy_with_logits(rows, batch["members"], weight, reduction="sum")
    return tagging + pair_weight * linking / weight.sum().clamp(min=1)


def optimizer(model: Encoder, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with its own rate for the heads and no decay on vectors."""
    base = ("words", "positions", "norm.", "layers.")
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


def train(  # noqa: PLR0913  (a training run is its settings)
    corpus: Path, base: Path, tokenizer: Tokenizer, out: Path, *, dev: Path | None = None, recipe: Recipe | None = None
) -> Encoder:
    """The trained encoder; a checkpoint ``encoder.pt`` is written to ``out`` after every epoch.

    Args:
        corpus: annotated articles, JSON Lines.
        base: ``model.safetensors`` of a MiniLM-L6.
        tokenizer: its word-piece tokenizer.
        out: folder of the checkpoints.
        dev: articles to score after each epoch.
        recipe: settings; the defaults reproduce the shipped weights within noise.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311  (shuffling)
    articles, model = read(corpus), pretrained(base)
    first = epoch(articles, tokenizer, rng, recipe.unbroken)
    total = math.ceil(len(first) / recipe.batch) * recipe.epochs
    adam = optimizer(model, recipe)
    rates = torch.optim.lr_scheduler.LambdaLR(adam, lambda s: _schedule(s, total, recipe.warmup))
    out.mkdir(parents=True, exist_ok=True)
    for turn in range(recipe.epochs):
        items = epoch(articles, tokenizer, rng, recipe.unbroken) if turn else first
        _one_epoch(model, list(batches(items, recipe.batch, rng)), adam, rates, recipe)
        torch.save(model.state_dict(), out / "encoder.pt")
        if dev:
            log.info("epoch %d: %s", turn + 1, evaluate(model, tokenizer, read(dev)))
    return model


def _one_epoch(model: Encoder, steps: list[Batch], adam: torch.optim.AdamW, rates: Any, recipe: Recipe) -> None:
    model.train()
    total, begun = 0.0, time.perf_counter()
    for i, batch in enumerate(steps, 1):
        with torch.autocast("cpu", torch.bfloat16):
            loss = attribution_loss(model, batch, recipe.pair_weight)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        rates.step()
        total += loss.item()
        if i % 50 == 0 or i == len(steps):
            log.info("step %d/%d loss %.4f %.2f s/step", i, len(steps), total / i, (time.perf_counter() - begun) / i)


def predict(model: Encoder, tokenizer: Tokenizer, text: str) -> list[Attribution]:
    """Attributions of ``text`` by the torch model."""

    def run(arrays: dict[str, Ints]) -> Any:
        tensors = {k: torch.from_numpy(v)[None] for k, v in arrays.items()}
        tags, pairs = model(**tensors, mask=torch.ones(tensors["ids"].shape))
        return tags[0].float().numpy(), pairs[0].float().numpy()

    with torch.inference_mode():
        return attributions(text, tokenizer, run)


def evaluate(model: Encoder, tokenizer: Tokenizer, articles: list[dict[str, Any]]) -> dict[str, float]:
    """Precision, recall and F1 of contents and of whole attributions."""
    model.eval()
    return score(articles, {a["id"]: predict(model, tokenizer, a["text"]) for a in articles})
