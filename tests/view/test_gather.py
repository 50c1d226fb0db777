from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.view.gather import Choice, picture_of
from kg.view.picture import Edge, Picture
from tests.view.sample import first, graph, second


def picture(choice: Choice | None = None) -> Picture:
    return picture_of(graph(first(), second()).view(), choice)


def attack(found: Picture) -> Edge:
    return next(e for e in found.edges if e.relation == "attacks")


def test_gather_finds_actors_propositions_and_their_status() -> None:
    found = picture()
    assert {n.label for n in found.nodes} == {"Norvania", "Estmar", "Coast Front"}
    assert {(e.relation, e.sign, e.status) for e in found.edges} == {
        ("attacks", "-", "contested"),
        ("leads", "+", "asserted"),
    }


def test_gather_brings_the_words_behind_both_sides() -> None:
    asserted, denied = attack(picture()).evidence
    assert (asserted.stance, asserted.who, asserted.cue, asserted.date) == ("asserts", "army", "said", "2020-03-01")
    assert asserted.passage[0] == ("content", "Norvania attacked Estmar")
    assert ("source", "the army") in asserted.passage
    assert (denied.stance, denied.publisher, denied.title) == ("denies", "Estmar Today", None)


def test_gather_keeps_to_the_dates_and_says_so() -> None:
    found = picture(Choice(until="2020"))
    assert attack(found).status == "asserted"
    assert "Only articles until 2020" in found.caption
    assert attack(picture(Choice(since="2021-05"))).status == "denied"


def test_gather_shows_the_surroundings_of_an_actor_by_any_name() -> None:
    found = picture(Choice(actor="FRONT"))
    assert {n.label for n in found.nodes} == {"Estmar", "Coast Front"}
    assert found.caption.startswith("Coast Front and those it has to do with")


def test_gather_shows_the_actors_with_the_most_claims() -> None:
    found = picture(Choice(top=2))
    assert {n.label for n in found.nodes} == {"Norvania", "Estmar"}
    assert found.caption.startswith("2 of 3 actors and 1 of 2 propositions, from 2 articles, 2020-03-01 to 2021-05-01.")
    assert "Left out: 1 actor" in found.caption


def test_gather_suggests_a_name() -> None:
    with pytest.raises(KgError, match=r"No actor named 'Norvannia'.*Did you mean 'Norvania'"):
        picture(Choice(actor="Norvannia"))


def test_gather_has_nothing_to_show() -> None:
    with pytest.raises(KgError, match="no proposition to draw"):
        picture_of(graph().view())
    with pytest.raises(KgError, match="No proposition in articles of that time"):
        picture(Choice(since="2030"))


def test_gather_is_the_same_whatever_the_order_of_the_articles() -> None:
    assert picture_of(graph(second(), first()).view()) == picture()
