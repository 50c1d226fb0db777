"""The pair model of names: learnt from examples, pulled towards what is believed; all names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.records import Actor, Article, Extraction, Mention
from kg.train.identity import Example, chains_of, fit, of_mentions, probabilities

BELIEVED = {"bias": 0.0, "same_words": 2.0, "company": 0.5}


def test_examples_move_the_weights_and_silence_leaves_them() -> None:
    found = [Example({"same_words": 1.0}, same, "g") for same in (True, True, True, False)]
    weights = fit(found, BELIEVED)
    assert weights["company"] == pytest.approx(0.5)
    assert weights["same_words"] < BELIEVED["same_words"]
    assert probabilities(found, weights)[0] < probabilities(found, BELIEVED)[0]


def test_no_examples_leave_what_is_believed() -> None:
    assert fit([Example({}, True, "g", 0.0)], BELIEVED) == BELIEVED


def test_a_local_actor_is_of_the_chain_that_covers_it() -> None:
    text = "Marta Hallberg met Oscar Dalewick."
    actors = (Actor("a1", "Marta Hallberg", "Person", mentions=(Mention(0, 14),)),)
    gold = [{"start": 0, "end": 14, "chain": "m"}, {"start": 19, "end": 33, "chain": "o"}]
    assert chains_of(Extraction(Article("x", text), actors), gold) == {"a1": "m"}


def test_mentions_of_one_actor_are_the_same(tmp_path: Path) -> None:
    file = tmp_path / "mentions.tsv"
    lines = ["1\tperson\tMarta Hallberg"] * 3 + ["1\tperson\tMarta J. Hallberg", "2\tperson\tM. Hallberg"]
    file.write_text("\n".join(lines), "utf-8")
    found = {example.same for example in of_mentions(file) if "middle_name" in example.features}
    assert found == {True}
