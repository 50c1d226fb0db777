from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.cells import guarded, unguarded


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1"]
)
def test_cells_that_a_spreadsheet_would_run_are_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "+", "-", "-5", "+1.5e-3", "Iran", "'tis", "a=b", "'", " =1"])
def test_cells_that_are_not_run_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.sampled_from("'=+-@\t\n1.eE x") | st.characters()))
def test_cells_come_back_and_none_begins_like_a_formula(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert guarded(text) == safe
    assert not safe.startswith(("=", "@")) or len(safe) == 1
