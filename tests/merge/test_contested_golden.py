"""What pairs of articles contest, from their words to the graph (``tests/golden/contested.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language

import kg
from kg.query import run_named
from tests.merge.samples import merged

CASES = yaml.safe_load((Path(__file__).parents[1] / "golden" / "contested.yaml").read_text("utf-8"))


def contested(nlp: Language, texts: list[str]) -> set[str]:
    """A line for each source that asserts, and each that denies, a proposition."""
    articles = [{"id": f"x{n}", "text": text, "date": f"2031-05-0{n + 1}"} for n, text in enumerate(texts)]
    rows = run_named(merged(kg.extract(nlp, articles)).view(), "contested-pairs").rows()
    return {f"{row[3]} / {row[6]}: {row[0]} {row[1]} {row[2]}" for row in rows}


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_contested(nlp: Language, case: dict[str, Any]) -> None:
    assert contested(nlp, case["articles"]) == set(case["contested"])
