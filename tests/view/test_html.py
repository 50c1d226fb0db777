from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest

from kg.view.explorer import explorer
from kg.view.html import SCRIPTS, STYLES, asset, served_html, to_html
from tests.view.sample import first, graph, second

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


def page() -> bytes:
    return to_html(explorer(graph(first(), second()).view()).data)


def test_html_text_from_articles_is_inert() -> None:
    made = to_html({"label": NASTY})
    block = Page(made).scripts["application/json"]
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block)["label"] == NASTY
    assert made.count(b"<script") == to_html({}).count(b"<script")


def test_html_names_no_other_host_and_forbids_all_requests() -> None:
    found = Page(page())
    assert set(found.addresses) == {"#view", "data:,"}
    assert found.policy.startswith("default-src 'none'")
    assert "connect-src" not in found.policy


def test_html_served_asks_its_own_server_only() -> None:
    made, header = served_html("explorer.json")
    assert json.loads(Page(made).scripts["application/json"]) == {"fetch": "explorer.json"}
    assert "connect-src 'self'" in header
    assert not re.search(r"https?:|unsafe|\*", header)


def test_html_holds_the_data_and_is_the_same_twice() -> None:
    data: dict[str, Any] = explorer(graph(first(), second()).view()).data
    assert json.loads(Page(to_html(data)).scripts["application/json"]) == json.loads(json.dumps(data))
    assert page() == page()


@pytest.mark.parametrize("name", [s for s in SCRIPTS if "/" not in s])
def test_scripts_never_parse_text_as_markup_and_stay_short(name: str) -> None:
    text = asset(name)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser", text
    )
    assert text.count("\n") < 400


def test_assets_are_all_in_the_page() -> None:
    folder = files("kg.view.assets")
    found = {f.name for f in folder.iterdir() if f.name.endswith((".js", ".css"))}
    assert found == {name for name in (*SCRIPTS, *STYLES) if "/" not in name}


def test_vendored_bundles_have_their_licences() -> None:
    text = asset("vendor/LICENCES.md")
    wanted = json.loads(asset("vendor/package.json"))["dependencies"]
    assert all(f"{name} {version}: MIT" in text for name, version in wanted.items())
