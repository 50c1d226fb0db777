"""Export of the trained encoder to int8 ONNX."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.train.model import Encoder


class _Whole(nn.Module):
    """The encoder on one unpadded window: no mask."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, caps: Tensor, quotes: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores and pair logits of a batch of one window."""
        return self.model(ids, caps, quotes, torch.ones(ids.shape))  # type: ignore[no-any-return]


def export(model: Encoder, path: Path) -> None:
    """Write ``model`` to ``path`` with int8 weights, a scale for each output channel."""
    model.eval()
    sample = tuple(torch.ones(1, 16, dtype=torch.long) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            _Whole(model),
            sample,
            str(full),
            input_names=["ids", "caps", "quotes"],
            output_names=["tags", "pairs"],
            dynamic_axes={n: {1: "pieces"} for n in ("ids", "caps", "quotes", "tags")}
            | {"pairs": {2: "pieces", 3: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)
