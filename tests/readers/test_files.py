"""Sixty pages and files like those that people bring, each with what it says (``files/expected.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.readers import read
from kg.records import Article

FILES = Path(__file__).parent / "files"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FILES / "expected.yaml").read_text("utf-8"))

for needed in ("pypdf", "warcio"):
    pytest.importorskip(needed)


def cases() -> Iterator[Any]:
    for name, expected in EXPECTED.items():
        reason = expected.get("fails")
        yield pytest.param(name, marks=pytest.mark.xfail(reason=reason, strict=True) if reason else ())


@pytest.mark.parametrize("name", list(cases()))
def test_a_file_gives_its_article(name: str) -> None:
    (article,) = read([FILES / name])
    assert isinstance(article, Article)
    expected, text = EXPECTED[name], article.text.strip()
    said = {"title": article.title, "date": article.date, "outlet": article.publisher}
    assert said == {key: expected[key] for key in said}
    assert expected["begins"] in text[: len(expected["begins"]) + 150]
    assert text.endswith(expected["ends"])
    assert [notice for notice in expected.get("absent", ()) if notice in text] == []
