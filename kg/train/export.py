"""Export of the trained encoder to int8 ONNX."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.annotate.attribution.encoder import Encoder
from kg.train.encoder import Model
from kg.train.relation import Pair, fit_roots

_SCORES = ("tags", "cue", "member", "states")


class _Whole(nn.Module):  # type: ignore[misc]  # torch is an extra
    """All heads on one unpadded window."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.compact = model.encoder, model.relation.compact

    def forward(self, ids: Tensor, caps: Tensor, quotes: Tensor) -> tuple[Tensor, ...]:
        """Tag scores, both sides of the pairs, compact states and the distance bias, of a batch of one window."""
        x = self.encoder.states(ids, caps, quotes, torch.ones(ids.shape))
        heads = (self.encoder.tagger, self.encoder.cue, self.encoder.member, self.compact)
        return *(head(x) for head in heads), self.encoder.distance


def export(model: Model, folder: Path, pairs: list[Pair]) -> None:
    """Write ``encoder.onnx`` (int8 weights, a scale for each output channel) and ``relation.npz`` to ``folder``.

    The PLOVER roots are told by the trained head and by a regression over the states of the int8 model, fitted on
    ``pairs``. ``folder`` must hold the tokenizer.
    """
    _onnx(model, folder / "encoder.onnx")
    _heads(model, folder, {f"roots.{part}": np.zeros(1) for part in ("weight", "bias")})
    _heads(model, folder, fit_roots(model.relation, Encoder(folder), pairs))


def _heads(model: Model, folder: Path, roots: dict[str, NDArray[np.floating[Any]]]) -> None:
    head = {
        k: v.numpy().astype(np.float16)
        for k, v in model.relation.state_dict().items()
        if not k.startswith(("compact", "root"))
    }
    head |= roots
    np.savez(folder / "relation.npz", **head)


def _onnx(model: Model, path: Path) -> None:
    model.eval()
    sample = tuple(torch.ones(1, 16, dtype=torch.long) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            _Whole(model),
            sample,
            str(full),
            input_names=["ids", "caps", "quotes"],
            output_names=[*_SCORES, "distance"],
            dynamic_axes={n: {1: "pieces"} for n in ("ids", "caps", "quotes", *_SCORES)},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)
