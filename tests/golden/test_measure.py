"""Counting golden cases by kind, and floors that only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden import measure
from tests.golden.cases import Case
from tests.golden.judges import Verdict

DENIAL = Case("stance", "denials by the cue", {"text": "Kenya denied it.", "denies": ["Kenya"]})
OTHER = Case("stance", "denials by the cue", {"text": "Peru denied it.", "denies": ["Peru"]})
ALIKE = Case("stance", "denials by the cue", {"text": "Kenya was denied entry."})
NAME = Case("actors", "names", {"text": "She roasted a turkey.", "never": {"turkey": None}})
FOUND = {DENIAL: Verdict(), OTHER: Verdict(("misses it",)), ALIKE: Verdict(("finds it",), ("finds it",))}


def test_look_alikes_are_counted_apart() -> None:
    assert measure.right(FOUND) == {"stance": {"denials by the cue": 1, "denials by the cue (look-alikes)": 0}}
    assert measure.counted(FOUND) == {"stance": {"denials by the cue": 2, "denials by the cue (look-alikes)": 1}}


def test_a_kind_that_is_gone_is_below_its_floor() -> None:
    assert measure.below({}, {"stance": {"declining": 2}}) == ["stance, declining: 0 right, floor 2"]


def test_a_denial_and_a_look_alike_are_dangerous_and_a_name_is_not() -> None:
    assert DENIAL.dangerous
    assert ALIKE.dangerous
    assert not NAME.dangerous


def test_what_is_only_missed_is_no_danger() -> None:
    assert [known["text"] for known in measure.failing(FOUND)] == ["Kenya was denied entry."]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(measure, "KNOWN", tmp_path / "known.yaml")


def test_floors_rise_and_fall_only_when_allowed() -> None:
    assert measure.update({"stance": {"declining": 2}}) == []
    assert measure.update({"stance": {"declining": 1}}) == ["stance, declining: 1 right, floor 2"]
    assert measure.read_floors()["floors"] == {"stance": {"declining": 2}}
    assert measure.update({"stance": {"declining": 1}}, allow_regression=True) == []
    assert measure.update({"stance": {"declining": 3}}) == []
    assert measure.read_floors()["floors"] == {"stance": {"declining": 3}}


def test_the_list_of_known_failures_shrinks_and_grows_only_when_allowed() -> None:
    one, two = ({"file": "stance", "text": f"No {n}.", "reason": "finds it"} for n in "12")
    assert measure.update_known([one]) == []
    assert measure.update_known([one, two]) == ["2 dangerous cases fail, at most 1 may"]
    assert measure.read_known() == {("stance", "No 1."): "finds it"}
    assert measure.update_known([one, two], allow_regression=True) == []
    assert measure.update_known([]) == []
    assert (measure.read_known(), measure.read_floors()["known"]) == ({}, 0)


def test_floors_and_known_failures_do_not_touch_each_other() -> None:
    measure.update({"stance": {"declining": 2}})
    measure.update_known([])
    assert measure.read_floors() == {"known": 0, "floors": {"stance": {"declining": 2}}}


def test_the_table_tells_how_many_dangerous_cases_fail() -> None:
    assert list(measure.table(FOUND))[-1] == "dangerous: 1 of 3 fail, at most None may"
