"""A teacher's labels have the shapes that the student's loss compares."""

from __future__ import annotations

from typing import Any

import pytest
from tokenizers import Tokenizer

from kg.annotate.reader.encoder import FOLDER
from kg.annotate.reader.labels import LONGEST, RELATED, STANCE, TYPES
from tests.train.articles import article

torch = pytest.importorskip("torch", reason="needs the extra 'train'")
pytest.importorskip("sklearn", reason="needs the extra 'train'")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(FOLDER / "tokenizer.json"))


@pytest.fixture(scope="module")
def reader() -> Any:
    from kg.train.backbones import Student
    from kg.train.reader import Reader

    torch.manual_seed(0)
    return Reader(Student()).eval()


@pytest.fixture
def silver(reader: Any, tokenizer: Tokenizer) -> Any:
    from kg.train import distil

    return distil.label(reader, article(), tokenizer)


def test_labels_are_probabilities_of_every_head(silver: Any) -> None:
    x = silver.example
    mentions, pieces = len(x.mentions), len(x.inputs[0]["ids"])
    assert len(x.spans) == mentions > 1
    assert silver.types.shape == (mentions, len(TYPES))
    assert silver.antecedents.shape == (len(x.antecedents),)
    assert silver.claims[0].shape == (1, len(STANCE))
    for first, length, chance in silver.spans:
        assert len(first) == len(length) == len(chance)
        assert ((first > 0) & (length < LONGEST) & (first + length < pieces - 1)).all()
    for found in (silver.types, silver.claims[0]):
        assert found.sum(-1).tolist() == pytest.approx([1] * len(found), abs=1e-4)


def test_labels_of_pairs_are_of_one_window(silver: Any) -> None:
    for window, found in enumerate(silver.pairs):
        if found is not None:
            places, at, relation, stance, own, trigger = found
            size = len(silver.example.inputs[window]["ids"])
            assert places.shape == (len(at), 4)
            assert (relation.shape, stance.shape) == ((len(at), len(RELATED)), (len(at), len(STANCE)))
            assert (own.shape, trigger.shape) == ((len(at),), (len(at), size))
            assert int(places.max()) < size


def test_a_student_learns_from_its_own_teacher_by_every_head(reader: Any, silver: Any) -> None:
    from kg.train import distil

    losses = distil.loss(reader, silver)
    assert {"s.mentions", "s.types", "s.antecedents", "s.relation", "s.stance", "s.claims"} <= losses.keys()
    assert all(value.dim() == 0 and bool(value.isfinite()) for value in losses.values())


def test_an_article_without_two_mentions_gives_no_labels(reader: Any, tokenizer: Tokenizer) -> None:
    from kg.train import distil

    quiet = {"text": "It rained.", "claims": []}
    with torch.no_grad():
        reader.mentions.begins.bias.fill_(-50)
        try:
            assert distil.label(reader, quiet, tokenizer) is None
        finally:
            reader.mentions.begins.bias.fill_(0)


def test_the_loss_on_an_annotated_article_has_a_part_for_every_head(reader: Any, tokenizer: Tokenizer) -> None:
    import random

    from kg.train.reader import WEIGHTS, loss
    from kg.train.reading import example

    losses = loss(reader, example(article(), tokenizer, 128), random.Random(0))  # noqa: S311
    assert losses.keys() <= WEIGHTS.keys()
    assert all(bool(value.isfinite()) for value in losses.values())
