from __future__ import annotations

import pytest

from tests.browser.page import Page

VIEWS = (
    "network",
    "network&sel=prop",
    "timeline",
    "contested",
    "actor",
    "actor&id",
    "article",
    "article&id=two",
    "article&id=passed-on",
    "query",
)
CHECK = """
const done = arguments[arguments.length - 1];
const where = (v) => v.nodes.map((n) => n.target.join(" ")).slice(0, 4).join("; ");
const told = (v) => [v.id, where(v), v.nodes[0].failureSummary].join(": ");
axe.run(document, {resultTypes: ["violations"]})
  .then(({violations}) => done(violations.filter((v) => ["serious", "critical"].includes(v.impact)).map(told)));
"""


def go(page: Page, address: str, view: str) -> None:
    """Show the view; one with a chosen thing opens the first there is."""
    name, _, detail = view.partition("&")
    page.open(address, f"view={name}" + (f"&{detail}" if "=" in detail and detail != "sel=prop" else ""))
    if detail == "sel=prop":
        page.click("#panel .row", "attacks")
        page.wait("#panel mark")
    elif detail == "id":
        page.click("tbody .link", "Norvania")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("view", VIEWS)
def test_no_serious_violation(page: Page, address: str, axe: str, view: str, dark: bool) -> None:
    page.dark(dark)
    go(page, address, view)
    page.script("document.getElementById('filter-box').open = true")
    page.script(axe)
    assert page.driver.execute_async_script(CHECK) == []
    page.dark(False)


def test_everything_can_be_reached_by_keyboard(page: Page, file_address: str) -> None:
    page.open(file_address)
    reached = page.script(
        """return [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex]")]
        .filter((e) => e.offsetParent !== null && e.tabIndex < 0 && e.id !== "view" && e.id !== "panel")
        .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert reached == []
