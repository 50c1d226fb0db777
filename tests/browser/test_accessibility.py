from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.store import open_store
from kg.view.explorer import explorer
from kg.view.html import to_html
from tests.browser.graphs import save
from tests.browser.page import Page
from tests.view.sample import first, span

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
    elif name == "query":
        page.wait(".CodeMirror-scroll, #view pre")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("view", VIEWS)
def test_no_serious_violation(page: Page, address: str, axe: str, view: str, dark: bool) -> None:
    page.dark(dark)
    go(page, address, view)
    page.script("document.getElementById('filter-box').open = true")
    page.script(axe)
    assert page.driver.execute_async_script(CHECK) == []
    page.dark(False)


@pytest.fixture(scope="module")
def real_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The explorer of an article as news are written, in one file."""
    folder = tmp_path_factory.mktemp("real")
    articles = Path(__file__).parents[2] / "examples/iran/articles"
    for command in (["build", str(articles)], ["view", "-o", str(folder / "page.html")]):
        subprocess.run([sys.executable, "-m", "kg", *command, "-g", str(folder / "g.kg")], check=True)
    return (folder / "page.html").as_uri()


@pytest.mark.parametrize("view", ["article&id=iran-no-involvement", "actor&id=Q794", "contested", "network"])
def test_no_serious_violation_in_a_real_article(page: Page, real_address: str, axe: str, view: str) -> None:
    go(page, real_address, view)
    page.wait("#view h2, #view canvas")
    page.script(axe)
    assert page.driver.execute_async_script(CHECK) == []


def test_a_long_passage_is_read_aloud_whole(page: Page, axe: str, tmp_path: Path) -> None:
    words = f"Norvania attacked Estmar {'and then again ' * 20}at dusk"
    long = first()
    text = long.article.text.replace("Norvania attacked Estmar", words)
    claim = replace(long.claims[0], content=(span(text, words),), source_span=(), cue_span=())
    path = save(tmp_path / "g.kg", replace(long, article=replace(long.article, text=text), claims=(claim,)))
    with open_store(path, read_only=True) as store:
        (tmp_path / "page.html").write_bytes(to_html(explorer(store.view()).data))
    page.open((tmp_path / "page.html").as_uri(), "view=article&id=one")
    assert words in page.wait(".text mark.content").accessible_name
    page.script(axe)
    assert page.driver.execute_async_script(CHECK) == []


def test_a_query_longer_than_its_editor_is_scrolled_by_keyboard(page: Page, served_address: str, axe: str) -> None:
    go(page, served_address, "query")
    page.script("document.querySelector('.CodeMirror').CodeMirror.setValue('# a line\\n'.repeat(100))")
    page.script("document.querySelector('.CodeMirror').CodeMirror.refresh()")
    scroller = "document.querySelector('.CodeMirror-scroll')"
    assert page.script(f"return {scroller}.scrollHeight > {scroller}.clientHeight + 20")
    page.script(axe)
    assert page.driver.execute_async_script(CHECK) == []
    page.script(f"{scroller}.focus()")
    page.press("PAGE_DOWN")
    page.until(f"return {scroller}.scrollTop > 0")


def test_everything_can_be_reached_by_keyboard(page: Page, file_address: str) -> None:
    page.open(file_address)
    reached = page.script(
        """return [...document.querySelectorAll("a[href], button, select, input, summary, [tabindex]")]
        .filter((e) => e.offsetParent !== null && e.tabIndex < 0 && e.id !== "view" && e.id !== "panel")
        .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert reached == []
