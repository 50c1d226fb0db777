"""No figure falls below its floor on texts of our own; a third of the articles are traps."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from tests.evaluation import attributions, gate


@pytest.fixture(scope="module")
def measured(nlp: Language) -> dict[str, gate.Figures]:
    return gate.measured(nlp)


def test_the_sentences_are_many_and_half_of_them_say_nothing() -> None:
    entries = attributions.texts()
    claims = sum(len(e.get("claims", ())) for e in entries)
    assert claims >= 60
    assert 2 * sum("claims" not in e for e in entries) >= len(entries)


def test_floors_are_of_these_texts() -> None:
    assert gate.read_floors()["gold"] == gate.digests(), "run python -m tests.evaluation --update"


@pytest.mark.model
@pytest.mark.parametrize("name", gate.MEASURED)
def test_no_figure_below_its_floor(name: str, measured: dict[str, gate.Figures]) -> None:
    assert gate.below(measured[name], gate.read_floors()["floors"][name]) == {}


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    return tmp_path / "floors.json"


def update(figures: gate.Figures, *, allow_regression: bool = False) -> list[str]:
    return gate.update({"claims": figures}, allow_regression=allow_regression)


def floor(name: str) -> float:
    return gate.read_floors()["floors"]["claims"][name]  # type: ignore[no-any-return]


@pytest.mark.usefixtures("floors")
def test_a_figure_under_its_floor_is_refused_unless_allowed() -> None:
    assert update({"denials f1": 0.5}) == []
    assert floor("denials f1") == 0.48
    assert update({"denials f1": 0.4}) == ["claims, denials f1: 0.4, floor 0.48"]
    assert floor("denials f1") == 0.48
    assert update({"denials f1": 0.4}, allow_regression=True) == []
    assert floor("denials f1") == 0.38


@pytest.mark.usefixtures("floors")
def test_an_update_only_raises() -> None:
    update({"denials f1": 0.5, "claims f1": 0.5})
    update({"denials f1": 0.49, "claims f1": 0.6})
    assert (floor("denials f1"), floor("claims f1")) == (0.48, 0.58)


@pytest.mark.usefixtures("floors")
def test_errors_have_ceilings_that_only_fall() -> None:
    update({"inverted (at most)": 3})
    assert update({"inverted (at most)": 4}) == ["claims, inverted (at most): 4, floor 3"]
    update({"inverted (at most)": 1})
    assert floor("inverted (at most)") == 1
