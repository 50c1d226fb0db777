from __future__ import annotations

import pytest

from tests.browser.graphs import LONG, RTL, SCRIPT
from tests.browser.page import Page

VIEWS = ("network", "timeline", "contested", "actor", "article", "article&id=hostile")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("view", VIEWS)
def test_hostile_text_stays_inert_and_in_its_box(page: Page, address: str, view: str, width: int) -> None:
    page.size(width, 860)
    page.open(address, f"view={view}")
    assert "hacked" not in page.driver.title
    assert page.all("#view img, #panel img, #view script") == []
    assert page.script("return document.documentElement.scrollWidth - innerWidth") <= 0
    page.size(1280, 860)


def test_hostile_text_is_shown_as_it_is(page: Page, address: str) -> None:
    page.open(address, "view=article&id=hostile")
    text = page.text(".text")
    assert SCRIPT in text
    assert RTL in text
    assert LONG in text
    assert page.all("#view a[href^=javascript]") == []


def test_a_hostile_address_is_text(page: Page, address: str) -> None:
    page.open(address, "view=actor&id=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    page.wait(".nothing", "<img src=x onerror=alert(1)>")
    assert page.all("#view img") == []
