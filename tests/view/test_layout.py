from __future__ import annotations

from itertools import combinations

import numpy as np

from kg.view.layout import apart, layout
from kg.view.picture import Node, Picture
from tests.view.sample import edge, star


def test_layout_is_the_same_twice_and_whatever_the_order() -> None:
    picture = star(30)
    turned = Picture(picture.nodes[::-1], picture.edges[::-1])
    assert layout(picture) == layout(picture) == layout(turned)


def test_layout_keeps_actors_apart_and_inside() -> None:
    found = layout(star(40))
    assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in found.places.values())
    assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) > 20 for a, b in combinations(found.places.values(), 2))


def test_layout_sets_what_nothing_joins_below_the_largest_part() -> None:
    places = layout(star(20)).places
    assert min(places["x/p"][1], places["x/q"][1]) > places["x/hub"][1]


def test_layout_of_one_actor_and_of_two() -> None:
    nodes = (Node("a", "A", "State"), Node("b", "B", "State"))
    assert set(layout(Picture(nodes[:1], ())).places) == {"a"}
    places = layout(Picture(nodes, (edge("a", "b"),))).places
    assert places["a"] != places["b"]


def test_apart_parts_boxes_that_lie_on_each_other() -> None:
    half = np.full((6, 2), 10.0)
    moved = apart(np.zeros((6, 2)), half)
    for i, j in combinations(range(6), 2):
        assert (np.abs(moved[i] - moved[j]) >= 18).any()
