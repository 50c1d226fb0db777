"""No engine falls below its floors on sentences of our own; half of them say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.annotate.attribution import encoder, linear
from tests.evaluation import gate


@pytest.fixture(scope="module")
def measured(nlp: Language) -> dict[str, gate.Figures]:
    return gate.measure(nlp)


def test_the_gold_is_large_and_half_of_it_says_nothing() -> None:
    entries = gate.texts()
    claims = sum(len(e.get("claims", ())) for e in entries)
    assert claims >= 60
    assert 2 * sum("claims" not in e for e in entries) >= len(entries)


def test_floors_are_of_this_gold() -> None:
    assert gate.read_floors()["gold"] == gate.digest(), "run python -m tests.evaluation --update"


@pytest.mark.model
@pytest.mark.parametrize("name", gate.ENGINES)
def test_no_figure_below_its_floor(name: str, measured: dict[str, gate.Figures]) -> None:
    if not {"encoder": encoder.available, "linear": linear.available}.get(name, lambda: True)():
        pytest.skip(f"the weights of the engine {name!r} are not installed")
    assert gate.below(measured[name], gate.read_floors()["engines"][name]) == {}


def test_update_refuses_to_lower_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    assert gate.update({"lexicon": {"content f1": 0.5}}, allow_regression=False) == []
    assert gate.update({"lexicon": {"content f1": 0.4}}, allow_regression=False) == ["lexicon, content f1: 0.38 < 0.48"]
    assert gate.read_floors()["engines"]["lexicon"]["content f1"] == 0.48
    assert gate.update({"lexicon": {"content f1": 0.4}}, allow_regression=True) == []
