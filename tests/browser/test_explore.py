from __future__ import annotations

import re
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from kg.merge import judge
from kg.store import open_store
from kg.view.explorer import explorer
from kg.view.html import to_html
from tests.browser.graphs import small
from tests.browser.page import Page
from tests.browser.test_scale import many


def test_search_an_actor_and_read_the_sentence_behind_an_edge(page: Page, address: str) -> None:
    page.open(address)
    page.wait("#shown", "propositions")
    page.wait("#query").send_keys("Norvania", Keys.ENTER)
    page.wait("#panel h2", "Norvania")
    page.click("#panel .row", "Norvania attacks Estmar")
    page.wait("#panel mark.content", "Norvania attacked Estmar")
    assert "the army" in page.text("#panel mark.source")
    assert "said" in page.text("#panel mark.cue")
    assert "Harbour Post · 2020-03-01" in page.text("#panel footer")


def test_a_line_of_the_network_opens_its_sentences(page: Page, address: str) -> None:
    page.open(address)
    page.wait(".canvas canvas")
    page.wait(".canvas").send_keys(Keys.ARROW_RIGHT)
    page.wait("[aria-live=polite]", "claim")
    page.wait(".canvas").send_keys(Keys.ENTER)
    assert page.fragment.startswith("sel=actor")
    page.click("#panel .row", "Estmar leads Coast Front")
    page.wait("#panel mark.content", "Estmar leads the Coast Front")


def test_a_claim_names_the_outlets_that_passed_it_on(page: Page, address: str) -> None:
    page.open(address, "view=article&id=passed-on")
    page.click(".text mark.content")
    page.wait("#panel .byline", "via Harbour Radio, Tide Times")


def test_open_a_contested_claim_with_both_sides(page: Page, address: str) -> None:
    page.open(address)
    page.click("#nav a", "Contested")
    block = page.wait(".block", "Norvania")
    columns = [e.text for e in block.find_elements("css selector", ".column")]
    assert "Norvania attacked Estmar, the army said" in columns[0]
    assert "A minister denied that Norvania had attacked Estmar" in columns[1]


def test_the_text_s_own_verb_stands_beside_the_relation(page: Page, address: str) -> None:
    page.open(address)
    row = page.wait("#panel .row", "Norvania attacks Estmar")
    assert "“attacked”" in row.text
    page.click("#panel .row", "Norvania attacks Estmar")
    page.wait("#panel p", "In the texts: “attacked”")
    page.click("#nav a", "Contested")
    page.wait(".block p", "In the texts: “attacked”")


def test_friends_and_foes_come_before_what_is_neither(page: Page, tmp_path: Path) -> None:
    data = many()
    for number, (relation, sign) in enumerate((("requests", "0"), ("attacks", "-"), ("supports", "+"))):
        row = data["propositions"]["rows"][1000 * number]
        row[2], row[5] = relation, sign
        data["claims"]["rows"][1000 * number][5] = data["stances"].index("asserts")
    (tmp_path / "page.html").write_bytes(to_html(data))
    page.open((tmp_path / "page.html").as_uri(), "sel=actor~a0")
    page.wait("#panel h3")
    headings = [e.text.split()[0] for e in page.all("#panel h3")]
    assert [each for each in headings if each in ("Aligned", "Hostile", "Neither")] == ["Aligned", "Hostile", "Neither"]


def test_what_is_contested_in_words_alone_has_both_sides_too(page: Page, address: str) -> None:
    page.open(address, "view=contested")
    block = page.wait(".block", "the coast road is safe after dark")
    assert "in the same words" in block.text
    columns = [e.text for e in block.find_elements("css selector", ".column")]
    assert "Ida Moss said that" in columns[0]
    assert "Per Lund denied that" in columns[1]
    page.click(".block h3 .link", "the coast road")
    page.wait("#panel h3", "Contradicted by")
    page.wait("#panel mark.content.asserts", "the coast road")


def test_who_is_contradicted_keeps_the_other_side_when_sources_are_filtered(page: Page, address: str) -> None:
    page.open(address, "view=actor")
    page.click("tbody .link", "Ida Moss")
    source = page.fragment.partition("id=")[2]
    page.open(address, f"view=contested&source={source}")
    page.wait(".block .column", "Per Lund denied that")


def test_brushing_the_timeline_filters_everything(page: Page, address: str) -> None:
    page.open(address, "view=timeline")
    pane = page.wait(".brush")
    page.script(
        """const box = arguments[0].getBoundingClientRect();
        const at = (type, x) => arguments[0].dispatchEvent(
            new PointerEvent(type, {pointerId: 1, clientX: box.left + x, clientY: box.top + 9}));
        arguments[0].setPointerCapture = () => {};
        at("pointerdown", 0); at("pointermove", box.width / 4); at("pointerup", box.width / 4);""",
        pane,
    )
    assert "since=2020" in page.fragment
    page.click("#nav a", "Articles")
    page.wait("tbody", "Attack </script>")
    assert "A minister denied" not in page.text("tbody th")


def test_the_timeline_shows_the_chosen_time_larger(page: Page, address: str) -> None:
    ticks = """return [...document.querySelectorAll('.timeline text')]
        .map((t) => [t.textContent, Number(t.getAttribute('x'))]).filter(([text]) => /^20/.test(text))"""
    page.open(address, "view=timeline")
    page.wait(".brush")
    assert "2021-04" in dict(page.script(ticks))
    page.open(address, "view=timeline&since=2020-04&until=2020-05")
    page.wait(".brush")
    found = dict(page.script(ticks))
    assert list(found) == ["2020-04", "2020-05", "2020-06"]
    assert page.script("return document.querySelectorAll('.pair circle, .pair path').length") > 0
    band = page.wait(".timeline > rect[fill-opacity]")
    left, width = (float(band.get_attribute(name) or 0) for name in ("x", "width"))
    assert abs(left - found["2020-04"] + 3) < 1
    assert abs(left + width - found["2020-06"] + 3) < 1


def test_an_article_marks_what_its_claims_say(page: Page, address: str) -> None:
    page.open(address, "view=article&id=two")
    mark = page.wait(".text mark.content.denies", "Norvania had attacked Estmar")
    page.script("arguments[0].dispatchEvent(new Event('mouseenter'))", mark)
    page.wait(".tip", "Norvania attacks Estmar")
    page.click(".text mark.content")
    page.wait("#panel", "minister")


def test_no_mark_of_an_article_is_blank(page: Page, address: str) -> None:
    page.open(address, "view=article&id=passed-on")
    page.wait(".text mark")
    assert [mark for mark in page.script("return [...document.querySelectorAll('.text mark')].map(m => m.textContent)")
            if not mark.strip()] == []  # fmt: skip


def test_an_actor_page_says_why_it_is_one_actor(page: Page, address: str) -> None:
    page.open(address, "view=actor")
    page.click("tbody .link", "Norvania")
    page.wait("#view h2", "Norvania")
    rows = page.text(".identity tbody tr")
    assert "one" in rows
    assert "two" in rows
    assert "same name" in rows


def test_the_address_of_a_merged_actor_leads_to_who_it_has_become(page: Page, tmp_path: Path) -> None:
    with open_store(small(tmp_path / "g.kg")) as store:
        one, other = (store.view().find(name)[0].iri for name in ("Ida Moss", "Per Lund"))
        judge(store, one, other, "same")
        (tmp_path / "page.html").write_bytes(to_html(explorer(store.view()).data))
    for iri in (one, other):
        name = iri.rpartition("/")[2]
        page.open((tmp_path / "page.html").as_uri(), f"view=actor&id={name}&sel=actor~{name}")
        page.wait("#view h2", "Ida Moss")
        page.wait("#panel h2", "Ida Moss")


def test_an_address_can_be_shared(page: Page, address: str) -> None:
    page.open(address, "view=contested&sign=h")
    page.click(".block h3 .link", "Norvania")
    page.click("#panel .row, #view .row", "Norvania attacks Estmar")
    page.wait("#panel mark.content")
    shared, panel = page.fragment, page.text("#panel")
    page.open(address, shared)
    page.wait("#panel mark.content")
    assert (page.fragment, page.text("#panel")) == (shared, panel)


def test_the_back_button_goes_back(page: Page, address: str) -> None:
    page.open(address)
    page.click("#nav a", "Timeline")
    page.wait(".brush")
    page.driver.back()
    page.wait(".canvas")


def save(page: Page, *names: str) -> None:
    """Press the buttons that export; what they save is kept in ``saved``."""
    page.wait(".exports")
    page.script(
        "window.saved = []; const make = URL.createObjectURL;"
        "URL.createObjectURL = (b) => { saved.push(b); return make(b); };"
        "HTMLAnchorElement.prototype.click = () => {};"
    )
    for name in names:
        page.click(".exports button", name)
    page.wait("body")


def saved(page: Page, which: int) -> str:
    """The text of what was saved."""
    read = "const [blob, done] = [saved[arguments[0]], arguments[1]]; blob.text().then(done)"
    return str(page.driver.execute_async_script(read, which))


def test_exports_hold_what_is_shown(page: Page, address: str) -> None:
    page.open(address, "view=contested")
    save(page, "CSV", "SVG", "PNG")
    table = saved(page, 0)
    assert "Norvania,attacks,Estmar" in table
    assert "Estmar Today" in table
    drawing = saved(page, 1)
    assert drawing.startswith("<svg")
    assert "var(--" not in drawing
    page.driver.execute_async_script(
        "const done = arguments[0]; const look = () => saved.length > 2 ? done() : setTimeout(look, 50); look()"
    )
    assert page.script("return saved[2].type") == "image/png"


@pytest.mark.parametrize("view", ["network", "timeline", "contested"])
def test_a_picture_and_a_print_say_what_was_filtered_out(page: Page, file_address: str, view: str) -> None:
    page.open(file_address, f"view={view}&sign=h&since=2020&min=1&outlet=Harbour+Post")
    save(page, "SVG")
    words = " ".join(re.findall(r">([^<>]+)</text>", saved(page, 0)))
    assert "not that it is true. Filtered: hostile; articles of Harbour Post; from 2020." in words
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert "Filtered: hostile" in page.wait("#caption").text
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_file_says_how_to_query_it(page: Page, file_address: str) -> None:
    page.open(file_address, "view=query")
    page.wait("#view pre", "kg serve -g GRAPH")


def test_nothing_passes_the_filters(page: Page, address: str) -> None:
    page.open(address, "since=1990&until=1991")
    page.wait(".note", "Nothing passes the filters")
    for view in ("timeline", "contested", "actor", "article"):
        page.open(address, f"view={view}&since=1990&until=1991")
        page.wait("#view h2")


def test_strange_addresses_do_no_harm(page: Page, address: str) -> None:
    for fragment in (
        "view=nowhere",
        "view=actor&id=nobody",
        "sel=claim~x",
        "sel=line~a~b",
        "ego=nobody",
        "top=x&min=-3",
        "%zz",
    ):
        page.open(address, fragment)
