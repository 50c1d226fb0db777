"""One text in several publications is one voice: in any order, until somebody says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from kg.merge import count_copies, merge, remove, reset
from kg.merge.copies import bands, likeness, shingles
from kg.records import Actor, Article, Claim, Extraction, Mention, Proposition, Span, Stance
from kg.store import Store
from kg.validate import validate
from kg.vocab import KG, RDF
from tests.merge.samples import merged, stored
from tests.store.contract import dump

REPORT = (
    "The foreign ministry of Ruritania denied on Tuesday that its army had shelled the Blue Guard near the border, a "
    "spokeswoman said. She told reporters in the capital that the reports were false and that nobody had been hurt in "
    "the valley, where talks go on."
)
VOICES = "SELECT ?in { ?claim kg:denies ?p ; kg:source ?who ; kg:reportedIn/dct:identifier ?in } ORDER BY ?in"


def published(name: str, text: str, date: str | None = None, *, stance: Stance = "denies") -> Extraction:
    """The report as an outlet has it, with what Ruritania says of shelling and what the article itself says."""

    def at(quote: str) -> Span:
        return text.index(quote), text.index(quote) + len(quote)

    state = Actor("a1", "Ruritania", "State", ("Ruritania",), "Q900001", mentions=(Mention(*at("Ruritania")),))
    guard = Actor("a2", "Blue Guard", "ArmedGroup", ("the Blue Guard",), mentions=(Mention(*at("the Blue Guard")),))
    said, told = at("its army had shelled the Blue Guard"), at("talks go on")
    shelling = Proposition("p1", "a1", "attacks", "a2", evidence=said)
    claims = (Claim("c1", "a1", (said,), stance, "denied", propositions=("p1",)), Claim("c2", "narrator", (told,)))
    return Extraction(Article(name, text, date, f"The {name.title()}"), (state, guard), (), (shelling,), claims, "test")


AGENCY = published("agency", f"ZENDA (Borderwire) - {REPORT}", "2031-05-03")
COURIER = published("courier", f"Army shelling denied\n\n{REPORT} With reports by Borderwire.", "2031-05-04")
UNDATED = published("undated", REPORT)
ALL = (AGENCY, COURIER, UNDATED)


def voices(store: Store) -> list[str]:
    """The articles in which somebody denies something."""
    return [row[0] or "" for row in store.query(VOICES).rows()]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
def test_copies_are_one_voice_in_any_order(order: Sequence[int], at_once: bool) -> None:
    store = stored([ALL[order[0]]])
    with store.writer() as writer:
        for n in order[1:]:
            if not at_once:
                merge(store)
            writer.write(ALL[n])
    merge(store)
    assert voices(store) == ["agency"]
    assert dump(store) == dump(merged(ALL))


def test_every_publication_is_kept_and_says_of_what_it_is_a_copy() -> None:
    view = merged(ALL).view()
    assert [article.id for article in view.articles()] == ["agency", "courier", "undated"]
    assert view.copies() == {"courier": ["agency"], "undated": ["agency", "courier"]}
    assert (view.counts()["claims"], view.counts()["denials"], len(view.claims())) == (2, 1, 2)
    assert view.claims_by_article() == {"agency": 2}
    assert validate(view).conforms


def test_who_gives_no_day_comes_after_those_who_do() -> None:
    store = merged([published("monthly", REPORT, "2031-05"), *ALL])
    assert store.view().copies()["monthly"] == ["agency", "courier"]
    assert voices(store) == ["agency"]


def test_the_decision_is_recorded_with_its_score_and_reason() -> None:
    store = merged(ALL)
    decisions = [quad.subject for quad in store.match(None, RDF.type, KG.CopyDecision, store.graphs.decisions)]
    assert len(decisions) == 3
    asked = "SELECT ?why ?score { ?d a kg:CopyDecision ; kg:reason ?why ; kg:score ?score ; prov:wasAttributedTo ?by }"
    assert all(
        "of the shorter text" in (why or "") and float(score or 0) > 0.9 for why, score in store.query(asked).rows()
    )


def test_what_a_copy_adds_counts_as_its_own() -> None:
    text = f"{REPORT} Graustark denied it too."
    quote = text.index("Graustark denied it too"), len(text) - 1
    more = published("herald", text, "2031-05-05")
    more = replace(more, claims=(*more.claims, Claim("c3", "narrator", (quote,), "denies")))
    store = merged([*ALL, more])
    assert voices(store) == ["agency"]
    assert store.view().claims_by_article() == {"agency": 2, "herald": 1}


def test_what_a_copy_corrects_is_not_lost() -> None:
    store = merged([AGENCY, published("star", REPORT, "2031-05-05", stance="asserts")])
    assert store.view().copies() == {"star": ["agency"]}
    assert [claim.stance for claim in store.view().claims() if claim.propositions] == ["denies", "asserts"]


def test_without_the_first_the_next_one_speaks() -> None:
    store = merged(ALL)
    remove(store, ["agency"])
    assert voices(store) == ["courier"]
    assert dump(store) == dump(merged(ALL[1:]))


def test_duplicates_are_kept_when_asked_for_and_that_is_taken_back() -> None:
    store = merged(ALL)
    once = dump(store)
    count_copies(store, apart=True)
    assert voices(store) == ["agency", "courier", "undated"]
    assert store.view().copies() == {}
    reset(store)
    merge(store)
    assert voices(store) == ["agency", "courier", "undated"]
    count_copies(store, apart=False)
    assert dump(store) == once


@pytest.mark.parametrize(
    ("one", "other", "copies"),
    [
        (REPORT, REPORT.upper(), True),
        (REPORT, REPORT.replace(".", " . ").replace(",", ""), True),
        (REPORT, f"By our own correspondent\nStrelsau\n{REPORT}", True),
        (REPORT, f"{REPORT} {' '.join(f'word{n}' for n in range(30))}", True),
        (REPORT, f"{REPORT} {' '.join(f'word{n}' for n in range(300))}", False),
        (REPORT, " ".join(reversed(REPORT.split())), False),
        ("Iran denied on Monday that it had shelled Oman.", "Iran denied on Monday that it had shelled Oman", True),
        ("Iran denied on Monday that it had shelled Oman.", "Iran denied on Friday that it had shelled Oman.", False),
        ("Iran denied it.", "Iran denied it.", False),
        ("", "", False),
    ],
)
def test_texts_are_copies_by_their_words(one: str, other: str, copies: bool) -> None:
    assert bool(likeness(shingles(one), shingles(other))) is copies
    assert not copies or set(bands(one)) & set(bands(other))
