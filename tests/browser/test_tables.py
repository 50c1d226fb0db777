"""Tables can be sorted by any column, and kept to what is looked for; what is exported is what is shown."""

from __future__ import annotations

from tests.browser.page import Page
from tests.browser.test_explore import save, saved


def column(page: Page, which: int) -> list[str]:
    """The cells of a column, as they stand."""
    return [str(e.text) for e in page.all(f"#view tbody tr > :nth-child({which})")]


def test_a_heading_sorts_and_sorts_the_other_way(page: Page, address: str) -> None:
    page.open(address, "view=actor")
    page.wait("#view tbody tr")
    before = column(page, 1)
    page.click("thead .sort", "Actor")
    assert column(page, 1) == sorted(before, key=str.casefold)
    assert page.wait("th[aria-sort=ascending]").text.startswith("Actor")
    page.press("ENTER")
    assert column(page, 1) == sorted(before, key=str.casefold, reverse=True)
    page.press("ENTER")
    assert column(page, 1) == before


def test_numbers_sort_by_size_the_largest_first(page: Page, address: str) -> None:
    page.open(address, "view=actor")
    page.click("thead .sort", "claims by it")
    counts = [int(cell.replace("·", "0")) for cell in column(page, 4)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_a_table_is_kept_to_what_is_looked_for_and_so_is_its_export(page: Page, address: str) -> None:
    page.open(address, "view=actor")
    page.wait("#view tbody tr")
    page.script("document.querySelector('[name=in-actors]').focus()")
    page.press("leágue harb")
    assert column(page, 1) == ["Harbour League"]
    assert page.text(".table-box [role=status]").startswith("1 of ")
    save(page, "CSV")
    assert [line.partition(",")[0] for line in saved(page, 0).splitlines()] == ["actor", "Harbour League"]


def test_the_answer_of_a_query_is_sorted_too(page: Page, served_address: str) -> None:
    page.open(served_address, "view=query&sparql=SELECT+%3Fn+%7B+VALUES+%3Fn+%7B+9+10+2+%7D+%7D")
    page.click(".results .sort", "n")
    assert column(page, 1) == ["10", "9", "2"]
