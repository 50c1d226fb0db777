"""The encoder: a small transformer run by onnxruntime, one window at a time; its pass is what every head reads."""

from __future__ import annotations

import os
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.annotate.reader.anaphora import Anaphora
from kg.annotate.reader.decode import Floats, Scores
from kg.annotate.reader.direction import RelationHead, RelationScores, regions
from kg.annotate.reader.heads import Heads
from kg.annotate.reader.reading import Pass, Reading, read
from kg.annotate.reader.settings import read_settings
from kg.annotate.reader.windows import Ints
from kg.annotate.spans import tokens_of
from kg.errors import PipelineError
from kg.records import Span

FOLDER = Path(str(resources.files("kg"))) / "models" / "reader"
#: Texts whose reading is kept, or under way, for the components that follow: more than a batch of the pipeline holds.
_KEPT = 32


class Encoder:
    """The shipped encoder; needs no parse.

    Int8 scales depend on the batch, so windows run one by one and the output does not depend on their neighbours.
    A text is read in a thread of its own, so that spaCy may parse it at the same time on another core.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        if not (folder / "encoder.onnx").is_file():
            raise PipelineError(f"No weights in {folder}: run `kg train reader`.")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # on a CPU the fused operator takes eight times as long
        )
        self.heads = Heads(folder / "heads.npz")
        self.anaphora = Anaphora(folder / "anaphora.npz")
        self.settings = read_settings(folder / "model.json")
        weights = folder / "relation.npz"
        self._relation = RelationHead(weights) if weights.is_file() else None
        self._readings: OrderedDict[tuple[int, str], Future[Reading]] = OrderedDict()

    def start(self, text: str) -> None:
        """Begin to read ``text`` beside the caller; ``reading`` will wait for it."""
        self._begun(text)

    def abandon(self) -> None:
        """Read nothing more of what was started and not yet begun: an interrupted program need not wait for it."""
        self._readings = OrderedDict((key, future) for key, future in self._readings.items() if not future.cancel())

    def reading(self, text: str) -> Reading:
        """The pass over ``text``, kept for a while."""
        return self._begun(text).result()

    def _begun(self, text: str) -> Future[Reading]:
        key = (os.getpid(), text)  # a forked process has neither its parent's thread nor what that was about to read
        future = self._readings.get(key)
        if future is None:
            future = self._readings[key] = _beside(os.getpid()).submit(
                read, text, self.tokenizer, self._run, self.settings
            )
            if len(self._readings) > _KEPT:
                self._readings.popitem(last=False)
        return future

    def relation(self, text: str, around: Span, p: Span, q: Span) -> RelationScores | None:
        """Scores of what ``p`` does to ``q``, both within the sentences ``around``; None without a trained head."""
        found = self._states(text, around, p, q) if self._relation else None
        return self._relation(*found) if self._relation and found else None

    def features(self, text: str, p: Span, q: Span) -> Floats | None:
        """What the root is told from (960,), for training; None where the spans do not share a window."""
        found = self._states(text, (0, len(text)), p, q)
        return self._relation.features(*found)[1] if self._relation and found else None

    def _states(self, text: str, around: Span, p: Span, q: Span) -> tuple[Floats, Ints] | None:
        """Compact states and regions of the pieces in ``around``; None where the spans do not share a window."""
        reading = self.reading(text)
        for window in reading.windows:
            region = regions(reading.pieces, window.start, window.end, p, q)
            if (region == 0).any() and (region == 1).any():
                starts = reading.pieces.starts[window.start : window.end]
                inside = (starts >= min(around[0], p[0], q[0])) & (starts < max(around[1], p[1], q[1]))
                return window.compact[inside], region[inside]
        if around == (0, len(text)):
            return None
        start, end = around  # a window's edge divides the spans: read their sentences alone
        return self._states(text[start:end], (0, end - start), *((a - start, b - start) for a, b in (p, q)))

    def _run(self, arrays: dict[str, Ints]) -> Pass:
        found: list[Any] = self._session.run(None, {k: v[None] for k, v in arrays.items()})
        rows = [np.asarray(x[0]) for x in found]
        outer, inner = (self._scores(rows[i : i + 3], name) for i, name in ((0, "outer"), (3, "inner")))
        return Pass(outer, inner, rows[6][1:-1], rows[7])

    def _scores(self, rows: list[Floats], layer: str) -> Scores:
        tags, cue, member = (x[1:-1] for x in rows)
        cue, member = (x.reshape(len(x), 2, -1) for x in (cue, member))
        return Scores(tags, cue, member, self.heads.distance(layer))


@cache
def _beside(process: int) -> ThreadPoolExecutor:  # noqa: ARG001  (one thread a process)
    """The thread that reads."""
    return ThreadPoolExecutor(1, "reader")


@cache
def shipped() -> Encoder:
    """The shipped encoder, loaded once a process."""
    return Encoder()


def available() -> bool:
    """Whether the weights are there."""
    return (FOLDER / "encoder.onnx").is_file()


def relation_scores(doc: Doc, p: Span, q: Span) -> RelationScores | None:
    """Scores of what the characters ``p`` of ``doc`` do to ``q``; nearly free once the Doc was read.

    None without weights, or where the spans are too far apart for one window.
    """
    if not available():
        return None
    first, last = (tokens_of(doc, (a, b)) for a, b in sorted((p, q)))
    if first is None or last is None:
        return None
    around = (first[0].sent.start_char, last[-1].sent.end_char)
    return shipped().relation(doc.text, around, p, q)
