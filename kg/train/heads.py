"""The reader's heads as torch modules: mentions, antecedents, relations and stances over one pass's states."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kg.annotate.reader.features import PAIR_FEATURES
from kg.annotate.reader.labels import DISTANCES, LONGEST, REGIONS, RELATED, STANCE, STATE, TYPES

SPAN, PART, HIDDEN = 64, 192, 256


class Mentions(nn.Module):  # type: ignore[misc]  # torch is an extra
    """Which spans of pieces are mentions of actors, and of which type."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(STATE, SPAN), nn.Linear(STATE, SPAN)
        self.begins, self.ends = nn.Linear(STATE, 1), nn.Linear(STATE, 1)
        self.width = nn.Parameter(torch.zeros(LONGEST))
        self.within = nn.Linear(STATE, 1)
        self.mix, self.kind = nn.Linear(3 * STATE, 128), nn.Linear(128, len(TYPES))
        self.several = nn.Linear(128, 1)
        self.drop = nn.Dropout(0.2)

    def spans(self, z: Tensor) -> Tensor:
        """Scores (windows, pieces, LONGEST) of the spans that begin at a piece, by length less one."""
        z = self.drop(z)
        pairs = self.first(z) @ self.last(z).transpose(1, 2) / SPAN**0.5
        pairs = pairs + self.begins(z) + self.ends(z).transpose(1, 2)
        total = F.pad(self.within(z).squeeze(-1).cumsum(1), (1, 0))
        size, at = z.shape[1], torch.arange(z.shape[1], device=z.device)
        to = (at[:, None] + torch.arange(LONGEST, device=z.device)).clamp(max=size - 1)
        inside = (total[:, to + 1] - total[:, :-1, None]) / torch.arange(1, LONGEST + 1, device=z.device)
        return pairs.gather(2, to.expand(len(z), -1, -1)) + inside + self.width

    def types(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of types (mentions, 13), and of being of several actors, of pooled mentions (mentions, 3 * STATE)."""
        hidden = F.gelu(self.mix(self.drop(rows)))
        return self.kind(hidden), self.several(hidden).squeeze(-1)


def pooled(z: Tensor, sums: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """First, last and mean state (spans, 3 * STATE) of spans (ends inclusive) over flat states and their sums."""
    mean = (sums[ends + 1] - sums[starts]) / (ends + 1 - starts)[:, None]
    return torch.cat([z[starts], z[ends], mean], -1)


class Antecedents(nn.Module):  # type: ignore[misc]  # torch is an extra
    """Which earlier mention a mention stands for; none scores 0."""

    def __init__(self) -> None:
        super().__init__()
        self.later, self.earlier = nn.Linear(3 * STATE, PART), nn.Linear(3 * STATE, PART)
        self.seen = nn.Linear(PAIR_FEATURES, PART)
        self.query, self.key = nn.Linear(3 * STATE, SPAN), nn.Linear(3 * STATE, SPAN)
        self.out = nn.Linear(PART, 1)
        self.drop = nn.Dropout(0.2)

    def forward(self, rows: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        """Scores (pairs,) of ``pairs`` (pairs, 2: later, earlier) of pooled mentions, with their features."""
        rows = self.drop(rows)
        hidden = self.later(rows)[pairs[:, 0]] + self.earlier(rows)[pairs[:, 1]] + self.seen(features)
        near = (self.query(rows)[pairs[:, 0]] * self.key(rows)[pairs[:, 1]]).sum(-1) / SPAN**0.5
        return self.out(self.drop(F.gelu(hidden))).squeeze(-1) + near


class Relations(nn.Module):  # type: ignore[misc]  # torch is an extra
    """What one mention does to another: relation, stance, whether a claim around it holds it, and the trigger."""

    def __init__(self) -> None:
        super().__init__()
        self.sub, self.obj = nn.Linear(2 * STATE, PART), nn.Linear(2 * STATE, PART)
        self.asks, self.answers = nn.Linear(2 * PART, PART), nn.Linear(STATE, PART)
        self.kind = nn.Linear(len(TYPES), 24, bias=False)
        self.distance = nn.Embedding(DISTANCES, 24)
        self.mix = nn.Linear(3 * PART + 2 * STATE + 72, HIDDEN)
        self.relation, self.stance, self.own = (
            nn.Linear(HIDDEN, len(RELATED)),
            nn.Linear(HIDDEN, 3),
            nn.Linear(HIDDEN, 1),
        )
        self.drop = nn.Dropout(0.2)

    def forward(self, z: Tensor, pairs: Tensor, types: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Relation (pairs, 20), stance (pairs, 3), own (pairs,) and trigger (pairs, pieces) scores.

        Args:
            z: states (pieces, STATE) of one window.
            pairs: first and last piece (inclusive) of subject and object (pairs, 4).
            types: probabilities (pairs, 13) of the types of subject and object.
        """
        s0, s1, o0, o1 = pairs.T
        s, o = self.sub(torch.cat([z[s0], z[s1]], -1)), self.obj(torch.cat([z[o0], z[o1]], -1))
        trigger = self.asks(torch.cat([s, o], -1)) @ self.answers(z).T / PART**0.5
        low, high = torch.minimum(s1, o1), torch.maximum(s0, o0)
        sums = F.pad(z.cumsum(0), (0, 0, 1, 0))
        between = (sums[torch.maximum(high, low + 1)] - sums[low + 1]) / (high - low - 1).clamp(min=1)[:, None]
        away = o0 - s0
        bucket = (torch.log2(away.abs().float() + 1) * 1.6).long().clamp(max=11) + 12 * (away < 0).long()
        kinds = [self.kind(t) for t in types]
        row = torch.cat([s, o, s * o, trigger.softmax(-1) @ z, between, *kinds, self.distance(bucket)], -1)
        hidden = self.drop(F.gelu(self.mix(self.drop(row))))
        return self.relation(hidden), self.stance(hidden), self.own(hidden).squeeze(-1), trigger


class Stances(nn.Module):  # type: ignore[misc]  # torch is an extra
    """The stance of a claim as a whole, from an attention over the window that knows source, cue and content."""

    heads = 6

    def __init__(self) -> None:
        super().__init__()
        self.key, self.value = nn.Linear(STATE, self.heads), nn.Linear(STATE, 64)
        self.region = nn.Parameter(torch.zeros(self.heads, REGIONS))
        self.mix = nn.Linear(2 * STATE + self.heads * 64, 128)
        self.out = nn.Linear(128, len(STANCE))
        self.drop = nn.Dropout(0.2)

    def forward(self, z: Tensor, regions: Tensor) -> Tensor:
        """Scores (claims, 3) from the states (pieces, STATE) and ``regions`` (claims, pieces): see REGIONS."""
        scores = self.key(z).T[None] + self.region[:, regions].transpose(0, 1)
        context = scores.softmax(-1) @ self.value(z)
        parts = []
        for number in (1, 2):
            weight = (regions == number).float()
            parts.append(weight @ z / weight.sum(1, keepdim=True).clamp(min=1))
        return self.out(self.drop(F.gelu(self.mix(self.drop(torch.cat([*parts, context.flatten(1)], -1))))))
