"""Export of the trained reader: an int8 encoder with its wide heads, and the small heads as arrays."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.annotate.reader.encoder import Encoder
from kg.train import anaphora
from kg.train.direction import refit
from kg.train.reader import Attribution, Reader
from kg.train.relation import Pair, fit_roots

SCORES = ("tags", "cue", "member", "inner_tags", "inner_cue", "inner_member", "compact", "view")
_SMALL = ("mentions.", "antecedents.", "relations.", "stances.")


class _Whole(nn.Module):  # type: ignore[misc]  # torch is an extra
    """Every projection of the pieces, on one unpadded window."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, caps: Tensor, quotes: Tensor) -> tuple[Tensor, ...]:
        """The projections named in ``SCORES``, each (1, pieces, width)."""
        x = self.model.backbone.states(ids, caps, quotes, torch.ones(ids.shape))
        heads: list[Attribution] = [self.model.outer, self.model.inner]
        parts = [layer(x) for h in heads for layer in (h.tagger, h.cue, h.member)]
        return *parts, self.model.related.compact(x), self.model.view(x)


def export(model: Reader, folder: Path, pairs: list[Pair], docs: Iterable[Mapping[str, Any]]) -> None:
    """Write ``encoder.onnx`` (int8 weights, a scale for each output channel) and the heads beside it.

    The direction head is fitted anew on the int8 model's states of ``pairs``; the PLOVER roots are told by it and by a
    regression over the same states, and so is which earlier statement a claim is about, from annotated ``docs``.
    ``folder`` must hold the tokenizer.
    """
    model.eval()
    sample = tuple(torch.ones(1, 16, dtype=torch.long) for _ in range(3))
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            _Whole(model), sample, str(full), input_names=["ids", "caps", "quotes"], output_names=list(SCORES),
            dynamic_axes={n: {1: "pieces"} for n in ("ids", "caps", "quotes", *SCORES)}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    small = {k: v for k, v in model.state_dict().items() if k.startswith(_SMALL)}
    small |= {"outer.distance": model.outer.distance.detach(), "inner.distance": model.inner.distance.detach()}
    np.savez(folder / "heads.npz", **{k: v.numpy().astype(np.float16) for k, v in small.items()})
    _direction(model, folder, {f"roots.{part}": np.zeros(1) for part in ("weight", "bias")})
    np.savez(folder / "anaphora.npz", **anaphora.nothing())
    encoder = Encoder(folder)
    np.savez(folder / "anaphora.npz", **anaphora.fit(encoder, docs))
    refit(model.related, encoder, pairs)
    _direction(model, folder, fit_roots(model.related, encoder, [p for p in pairs if p.root >= 0]))


def _direction(model: Reader, folder: Path, roots: dict[str, NDArray[np.floating[Any]]]) -> None:
    head = {
        name: value.numpy().astype(np.float16)
        for name, value in model.related.state_dict().items()
        if not name.startswith(("compact", "root"))
    }
    np.savez(folder / "relation.npz", **(head | roots))
