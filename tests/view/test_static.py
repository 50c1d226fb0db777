from __future__ import annotations

import sys
from xml.etree import ElementTree as ET

import pytest

from kg.errors import KgError
from kg.view.picture import Node, Picture
from kg.view.static import lines, to_static
from tests.view.sample import claim, edge, star


def texts(svg: bytes) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg).iter() if e.tag.endswith("}text")]  # noqa: S314  (our own)


def test_static_without_matplotlib_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KgError, match="pip install matplotlib"):
        to_static(star(3), "svg")


def test_static_svg_is_the_same_twice_with_legend_and_caption() -> None:
    pytest.importorskip("matplotlib")
    svg = to_static(star(12, "All there is."), "svg")
    assert svg == to_static(star(12, "All there is."), "svg")
    assert {"The hub", "hostile", "only denied", "armed force or group", "All there is."} <= set(texts(svg))
    assert b"<dc:date>" not in svg


def test_static_png_is_the_same_twice() -> None:
    pytest.importorskip("matplotlib")
    png = to_static(star(5), "png")
    assert png.startswith(b"\x89PNG")
    assert png == to_static(star(5), "png")


def test_static_shows_names_as_they_are() -> None:
    pytest.importorskip("matplotlib")
    nodes = (Node("a", "<b>$x^2$ & co</b>", "State", 1), Node("b", "bad\x07\ud800name", "Person", 1))
    found = texts(to_static(Picture(nodes, (edge("a", "b"),), "$5 & more"), "svg"))
    assert {"<b>$x^2$ & co</b>", "bad name", "$5 & more"} <= set(found)


def test_lines_join_propositions_that_differ_in_the_relation_only() -> None:
    both = [edge("a", "b", claim(source="s1")), edge("a", "b", claim(source="s2"), relation="assists")]
    denied = edge("a", "b", claim("denies"), relation="leads")
    assert sorted(lines([*both, denied]).values()) == [1, 2]


def test_lines_of_what_holds_both_ways_have_no_head_unless_they_join_one_that_has() -> None:
    allied = edge("a", "b", claim(source="s1"), relation="alliedWith")
    assert [line.mutual for line in lines([allied])] == [True]
    ((line, sources),) = lines([allied, edge("b", "a", claim(source="s2"))]).items()
    assert (line.subject, line.mutual, sources) == ("b", False, 2)
