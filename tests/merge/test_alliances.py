"""Ties between actors, as claims have it: signs and weights, on a day, according to somebody; triads, communities."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.merge import remove
from kg.merge.alliances import SCALE, Tie, alliances, communities, shifts, triads
from kg.merge.read_stands import StandReader
from kg.merge.spoken import spoken
from kg.records import RELATIONS, Role
from tests.merge.saying import ACTORS, article, built
from tests.rdf.samples import samples


def tie(left: str, right: str, weight: float, strength: int = 1) -> Tie:
    """A tie between two actors that are named by themselves."""
    return Tie(left, right, left.upper(), right.upper(), weight, strength, None, None, (), ())


def test_every_signed_relation_has_a_place_on_the_scale() -> None:
    assert set(SCALE) == {name for name, sign in RELATIONS.items() if sign != "0"}
    assert all(0 < value <= 1 for value in SCALE.values())


def test_a_tie_is_the_mean_of_what_sources_say() -> None:
    ally = article("x", "weiss", "asserts", "russia", "alliedWith", "guard", date="2031-05-01")
    foe = article("y", "hale", "asserts", "guard", "accuses", "russia", date="2031-06-01")
    store = built(ally, foe)
    (found,) = alliances(store.view())
    assert (found.weight, found.sign, found.strength) == (round((1 - 0.4) / 2, 4), "+", 2)
    assert {found.left_label, found.right_label} == {"Russia", "Blue Guard"}
    assert (found.first, found.last) == ("2031-05-01", "2031-06-01")
    assert set(found.claims) == {c.iri for c in store.view().claims()}
    assert set(found.sources) == {c.source for c in store.view().claims()}
    remove(store, ["x"])
    assert [t.weight for t in alliances(store.view())] == [-0.4]


def test_a_source_that_repeats_itself_counts_once() -> None:
    told = [article(str(n), "weiss", "asserts", "russia", "attacks", "guard") for n in range(3)]
    (found,) = alliances(built(*told).view())
    assert (found.weight, found.strength, len(found.claims)) == (-1, 1, 3)


def test_a_denial_pulls_towards_nothing_and_makes_no_friend() -> None:
    yes = article("x", "weiss", "asserts", "russia", "attacks", "guard")
    no = article("y", "hale", "denies", "russia", "attacks", "guard")
    assert [(t.weight, t.sign) for t in alliances(built(yes, no).view())] == [(-0.5, "-")]
    assert [(t.weight, t.sign) for t in alliances(built(no).view())] == [(0, "0")]


@pytest.mark.parametrize(
    ("subject", "relation", "object_", "act"),
    [
        ("russia", "requests", "guard", "Statement"),
        ("russia", "relatedTo", "guard", "Statement"),
        ("russia", "attacks", "guard", "Demand"),
        ("russia", "supports", "russia", "Statement"),
    ],
)
def test_no_tie(subject: str, relation: str, object_: str, act: str) -> None:
    told = article("x", "weiss", "asserts", subject, relation, object_, claim={"speech_act": act})
    assert alliances(built(told).view()) == []


@pytest.mark.parametrize(
    ("day", "weights"),
    [
        ("2031-04-30", []),
        ("2031-05-03", [1.0]),
        ("2031-12-31", [1.0]),
        ("2032-06-01", [-1.0]),
        ("2040-01-01", [-1.0]),
    ],
)
def test_ties_on_a_day(day: str, weights: list[float]) -> None:
    ally = article("x", "weiss", "asserts", "russia", "alliedWith", "guard")
    foe = article(
        "y", "hale", "asserts", "guard", "opposes", "russia", date="2032-05-20", event={"valid_from": "2032-05"}
    )
    undated = article("z", "hale", "asserts", "guard", "opposes", "syria", date=None)
    assert [t.weight for t in alliances(built(ally, foe, undated).view(), at=day)] == weights


def test_a_day_must_be_one() -> None:
    with pytest.raises(QueryError, match="'lately' is no date"):
        alliances(built().view(), at="lately")


def test_ties_according_to_somebody_or_on_their_behalf() -> None:
    own = article("x", "syria", "asserts", "russia", "alliedWith", "syria")
    spoken_for = article("y", "weiss", "asserts", "guard", "attacks", "syria")
    spoken_for = replace(spoken_for, roles=(Role("weiss", "spokeswoman", "syria"),))
    other = article("z", "hale", "asserts", "guard", "attacks", "russia")
    view = built(own, spoken_for, other).view()
    (syria,) = view.find("Syria")
    assert sorted(t.weight for t in alliances(view, according_to=syria.iri)) == [-1, 1]
    assert len(alliances(view)) == 3


@pytest.mark.parametrize(
    ("weights", "kind", "balanced"),
    [
        ((1, 1, 1), "allies", True),
        ((1, 1, -1), "ally of an enemy", False),
        ((-1, 1, -1), "common enemy", True),
        ((-1, -1, -1), "all enemies", False),
    ],
)
def test_triads(weights: tuple[float, float, float], kind: str, balanced: bool) -> None:
    sides = (("a", "b"), ("a", "c"), ("b", "c"))
    ties = [tie(a, b, weight, n) for n, ((a, b), weight) in enumerate(zip(sides, weights, strict=True), 2)]
    (found,) = triads(ties)
    assert (found.actors, found.labels, found.strength) == (("a", "b", "c"), ("A", "B", "C"), 2)
    assert (found.kind, found.balanced) == (kind, balanced)
    assert triads(reversed(ties)) == [found]


def test_no_triad_without_three_signs() -> None:
    assert triads([tie("a", "b", 1), tie("a", "c", 1), tie("b", "c", 0.05)]) == []
    assert triads([tie("a", "b", 1), tie("b", "c", 1)]) == []


def test_communities_are_groups_of_friends_in_any_order() -> None:
    ties = [tie(a, b, 1) for a, b in ("ab", "ac", "bc", "de")] + [tie("c", "d", -1), tie("f", "a", -1)]
    assert communities(ties) == communities(reversed(ties)) == [("a", "b", "c"), ("d", "e")]
    assert communities([]) == []


def test_the_query_and_the_merger_read_the_same_stands() -> None:
    store = built(*samples(), article("x", "weiss", "denies", "russia", "attacks", "guard", event={"place": "douma"}))
    reader = StandReader(store, NamedNode("urn:none"), ())
    quads = [q for p in ("asserts", "denies") for q in store.match(None, NamedNode(f"https://w3id.org/hearsay/ns#{p}"))]
    one_by_one = {stand for quad in quads for stand in reader._stands(quad)}
    assert one_by_one == {each.stand for each in spoken(store.view())}
    assert len(one_by_one) >= 4
    assert ACTORS


def test_who_says_otherwise_stands_against_a_tie() -> None:
    friends = [article(n, n, "asserts", "russia", "alliedWith", "guard") for n in ("weiss", "army")]
    store = built(*friends, article("y", "hale", "denies", "russia", "alliedWith", "guard"))
    (found,) = alliances(store.view())
    names = store.view().labels()
    assert {names[iri] for iri in found.backing} == {"Anna Weiss", "Syrian Arab Army"}
    assert [names[iri] for iri in found.against] == ["Ben Hale"]


def test_only_the_ties_of_one_actor_can_be_asked_for() -> None:
    view = built(
        article("x", "weiss", "asserts", "russia", "alliedWith", "guard"),
        article("y", "weiss", "asserts", "syria", "alliedWith", "guard"),
    ).view()
    (russia,) = view.find("Russia")
    assert [{t.left_label, t.right_label} for t in alliances(view, actor=russia.iri)] == [{"Russia", "Blue Guard"}]


def test_named_voices_leave_out_narrators() -> None:
    view = built(
        article("x", "weiss", "asserts", "russia", "alliedWith", "guard"),
        article("y", "narrator", "asserts", "russia", "attacks", "guard"),
    ).view()
    assert [t.weight for t in alliances(view)] == [0]
    assert [t.weight for t in alliances(view, named=True)] == [1]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([], [tie("a", "b", 1)], ["new"]),
        ([tie("a", "b", 1)], [], ["ended"]),
        ([tie("a", "b", 1)], [tie("a", "b", -0.5)], ["turned"]),
        ([tie("a", "b", 1)], [tie("a", "b", 0.5)], []),
    ],
)
def test_what_changed_between_two_times(before: list[Tie], after: list[Tie], kinds: list[str]) -> None:
    assert [shift.kind for shift in shifts(before, after)] == kinds
