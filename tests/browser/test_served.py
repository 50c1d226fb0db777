from __future__ import annotations

import re

from tests.browser.conftest import TOKEN
from tests.browser.page import Page
from tests.browser.test_explore import save, saved


def test_run_a_named_query_and_follow_its_answer(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query&named=denials")
    page.wait(".results td", "Norvania")
    page.wait(".CodeMirror")
    page.click(".results .link", "Norvania")
    page.wait("#view h2", "Norvania")


def test_a_query_of_ones_own_leads_to_the_actors_page(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query")
    page.wait(".CodeMirror")
    page.script(
        "document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT ?a { ?a skos:prefLabel \"Norvania\" }')"
    )
    page.click(".query .primary")
    page.click(".results .link", "Norvania")
    page.wait("#view h2", "Norvania")


def test_parameters_are_bound_as_terms(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query&named=denials")
    page.wait(".params [name=about]").send_keys("Norvania")
    page.click(".params button")
    page.wait(".results td", "Estmar")
    assert "VALUES" in page.text(".CodeMirror")


def test_parameters_and_a_query_of_ones_own_can_be_shared(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query&named=denials")
    page.wait(".params [name=about]").send_keys("Norvania")
    page.click(".params button")
    page.wait(".results td", "Estmar")
    page.open(served_address, page.fragment)
    page.wait(".results td", "Estmar")
    assert page.wait(".params [name=about]").get_property("value") == "Norvania"
    page.script("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT (\"hello\" AS ?x) {}')")
    page.click(".query .primary")
    page.wait(".results td", "hello")
    page.open(served_address, page.fragment)
    page.wait(".results td", "hello")
    assert "hello" in page.text(".CodeMirror")


def test_an_unknown_parameter_is_said(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query&named=denials&given=about%3DNobody")
    page.wait(".results", "No actor is called “Nobody”")
    page.click(".params button")
    page.wait(".results", "No actor is called “Nobody”")


def test_a_wrong_query_says_so(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query")
    page.wait(".CodeMirror")
    page.script("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT nonsense')")
    page.click(".query .primary")
    page.wait(".results .error")
    assert len(page.errors()) == 1  # the browser's own note that the server answered 400


def test_undo_a_merge_and_take_that_back(page: Page, served_address: str) -> None:
    page.open(served_address, f"token={TOKEN}")
    assert TOKEN not in page.driver.current_url
    page.click("#nav a", "Actors")
    page.click("tbody .link", "Norvania")
    page.wait(".identity td", "two")
    before = page.text(".identity tbody")
    page.click(".identity .part")
    page.wait("#toast", "stands apart now")
    page.wait("#toast .undo")
    page.click("#toast .undo")
    page.wait("#toast", "Undone")
    page.open(served_address, "view=actor")
    page.click("tbody .link", "Norvania")
    page.wait(".identity td", "two")
    assert page.text(".identity tbody") == before


def test_mark_a_claim_as_wrong_and_take_that_back(page: Page, served_address: str) -> None:
    page.open(served_address, f"token={TOKEN}")
    page.click("#nav a", "Contested")
    page.wait(".block", "Norvania")
    page.click(".block .correct button", "Wrong")
    page.wait("#toast", "Marked as wrong")
    page.click("#toast .undo")
    page.wait("#toast", "Undone")
    page.wait(".block", "Norvania")


def hold(page: Page, served_address: str, view: str) -> None:
    """Open a view with the token; the server never answers a change."""
    page.open(served_address, f"token={TOKEN}")
    page.open(served_address, view)
    page.script(
        "const ask = window.fetch;"
        "window.fetch = (a, o) => String(a).includes('change') ? new Promise(() => {}) : ask(a, o)"
    )


def test_a_claim_marked_as_wrong_is_gone_at_once(page: Page, served_address: str) -> None:
    hold(page, served_address, "view=contested")
    page.wait(".tabs button", "Contested 4")
    page.click(".block .correct button", "Wrong")
    page.wait("#toast", "Changing the graph")
    assert page.text(".tabs button").startswith("Contested 3")


def test_two_actors_that_are_the_same_are_one_at_once(page: Page, served_address: str) -> None:
    hold(page, served_address, "view=actor")
    page.click("tbody .link", "Ida Moss")
    page.wait(".judge input").send_keys("Per Lund")
    page.click(".judge button", "the same")
    page.wait("#toast", "Changing the graph")
    assert "also: Per Lund" in page.text("#view")
    assert "Asserted 1" in page.text("#view h4")
    assert "Denied 1" in page.text("#view h4")


def test_changes_need_the_token(page: Page, served_address: str) -> None:
    page.open(served_address)
    page.script("sessionStorage.setItem('hearsay-token', 'wrong')")
    page.open(served_address, "view=contested")
    page.click(".block .correct button", "Wrong")
    page.wait("#toast", "token")
    page.wait(".tabs button", "Contested 4")
    assert len(page.errors()) == 1


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Where the network's actors stand, by name."""
    save(page, "SVG")
    found = re.findall(r'<g transform="translate\(([\d.]+) ([\d.]+)\)"><path[^>]*/><text[^>]*>([^<]+)', saved(page, 0))
    return {name: (float(x), float(y)) for x, y, name in found}


def test_a_correction_leaves_actors_where_they_stand(page: Page, served_address: str) -> None:
    page.open(served_address, f"token={TOKEN}")
    before = places(page)
    page.click("#panel .row", "Estmar is a member of Harbour League")
    page.click("#panel .correct button", "Wrong")
    page.wait("#toast", "Marked as wrong")
    after = places(page)
    page.click("#toast .undo")
    page.wait("#toast", "Undone")
    assert after.keys() == before.keys()
    for name, (x, y) in after.items():
        assert abs(x - before[name][0]) + abs(y - before[name][1]) < 2, name
