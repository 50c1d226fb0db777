"""Filters take what is typed when it is whole, and say so when it means nothing."""

from __future__ import annotations

import pytest
from selenium.webdriver.support.ui import Select

from tests.browser.page import Page


@pytest.fixture
def filters(page: Page, address: str) -> Page:
    """The explorer with its filters open."""
    page.open(address, "view=article")
    page.script("document.getElementById('filter-box').open = true")
    page.wait("#filters [name=until]")
    return page


def type_in(page: Page, name: str, *keys: str) -> None:
    """Press keys in a field of the filters."""
    page.script(f"document.querySelector('#filters [name={name}]').focus()")
    page.press(*keys)


def test_a_date_is_typed_key_by_key_and_taken_when_it_is_left(filters: Page) -> None:
    before = filters.text("#shown")
    type_in(filters, "until", "1", "2", "3", "1", "2", "0", "2", "0")
    assert "until" not in filters.fragment
    filters.press("TAB", "TAB")
    filters.wait(".reset")
    assert "until=2020-12-31" in filters.fragment
    assert filters.text("#shown") != before
    filters.click("#filters .reset")
    assert filters.text("#shown") == before


def test_enter_takes_a_date(filters: Page) -> None:
    type_in(filters, "since", "01012021", "ENTER")
    filters.wait(".reset")
    assert "since=2021-01-01" in filters.fragment


def test_a_year_without_claims_is_refused(filters: Page) -> None:
    type_in(filters, "since", "01010002", "ENTER")
    filters.wait("#filter-note", "The claims here are of 2020-03-01 to 2021-05-01")
    assert "since" not in filters.fragment
    assert filters.wait("[name=since]").get_property("value") == ""


def test_months_and_quarters_can_be_chosen(filters: Page) -> None:
    box = filters.wait("[name=period]")
    assert "2020, quarter 1" in box.text
    Select(box).select_by_visible_text("May 2021")
    filters.wait(".reset")
    assert "since=2021-05&until=2021-05" in filters.fragment
    assert filters.wait("[name=until]").get_property("value") == "2021-05-31"
    assert "A minister denied" in filters.text("tbody th")


def test_an_unknown_source_is_refused(filters: Page) -> None:
    type_in(filters, "source", "Nobody At All", "ENTER")
    filters.wait("#filter-note", "No source is called “Nobody At All”")
    assert filters.wait("[name=source]").get_property("value") == ""
    type_in(filters, "source", "Ida Moss", "ENTER")
    filters.wait(".reset")
    assert "source=" in filters.fragment
    assert filters.text("#filter-note") == ""
