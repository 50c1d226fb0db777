"""Text and Markdown: encodings, front matter, lines that were broken."""

from __future__ import annotations

from textwrap import fill

import pytest

from kg.readers.wrapping import rejoined
from tests.readers.contract import ReaderContract, complaint, found

SAID = "The café owner Zoë Þórsdóttir said “no” – twice."


class TestText(ReaderContract):
    ending = "txt"
    recognised = None
    good = b"Ruritania denied the report."


class TestMarkdown(ReaderContract):
    ending = "md"
    recognised = None
    good = b"# Mayor denies it\n\nThe mayor **denied** [the report](https://x.example/r).\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    said = SAID.replace("Þ", "T") if encoding == "windows-1252" else SAID
    (article,) = found("txt", said.encode(encoding))
    assert article.text == said


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_in_utf_16_needs_no_mark(encoding: str) -> None:
    (article,) = found("txt", SAID.encode(encoding))
    assert article.text == SAID


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("koi8-r", "Министерство иностранных дел опровергло сообщения о нападении на посольство в Стрельзау."),
        ("windows-1251", "Министерство иностранных дел опровергло сообщения о нападении на посольство в Стрельзау."),
        ("gb18030", "外交部发言人星期二否认了有关袭击大使馆的报道，并表示将继续调查此事。"),
    ],
)
def test_other_encodings_are_told_by_the_bytes(encoding: str, text: str) -> None:
    (article,) = found("txt", (text * 3).encode(encoding))
    assert article.text == text * 3


def test_what_was_pasted_into_utf_8_in_another_encoding_spoils_nothing_else() -> None:
    (article,) = found("txt", "“Zoë” said so – ".encode() + "and so did “Chloé”.".encode("windows-1252"))
    assert article.text == "“Zoë” said so – and so did “Chloé”."


def test_bytes_of_no_text_are_refused() -> None:
    assert "looks like a binary file" in complaint("txt", b"\x7fELF\0\0\0\1\0\0\0")
    assert "Is the file cut off?" in complaint("txt", "Strelsau ist schö".encode()[:-1])


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_front_matter_says_what_is_known(ending: str) -> None:
    head = "---\ntitle: Mayor denies it\ndate: 2021-03-04 07:15:00+01:00\npublisher: The Valley Post\n---\n"
    (article,) = found(ending, f"{head}\nThe mayor denied it.\n".encode())
    assert (article.title, article.publisher) == ("Mayor denies it", "The Valley Post")
    assert article.date == "2021-03-04T07:15:00+01:00"
    assert article.text.strip() == "The mayor denied it."


def test_front_matter_may_be_toml() -> None:
    (article,) = found("md", b'+++\ntitle = "Mayor denies it"\ndate = 2021-03-04\n+++\nThe mayor denied it.\n')
    assert (article.title, article.date, article.text) == ("Mayor denies it", "2021-03-04", "The mayor denied it.")


@pytest.mark.parametrize("line", ["On Tuesday: nothing happened: at all", "Mayor: I deny it"])
def test_lines_between_rules_that_are_no_front_matter_stay(line: str) -> None:
    text = f"---\n{line}\n---\nThe mayor denied it."
    (article,) = found("txt", text.encode())
    assert article.text == text


def test_markdown_gives_its_text_without_the_marks() -> None:
    (article,) = found(
        "md",
        b"# Mayor *denies* it\n\n![a bridge](b.png)\nThe mayor **denied** [the report](https://x.example/r)\non "
        b"Tuesday.\n\n"
        b'> "We never closed it," she said.\n\n- One bridge\n- No ferry\n',
    )
    assert article.title == "Mayor denies it"
    assert article.text.split("\n") == [
        "Mayor denies it",
        "The mayor denied the report on Tuesday.",
        '"We never closed it," she said.',
        "- One bridge",
        "- No ferry",
    ]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (
            "Grau-\nstark denied on Mon-\nday that it had at-\ntacked.",
            "Graustark denied on Monday that it had attacked.",
        ),
        ("They met anti-\ngovernment groups.", "They met anti-government groups."),
        ("A Graustarkian-\nled force.", "A Graustarkian-led force."),
        ("Talks with al-\nHentzau ended.", "Talks with al-Hentzau ended."),
        ("A cease-\nfire. The cease-fire held.", "A cease-fire. The cease-fire held."),
        ("A soft\u00ad\nened tone.", "A softened tone."),
        ("He said -\nand she denied - that.", "He said -\nand she denied - that."),
        ("First line\nof a poem.", "First line\nof a poem."),
        ("- one\n- two\n- three", "- one\n- two\n- three"),
        ("Grau-\r\nstark denied\r\nit.", "Graustark denied it."),
    ],
)
def test_words_that_were_broken_over_lines_are_whole_again(broken: str, whole: str) -> None:
    assert rejoined(broken) == whole


def test_a_text_that_was_wrapped_by_hand_has_a_paragraph_in_a_line() -> None:
    first = (
        "The mayor denied on Tuesday that she had closed the bridge, after a night of protests which left shops shut."
    )
    last = "Police could not confirm it, nor could the old men who were there."
    wrapped = "\n\n".join(fill(paragraph, 40) for paragraph in (first, last))
    assert rejoined(f"{wrapped}\n") == f"{first}\n\n{last}\n"
