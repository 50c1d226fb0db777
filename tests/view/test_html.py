from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from kg.view.gather import picture_of
from kg.view.html import to_html
from kg.view.picture import Node, Picture
from tests.view.sample import claim, edge, first, graph, second, star

NASTY = "</script><script>alert(1)</script><!-- & \u2028 \ud800"


class Page(HTMLParser):
    """The page's scripts by type, and every address that it names."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.scripts: dict[str, str] = {}
        self.addresses: list[str] = []
        self.policy = ""
        self._inside: str | None = None
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.addresses += [v for k, v in attrs if k in {"src", "href", "action"} and v]
        self._inside = values.get("type") or "text/javascript" if tag == "script" else None
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""

    def handle_data(self, data: str) -> None:
        if self._inside is not None:
            assert self._inside not in self.scripts
            self.scripts[self._inside] = data
            self._inside = None


def data_of(picture: Picture) -> dict[str, Any]:
    return json.loads(Page(to_html(picture)).scripts["application/json"])  # type: ignore[no-any-return]


def test_html_text_from_articles_is_inert() -> None:
    nodes = (Node("x/a", NASTY, "State", 1), Node("x/b", "B" * 5000, "Person", 1))
    evidence = claim(who=NASTY, quote=NASTY, title=NASTY, url="javascript:alert(1)")
    page = to_html(Picture(nodes, (edge("x/a", "x/b", evidence),), NASTY))
    block = Page(page).scripts["application/json"]
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block)["nodes"][0]["label"] == NASTY
    assert page.count(b"<script") == 2


def test_html_names_no_other_host_and_forbids_all_requests() -> None:
    page = to_html(picture_of(graph(first(), second()).view()))
    found = Page(page)
    assert set(found.addresses) == {"#panel", "data:,"}
    assert found.policy.startswith("default-src 'none'")
    program = page.decode().replace(found.scripts["application/json"], "")
    assert re.findall(r"https?://[^\"'`\s]+", program) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|fetch\(", program)


def test_html_holds_what_the_picture_holds() -> None:
    picture = picture_of(graph(first(), second()).view())
    data = data_of(picture)
    assert {n["label"] for n in data["nodes"]} == {n.label for n in picture.nodes}
    contested = next(e for e in data["edges"] if e["status"] == "contested")
    assert data["nodes"][contested["subject"]]["label"] == "Norvania"
    assert [c["stance"] for c in contested["evidence"]] == ["asserts", "denies"]
    articles = [data["articles"][c["article"]] for c in contested["evidence"]]
    assert [a["publisher"] for a in articles] == ["Harbour Post", "Estmar Today"]
    assert data["caption"] == picture.caption


def test_html_is_the_same_twice_and_small() -> None:
    page = to_html(star(60))
    assert page == to_html(star(60))
    assert len(page) < 100_000


def test_html_keys_of_addresses_are_unique() -> None:
    data = data_of(picture_of(graph(first(), second()).view()))
    for kind in ("nodes", "edges"):
        keys = [item["id"].rpartition("/")[2] for item in data[kind]]
        assert len(set(keys)) == len(keys)
