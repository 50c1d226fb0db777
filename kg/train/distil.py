"""A teacher's soft labels of unannotated articles, and the student's loss against them (Hinton et al. 2015)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from kg.annotate.reader.antecedents import antecedent_pairs
from kg.annotate.reader.labels import LONGEST
from kg.annotate.reader.pairs import candidates
from kg.annotate.reader.windows import inputs, stream, windows
from kg.train.reader import Reader, read, rows_of
from kg.train.reading import Example, hit, home, regions, speakers

#: Mentions that the teacher gives at least this probability stand in pairs.
LEAST = 0.3
#: Least probability of a span that is kept; the others count as 0.
FLOOR = 0.02


@dataclass(slots=True)
class Silver:
    """An article with what the teacher says of it: probabilities throughout."""

    example: Example
    spans: list[tuple[Any, Any, Any]]  # by window: first, length less one, probability
    types: Tensor
    antecedents: Tensor  # scores of the pairs
    pairs: list[tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor] | None]
    claims: list[Tensor]


@torch.no_grad()  # type: ignore[untyped-decorator]  # torch is an extra
def label(teacher: Reader, doc: Mapping[str, Any], tokenizer: Tokenizer, most: int = 6) -> Silver | None:
    """What the teacher says of an article with ``text`` and ``claims`` (source_span, cue_span, content)."""
    pieces = stream(tokenizer, doc["text"])
    cuts = list(windows(pieces, tokenizer))[:most]
    x = Example([inputs(pieces, tokenizer, a, b) for a, b in cuts], cuts, pieces)
    _, z, _ = read(teacher, x)
    scores = teacher.mentions.spans(z).sigmoid().numpy()
    kept, rows = [], list[tuple[tuple[int, int], tuple[int, int, int, int]]]()
    for w, (a, b) in enumerate(cuts):
        size = b - a + 2
        first, length = np.nonzero(scores[w, :size] >= FLOOR)
        inside = (first > 0) & (first + length < size - 1)
        first, length = first[inside], length[inside]
        kept.append((first, length, scores[w, first, length]))
        for f, n in zip(first.tolist(), length.tolist(), strict=True):
            if scores[w, f, n] >= LEAST:
                rows.append(((int(pieces.starts[a + f - 1]), int(pieces.ends[a + f + n - 1])), (w, f, f + n, -1)))
        for claim in doc["claims"]:
            for span in (claim.get("source_span") or ())[:1]:
                found = hit(pieces, (a, b), span)
                if len(found) and not any(s == tuple(span) for s, _ in rows) and found[-1] - found[0] < LONGEST:
                    rows.append((tuple(span), (w, int(found[0]), int(found[-1]), -1)))
    rows = sorted(dict(rows).items())
    if len(rows) < 2:
        return None
    x.spans, x.mentions = [s for s, _ in rows], np.array([r for _, r in rows], np.int64)
    x.antecedents, x.features = antecedent_pairs(doc["text"], x.spans, speakers(doc, x.spans))
    pooled = rows_of(z, x)
    types = teacher.mentions.types(pooled)[0].softmax(-1)
    chosen = teacher.antecedents(pooled, torch.from_numpy(x.antecedents), torch.from_numpy(x.features))
    return Silver(x, kept, types, chosen, _pairs(teacher, z, types, x, doc["text"]), _claims(teacher, z, x, doc))


def _pairs(teacher: Reader, z: Tensor, types: Tensor, x: Example, text: str) -> list[Any]:
    located = [(int(w), int(a), int(b)) for w, a, b in x.mentions[:, :3]]
    found = candidates(text, x.spans, located)
    out: list[Any] = []
    for w in range(len(x.windows)):
        here = np.array([(i, j) for i, j in found if located[i][0] == w], np.int64).reshape(-1, 2)
        if not len(here):
            out.append(None)
            continue
        pieces = torch.tensor([(*located[i][1:], *located[j][1:]) for i, j in here])
        kinds = types[here[:, 0]], types[here[:, 1]]
        relation, stance, own, trigger = teacher.relations(z[w, : len(x.inputs[w]["ids"])], pieces, kinds)
        out.append(
            (
                pieces,
                torch.from_numpy(here),
                relation.softmax(-1),
                stance.softmax(-1),
                own.sigmoid(),
                trigger.softmax(-1).half(),
            )
        )
    return out


def _claims(teacher: Reader, z: Tensor, x: Example, doc: Mapping[str, Any]) -> list[Tensor]:
    held: list[list[Any]] = [[] for _ in x.windows]
    for claim in doc["claims"]:
        w = home(x.pieces, x.windows, claim) if claim.get("content") else None
        if w is not None:
            held[w].append(regions(x.pieces, x.windows[w], claim))
    out = []
    for w, rows in enumerate(held):
        size = len(x.inputs[w]["ids"])
        found = np.array(rows, np.int64).reshape(-1, size)
        x.claims.append((found, np.zeros(len(found), np.int64)))
        out.append(
            teacher.stances(z[w, :size], torch.from_numpy(found)).softmax(-1) if len(found) else torch.zeros(0, 3)
        )
    return out


def _soft(scores: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy with a distribution, row by row."""
    return -(target * scores.log_softmax(-1)).sum(-1)


def loss(model: Reader, silver: Silver) -> dict[str, Tensor]:
    """The student's loss of each head on one labelled article."""
    x = silver.example
    _, z, batch = read(model, x)
    scores, out = model.mentions.spans(z), dict[str, Tensor]()
    target = torch.zeros_like(scores)
    for w, (first, length, chance) in enumerate(silver.spans):
        target[w, first, length] = torch.from_numpy(chance)
    ends = torch.arange(z.shape[1])[:, None] + torch.arange(LONGEST)
    real = (ends[None] < batch["mask"].sum(1).long()[:, None, None] - 1).float()
    each = F.binary_cross_entropy_with_logits(scores, target, reduction="none") * real
    out["s.mentions"] = each.sum() / (len(x.mentions) + 10)
    rows = rows_of(z, x)
    types, _ = model.mentions.types(rows)
    out["s.types"] = 0.5 * _soft(types, silver.types).mean()
    got = model.antecedents(rows, torch.from_numpy(x.antecedents), torch.from_numpy(x.features))
    out["s.antecedents"] = _soft(_table(got, x), _table(silver.antecedents, x).softmax(-1)).mean()
    out |= _pair_loss(model, z, types.detach().softmax(-1), silver)
    found = [(model.stances(z[w, : len(x.inputs[w]["ids"])], torch.from_numpy(r)), t)
             for w, ((r, _), t) in enumerate(zip(x.claims, silver.claims, strict=True)) if len(t)]  # fmt: skip
    if found:
        out["s.claims"] = torch.cat([_soft(a, b) for a, b in found]).mean()
    return out


def _table(scores: Tensor, x: Example) -> Tensor:
    """Scores (mentions, 1 + distance) of each mention's antecedents, "none" first."""
    pairs = torch.from_numpy(x.antecedents)
    away = pairs[:, 0] - pairs[:, 1]
    table = scores.new_full((len(x.mentions), int(away.max()) + 1), -1e4)
    table[:, 0] = 0
    return table.index_put((pairs[:, 0], away), scores)


def _pair_loss(model: Reader, z: Tensor, types: Tensor, silver: Silver) -> dict[str, Tensor]:
    total = {k: z.new_zeros(()) for k in ("s.relation", "s.stance", "s.trigger", "s.own")}
    for w, found in enumerate(silver.pairs):
        if found is None:
            continue
        pieces, at, relation, stance, own, trigger = found
        weight = 1 - relation[:, 0]
        got = model.relations(z[w, : len(silver.example.inputs[w]["ids"])], pieces, (types[at[:, 0]], types[at[:, 1]]))
        total["s.relation"] = total["s.relation"] + (_soft(got[0], relation) * weight.clamp(min=0.5)).sum() / 12
        total["s.stance"] = total["s.stance"] + (_soft(got[1], stance) * weight).sum() / 12
        total["s.trigger"] = total["s.trigger"] + 0.5 * (_soft(got[3], trigger.float()) * weight).sum() / 12
        each = F.binary_cross_entropy_with_logits(got[2], own, reduction="none")
        total["s.own"] = total["s.own"] + 0.3 * (each * weight).sum() / 12
    return {k: v / max(1, len(silver.pairs)) * 4 for k, v in total.items()}
