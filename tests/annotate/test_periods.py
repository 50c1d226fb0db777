"""What words for a time mean, in a text of Wednesday, 12 June 2019."""

from __future__ import annotations

import pytest

from kg.annotate.periods import Period, period

DAY = "2019-06-12"
MEANT = {
    "today": "2019-06-12", "this morning": "2019-06-12", "late last night": "2019-06-11", "yesterday": "2019-06-11",
    "early yesterday morning": "2019-06-11", "the day before yesterday": "2019-06-10", "wednesday": "2019-06-12",
    "on wednesday": "2019-06-12", "last wednesday": "2019-06-05", "tuesday": "2019-06-11",
    "late on friday": "2019-06-07",
    "monday's": "2019-06-10", "tuesday evening": "2019-06-11", "tuesday of last week": "2019-06-04",
    "last week on monday": "2019-06-03", "friday of this week": "2019-06-14", "ten days ago": "2019-06-02",
    "3 may": "2019-05-03", "may 3": "2019-05-03", "may 3rd": "2019-05-03", "friday, 3 may": "2019-05-03",
    "the 3rd of may": "2019-05-03", "12 june": "2019-06-12", "13 june": "2018-06-13", "3 may last year": "2018-05-03",
    "dec. 25": "2018-12-25", "24 january 2013": "2013-01-24", "sept 3, 2013": "2013-09-03",
    "may": "2019-05", "in may": "2019-05", "june": "2019-06", "july": "2018-07", "last may": "2019-05",
    "march last year": "2018-03", "early may 2016": "2016-05", "the end of october": "2018-10", "last month": "2019-05",
    "three months ago": "2019-03", "2009": "2009", "the year 2009": "2009", "early 2009": "2009", "last year": "2018",
    "two years ago": "2017", "a year ago": "2018", "nearly two years ago": "2017",
}  # fmt: skip
SPANS = {
    "last week": ("2019-06-03", "2019-06-09"), "this week": ("2019-06-10", "2019-06-12"),
    "two weeks ago": ("2019-05-27", "2019-06-02"), "a fortnight ago": ("2019-05-27", "2019-06-02"),
    "last weekend": ("2019-06-08", "2019-06-09"), "the past three days": ("2019-06-09", "2019-06-12"),
    "the last two weeks": ("2019-05-29", "2019-06-12"), "the past five years": ("2014", "2019"),
    "the 1990s": ("1990", "1999"), "the late 1980s": ("1980", "1989"), "the nineties": ("1990", "1999"),
    "the '90s": ("1990", "1999"), "between 2011 and 2014": ("2011", "2014"), "2011-2014": ("2011", "2014"),
    "may to july 2018": ("2018-05", "2018-07"), "3-5 may": ("2019-05-03", "2019-05-05"),
    "3 to 5 may 2016": ("2016-05-03", "2016-05-05"), "monday and tuesday": ("2019-06-10", "2019-06-11"),
}  # fmt: skip
AHEAD = {
    "tomorrow": "2019-06-13", "friday": "2019-06-14", "tuesday": "2019-06-18", "next friday": "2019-06-14",
    "next wednesday": "2019-06-19", "july": "2019-07", "may": "2020-05", "20 june": "2019-06-20", "3 may": "2020-05-03",
    "next month": "2019-07", "next year": "2020", "2025": "2025", "tuesday next week": "2019-06-18",
}  # fmt: skip
NONE = [
    "recent days", "years", "the past several days", "daily", "34-year-old", "decades", "a long time", "the weekend",
    "may be", "four-year", "weeks", "the day", "", "31 june", "0 may", "three years", "9999 years ago", "the 2090s",
    "monday or not", "two and three", "2014-2011",
]  # fmt: skip


@pytest.mark.parametrize(("words", "start"), MEANT.items())
def test_one_time_is_the_last_before_the_day_of_the_text(words: str, start: str) -> None:
    precision = ("year", "month", "day")[start.count("-")]
    assert period(words, DAY) == Period(start, start, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(("words", "span"), SPANS.items())
def test_a_longer_time_has_its_first_and_last_day(words: str, span: tuple[str, str]) -> None:
    found = period(words, DAY)
    assert found is not None
    assert (found.start, found.end) == span


@pytest.mark.parametrize(("words", "start"), AHEAD.items())
def test_what_is_yet_to_come_is_the_next(words: str, start: str) -> None:
    found = period(words, DAY, ahead=True)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize("words", NONE)
def test_nothing_is_invented(words: str) -> None:
    assert period(words, DAY) is None


@pytest.mark.parametrize("words", ["tuesday", "may", "last week", "two weeks ago", "3 may", "3-5 may", "yesterday"])
def test_what_is_relative_needs_a_day(words: str) -> None:
    assert period(words, None) is None
    assert period(words, "no date") is None
