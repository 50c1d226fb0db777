"""The encoder as a torch module: a MiniLM with extra input marks, a tagger and a pair head on one pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (the field's own name)

from kg.annotate.reader.decode import TAGS

HIDDEN, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
PAIR = 64
BUCKETS = 19


class FusedAttention(torch.autograd.Function):  # type: ignore[misc]  # torch is an extra
    """Attention without a mask, as the one operator that onnxruntime has for it: a third faster than its parts."""

    @staticmethod
    def forward(_: Any, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Only its shape matters: the export traces it."""
        return query + key + value

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any) -> Any:
        """The operator that stands in the graph."""
        return graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS).setType(query.type())


class Layer(nn.Module):  # type: ignore[misc]  # torch is an extra
    """One transformer block of BERT, without dropout on the attention weights."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """States (batch, pieces, 384) after the block; ``mask`` (batch, 1, 1, pieces) is added to the scores."""
        q, k, v = self.query(x), self.key(x), self.value(x)
        y = FusedAttention.apply(q, k, v) if torch.onnx.is_in_onnx_export() else self._attend(q, k, v, mask)
        x = self.norm1(x + self.dropout(self.out(y)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))

    def _attend(self, *qkv: Tensor) -> Tensor:
        *parts, mask = qkv
        q, k, v = (x.view(*x.shape[:2], HEADS, -1).transpose(1, 2) for x in parts)
        # Written out: on a CPU the fused operator takes more than half of a training step, most of it backwards.
        shares = torch.softmax(q @ k.transpose(2, 3) / q.shape[-1] ** 0.5 + mask, -1)
        return (shares.to(v.dtype) @ v).transpose(1, 2).flatten(2)


def _buckets() -> Tensor:
    """Bucket of each distance -(POSITIONS-1)..POSITIONS-1: signed, on a logarithmic scale."""
    d = torch.arange(-POSITIONS + 1, POSITIONS)
    half = BUCKETS // 2
    size = torch.clamp(torch.log2(d.abs().float() + 1).ceil().long(), max=half)
    return half + torch.sign(d) * size


class Encoder(nn.Module):  # type: ignore[misc]  # torch is an extra
    """Tag scores and pair scores of a window."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.caps, self.quotes = nn.Embedding(4, HIDDEN), nn.Embedding(4, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.tagger = nn.Linear(HIDDEN, len(TAGS))
        self.cue, self.member = nn.Linear(HIDDEN, 2 * PAIR), nn.Linear(HIDDEN, 2 * PAIR)
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        self.register_buffer("bucket", _buckets(), persistent=False)
        for extra in (self.caps, self.quotes):
            nn.init.zeros_(extra.weight)

    def states(self, ids: Tensor, caps: Tensor, quotes: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (batch, pieces, 384); ``mask`` (batch, pieces) is 1 on real pieces."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.caps(caps) + self.quotes(quotes)
        x = self.dropout(self.norm(x))
        added = (1.0 - mask[:, None, None].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, added)
        return x

    def pairs(self, x: Tensor) -> Tensor:
        """Logits (batch, 2, pieces, pieces): the second piece is source or content of the cue at the first."""
        batch, length, _ = x.shape
        q, k = (f(x).view(batch, length, 2, PAIR).transpose(1, 2) for f in (self.cue, self.member))
        at = torch.arange(length, device=x.device)
        near = self.bucket[at[None] - at[:, None] + POSITIONS - 1]
        return q @ k.transpose(2, 3) / PAIR**0.5 + self.distance[:, near]

    def forward(self, ids: Tensor, caps: Tensor, quotes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores (batch, pieces, 7) and pair logits (batch, 2, pieces, pieces)."""
        x = self.states(ids, caps, quotes, mask)
        return self.tagger(x), self.pairs(x)


_NAMES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "out", "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "norm2",
}  # fmt: skip


def pretrained(weights: Path) -> Encoder:
    """An encoder that starts from a MiniLM-L6 in BERT's own layout (``model.safetensors``)."""
    source = load_file(weights)
    model = Encoder()
    own = model.state_dict()
    token_type = source["embeddings.token_type_embeddings.weight"][0]
    own["words.weight"] = source["embeddings.word_embeddings.weight"]
    own["positions.weight"] = source["embeddings.position_embeddings.weight"] + token_type
    for part in ("weight", "bias"):
        own[f"norm.{part}"] = source[f"embeddings.LayerNorm.{part}"]
        for i in range(LAYERS):
            for theirs, ours in _NAMES.items():
                own[f"layers.{i}.{ours}.{part}"] = source[f"encoder.layer.{i}.{theirs}.{part}"]
    model.load_state_dict(own)
    return model
