"""Readers: offsets index the given text, and a bad input is a Problem that never stops the rest."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import MAX_CHARACTERS, Bounds, Metadata, Problem, Repeat, Skip, read
from kg.readers.jsonlines import read_json_lines
from kg.readers.text import read_text
from kg.records import Article
from tests.readers.contract import source
from tests.readers.pages import PAGE

GOOD = json.dumps({"id": "good", "text": "Iran denied the report."})


def problems(path: Path) -> list[str]:
    return [x.message for x in read([path]) if isinstance(x, Problem)]


def articles(*inputs: Path | str) -> list[Article]:
    return [x for x in read(inputs) if isinstance(x, Article)]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1))
def test_text_is_read_character_for_character_but_for_broken_lines(text: str) -> None:
    (item,) = read_text(source(text.replace("\n", "\n\n").encode()))
    assert (isinstance(item, Article) and item.text == text.replace("\n", "\n\n")) or not text.strip()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_line_is_read_character_for_character(text: str) -> None:
    (item,) = read_json_lines(source(json.dumps({"id": "x", "text": text}).encode()))
    assert (isinstance(item, Article) and item.text == text) or not text


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("empty.json", b"", "empty"),
        ("binary.txt", b"\x7fELF\0\0\0", "binary"),
        ("latin.txt", "Erdoğan’s café".encode("utf-16-le")[:5] + b"\xe9\xff", "binary"),
        ("cut.txt", "Erdoğan".encode()[:-3], "not valid UTF-8"),
        ("cut.jsonl", GOOD[:-4].encode(), "line 1: not valid JSON"),
        ("cut.json", GOOD[:-4].encode(), "line 1: not valid JSON"),
        (
            "notext.jsonl",
            b'{"id": "a", "prose": "Iran"}',
            "Fields found: id, prose. Say which",
        ),
        ("list.jsonl", b"[1]", "not a JSON object"),
        ("number.json", b"17", "not a JSON object"),
        ("menu.html", b"<html><body><nav></nav></body></html>", "no article was found in this page"),
        ("empty.html", b"", "empty"),
        ("binary.html", b"\x7fELF\0\0\0", "binary"),
        ("half.jsonl", b'{"id": "a", "text": "Iran \\ud800 said no."}', "half of a character"),
        ("digits.jsonl", b'{"id": "a", "text": "Iran.", "n": ' + b"1" * 5000 + b"}", "JSON that no article needs"),
        ("deep.json", b"[" * 100_000, "JSON that no article needs"),
        ("page.docx", b"PK", "cannot be read as .docx"),
        ("song.mp3", b"ID3", "no reader for .mp3"),
        ("nothing.json", b"[]", "a list without articles"),
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


def test_folder_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Text of {name}.")
    (tmp_path / "ignored.xyz").write_text("1,2")
    assert [a.text for a in articles(tmp_path)] == ["Text of a.txt.", "Text of b.txt.", "Text of deep/c.txt."]


def test_an_article_without_an_id_is_known_by_what_it_says_wherever_it_is_found(tmp_path: Path) -> None:
    for name in ("one/a.txt", "two/b.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Ruritania denied the report.\n")
    (tmp_path / "c.jsonl").write_text('{"text": "Ruritania denied the report."}\n')
    first, *others = read([tmp_path / "one", tmp_path / "two", tmp_path / "c.jsonl"])
    assert isinstance(first, Article)
    assert first.id.startswith("ruritania-denied-the-report-")
    assert [type(each) for each in others] == [Repeat, Repeat]
    assert [a.id for a in articles(tmp_path / "c.jsonl")] == [first.id]


@pytest.mark.parametrize("field", ["date", "publisher", "title", "url"])
def test_one_text_published_twice_is_two_articles(tmp_path: Path, field: str) -> None:
    lines = [{"text": "Ruritania denied the report."}, {"text": "Ruritania denied the report.", field: "2031-05-02"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert len({a.id for a in articles(tmp_path / "a.jsonl")}) == 2


def test_different_articles_never_share_an_id(tmp_path: Path) -> None:
    for folder, text in (("one", "Ruritania denied it."), ("two", "Graustark denied it.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text)
        (tmp_path / folder / "b.jsonl").write_text(json.dumps({"text": text + " Again."}))
    apart = [a.id for folder in ("one", "two") for a in articles(tmp_path / folder)]
    assert len(set(apart)) == 4


def test_what_is_no_article_is_left_out_with_its_reason(tmp_path: Path) -> None:
    for name, text in {
        "a.txt": "Ruritania denied the report.",
        ".draft.txt": "A draft.",
        ".git/x.txt": "An object.",
        "old.kg/hearsay.json": "{}",
        "records.jsonl": '{"id": "r", "text": "One.", "pipeline": "hearsay 0.1.0; en"}',
        "seen.html": '<!doctype html><html lang="en"><meta name="generator" content="Hearsay">' + PAGE,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    items = list(read([tmp_path]))
    assert [x.text for x in items if isinstance(x, Article)] == ["Ruritania denied the report."]
    reasons = {Path(x.message.split(": ")[0]).name: x.message for x in items if isinstance(x, Skip)}
    assert set(reasons) == {".draft.txt", ".git", "old.kg", "records.jsonl", "seen.html"}
    assert "hidden" in reasons[".git"]
    assert "kg extract" in reasons["records.jsonl"]
    assert "a graph of Hearsay" in reasons["old.kg"]
    assert [a.id for a in articles(tmp_path / "records.jsonl")] == ["r"]


def test_glob_and_missing_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    assert [a.text for a in articles(str(tmp_path / "*.txt"))] == ["One."]
    assert "no such file" in problems(tmp_path / "none.txt")[0]


def test_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "no articles in this folder" in problems(tmp_path)[0]


def test_same_id_twice(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD)
    (tmp_path / "b.jsonl").write_text(GOOD)
    assert [type(item) for item in read([tmp_path])] == [Article, Repeat]
    (tmp_path / "b.jsonl").write_text(GOOD.replace("denied", "confirmed"))
    assert "already used by" in problems(tmp_path)[0]


def test_metadata_fills_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One.", "date": "2014-12-03"}')
    (article,) = read([path], Metadata(date="2020-01-01", publisher="The Example"))
    assert isinstance(article, Article)
    assert article == Article(article.id, "One.", "2014-12-03", "The Example")


@pytest.mark.parametrize(
    ("data", "begins"), [(GOOD.encode(), "good"), (b"Plain text.", "plain-text-"), (PAGE.encode(), "mayor-denies-")]
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, begins: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [a.id.startswith(begins) for a in articles("-")] == [True]


def test_byte_order_mark_and_white_space_at_the_end_are_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbf  Iran said\r\nno.\r\n \n")
    assert articles(path)[0].text == "  Iran said\r\nno."


def test_a_pipe_with_a_name_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "a pipe. Read it from standard input" in problems(tmp_path / "a.txt")[0]


def test_a_file_whose_ending_says_nothing_is_known_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "download").write_text(PAGE)
    assert [a.publisher for a in articles(tmp_path / "download")] == ["The Valley Post"]


def test_a_reader_that_fails_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_text("Fine.")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04")
    items = list(read([tmp_path]))
    assert [type(item) for item in items] == [Problem, Article, Problem]


def test_a_format_of_an_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    assert "needs pypdf. Install it with: pip install 'hearsay-kg[formats]'" in problems(tmp_path)[0]


def test_links_are_followed_where_asked_but_never_in_a_circle(tmp_path: Path) -> None:
    news, archive = tmp_path / "news", tmp_path / "archive"
    news.mkdir()
    archive.mkdir()
    (archive / "old.txt").write_text("Iran denied the report of 2019.", "utf-8")
    (news / "old").symlink_to(archive)
    (news / "again").symlink_to(news)
    found = list(read([news], bounds=Bounds(follow_links=True)))
    assert ["2019" in item.text for item in found if isinstance(item, Article)] == [True]
    assert any("a folder that it lies in" in item.message for item in found if isinstance(item, Skip))


def test_how_long_an_article_may_be_is_for_the_caller_to_say(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iran denied the report.", "utf-8")
    (problem,) = read([tmp_path], bounds=Bounds(max_characters=20))
    assert isinstance(problem, Problem)
    assert "raise the limit with --max-chars" in problem.message


def test_links_out_of_a_folder_and_devices_are_no_articles(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret.txt", tmp_path / "news" / "today"
    folder.mkdir(parents=True)
    secret.write_text("Iran denied the report in secret.", "utf-8")
    (tmp_path / "news" / "a.txt").write_text("Iran denied the report.", "utf-8")
    (folder / "out.txt").symlink_to(secret)
    (folder / "inside.txt").symlink_to(tmp_path / "news" / "a.txt")
    found = list(read([tmp_path / "news"]))
    assert ["secret" in item.text for item in found if isinstance(item, Article)] == [False]
    assert any("leads out of the folder" in item.message for item in found if isinstance(item, Problem))
    assert [item.text for item in read([folder / "out.txt"]) if isinstance(item, Article)] == [
        secret.read_text("utf-8")
    ]
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (said,) = (item.message for item in read([tmp_path / "zero.txt"]) if isinstance(item, Problem))
    assert "a device or a socket, no file" in said
