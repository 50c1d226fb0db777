"""One search box finds actors by all their names, sentences and articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.view.html import to_html
from tests.browser.page import Page
from tests.browser.test_scale import many


def look_for(page: Page, address: str, text: str) -> list[str]:
    """What the box offers for the text."""
    page.open(address, "view=article")
    page.script("document.getElementById('query').focus()")
    page.press(text)
    page.wait("#found [role=option], #search-note:not(:empty)")
    return [str(e.text) for e in page.all("#found [role=option]")]


@pytest.mark.parametrize("typed", ["Norvania", "norvánia", "Norvanai", "norv"])
def test_an_actor_is_found_with_accents_slips_and_beginnings(page: Page, file_address: str, typed: str) -> None:
    first = look_for(page, file_address, typed)[0]
    assert first.startswith("Norvania State")
    assert "claim" in first


def test_an_actor_is_found_by_another_name(page: Page, file_address: str) -> None:
    first = look_for(page, file_address, "Ostra")[0]
    assert first.startswith("Harbour Radio Outlet")
    assert "also “Radio Ostra”" in first


def test_a_sentence_leads_to_its_place_in_the_article(page: Page, address: str) -> None:
    offered = look_for(page, address, "coast road safe")
    assert any("Ida Moss asserts: the coast road is safe after dark" in line for line in offered)
    page.click("#found [role=option]", "Ida Moss asserts")
    page.wait(".text mark.chosen", "the coast road")


def test_an_article_without_a_title_goes_by_its_first_words(page: Page, address: str) -> None:
    look_for(page, address, "minister denied")
    page.click("#found [role=option]", "Estmar Today")
    page.wait("#view h2", "A minister denied that Norvania had attacked Estmar")


def test_arrows_and_enter_choose(page: Page, address: str) -> None:
    second = look_for(page, address, "Estmar")[1]
    page.press("ARROW_DOWN", "ARROW_DOWN")
    assert page.wait("[aria-selected=true]").text == second
    page.press("ENTER")
    assert page.all("#found:not([hidden])") == []


def test_what_is_nowhere_is_said(page: Page, address: str) -> None:
    assert look_for(page, address, "xyzzy") == []
    assert "Nothing is called “xyzzy”" in page.text("#search-note")


def test_namesakes_are_told_apart_and_can_be_chosen(page: Page, tmp_path: Path) -> None:
    data = many()
    for number, kind in ((1, "Person"), (2, "State")):
        data["actors"]["rows"][number][1:3] = ["Jordan Vale", kind]
    data["served"] = {"name": "g", "writable": True, "queries": [], "judgements": [], "wrong": []}
    (tmp_path / "page.html").write_bytes(to_html(data))
    page.open((tmp_path / "page.html").as_uri(), "view=actor&id=a5")
    offered = page.script("return [...document.querySelectorAll('#names option')].map((o) => o.value)")
    assert {"Jordan Vale (Person, a1)", "Jordan Vale (State, a2)", "Actor 3"} < set(offered)
    page.script("sessionStorage.setItem('hearsay-token', 't')")
    page.wait(".judge input").send_keys("jordan vale")
    page.click(".judge button", "different")
    page.wait("#toast", "2 others are called “Jordan Vale”")
    page.script("window.fetch = (_, what) => { window.asked = JSON.parse(what.body); return new Promise(() => {}); }")
    page.click("#toast .namesakes button", "Jordan Vale (State, a2)")
    assert page.script("return window.asked.right").endswith("actor/a2")
