from __future__ import annotations

import pytest

from kg.view.groups import clusters, groups
from kg.view.picture import Edge, Node, Picture
from tests.view.sample import claim, edge

Pair = tuple[str, str]


def friends(one: str, other: str, *sources: str) -> Edge:
    """A friendly tie that these sources assert."""
    return edge(one, other, *(claim(source=s) for s in sources))


def picture(*edges: Edge) -> Picture:
    names = sorted({end for e in edges for end in (e.subject, e.object)})
    return Picture(tuple(Node(name, name, "State", 1) for name in names), edges)


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ({("a", "b"): 1, ("b", "c"): 1, ("c", "d"): -3}, [{"a", "b", "c"}, {"d"}]),
        ({("a", "b"): 2, ("b", "c"): 1, ("a", "c"): -2}, [{"a", "b"}, {"c"}]),
        ({("a", "b"): -1}, [{"a"}, {"b"}]),
        ({}, []),
    ],
)
def test_clusters_join_friends_until_foes_outweigh_them(ties: dict[Pair, float], expected: list[set[str]]) -> None:
    assert sorted(clusters(ties), key=min) == expected


def test_a_tie_of_one_source_makes_no_group() -> None:
    once = [friends(a, b, "s1") for a, b in (("a", "b"), ("b", "c"), ("a", "c"))]
    assert groups(picture(*once)) == {}
    twice = [friends(a, b, "s1", "s2") for a, b in (("a", "b"), ("b", "c"), ("a", "c"))]
    assert groups(picture(*twice)) == {"a": 0, "b": 0, "c": 0}


def test_what_is_denied_joins_nobody() -> None:
    denied = [edge(a, b, claim("denies", "s1"), claim("denies", "s2")) for a, b in (("a", "b"), ("b", "c"))]
    assert groups(picture(*denied)) == {}


def test_groups_do_not_depend_on_the_order_of_edges() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d"), ("c", "d")]
    edges = [friends(a, b, "s1", "s2") for a, b in pairs]
    assert groups(picture(*edges)) == groups(picture(*reversed(edges)))
