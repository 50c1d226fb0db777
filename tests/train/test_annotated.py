"""Annotations of other people's articles: spans, names and kinds alone, put over the texts that the caller has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.records import ACTOR_TYPES, RELATIONS, STANCES
from kg.train.annotated import FOLDER, articles, digest, joined, plain

FILES = sorted(FOLDER.glob("*.jsonl"))


def lines(file: Path) -> list[list[Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def spans(actors: list[Any], claims: list[Any], positions: list[Any]) -> list[list[int]]:
    of_claims = [s for c in claims for part in c[4:7] for s in part]
    return [*(s for a in actors for s in a[3]), *of_claims, *(s for p in positions for s in p[5:] if s)]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_span_lies_in_its_text_and_every_name_is_known(file: Path) -> None:
    for _name, part, _digest, actors, claims, positions in lines(file):
        length = part[1] - part[0] if isinstance(part, list) else part
        assert all(0 <= start < end <= length for start, end in spans(actors, claims, positions))
        ids = {a[0] for a in actors}
        assert {a[1] for a in actors} <= set(ACTOR_TYPES)
        assert {p[i] for p in positions for i in (2, 4)} <= ids
        assert {c[3] for c in claims} | {p[1] for p in positions} <= set(STANCES)
        assert {p[3] for p in positions} <= set(RELATIONS)
        assert {p[0] for p in positions} - {None} <= {c[0] for c in claims}


def test_no_article_is_annotated_twice_and_none_of_its_words_are_here() -> None:
    names = [(line[0], isinstance(line[1], list)) for file in FILES for line in lines(file)]
    assert len(set(names)) == len(names) > 1000
    assert all(len(part) < 60 for file in FILES for line in lines(file) for a in line[3] for part in a[:2])


def test_an_annotation_is_put_over_its_text_and_left_out_where_the_text_is_another(tmp_path: Path) -> None:
    text = "Norvania denied it.\nTervia [the\u00a0kingdom]  said so."
    body = plain(text)
    assert body == "Norvania denied it.\n\nTervia (the kingdom) said so."
    line = ["a", 19, digest(body[:19]), [["n", "State", None, [[0, 8]]]],
            [["c1", "n", [], "denies", [[9, 15]], [[0, 8]], [[16, 18]], None]], []]  # fmt: skip
    (tmp_path / "own.jsonl").write_text(json.dumps(line) + "\n" + json.dumps(["b", *line[1:]]) + "\n", "utf-8")
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("\n".join(json.dumps({"id": i, "text": t}) for i, t in (("a", text), ("b", "Another."))), "utf-8")
    (article,) = articles([corpus], tmp_path)
    assert article["text"] == "Norvania denied it."
    assert article["claims"][0]["cue_span"] == [[9, 15]]


def test_tokens_are_joined_as_people_write_them() -> None:
    tokens = [
        "He",
        "said",
        ":",
        '"',
        "We",
        "do",
        "n't",
        "know",
        '"',
        "(",
        "yet",
        ")",
        "-",
        "it",
        "'s",
        "50",
        "%",
        "true",
        ".",
    ]
    assert joined(tokens) == "He said: \"We don't know\" (yet) - it's 50% true."


def test_sentences_are_named_by_folder_file_and_number(tmp_path: Path) -> None:
    pairs, tagged = tmp_path / "pairs" / "half.txt", tmp_path / "tagged" / "half.txt"
    pairs.parent.mkdir()
    tagged.parent.mkdir()
    pairs.write_text("Rain fell.\tRain\tfell\t0\n[Norvania] denied it.\tNorvania\tit\t4\n", "utf-8")
    tagged.write_text("Rain O\nfell O\n. O\n\nNorvania B-S\ndenied O\nit O\n. O\n", "utf-8")
    denial, text = "Norvania denied it.", [["n", "State", None, [[0, 8]]]]
    lines_ = [[f"{folder}/half/1", 19, digest(denial), text, [], []] for folder in ("pairs", "tagged")]
    (tmp_path / "own.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines_), "utf-8")
    assert [a["text"] for a in articles([pairs, tagged], tmp_path)] == [denial, denial]


def test_the_later_half_of_a_text_is_annotated_by_itself(tmp_path: Path) -> None:
    text = "Norvania denied it.\nTervia said so."
    half = plain(text)[21:]
    line = ["a", [21, 36], digest(half), [["t", "State", None, [[0, 6]]]], [], []]
    (tmp_path / "own.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (tmp_path / "corpus.txt").write_text(json.dumps({"id": "a", "text": text}), "utf-8")
    (article,) = articles([tmp_path / "corpus.txt"], tmp_path)
    assert (article["id"], article["text"]) == ("a@21", "Tervia said so.")
