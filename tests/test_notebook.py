"""The notebook runs from top to bottom as it is, without Jupyter, and holds no outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def code_cells() -> list[dict[str, Any]]:
    cells = json.loads((EXAMPLES / "notebook.ipynb").read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_notebook_holds_no_outputs() -> None:
    assert [cell for cell in code_cells() if cell["outputs"] or cell["execution_count"] is not None] == []


@pytest.mark.model
def test_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "iran").symlink_to(EXAMPLES / "iran")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    names: dict[str, Any] = {}
    for cell in code_cells():
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102  (our own file)
    assert names["report"].added == 1
    assert "Marzieh Afkham" in set(names["denials"]["who"])
    assert {"asserts", "denies"} <= set(names["stances"]["stance"])
    assert (tmp_path / "demo/iran.png").read_bytes().startswith(b"\x89PNG")
