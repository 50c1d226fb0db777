"""Articles with other states and surnames: the same everywhere, with every span on the words that took its place."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluate import markup
from kg.train.swapped import Edits, Swapper

TEXT = """- id: one
  style: agency
  look: plain
  text: >-
    [Iranian](iran) forces shelled [Iraq](iraq), {[the United States](us) said}(c1), [Ann Holt](holt) told us.
    [Holt](holt) said {[Tehran](iran) lied to [Iraqis](iraqis)}(c2).
  actors:
    iran: State
    iraq: State
    us: State
    holt: Person
    iraqis: People
  claims:
    c1: holt told
    c2: holt said
  positions:
    - iran attacks iraq @ shelled, narrator
"""


@pytest.fixture(scope="module")
def article() -> dict[str, Any]:
    return markup.article(yaml.safe_load(TEXT)[0])


@pytest.fixture(scope="module")
def swapper(article: dict[str, Any]) -> Swapper:
    return Swapper([article])


@given(seed=st.integers(0, 2**32))
def test_each_state_is_another_one_everywhere(article: dict[str, Any], swapper: Swapper, seed: int) -> None:
    changed, _ = swapper.swapped(article, random.Random(seed))  # noqa: S311
    words = {a["id"]: [changed["text"][s:e] for s, e in a["mentions"]] for a in changed["actors"]}
    adjective, capital = words["iran"]
    assert any((s["adjective"], s["capital"]) == (adjective, capital) for n, s in swapper.states.items() if n != "Iran")
    (name,), (people,) = words["iraq"], words["iraqis"]
    assert any((s["name"], s["people"]) == (name.removeprefix("the "), people) for s in swapper.states.values())


@given(seed=st.integers(0, 2**32))
def test_what_is_said_stays_the_same(article: dict[str, Any], swapper: Swapper, seed: int) -> None:
    changed, _ = swapper.swapped(article, random.Random(seed))  # noqa: S311
    (position,) = changed["positions"]
    assert changed["text"][slice(*position["trigger"])] == "shelled"
    assert [c["cue"] for c in changed["claims"]] == [c["cue"] for c in article["claims"]]
    assert all(changed["text"][s:e].strip() == changed["text"][s:e] for c in changed["claims"] for s, e in c["content"])


def test_a_span_inside_an_edit_takes_it_in_whole() -> None:
    edits = Edits("the Chad army", [(0, 8, "Peru")])
    assert edits.text == "Peru army"
    assert (edits.moved((0, 8)), edits.moved((4, 8)), edits.moved((9, 13))) == ([0, 4], [0, 4], [5, 9])


def test_a_surname_that_is_a_word_as_well_stays() -> None:
    text = "Ann Bush sat in a bush."
    doc = {"text": text, "actors": [{"id": "a", "type": "Person", "mentions": [[0, 8]]}], "claims": [], "positions": []}
    changed, edits = Swapper([doc]).swapped(doc, random.Random(0))  # noqa: S311
    assert changed["text"] == text
    assert edits.found == []
