"""Somebody who follows a document, in a folder that has the examples and nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.readers.registry import readers
from tests.documents.follower import Follower
from tests.documents.generated import ROOT


@pytest.fixture
def follower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    """Their terminal has 160 columns; what they export and install ends with the test."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("KG_GRAPH", "hearsay.kg")
    following = Follower(tmp_path)
    yield following
    following.close()
    readers.cache_clear()
