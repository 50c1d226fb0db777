"""Different people of one full name stay apart where all that is said of them conflicts; all names are invented."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.merge import judge, merge, unjudge, update
from kg.merge.homonyms import parted, profile
from kg.merge.judgements import read_csv
from kg.merge.judging import apply
from kg.merge.review import review, write_review
from kg.records import Actor, Article, Extraction, Mention, Role
from kg.store import open_store
from tests.merge.samples import article, body, labels, merged, person, several, state, stored
from tests.store.contract import dump

NORVANIA, ESTMAR, OSTIA = state("Norvania", "Q900011"), state("Estmar", "Q900012"), state("Ostia", "Q900013")
BANK = body("Coast Grain Bank", wikidata="Q900021")
KEY = "person:marta hallberg"


def of(home: Actor, office: str | None, name: str, *others: Actor) -> Extraction:
    """An article in which Marta Hallberg holds an office of a state."""
    marta = person("Marta Hallberg")
    found = article(name, marta, home, *others)
    return replace(found, roles=(Role(marta.id, office, home.id),)) if office else found


def martas(*articles: Extraction) -> int:
    """How many of that name there are."""
    return labels(merged(articles)).count("Marta Hallberg")


MINISTER = [of(NORVANIA, "grain minister", f"m{n}") for n in range(3)]


def test_other_state_and_other_office_are_another_person() -> None:
    assert martas(*MINISTER, of(ESTMAR, "judge", "x")) == 2
    assert martas(*MINISTER, of(ESTMAR, "judge", "x"), of(OSTIA, "sailor", "y")) == 3
    assert martas(*MINISTER, of(ESTMAR, "judge", "x"), of(ESTMAR, "judge", "y")) == 2


@pytest.mark.parametrize(
    "other",
    [
        of(NORVANIA, "judge", "x"),
        of(ESTMAR, "deputy minister", "x"),
        of(ESTMAR, None, "x"),
        article("x", person("Marta Hallberg")),
        of(ESTMAR, "judge", "x", NORVANIA),
    ],
    ids=["state", "office", "none", "nothing", "company"],
)
def test_one_thing_in_common_is_enough_to_be_one(other: Extraction) -> None:
    assert martas(*MINISTER, other) == 1


def test_somebody_known_beside_both_makes_them_one() -> None:
    beside = of(NORVANIA, "grain minister", "b", BANK)
    assert martas(*MINISTER, beside, of(ESTMAR, "judge", "x", BANK)) == 1
    assert martas(*MINISTER, beside, of(ESTMAR, "judge", "x")) == 2


def test_a_known_item_is_one_person() -> None:
    known = article("k", person("Marta Hallberg", wikidata="Q900020"))
    assert martas(*MINISTER, of(ESTMAR, "judge", "x"), known) == 1


def test_who_is_told_by_nothing_is_the_best_known() -> None:
    store = merged([*MINISTER, of(ESTMAR, "judge", "x"), article("y", person("Marta Hallberg"))])
    assert sorted(len(a.local) for a in store.view().actors() if a.label == "Marta Hallberg") == [1, 4]


def test_a_person_may_say_that_they_are_one() -> None:
    articles = [*MINISTER, of(ESTMAR, "judge", "x")]
    store = merged(articles)
    before = dump(store)
    (doubt,) = [each for each in review(store) if each.left == KEY]
    assert (doubt.right, doubt.why) == (f"{KEY} @Q900012", "same name, other state and office")
    file = StringIO()
    write_review([replace(doubt, judgement="same")], file)
    assert apply(store, read_csv(StringIO(file.getvalue()), by="anna", where="f")) == 1
    assert labels(store).count("Marta Hallberg") == 1
    assert not [each for each in review(store) if each.left == KEY], "nothing is left to judge"
    fresh = stored(articles)
    judge(fresh, doubt.left, doubt.right, "same", by="anna", reason="")
    merge(fresh)
    assert dump(fresh) == dump(store)
    for node in {str(q.subject)[1:-1] for q in store.match() if "id/judgement/" in str(q.subject)}:
        unjudge(store, node)
    assert dump(store) == before


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_arrival_makes_no_difference(order: list[int]) -> None:
    third = of(OSTIA, "sailor", "z", BANK)
    articles = [*MINISTER, of(ESTMAR, "judge", "x"), of(ESTMAR, "chief judge", "y", BANK), third]
    store = open_store(":memory:")
    for i in order:
        with store.writer() as writer:
            writer.write(articles[i])
        update(store)
    assert dump(store) == dump(merged(articles))


def test_those_who_are_linked_through_a_third_are_one() -> None:
    said = (["Q1"], ["envoy"], ["Q5"]), (["Q2"], ["judge"], ["Q6"]), (["Q1", "Q2"], ["pilot"], ["Q7"])
    first, second, third = (profile(*each) or "" for each in said)
    assert parted({first: 1, second: 2}) == {"Q1": "Q1"}
    assert parted({first: 1, second: 2, third: 1}) == {}
    assert profile([], ["envoy"], ["Q5"]) is None


def described(said: str, name: str, *others: Actor, home: Actor | None = None) -> Extraction:
    """An article that says beside her name what Marta Hallberg is."""
    text = f"Marta Hallberg, {said}, spoke."
    start = len("Marta Hallberg, ")
    mentions = (Mention(0, start - 2), Mention(start, start + len(said), "description", "role beside the name"))
    marta = Actor(
        "m1", "Marta Hallberg", "Person", ("Marta Hallberg", said), of=home.id if home else None, mentions=mentions
    )
    return Extraction(Article(name, text), (marta, *((home,) if home else ()), *others))


def test_a_namesake_who_is_described_otherwise_is_asked_about() -> None:
    store = merged([*MINISTER, described("a beekeeper", "x")])
    (doubt,) = [each for each in review(store) if each.left == KEY]
    assert doubt.right.endswith("article/x#name=marta hallberg")
    assert doubt.why == "same name, described otherwise"
    file = StringIO()
    write_review([replace(doubt, judgement="different")], file)
    apply(store, read_csv(StringIO(file.getvalue()), by="anna", where="f"))
    assert labels(store).count("Marta Hallberg") == 2
    assert not review(store)


@pytest.mark.parametrize(
    "other",
    [
        described("a minister", "x"),
        described("a beekeeper", "x", home=NORVANIA),
        article("x", person("Marta Hallberg")),
    ],
    ids=["office", "state", "nothing"],
)
def test_who_is_described_alike_is_not_asked_about(other: Extraction) -> None:
    assert not review(merged([*MINISTER, other]))


def test_what_concerns_most_articles_is_asked_first() -> None:
    rare = [*several(3, person("Oscar Dalewick")), *several(3, person("Olga Dalewick"), prefix="o")]
    often = [*several(9, person("Michael Harrow"), prefix="h"), *several(9, person("Marta Harrow"), prefix="n")]
    forms = [article("r", person("O. Dalewick")), *several(2, person("M. Harrow"), prefix="f")]
    asked = [doubt.left for doubt in review(merged([*rare, *often, *forms]))]
    assert asked[0] == "person:m. harrow"
    assert "person:o. dalewick" in asked
