"""The loop keeps the mean of the weights after the last epochs."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'train'")


def test_what_is_kept_is_the_mean_of_the_last_epochs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.train import loop

    class Weight(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.w = torch.nn.Parameter(torch.zeros(1))

    model = Weight()

    def moved() -> dict[str, object]:
        with torch.no_grad():
            model.w += 1  # 1, 2, 3 after the epochs
        return {"loss": 0 * model.w.sum()}

    trainer = loop.Trainer(model, None, loop.Corpora([]), loop.Recipe(epochs=3, rate=0, head_rate=0, averaged=2))  # type: ignore[arg-type]
    monkeypatch.setattr(trainer, "_steps", lambda: [moved])
    monkeypatch.setattr(
        loop, "optimizer", lambda m, _: torch.optim.SGD([{"params": m.parameters()}, {"params": []}], 0.0)
    )
    trainer.run(tmp_path / "w.pt")
    assert float(torch.load(tmp_path / "w.pt")["w"]) == pytest.approx(2.5)


def test_short_texts_are_learnt_together_and_long_ones_alone() -> None:
    from kg.train.loop import grouped

    docs = [{"text": "x" * size} for size in (300, 300, 300, 200, 5000, 400, 900)]
    assert [[len(d["text"]) for d in group] for group in grouped(docs, room=1000)] == [
        [300, 300, 300], [200], [5000], [400], [900]
    ]  # fmt: skip
    assert list(grouped([])) == []


def test_hidden_pieces_are_words_and_never_marks() -> None:
    from kg.train import loop

    ids = np.array([101, 1, 2054, 3000, 102])
    rng = random.Random(0)  # noqa: S311
    assert loop.hidden(ids, 1.0, rng).tolist() == [101, 1, loop.MASK, loop.MASK, 102]
    assert loop.hidden(ids, 0.0, rng).tolist() == ids.tolist()
