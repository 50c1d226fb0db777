"""The page of an actor opens with its allies and foes: the answer of kg alliances, according to whom and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.merge.alliances import alliances
from kg.store import open_store
from tests.browser.graphs import small
from tests.browser.page import Page
from tests.browser.test_explore import save, saved


def actor_page(page: Page, address: str, name: str, more: str = "") -> None:
    """Open the page of the actor of that name."""
    page.open(address, "view=actor")
    page.click("tbody .link", name)
    page.wait(".allies tbody tr")
    if more:
        page.open(address, f"{page.fragment}&{more}")
        page.wait(".allies-block")


def rows(page: Page) -> list[tuple[str, str]]:
    """With whom, and the balance in figures."""
    read = """return [...document.querySelectorAll(".allies tbody tr")].map((row) =>
        [row.querySelector("th .link").textContent, row.querySelector(".balance .num").textContent])"""
    return [(name, figure) for name, figure in page.script(read)]


@pytest.mark.parametrize("name", ["Norvania", "Estmar", "Harbour League"])
def test_the_page_gives_the_answer_of_kg_alliances(page: Page, file_address: str, tmp_path: Path, name: str) -> None:
    with open_store(small(tmp_path / "g.kg"), read_only=True) as store:
        (actor,) = store.view().find(name)
        expected = {
            (tie.right_label if tie.left == actor.iri else tie.left_label, float(tie.weight))
            for tie in alliances(store.view(), actor=actor.iri)
        }
    actor_page(page, file_address, name)
    assert {(other, float(figure)) for other, figure in rows(page)} == expected


def test_a_row_names_who_says_so_and_the_latest_words(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar")
    row = page.wait(".allies tbody tr", "Coast Front")
    assert "Ola Brandt" in row.text
    assert "Estmar backs the Coast Front" in row.text
    page.click(".allies .words .link", "Estmar backs")
    page.wait("#panel mark.content", "Estmar backs the Coast Front")


def test_the_latest_words_say_whose_they_are_and_that_they_deny(page: Page, address: str) -> None:
    actor_page(page, address, "Harbour League")
    words = page.wait(".allies tbody tr", "Estmar").find_element("css selector", ".words")
    assert words.text.startswith("Estmar denies: it belongs to the Harbour League")


def test_the_table_that_is_exported_has_the_latest_words_too(page: Page, file_address: str) -> None:
    actor_page(page, file_address, "Harbour League")
    save(page)
    page.click(".allies-block .exports button", "CSV")
    assert "Estmar denies: it belongs to the Harbour League" in saved(page, 0)


def test_only_named_voices(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar")
    assert "Norvania" in dict(rows(page))
    page.click(".tie-controls [name=voices]")
    page.wait(".tie-controls [name=voices]:checked")
    assert "voices=named" in page.fragment
    assert "Norvania" not in dict(rows(page))


def test_as_of_a_day_by_keyboard(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar")
    page.script("document.querySelector('.tie-controls [name=at]').focus()")
    page.press("HOME")
    page.wait(".day-slider output", "2020-03-01")
    assert "at=2020-03-01" in page.fragment
    assert dict(rows(page)) == {"Norvania": "-0.50", "Coast Front": "+1.00"}
    assert page.script("return document.activeElement.name") == "at"


def test_what_changed_since_a_day(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar", "at=2020-10-01&then=2020-04-01")
    assert dict(rows(page)) == {"Harbour League": "0.00"}
    assert "new" in page.text(".allies tbody th")


def test_according_to_a_source(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar")
    page.script("document.querySelector('.tie-controls [name=by]').focus()")
    page.press("Ola Brandt", "ENTER")
    page.wait(".tie-controls [name=alone]")
    assert dict(rows(page)) == {"Coast Front": "+0.80"}


def test_two_actors_side_by_side(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar")
    page.click(".allies tr .actions .link", "versus")
    page.wait("#view h3", "Others on the two")
    assert "versus=" in page.fragment
    page.click(".view-head .link", "Back to Estmar")
    page.wait(".allies tbody tr")


def test_on_a_telephone_a_tie_is_read_without_scrolling_sideways(page: Page, address: str) -> None:
    actor_page(page, address, "Estmar")
    page.size(375, 812)
    page.wait(".allies tbody tr")
    wide = "const t = document.querySelector('.allies'); return t.scrollWidth - t.parentElement.clientWidth"
    assert page.script(wide) <= 0
    assert page.script("return document.querySelector('.allies tr .words').getBoundingClientRect().right") <= 375
    page.size(1280, 860)
