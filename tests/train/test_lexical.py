"""Articles made from the lexicons' examples: annotated like any other, and the same for the same seed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kg.annotate.reader.labels import RELATED, STANCE, TYPES
from kg.train.lexical import documents


def made(seed: int, count: int = 30) -> list[dict[str, Any]]:
    return list(documents(count, random.Random(seed)))  # noqa: S311


@pytest.fixture(scope="module")
def docs() -> list[dict[str, Any]]:
    return made(0)


def test_so_many_articles_are_made_each_of_its_own_id(docs: list[dict[str, Any]]) -> None:
    assert len({d["id"] for d in docs}) == 30
    assert all(d["text"] and d["positions"] for d in docs)


def test_the_same_seed_makes_the_same_articles() -> None:
    assert made(3, 4) == made(3, 4) != made(4, 4)


def test_mentions_quote_the_name_of_their_actor(docs: list[dict[str, Any]]) -> None:
    for d in docs:
        for actor in d["actors"]:
            assert actor["type"] in TYPES
            quoted = {d["text"][s:e].casefold() for s, e in actor["mentions"]}
            assert quoted == {actor["name"].casefold()}


def test_claims_quote_their_cue_and_their_source(docs: list[dict[str, Any]]) -> None:
    for d in docs:
        names = {a["id"]: a["name"].casefold() for a in d["actors"]}
        for claim in d["claims"]:
            ((start, end),), ((first, last),) = claim["cue_span"], claim["source_span"]
            assert d["text"][start:end].casefold() == claim["cue"].casefold()
            assert d["text"][first:last].casefold() == names[claim["source"]]
            assert claim["stance"] in STANCE


def test_contents_are_whole_clauses_that_hold_their_positions(docs: list[dict[str, Any]]) -> None:
    for d in docs:
        contents = {c["id"]: c["content"][0] for c in d["claims"]}
        for q in d["positions"]:
            start, end = contents.get(q["claim"], (0, len(d["text"])))
            spans = (q["subject_span"], q["object_span"], q["trigger"])
            assert all(start <= s < e <= end for s, e in spans)


def test_positions_name_their_ends_and_a_relation(docs: list[dict[str, Any]]) -> None:
    for d in docs:
        names = {a["id"]: a["name"].casefold() for a in d["actors"]}
        for q in d["positions"]:
            assert q["relation"] in RELATED
            assert d["text"][slice(*q["subject_span"])].casefold() == names[q["subject"]]
            assert d["text"][slice(*q["object_span"])].casefold() == names[q["object"]]
            assert d["text"][slice(*q["trigger"])].isprintable()


def test_positions_of_a_claim_have_its_stance_and_those_of_nobody_are_asserted(docs: list[dict[str, Any]]) -> None:
    for d in docs:
        stances = {c["id"]: c["stance"] for c in d["claims"]}
        assert all(q["stance"] == stances.get(q["claim"], "asserts") for q in d["positions"])


def test_all_three_stances_and_most_relations_are_made() -> None:
    found = [q for d in made(1, 100) for q in d["positions"]]
    assert {q["stance"] for q in found} == set(STANCE)
    assert len({q["relation"] for q in found}) >= 15


def test_an_open_clause_is_nobodys_position(docs: list[dict[str, Any]]) -> None:
    for d in docs:
        triggers = [q["trigger"][0] for q in d["positions"]]
        for opening in ("It is unclear whether ", "Nobody knows whether "):
            at = d["text"].find(opening)
            if at >= 0:
                end = d["text"].index(".", at)
                assert not [t for t in triggers if at < t < end]
