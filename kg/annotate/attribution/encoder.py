"""The default engine: a small transformer run by onnxruntime, one window at a time."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.annotate.attribution.assemble import attributions
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.decode import Floats
from kg.annotate.attribution.windows import Ints
from kg.errors import PipelineError

FOLDER = Path(str(resources.files("kg"))) / "models" / "attribution"


class Encoder:
    """Attributions by the shipped encoder; needs no parse.

    Int8 scales depend on the batch, so windows run one by one and the output does not depend on their neighbours.
    """

    name = "encoder"

    def __init__(self, folder: Path = FOLDER) -> None:
        if not (folder / "encoder.onnx").is_file():
            raise PipelineError(f"No weights in {folder}: run `kg train attribution`, or take the engine 'lexicon'.")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def attributions(self, doc: Doc) -> list[Attribution]:
        """Attributions of ``doc`` in the order of their first content."""
        return self.of_text(doc.text)

    def of_text(self, text: str) -> list[Attribution]:
        """Attributions of plain text."""
        return attributions(text, self.tokenizer, self._run)

    def _run(self, arrays: dict[str, Ints]) -> tuple[Floats, Floats]:
        outputs: list[Any] = self._session.run(["tags", "pairs"], {k: v[None] for k, v in arrays.items()})
        return np.asarray(outputs[0][0]), np.asarray(outputs[1][0])


@cache
def shipped() -> Encoder:
    """The shipped encoder, loaded once a process."""
    return Encoder()


def available() -> bool:
    """Whether the weights are there."""
    return (FOLDER / "encoder.onnx").is_file()
