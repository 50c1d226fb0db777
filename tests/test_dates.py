"""Dates at the door: every common way to write one, and what is none."""

from __future__ import annotations

import pytest

from kg.dates import dated, iso
from kg.records import Article

#: The same day, or the same quarter past ten on it, in the ways in which programs and papers write it.
DAY = [
    "2019-06-12", "20190612", "2019-6-12", "2019/06/12", "2019/6/12", "2019.06.12", "2019-W24-3", "2019-163",
    "2019-06-12Z", "2019-06-12+02:00", "12.06.2019", "12.6.2019", "12 June 2019", "12 Jun 2019", "12 Jun. 2019",
    "12-Jun-2019", "12th June 2019", "12th of June 2019", "the 12th of June, 2019", "June 12, 2019", "June 12 2019",
    "Jun 12, 2019", "JUNE 12, 2019", "June 12th, 2019", "Wednesday, June 12, 2019", "Wednesday 12 June 2019",
    "Wed 12 Jun 2019", "2019 June 12", "Published: 12 June 2019", "Published on June 12, 2019", "  12  June\n2019 ",
    "12 juin 2019", "12. Juni 2019", "12 de junio de 2019", "12 giugno 2019", "12 июня 2019", "2019年6月12日",
    "١٢ يونيو ٢٠١٩",
]  # fmt: skip
MOMENT = {
    "2019-06-12T10:15:00": "2019-06-12T10:15",
    "2019-06-12T10:15:00Z": "2019-06-12T10:15:00.123456789Z",
    "2019-06-12T10:15:30": "2019-06-12 10:15:30",
    "2019-06-12T10:15:30Z": "2019-06-12 10:15:30 UTC",
    "2019-06-12T10:15:30+02:00": "2019-06-12T10:15:30+0200",
    "2019-06-12T10:15:31Z": "20190612T101531Z",
    "2019-06-12T10:15:32": "20190612101532",
    "2019-06-12T10:16:00": "2019/06/12 10:16",
    "2019-06-12T10:17:00": "12.06.2019, 10:17",
    "2019-12-25T22:15:00": "12/25/2019 10:15 PM",
    "2019-06-12T10:15:33+02:00": "12/Jun/2019:10:15:33 +0200",
    "2019-06-12T10:15:00-04:00": "June 12, 2019 at 10:15 a.m. EDT",
    "2019-06-12T22:15:00": "June 12, 2019, 10:15 pm",
    "2019-06-12T10:18:00": "12 June 2019 | 10:18",
    "2019-06-12T10:15:00+01:00": "12 June 2019 10:15 BST",
    "2019-06-12T10:15:34+02:00": "Wed, 12 Jun 2019 10:15:34 +0200",
    "2019-06-12T10:15:35Z": "Wed, 12 Jun 2019 10:15:35 GMT",
    "2019-06-12T10:15:36-05:00": "Wed, 12 Jun 2019 10:15:36 EST",
    "2019-06-12T10:15:37": "Wed Jun 12 10:15:37 2019",
    "2019-06-12T10:15:38Z": "Wed Jun 12 10:15:38 +0000 2019",
    "2019-06-12T10:19:00Z": "Updated 12 June 2019 at 10:19 GMT",
    "2019-06-12T10:20:00+01:00": "Wed 12 Jun 2019 10.20 BST",
    "2019-06-12T10:21:00-04:00": "Last modified on Wed 12 Jun 2019 10.21 EDT",
    "2019-06-12T21:20:00": "12 June 2019, 9.20pm",
    "2019-06-12T10:22:00+03:00": "12 June 2019 10:22 (GMT+3)",
    "2019-06-12T10:23:00+03:00": "12.06.2019 10:23 UTC+03:00",
    "2019-06-12T10:24:00-04:30": "June 12, 2019 10:24 GMT-4:30",
    "2019-06-12T10:25:30+02:00": "Wed Jun 12 2019 10:25:30 GMT+0200 (Central European Summer Time)",
    "2019-06-12T10:00:00Z": "1560333600",
    "2019-06-12T10:00:01Z": "1560333601000",
    "2019-06-12T10:15:39+02:00": "2019-06-12T10:15:39+02:00[Europe/Berlin]",
}
PART = {"2019-06": ["2019-06", "2019/06", "06/2019", "June 2019", "Jun. 2019"], "2019": ["2019"]}
NONE = [
    "06/12/2019", "12/06/2019", "12/06/19", "12 June 19", "yesterday", "2 hours ago", "2019-13-45", "2019-02-30",
    "30 February 2019", "Wednesday", "10:15", "June 12", "n/a", "unknown", "Spring 2019", "0000-00-00", "20191345",
    "0019-06-12", "123", "Article 12 of 2019", "12/06/2019 or 2020", "", "9" * 40,
]  # fmt: skip


@pytest.mark.parametrize("written", DAY)
def test_a_day_however_it_is_written(written: str) -> None:
    assert iso(written) == "2019-06-12"


@pytest.mark.parametrize(("moment", "written"), MOMENT.items())
def test_a_moment_keeps_its_time_and_zone(moment: str, written: str) -> None:
    assert iso(written) == moment


@pytest.mark.parametrize(("part", "written"), [(part, each) for part, ways in PART.items() for each in ways])
def test_less_than_a_day_stays_so(part: str, written: str) -> None:
    assert iso(written) == part


@pytest.mark.parametrize("written", NONE)
def test_what_is_none_or_may_be_two_is_refused(written: str) -> None:
    assert iso(written) is None


@pytest.mark.parametrize("written", [*DAY, *MOMENT, *PART])
def test_what_was_read_is_read_again_alike(written: str) -> None:
    assert iso(iso(written) or "") == iso(written)


def test_three_numbers_are_read_where_only_one_order_gives_a_day() -> None:
    assert (iso("25/12/2019"), iso("12/25/2019"), iso("12/12/2019")) == ("2019-12-25", "2019-12-25", "2019-12-12")


def test_an_article_keeps_apart_what_is_no_date() -> None:
    assert dated(Article("a", "One.", "12 June 2019")) == Article("a", "One.", "2019-06-12")
    refused = dated(Article("a", "One.", "06/12/2019"))
    assert (refused.date, refused.stated_date) == (None, "06/12/2019")
    assert dated(refused) == refused
    assert "stated_date" not in Article("a", "One.").to_dict()
