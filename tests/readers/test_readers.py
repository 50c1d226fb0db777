"""Readers: offsets index the given text, and a bad input is a Problem that never stops the rest."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import MAX_CHARACTERS, Metadata, Problem, read
from kg.readers.jsonlines import read_json_lines
from kg.readers.text import read_text
from kg.records import Article

GOOD = json.dumps({"id": "good", "text": "Iran denied the report."})


def problems(path: Path) -> list[str]:
    return [x.message for x in read([path]) if isinstance(x, Problem)]


def articles(*inputs: Path | str) -> list[Article]:
    return [x for x in read(inputs) if isinstance(x, Article)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_text_is_read_character_for_character(text: str) -> None:
    (item,) = read_text(text.encode(), "a.txt", "a")
    assert (isinstance(item, Article) and item.text == text) or not text.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_line_is_read_character_for_character(text: str) -> None:
    (item,) = read_json_lines(json.dumps({"id": "x", "text": text}).encode(), "a.jsonl", "a")
    assert isinstance(item, Article)
    assert item.text == text


@given(st.binary())
def test_no_bytes_whatever_crash_a_reader(data: bytes) -> None:
    for reader in (read_text, read_json_lines):
        list(reader(data, "x", "x"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("empty.json", b"", "empty"),
        ("binary.txt", b"\x7fELF\0\0\0", "binary"),
        ("latin.txt", "Erdoğan’s café".encode("utf-16-le")[:5] + b"\xe9\xff", "binary"),
        ("latin1.txt", b"caf\xe9 is closed", "not valid UTF-8 (byte 3 is 0xe9)"),
        ("cut.txt", "Erdoğan".encode()[:-3], "not valid UTF-8"),
        ("cut.jsonl", GOOD[:-4].encode(), "line 1: not valid JSON"),
        ("cut.json", GOOD[:-4].encode(), "line 1: not valid JSON"),
        ("notext.jsonl", b'{"id": "a", "body": "Iran"}', "Fields found: body, id"),
        ("list.jsonl", b"[1]", "not a JSON object"),
        ("number.json", b"17", "not a JSON object"),
        ("page.docx", b"PK", "no reader for .docx"),
        ("noending", b"text", "no reader for files without an ending"),
        ("long.txt", b"a " * 1_000_000, f"the limit is {MAX_CHARACTERS:,}"),
        ("blank.jsonl", b'{"id": "a", "text": "  "}', "has no text"),
    ],
)
def test_bad_input_says_what_and_where(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (problem,) = problems(path)
    assert message in problem
    assert name in problem


def test_bad_line_leaves_the_rest_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(f'{GOOD}\n{{"id": "b"}}\n\nnot json\n{{"id": "c", "text": "Fine."}}\n')
    items = list(read([path]))
    assert [x.id for x in items if isinstance(x, Article)] == ["good", "c"]
    assert [x.message.split(":")[0].split(", ")[1] for x in items if isinstance(x, Problem)] == [
        "line 2",
        "line 4",
    ]


def test_folder_is_read_in_order_with_paths_as_ids(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Text of {name}.")
    (tmp_path / "ignored.csv").write_text("1,2")
    assert [a.id for a in articles(tmp_path)] == ["a", "b", "deep/c"]


def test_glob_and_missing_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    assert [a.id for a in articles(str(tmp_path / "*.txt"))] == ["a"]
    assert "no such file" in problems(tmp_path / "none.txt")[0]


def test_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "no articles in this folder" in problems(tmp_path)[0]


def test_same_id_twice(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD)
    (tmp_path / "b.jsonl").write_text(GOOD)
    assert len(list(read([tmp_path]))) == 1
    (tmp_path / "b.jsonl").write_text(GOOD.replace("denied", "confirmed"))
    assert "already used by" in problems(tmp_path)[0]


def test_metadata_fills_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One.", "date": "2014-12-03"}')
    (article,) = read([path], Metadata(date="2020-01-01", publisher="The Example"))
    assert article == Article("a-1", "One.", "2014-12-03", "The Example")


@pytest.mark.parametrize(("data", "ids"), [(GOOD.encode(), ["good"]), (b"Plain text.", ["stdin"])])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [a.id for a in articles("-")] == ids


def test_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbfIran said no.\r\n")
    assert articles(path)[0].text == "Iran said no.\r\n"
