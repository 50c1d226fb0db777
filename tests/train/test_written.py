"""The texts that were written to learn from are sound, many, and full of what articles seldom have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

import kg
from kg.evaluate import markup

FILES = sorted((Path(kg.__file__).parent / "train" / "written").glob("*.yaml"))


def entries(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_texts_are_sound_and_people_are_in_no_gazetteer(file: Path) -> None:
    for entry in entries(file)[::10]:
        article = markup.article(entry)
        assert article["text"]
        assert not any(a["wikidata"] for a in article["actors"] if a["type"] == "Person")


def test_texts_are_many_each_has_its_own_id_and_a_fifth_are_of_denials_and_traps() -> None:
    every = [e for file in FILES for e in entries(file)]
    assert len({e["id"] for e in every}) == len(every) > 2000
    looks = Counter(e["look"] for e in every)
    assert 5 * (len(every) - looks["plain"] - looks["nested"]) >= len(every)
