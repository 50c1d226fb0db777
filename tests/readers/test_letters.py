"""A name is a name, whatever codes and invisible characters the data around it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import read
from kg.readers.letters import legible
from kg.records import Article

SAID = "Ruritania denied the report, “a lie”."


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Ruri\u00adtania", "Ruritania"),
        ("\u202eRuritania\u202c", "Ruritania"),
        ("\u2067Ruritania\u2069", "Ruritania"),
        ("Ruri\u200btania\u2060\ufeff", "Ruritania"),
        ("Ruritania\u200e\u200f", "Ruritania"),
        ("Ruri\0\atania\x7f", "Ruritania"),
        ("Ruri&shy;tania&zwnj;", "Ruritania\u200c"),
        ("Ruritania &amp; Graustark", "Ruritania & Graustark"),
        ("Ruritania&nbsp;and&#160;Graustark", "Ruritania\u00a0and\u00a0Graustark"),
        ("Graustark&#8217;s &ldquo;no&rdquo; &#x2013; Zenda&#146;s", "Graustark’s “no” – Zenda’s"),
        ("Graustark\x92s \x93no\x94 \x96 and more\x85", "Graustark’s “no” – and more…"),
    ],
)
def test_codes_become_characters_and_what_nobody_sees_is_gone(written: str, read_as: str) -> None:
    assert legible(written) == read_as


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "Line\r\n\tand line\n\nand\u2028line\f",
        "R&D; at AT&T &c. and https://e.example/?a=1&copy=2&lt=3",
        "&nosuchname; & &; &#; &#x;",
        "خانه‌ها and 👩‍🚀 and ❤️",
        "Zoë, Zoë and Ｚｅｎｄａ",
    ],
)
def test_what_people_see_stays_as_it_is(text: str) -> None:
    assert legible(text) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"], exclude_characters="&")))
def test_a_text_without_codes_is_read_character_for_character(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.jsonl", "a.csv"])
def test_every_kind_of_file_is_read_so_and_its_title_and_outlet_too(tmp_path: Path, name: str) -> None:
    text = SAID.replace("“a lie”", "&ldquo;a\u00ad lie&rdquo;") + "\u200b"
    path = tmp_path / name
    item = {"text": text, "title": "Ruritania&#8217;s \u202eno", "publisher": "Star &amp; Courier"}
    if name.endswith("csv"):
        path.write_text("{}\n{}\n".format(",".join(item), ",".join(f'"{v}"' for v in item.values())), "utf-8")
    else:
        path.write_text(text if name.endswith("txt") else json.dumps(item), "utf-8")
    (article,) = read([path])
    assert isinstance(article, Article)
    assert article.text == SAID
    if not name.endswith("txt"):
        assert (article.title, article.publisher) == ("Ruritania’s no", "Star & Courier")


def test_an_article_is_the_same_with_and_without_what_nobody_sees(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SAID, "utf-8")
    (tmp_path / "b.txt").write_text("\ufeff\u200b" + SAID.replace("the", "th\u00ade") + "\u200e", "utf-8")
    articles = [item for item in read([tmp_path]) if isinstance(item, Article)]
    assert len(articles) == 1
