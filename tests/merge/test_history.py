"""What sources say over time: positions, changes, contradictions of oneself; and independent agreement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.merge.history import changes, convergence, positions
from kg.query import run_named
from kg.records import Claim, Extraction, Role
from kg.store import View
from tests.merge.saying import article, built


def attack(name: str, source: str, stance: str = "asserts", **options: Any) -> Extraction:
    """An article in which a source speaks of one attack."""
    return article(name, source, stance, "russia", "attacks", "guard", **options)


def iri(view: View, name: str) -> str:
    """IRI of the one actor of that name."""
    (found,) = view.find(name)
    return found.iri


def test_positions_come_by_source_and_in_time() -> None:
    told = [
        attack("x", "weiss", date="2031-07-01"),
        attack("y", "weiss", "denies", date="2031-05-01"),
        attack("z", "hale"),
    ]
    view = built(*told).view()
    found = positions(view, source=iri(view, "Anna Weiss"))
    assert [(p.stance, p.day) for p in found] == [("denies", "2031-05-01"), ("asserts", "2031-07-01")]
    assert len(positions(view)) == 3
    assert len(positions(view, proposition=found[0].proposition)) == 3


@pytest.mark.parametrize(("later", "contradiction"), [("2031-05-20", True), ("2032-05-20", False)])
def test_a_change_of_one_event_is_a_contradiction_with_oneself(later: str, contradiction: bool) -> None:
    view = built(attack("x", "weiss"), attack("y", "weiss", "denies", date=later), attack("z", "hale", "denies")).view()
    (found,) = changes(view)
    assert (found.before.stance, found.after.stance) == ("asserts", "denies")
    assert (found.before.day, found.after.day) == ("2031-05-03", later)
    assert found.contradiction is contradiction
    assert changes(view, source=iri(view, "Ben Hale")) == []


def test_two_sources_converge() -> None:
    view = built(attack("x", "weiss"), attack("y", "hale"), attack("z", "weiss"), attack("w", "syria", "denies")).view()
    (found,) = convergence(view)
    assert found.voices == tuple(sorted([(iri(view, "Anna Weiss"),), (iri(view, "Ben Hale"),)]))
    assert len(found.claims) == 3
    assert convergence(view, least=3) == []


def test_who_speaks_for_the_same_body_is_one_voice() -> None:
    office = (Role("weiss", "spokeswoman", "syria"), Role("hale", "minister", "syria"))
    told = [replace(attack("x", "weiss"), roles=office), replace(attack("y", "hale"), roles=office)]
    assert convergence(built(*told).view()) == []
    assert len(convergence(built(*told, attack("z", "guard")).view())) == 1


def test_who_passes_a_claim_on_is_no_voice() -> None:
    passed = attack("x", "weiss", claim={"via": ("hale",)})
    assert convergence(built(passed, attack("y", "hale")).view()) == []


def test_who_quotes_the_claim_is_no_voice() -> None:
    quoted = attack("x", "weiss")
    outer = Claim("c0", "narrator", ((0, 8),), propositions=("p1",))
    inner = replace(quoted.claims[0], nested_in="c0")
    assert convergence(built(replace(quoted, claims=(outer, inner))).view()) == []
    beside = replace(outer, content=((5, 8),))
    assert len(convergence(built(replace(quoted, claims=(beside, quoted.claims[0]))).view())) == 1


def withdrawal(name: str, source: str, **options: Any) -> Extraction:
    """An article that says that a source withdraws its claim: it made it, and denies it now."""
    told = attack(name, source, **options)
    made, now = told.claims[0], replace(told.claims[0], id="c2", stance="denies", cue="withdrew")
    return replace(told, claims=(made, now))


def test_a_claim_that_is_withdrawn_is_no_further_assertion() -> None:
    told = attack("x", "weiss"), attack("y", "hale"), withdrawal("z", "weiss", date="2031-06-01")
    (found,) = convergence(built(*told).view())
    assert (len(found.voices), len(found.claims)) == (2, 2)
    view = built(attack("y", "hale"), withdrawal("z", "weiss")).view()
    assert convergence(view) == []
    (change,) = changes(view)
    assert (change.before.stance, change.after.stance) == ("asserts", "denies")


def test_an_agreement_names_who_denies_it_by_now() -> None:
    said = attack("x", "weiss"), attack("y", "hale")
    view = built(*said, attack("z", "weiss", "denies", date="2031-06-01")).view()
    assert convergence(view)[0].taken_back == (iri(view, "Anna Weiss"),)
    again = attack("w", "weiss", date="2031-07-01")
    assert (
        convergence(built(*said, attack("z", "weiss", "denies", date="2031-06-01"), again).view())[0].taken_back == ()
    )


def test_the_query_counts_no_article_for_the_claim_that_is_withdrawn_in_it() -> None:
    told = attack("x", "weiss"), attack("y", "hale"), withdrawal("z", "weiss", date="2031-06-01")
    (row,) = run_named(built(*told).view(), "corroborated", {}).table
    assert row[:5] == ("Russia", "attacks", "Blue Guard", "2", "2")
    assert row[6] == "1"
