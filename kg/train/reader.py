"""The reader as a torch module, and its loss over one annotated article."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.annotate.reader.decode import TAGS
from kg.annotate.reader.labels import LONGEST, STATE, TYPES
from kg.train.backbones import padded
from kg.train.heads import Antecedents, Mentions, Relations, Stances, pooled
from kg.train.model import BUCKETS, PAIR, POSITIONS, _buckets
from kg.train.reading import Example
from kg.train.relation import RelationHead

#: Weight of each head's loss.
WEIGHTS = {
    "tags": 0.7, "links": 2.0, "inner": 0.5, "mentions": 1.0, "types": 0.5, "several": 0.5, "antecedents": 1.0,
    "relation": 1.0, "stance": 1.0, "trigger": 0.5, "own": 0.3, "claims": 1.0, "links of windows": 3.0,
}  # fmt: skip
#: Weight of a pair that is not related, and how many of them a window keeps.
NEGATIVE, MOST = 0.5, 200


class Attribution(nn.Module):  # type: ignore[misc]  # torch is an extra
    """Tags and pair scores of attributions, as decoded by ``attribution.decode``."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tagger = nn.Linear(width, len(TAGS))
        self.cue, self.member = nn.Linear(width, 2 * PAIR), nn.Linear(width, 2 * PAIR)
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        self.register_buffer("bucket", _buckets(), persistent=False)

    def pairs(self, x: Tensor) -> Tensor:
        """Logits (batch, 2, pieces, pieces): the second piece is source or content of the cue at the first."""
        batch, length, _ = x.shape
        q, k = (f(x).view(batch, length, 2, PAIR).transpose(1, 2) for f in (self.cue, self.member))
        at = torch.arange(length)
        return q @ k.transpose(2, 3) / PAIR**0.5 + self.distance[:, self.bucket[at[None] - at[:, None] + POSITIONS - 1]]


class Reader(nn.Module):  # type: ignore[misc]  # torch is an extra
    """A backbone with every head."""

    def __init__(self, backbone: Any) -> None:
        super().__init__()
        self.backbone = backbone
        self.outer, self.inner = Attribution(backbone.width), Attribution(backbone.width)
        self.view = nn.Linear(backbone.width, STATE)
        self.mentions, self.antecedents = Mentions(), Antecedents()
        self.relations, self.stances = Relations(), Stances()
        if backbone.width == 384:
            self.related = RelationHead()

    def states(self, batch: dict[str, Tensor]) -> Tensor:
        """Hidden states (windows, pieces, width)."""
        with torch.autocast("cpu", torch.bfloat16):
            found = self.backbone.states(batch["ids"], batch["caps"], batch["quotes"], batch["mask"])
        states: Tensor = found.float()
        return states


def flat_sums(z: Tensor) -> Tensor:
    """Running sums (windows * pieces + 1, STATE) of flat states."""
    return F.pad(z.cumsum(0), (0, 0, 1, 0))


def read(model: Reader, x: Example) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Hidden states and the heads' states (windows, pieces, STATE) of an example, and its batch."""
    batch = padded(x.inputs)
    states = model.states(batch)
    return states, model.view(states), batch


def rows_of(z: Tensor, x: Example) -> Tensor:
    """Pooled mentions (mentions, 3 * STATE) of an example."""
    at = torch.from_numpy(x.mentions)
    flat = z.reshape(-1, z.shape[-1])
    offset = at[:, 0] * z.shape[1]
    return pooled(flat, flat_sums(flat), offset + at[:, 1], offset + at[:, 2])


def loss(model: Reader, x: Example, rng: random.Random) -> dict[str, Tensor]:
    """The loss of each head on one annotated article."""
    states, z, batch = read(model, x)
    out = {}
    out["tags"], out["links"] = attribution_loss(model.outer, states, batch["mask"], x.tags, x.cues)
    tags, links = attribution_loss(model.inner, states, batch["mask"], x.inner, x.inner_cues)
    out["inner"] = tags + links
    out["mentions"] = _mention_loss(model, z, batch["mask"], x)
    if len(x.mentions):
        rows = rows_of(z, x)
        types, several = model.mentions.types(rows)
        if x.gold.any():
            many = torch.from_numpy(x.clusters[:, 1:] >= 0).any(1).float()
            known = torch.from_numpy(x.gold)
            out["several"] = F.binary_cross_entropy_with_logits(several[known], many[known])
            out["types"] = F.cross_entropy(types, torch.from_numpy(x.mentions[:, 3]), ignore_index=-1)
        if len(x.antecedents):
            out["antecedents"] = _antecedent_loss(model, rows, x)
        chance = types.detach().softmax(-1)
        if rng.random() < 0.5:
            known = torch.from_numpy(x.mentions[:, 3])
            chance = torch.where(known[:, None] >= 0, F.one_hot(known.clamp(min=0), len(TYPES)).float(), chance)
        out |= _relation_loss(model, z, chance, x, rng)
    scores = [(model.stances(z[w, : len(x.inputs[w]["ids"])], torch.from_numpy(r)), torch.from_numpy(s))
              for w, (r, s) in enumerate(x.claims) if len(s)]  # fmt: skip
    if scores:
        weight = torch.tensor([1.0, 2.0, 2.0])
        out["claims"] = F.cross_entropy(torch.cat([a for a, _ in scores]), torch.cat([b for _, b in scores]), weight)
    return out


def attribution_loss(
    head: Attribution, states: Tensor, mask: Tensor, tags: list[Any], cues: list[Any]
) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the tags, and of the pairs over the annotated cues."""
    target = torch.full(mask.shape, -100)
    for i, row in enumerate(tags):
        target[i, : len(row)] = torch.from_numpy(row)
    tagging = F.cross_entropy(head.tagger(states).flatten(0, 1), target.flatten(), ignore_index=-100)
    pairs, total, count = head.pairs(states), states.new_zeros(()), 0
    for i, (cue, member) in enumerate(cues):
        if len(cue):
            size = cue.shape[1]
            rows = torch.einsum("ct,rtu->cru", torch.from_numpy(cue), pairs[i, :, :size, :size])
            total = total + F.binary_cross_entropy_with_logits(rows, torch.from_numpy(member), reduction="sum")
            count += rows.numel()
    return tagging, total / max(1, count)


def _mention_loss(model: Reader, z: Tensor, mask: Tensor, x: Example) -> Tensor:
    scores = model.mentions.spans(z)
    target = torch.zeros_like(scores)
    at = x.mentions[x.gold & (x.mentions[:, 2] - x.mentions[:, 1] < LONGEST)] if len(x.mentions) else x.mentions
    target[at[:, 0], at[:, 1], at[:, 2] - at[:, 1]] = 1
    ends = torch.arange(z.shape[1])[:, None] + torch.arange(LONGEST)
    real = (ends[None] < mask.sum(1).long()[:, None, None] - 1).float()
    each = F.binary_cross_entropy_with_logits(scores, target, reduction="none") * real
    return each.sum() / (len(at) + 10)


def _antecedent_loss(model: Reader, rows: Tensor, x: Example) -> Tensor:
    """Marginal log-likelihood of the right antecedents (Lee et al. 2017)."""
    pairs = torch.from_numpy(x.antecedents)
    scores = model.antecedents(rows, pairs, torch.from_numpy(x.features))
    back = int((pairs[:, 0] - pairs[:, 1]).max())
    table = scores.new_full((len(rows), back + 1), -1e4)
    table[:, 0] = 0
    table = table.index_put((pairs[:, 0], pairs[:, 0] - pairs[:, 1]), scores)
    given = torch.stack([_given(table, x, clusters) for clusters in x.clusters.T])
    real = torch.from_numpy(x.clusters.T >= 0).float()
    return ((given * real).sum(0) / real.sum(0)).mean()


def _given(table: Tensor, x: Example, clusters: Any) -> Tensor:
    """The loss (mentions,) of antecedents from one of each mention's clusters."""
    later, earlier = x.antecedents.T
    right = torch.zeros_like(table, dtype=torch.bool)
    same = (x.clusters[earlier] == clusters[later][:, None]).any(1) & (clusters[later] >= 0)
    right[torch.from_numpy(later), torch.from_numpy(later - earlier)] = torch.from_numpy(same)
    right[:, 0] = ~right.any(1)
    return table.logsumexp(1) - table.masked_fill(~right, -1e4).logsumexp(1)


def _relation_loss(model: Reader, z: Tensor, chance: Tensor, x: Example, rng: random.Random) -> dict[str, Tensor]:
    total = {k: z.new_zeros(()) for k in ("relation", "stance", "trigger", "own")}
    for w, pairs in enumerate(x.pairs):
        if pairs is None:
            continue
        keep = _thinned(pairs.relation, rng)
        label, own = torch.from_numpy(pairs.relation[keep]), torch.from_numpy(pairs.own[keep])
        mentions = torch.from_numpy(pairs.mentions[keep])
        types = chance[mentions[:, 0]], chance[mentions[:, 1]]
        size = len(x.inputs[w]["ids"])
        relation, stance, held, trigger = model.relations(z[w, :size], torch.from_numpy(pairs.pieces[keep]), types)
        is_one = label > 0
        weight = torch.where(is_one, 1.0, NEGATIVE)
        total["relation"] = total["relation"] + (F.cross_entropy(relation, label, reduction="none") * weight).sum() / 12
        if is_one.any():
            stances = torch.from_numpy(pairs.stance[keep])[is_one]
            each = F.cross_entropy(stance[is_one], stances, weight=torch.tensor([1.0, 2.0, 3.0]), reduction="sum")
            total["stance"] = total["stance"] + each / 12
            goal = torch.from_numpy(pairs.trigger[keep])[is_one]
            total["trigger"] = total["trigger"] - (goal * trigger[is_one].log_softmax(-1)).sum() / 12
        if (own >= 0).any():
            each = F.binary_cross_entropy_with_logits(held[own >= 0], own[own >= 0].float(), reduction="sum")
            total["own"] = total["own"] + each / 12
    return {k: v / max(1, len(x.pairs)) * 4 for k, v in total.items()}


def _thinned(relation: Any, rng: random.Random) -> Any:
    """Indices of a window's pairs with at most ``MOST`` that are not related."""
    none = np.flatnonzero(relation == 0).tolist()
    if len(none) <= MOST:
        return np.arange(len(relation))
    return np.sort(np.concatenate([np.flatnonzero(relation), rng.sample(none, MOST)])).astype(np.int64)
