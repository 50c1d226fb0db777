"""What is denied or not confirmed never reads as a fact, neither to the eye nor read aloud."""

from __future__ import annotations

import pytest

from tests.browser.page import Page

ROWS = """return Object.fromEntries([...document.querySelectorAll(arguments[0] + " ul.rows")].map((list) => {
    let before = list;
    while (before.tagName !== "H3") before = before.previousElementSibling;
    return [before.firstChild.textContent, [...list.querySelectorAll(".row .name")].map((row) => row.textContent)];
}))"""


def league(page: Page, address: str, where: str) -> dict[str, list[str]]:
    """The rows of the League by their heading, on its page or in the panel."""
    page.open(address, "view=actor")
    page.click("tbody .link", "Harbour League")
    identifier = page.fragment.partition("id=")[2]
    if where == "#panel":
        page.open(address, f"sel=actor~{identifier}")
    page.wait(f"{where} .row")
    rows: dict[str, list[str]] = page.script(ROWS, where)
    return rows


@pytest.mark.parametrize("where", ["#view", "#panel"])
def test_each_list_holds_only_what_its_heading_says(page: Page, address: str, where: str) -> None:
    found = league(page, address, where)
    assert {heading.split(":")[0].strip(): rows for heading, rows in found.items()} == {
        "Aligned": ["Sundmark is a member of Harbour League"],
        "Denied": ["Estmar is a member of Harbour Leaguedenied by Estmar"],
        "Not confirmed": ["Norvania is a member of Harbour Leaguenot confirmed by Ida Moss"],
    }


def test_rows_say_sign_and_status_aloud(page: Page, address: str) -> None:
    league(page, address, "#view")
    names = [e.accessible_name for e in page.all("#view .row")]
    assert [name.split(" Harbour League")[0] for name in names] == [
        "aligned, asserted Sundmark is a member of",
        "aligned, only denied Estmar is a member of",
        "aligned, unconfirmed Norvania is a member of",
    ]


def test_a_contested_fact_says_who_asserts_and_who_denies_it(page: Page, address: str) -> None:
    page.open(address)
    row = page.wait("#panel .row", "Norvania attacks Estmar")
    assert "asserted by army; denied by minister" in row.text


def test_no_denied_membership_is_counted_among_ties(page: Page, address: str) -> None:
    page.open(address, "view=actor")
    row = page.wait("tbody tr", "Harbour League")
    assert [cell.text for cell in row.find_elements("css selector", ".num")][-2:] == ["1", "·"]


@pytest.mark.parametrize("view", ["timeline", "article&id=doubted"])
def test_marks_are_buttons_that_say_what_is_claimed(page: Page, address: str, view: str) -> None:
    page.open(address, f"view={view}")
    page.wait("#view svg [role=button]")
    names = [e.accessible_name for e in page.all("#view svg [role=button]")]
    assert any("Estmar is a member of Harbour League" in name and "denie" in name for name in names)
    assert (
        page.script(
            "return document.querySelectorAll('#view svg .pick:not([role=button], :has([role=button]))').length"
        )
        == 0
    )


def test_a_mark_opens_by_key_and_arrows_lead_to_the_next(page: Page, address: str) -> None:
    page.open(address, "view=timeline")
    page.wait(".pair [role=button]")
    page.script("document.querySelector('.pair [tabindex=\"0\"]').focus()")
    page.press("ARROW_RIGHT")
    assert "asserts" in page.script("return document.activeElement.getAttribute('aria-label')")
    page.press("ENTER")
    page.wait("#panel mark.content")


def test_a_passage_of_an_article_says_aloud_who_denies_it(page: Page, address: str) -> None:
    page.open(address, "view=article&id=doubted")
    mark = page.wait(".text mark.content", "it belongs to the Harbour League")
    assert mark.accessible_name == (
        "“it belongs to the Harbour League”: Estmar denies; Estmar is a member of Harbour League (aligned, only denied)"
    )
    page.script("arguments[0].focus()", mark)
    page.press("SPACE")
    page.wait("#panel .byline", "Estmar denies")


def test_an_answer_names_no_denied_proposition_as_a_fact(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query&named=denied-only")
    page.wait(".results table")
    page.script(
        "document.querySelector('.CodeMirror').CodeMirror.setValue("
        "'SELECT ?p { ?p rdf:predicate kg:memberOf ; a kg:Proposition }')"
    )
    page.click(".query .primary")
    page.wait(".results .link", "Estmar is a member of Harbour League (only denied)")
