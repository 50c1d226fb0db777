"""Dates of DATE phrases, relative to the article's date and never invented."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.time import interval, resolve, time_of

DATE = "2014-12-03"  # a Wednesday
BLANK = spacy.blank("en").vocab


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tuesday", ("2014-12-02", "day")),
        ("wednesday", ("2014-12-03", "day")),
        ("last wednesday", ("2014-11-26", "day")),
        ("thursday", ("2014-11-27", "day")),
        ("monday night", ("2014-12-01", "day")),
        ("yesterday", ("2014-12-02", "day")),
        ("today", ("2014-12-03", "day")),
        ("august", ("2014-08", "month")),
        ("december", ("2014-12", "month")),
        ("late january", ("2014-01", "month")),
        ("march last year", ("2013-03", "month")),
        ("june 2012", ("2012-06", "month")),
        ("last month", ("2014-11", "month")),
        ("this year", ("2014", "year")),
        ("last year", ("2013", "year")),
        ("late last year", ("2013", "year")),
        ("earlier this month", ("2014-12", "month")),
        ("2009", ("2009", "year")),
        ("early 2009", ("2009", "year")),
        ("two years ago", ("2012", "year")),
        ("three months ago", ("2014-09", "month")),
        ("ten days ago", ("2014-11-23", "day")),
        ("24 january", ("2014-01-24", "day")),
        ("24 january 2013", ("2013-01-24", "day")),
        ("march 5th, 2011", ("2011-03-05", "day")),
    ],
)
def test_time_resolves(words: str, expected: tuple[str, str]) -> None:
    assert resolve(words, DATE) == expected


@pytest.mark.parametrize(
    "words",
    ["recent days", "years", "the past several days", "daily", "34-year-old", "the 1990s", "decades", "a long time",
     "next week", "the weekend", "may be", "four-year", "weeks", "the day", ""],
)  # fmt: skip
def test_time_invents_nothing(words: str) -> None:
    assert resolve(words, DATE) is None


@pytest.mark.parametrize("words", ["tuesday", "august", "last year", "yesterday", "24 january", "two years ago"])
def test_time_needs_the_date_of_the_article(words: str) -> None:
    assert resolve(words, None) is None
    assert resolve(words, "no date") is None


def test_time_with_a_year_needs_no_article_date() -> None:
    assert resolve("june 2012", None) == ("2012-06", "month")
    assert resolve("24 january 2013", None) == ("2013-01-24", "day")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [("Since August", "2014-08", None), ("until August", None, "2014-08"), ("in August", "2014-08", "2014-08")],
)
def test_time_interval_has_the_edges_of_its_preposition(words: str, start: str | None, end: str | None) -> None:
    doc = Doc(BLANK, words.split())
    found = interval(Span(doc, 1, 2, label="DATE"), DATE)
    assert (found.start, found.end, found.precision) == (start, end, "month")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in last week", "2014-11-24", "2014-11-30"),
        ("early this week", "2014-12-01", "2014-12-03"),
        ("since last week", "2014-11-24", None),
        ("in next week", "2014-12-08", "2014-12-14"),
    ],
)
def test_time_of_a_week_is_from_monday_to_sunday(words: str, start: str | None, end: str | None) -> None:
    doc = Doc(BLANK, words.split())
    found = interval(Span(doc, 1, 3, label="DATE"), DATE)
    assert (found.start, found.end) == (start, end)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "predicate", "start"),
    [
        ("Kenya attacked Somalia on Tuesday.", "attacked", "2014-12-02"),
        ("Kenya launched an attack on Somalia on Tuesday.", "attack", "2014-12-02"),
        ("Kenya will attack Somalia on Friday.", "attack", "2014-12-05"),
        ("The day before yesterday Kenya attacked Somalia.", "attacked", "2014-12-01"),
        ("In May Kenya attacked Somalia.", "attacked", "2014-05"),
        ("On Wednesday Kenya attacked Somalia.", "attacked", "2014-12-03"),
        ("Two weeks ago Kenya attacked Somalia.", "attacked", "2014-11-17"),
        ("Kenya will attack Somalia in 2016.", "attack", "2016"),
        ("Kenya, an ally of Somalia, left the talks on Tuesday.", "ally", None),
    ],
)
def test_time_belongs_to_its_predicate(nlp: Language, text: str, predicate: str, start: str | None) -> None:
    doc = nlp(text)
    token = next(t for t in doc if t.text == predicate)
    found = time_of(token, DATE)
    assert (found.start if found else None) == start


def test_time_of_a_phrase_without_a_date_keeps_its_words() -> None:
    doc = Doc(BLANK, ["in", "recent", "days"])
    found = interval(Span(doc, 1, 3, label="DATE"), DATE)
    assert (found.text, found.start, found.end, found.precision) == ("recent days", None, None, None)


@pytest.mark.model
def test_time_of_takes_the_phrase_of_its_own_predicate(nlp: Language) -> None:
    doc = nlp("Turkey attacked Syria on Tuesday, after France had armed Iraq in 2012.")
    attacked, armed = (next(t for t in doc if t.text == w) for w in ("attacked", "armed"))
    first, second = time_of(attacked, DATE), time_of(armed, DATE)
    assert first is not None
    assert (first.text, first.start) == ("Tuesday", "2014-12-02")
    assert second is not None
    assert (second.text, second.start, second.precision) == ("2012", "2012", "year")


@pytest.mark.model
def test_time_of_is_none_without_a_phrase(nlp: Language) -> None:
    doc = nlp("Turkey attacked Syria.")
    assert time_of(doc[1], DATE) is None
