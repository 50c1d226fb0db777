"""Export of the trained encoder to int8 ONNX."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.train.encoder import Model


class _Whole(nn.Module):
    """All heads on one unpadded window."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.encoder, self.compact = model.encoder, model.relation.compact

    def forward(self, ids: Tensor, caps: Tensor, quotes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Tag scores, pair logits and compact states of a batch of one window."""
        x = self.encoder.states(ids, caps, quotes, torch.ones(ids.shape))
        return self.encoder.tagger(x), self.encoder.pairs(x), self.compact(x)


def export(model: Model, folder: Path) -> None:
    """Write ``encoder.onnx`` (int8 weights, a scale for each output channel) and ``relation.npz`` to ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _onnx(model, folder / "encoder.onnx")
    head = {k: v.numpy().astype(np.float16) for k, v in model.relation.state_dict().items() if "compact" not in k}
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
            output_names=["tags", "pairs", "states"],
            dynamic_axes={n: {1: "pieces"} for n in ("ids", "caps", "quotes", "tags", "states")}
            | {"pairs": {2: "pieces", 3: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)
