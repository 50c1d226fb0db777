"""Training of the linear attribution engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.annotate.attribution.linear import Linear
from kg.evaluate.attribution import ROLES
from kg.train.linear import train
from tests.evaluation import attributions


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gate's sentences as a small corpus, ten to an article."""
    path, entries, lines = tmp_path_factory.mktemp("corpus") / "corpus.jsonl", attributions.texts(), []
    for i in range(0, len(entries), 10):
        text, found = "", []
        for entry in entries[i : i + 10]:
            shift = len(text)
            for a in attributions.located(entry):
                found.append({r: [[s + shift, e + shift] for s, e in getattr(a, r)] for r in ROLES})
            text += entry["text"] + "\n"
        lines.append(json.dumps({"id": str(i), "text": text, "attributions": found}))
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.model
def test_training_twice_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        train(corpus, tmp_path / name)
    one, two = ((tmp_path / name / "attribution.npz").read_bytes() for name in ("one", "two"))
    assert one == two
    assert Linear(tmp_path / "one" / "attribution.npz").pair.shape[0] == 4
