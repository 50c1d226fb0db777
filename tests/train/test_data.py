"""Windows with labels, where the extra ``train`` is installed."""

from __future__ import annotations

import random

import pytest

from kg.annotate.reader.encoder import available, shipped

torch = pytest.importorskip("torch", reason="needs the extra 'train'")
pytestmark = pytest.mark.skipif(not available(), reason="needs the shipped tokenizer")

ARTICLE = {
    "text": "The king said the war was over.\n\nIt rained.",
    "attributions": [{"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 30]]}],
}


def test_examples_label_every_role() -> None:
    from kg.train.data import examples

    (example,) = examples(ARTICLE, shipped().tokenizer)
    assert example.tags.tolist()[1:8] == [1, 2, 3, 5, 6, 6, 6]
    assert example.cues.sum() == pytest.approx(1)
    assert example.members[0, 1].sum() == 4


def test_batches_hide_padding() -> None:
    from kg.train.data import batches, examples

    items = list(examples(ARTICLE, shipped().tokenizer)) * 3
    (batch,) = batches(items, 8, random.Random(0))  # noqa: S311
    assert batch["tags"].shape == batch["ids"].shape
    assert (batch["tags"][:, 0] == -100).all()
