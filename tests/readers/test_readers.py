"""Readers: offsets index the given text, and a bad input is a Problem that never stops the rest."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import MAX_CHARACTERS, Metadata, Problem, Repeat, Skip, read
from kg.readers.html import read_html
from kg.readers.jsonlines import read_json_lines
from kg.readers.text import read_text
from kg.records import Article

PAGE = """<!doctype html><html lang="en"><head><title>Mayor denies closing bridge | The Valley Post</title>
<meta property="og:site_name" content="The Valley Post"><meta property="og:title" content="Mayor denies closing bridge">
<meta property="article:published_time" content="2021-03-04"><link rel="canonical" href="https://valley.example/bridge">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Mayor denies closing bridge</h1>
<p>The mayor of Strelsau denied on Tuesday that she had closed the bridge over the river, after a night of protests in
the old town that left shops shut and tram lines blocked for hours.</p>
<p>&ldquo;We never closed it,&rdquo; Flavia Elphberg told reporters&nbsp;who had gathered before the town hall.</p>
<p>Police could not confirm the report.</p></article><footer>Subscribe to us.</footer></body></html>
"""
LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "datePublished": "2021-03-04T07:15:00+01:00", "publisher": {"name": "Valley Post"}}]}
</script>"""
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
    for reader in (read_text, read_json_lines, read_html):
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
        ("menu.html", b"<html><body><nav></nav></body></html>", "no article was found in this page"),
        ("empty.html", b"", "no article was found"),
        ("binary.html", b"\x7fELF\0\0\0", "no article was found"),
        ("half.jsonl", b'{"id": "a", "text": "Iran \\ud800 said no."}', "half of a character"),
        ("digits.jsonl", b'{"id": "a", "text": "Iran.", "n": ' + b"1" * 5000 + b"}", "JSON that no article needs"),
        ("deep.json", b"[" * 100_000, "JSON that no article needs"),
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


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    (article,) = read_html(PAGE.encode(), "bridge.html", "bridge")
    assert isinstance(article, Article)
    first, *_, quoted, last = article.text.split("\n")
    assert (first, last) == ("Mayor denies closing bridge", "Police could not confirm the report.")
    assert quoted.startswith("“We never closed it,” Flavia Elphberg told reporters")
    assert (article.id, article.date, article.publisher) == ("bridge", "2021-03-04", "The Valley Post")
    assert (article.title, article.url) == ("Mayor denies closing bridge", "https://valley.example/bridge")


def test_linked_data_of_a_page_come_first_and_broken_ones_do_no_harm() -> None:
    (linked,) = read_html(PAGE.replace("</head>", LINKED + "</head>").encode(), "a.html", "a")
    (broken,) = read_html(PAGE.replace("</head>", LINKED.replace("]}\n<", "<") + "</head>").encode(), "a.html", "a")
    assert isinstance(linked, Article)
    assert isinstance(broken, Article)
    assert (linked.date, linked.publisher) == ("2021-03-04T07:15:00+01:00", "Valley Post")
    assert (broken.date, broken.publisher) == ("2021-03-04", "The Valley Post")
    assert linked.text == broken.text


def test_a_publisher_without_a_name_leaves_the_site_its_own() -> None:
    (article,) = read_html(
        PAGE.replace("</head>", LINKED.replace('"name"', '"logo"') + "</head>").encode(), "a.html", "a"
    )
    assert isinstance(article, Article)
    assert article.publisher == "The Valley Post"


def test_linked_data_that_python_cannot_hold_do_no_harm() -> None:
    page = PAGE.replace("</head>", LINKED.replace('"@graph"', f'"n": {"1" * 5000}, "@graph"') + "</head>")
    (article,) = read_html(page.encode(), "a.html", "a")
    assert isinstance(article, Article)
    assert article.publisher == "The Valley Post"


def test_a_page_in_another_encoding() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("Strelsau", "Grünfeld")
    (article,) = read_html(page.encode("windows-1252"), "a.html", "a")
    assert isinstance(article, Article)
    assert "The mayor of Grünfeld denied" in article.text
