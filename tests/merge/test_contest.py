"""Who contradicts whom: one source asserts what another denies, of one event, directly or through entailment."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg import lexicon
from kg.ids import Ids
from kg.merge import mark_wrong, merge, remove, reset, unmark_wrong
from kg.merge.stands import Stand, is_outcome, score, span_of
from kg.records import STANCES, Article, Claim, Extraction, Mention, Proposition
from kg.store import Store, open_store
from kg.vocab import KG, RDF
from tests.merge.saying import ACTORS, Fields, article, built
from tests.store.contract import dump


def contested(store: Store) -> set[str]:
    """Labels of the contested propositions."""
    return {p.label for p in store.view().propositions() if p.contested}


def test_one_asserts_and_another_denies() -> None:
    yes = article("x", "weiss", "asserts", "russia", "attacks", "guard")
    no = article("y", "hale", "denies", "russia", "attacks", "guard")
    store = built(yes, no)
    assert contested(store) == {"Russia attacks Blue Guard"}
    (node,) = (q.subject for q in store.match(None, RDF.type, KG.Contradiction))
    assert isinstance(node, NamedNode)
    values = {q.predicate: q.object for q in store.match(node)}
    assert values[KG.basis] == KG.SameProposition
    (plain,) = store.match(None, KG.contradicts)
    assert (plain.subject, plain.object) == (values[KG.assertion], values[KG.denial])


@pytest.mark.parametrize(
    ("asserted", "denied"),
    [
        (("russia", "assists", "guard"), ("russia", "supports", "guard")),
        (("russia", "attacks", "douma"), ("russia", "attacks", "syria")),
        (("russia", "attacks", "douma"), ("russia", "opposes", "syria")),
        (("russia", "alliedWith", "syria"), ("syria", "alliedWith", "russia")),
        (("russia", "memberOf", "guard"), ("guard", "alliedWith", "russia")),
        (("guard", "memberOf", "russia"), ("guard", "alliedWith", "russia")),
    ],
)
def test_a_narrower_assertion_meets_a_broader_denial(asserted: Any, denied: Any) -> None:
    articles = [article("x", "weiss", "asserts", *asserted), article("y", "hale", "denies", *denied)]
    store = built(*articles)
    assert contested(store) == contested(built(*articles[::-1])) != set()
    propositions = {q.object for q in store.match(None, KG.contests)}
    assert contested(store) == {p.label for p in store.view().propositions() if NamedNode(p.iri) in propositions}


@pytest.mark.parametrize(
    ("asserted", "denied"),
    [
        pytest.param(("army", "attacks", "guard"), ("syria", "attacks", "guard"), id="an army for its state"),
        pytest.param(("army", "attacks", "guard"), ("syria", "opposes", "guard"), id="and what that entails"),
        pytest.param(("syria", "attacks", "guard"), ("army", "attacks", "guard"), id="the means of a state"),
        pytest.param(("russia", "attacks", "army"), ("russia", "attacks", "syria"), id="an army that is attacked"),
    ],
)
def test_what_is_told_of_an_army_meets_what_is_denied_of_its_state(asserted: Any, denied: Any) -> None:
    for order in (1, -1):
        store = built(*[article("x", "weiss", "asserts", *asserted), article("y", "hale", "denies", *denied)][::order])
        assert [q.object for q in store.match(None, KG.basis)] == [KG.ByStandIn]
        assert len(contested(store)) == 2
        assert not any(store.match(None, KG.entails)), "what one does is no logical consequence of the other"


def test_a_denial_is_of_what_the_claim_tells_that_it_disputes() -> None:
    yes = article("x", "weiss", "asserts", "russia", "attacks", "guard", claim={"speech_act": "Promise"})
    no = Claim("c2", "hale", ((5, 8),), "denies", propositions=("p1",))
    assert not contested(built(replace(yes, claims=(*yes.claims, no)))), "what is to come is no past"
    store = built(replace(yes, claims=(*yes.claims, replace(no, disputes="c1"))))
    assert contested(store) == {"Russia attacks Blue Guard"}


@pytest.mark.parametrize(
    ("asserted", "denied"),
    [
        (("syria", "assists", "guard"), ("army", "assists", "guard")),
        (("army", "accuses", "guard"), ("syria", "accuses", "guard")),
        (("russia", "supports", "guard"), ("russia", "assists", "guard")),
        (("russia", "attacks", "syria"), ("russia", "attacks", "douma")),
        (("guard", "attacks", "russia"), ("russia", "attacks", "guard")),
        (("syria", "attacks", "douma"), ("syria", "attacks", "syria")),
    ],
)
def test_a_broader_assertion_meets_no_narrower_denial(asserted: Any, denied: Any) -> None:
    assert not contested(built(article("x", "weiss", "asserts", *asserted), article("y", "hale", "denies", *denied)))


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        pytest.param({}, {"date": "2031-05-20"}, id="answered within the month"),
        pytest.param({"date": "2031-05-05"}, {}, id="news of the day before"),
        pytest.param({"date": None}, {}, id="no date"),
        pytest.param({"event": {"predicate": "defeated"}}, {"event": {"predicate": "fought"}}, id="no fight at all"),
        pytest.param({"event": {"predicate": "routed"}}, {"event": {"predicate": "defeat"}}, id="no victory"),
        pytest.param({"event": {"place": "douma"}}, {"event": {"place": "syria"}}, id="one place in the other"),
        pytest.param({"event": {"place": "douma"}}, {}, id="one place unknown"),
        pytest.param(
            {"event": {"valid_from": "2031-04"}, "date": "2033-01-01"},
            {"event": {"valid_from": "2031-04-09", "valid_to": "2031-04-09"}},
            id="both say when",
        ),
        pytest.param(
            {"claim": {"speech_act": "Promise"}}, {"claim": {"tense": "future"}}, id="both of what is to come"
        ),
    ],
)
def test_one_event(yes: Fields, no: Fields) -> None:
    pair = (("weiss", "asserts", yes), ("hale", "denies", no))
    store = built(*(article(s, s, t, "russia", "attacks", "guard", **options) for s, t, options in pair))
    assert contested(store) == {"Russia attacks Blue Guard"}


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        pytest.param({"date": "2031-09-01"}, {}, id="an event months after the denial"),
        pytest.param({}, {"date": "2031-09-01"}, id="a denial of something newer"),
        pytest.param({"event": {"place": "douma"}}, {"event": {"place": "raqqa"}}, id="another place"),
        pytest.param(
            {"event": {"valid_from": "2031-04-01", "valid_to": "2031-04-01"}},
            {"event": {"valid_from": "2031-04-09", "valid_to": "2031-04-09"}},
            id="another day",
        ),
        pytest.param({}, {"claim": {"speech_act": "Refusal"}}, id="a refusal is of what is to come"),
        pytest.param({"claim": {"tense": "future"}}, {}, id="a plan is no past"),
        pytest.param({"claim": {"speech_act": "Demand"}}, {}, id="a demand asserts nothing"),
        pytest.param(
            {"event": {"predicate": "fought"}}, {"event": {"predicate": "defeated"}}, id="no victory, but a fight"
        ),
    ],
)
def test_different_events(yes: Fields, no: Fields) -> None:
    pair = (("weiss", "asserts", yes), ("hale", "denies", no))
    assert not contested(built(*(article(s, s, t, "russia", "attacks", "guard", **o) for s, t, o in pair)))


def test_alliances_are_compared_over_years() -> None:
    yes = article("x", "weiss", "asserts", "russia", "alliedWith", "guard")
    for later, expected in (("2032-06-01", True), ("2036-06-01", False)):
        no = article("y", "hale", "denies", "russia", "alliedWith", "guard", date=later)
        assert bool(contested(built(yes, no))) is expected


def test_who_denies_what_they_said_contradicts_nobody_else() -> None:
    yes = article("x", "weiss", "asserts", "russia", "attacks", "guard")
    assert not contested(built(yes, article("y", "weiss", "denies", "russia", "attacks", "guard")))


def test_a_denial_without_a_proposition_contests_the_claim_that_it_disputes() -> None:
    yes = article("x", "weiss", "asserts", "russia", "attacks", "guard")
    rejected = Claim("c2", "hale", ((5, 8),), "denies", disputes="c1")
    store = built(replace(yes, claims=(*yes.claims, rejected)))
    assert [q.object for q in store.match(None, KG.basis)] == [KG.ByDispute]
    assert not contested(store)
    own = replace(rejected, source="weiss")
    assert not any(built(replace(yes, claims=(*yes.claims, own))).match(None, KG.contradicts))


def worded(name: str, text: str, *claims: tuple[str, Any], date: str = "2031-05-03", **options: Any) -> Extraction:
    """An article whose whole text is the content of claims without a proposition: their sources and stances."""
    said = (Claim(f"c{n}", who, ((0, len(text)),), stance, **options) for n, (who, stance) in enumerate(claims))
    return Extraction(Article(name, text, date), ACTORS, (), (), tuple(said))


LIFTED = "that the siege of Zenda had been lifted"


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param([worded("x", LIFTED, ("weiss", "asserts"), ("hale", "denies"))], id="one article"),
        pytest.param(
            [
                worded("x", LIFTED, ("weiss", "asserts")),
                worded("y", "The siege of Zenda hasn’t been lifted", ("hale", "denies"), date="2031-05-20"),
            ],
            id="two articles",
        ),
    ],
)
def test_claims_of_the_same_words_contradict_each_other(articles: list[Extraction]) -> None:
    store = built(*articles)
    assert [q.object for q in store.match(None, KG.basis)] == [KG.SameWords]
    remove(store, ["x"])
    assert not any(store.match(None, KG.contradicts))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(worded("y", LIFTED, ("weiss", "denies")), id="one source"),
        pytest.param(worded("y", LIFTED, ("hale", "asserts")), id="one stance"),
        pytest.param(worded("y", LIFTED, ("hale", "declines_to_confirm")), id="no denial"),
        pytest.param(worded("y", LIFTED, ("hale", "denies"), date="2032-05-03"), id="a year later"),
        pytest.param(worded("y", LIFTED, ("hale", "denies"), speech_act="Demand"), id="a demand"),
        pytest.param(worded("y", "that the lifted siege had been of Zenda", ("hale", "denies")), id="another order"),
        pytest.param(worded("y", "lifted", ("hale", "denies")), id="too little"),
    ],
)
def test_other_words_sources_or_times_contradict_nothing(other: Extraction) -> None:
    assert not any(built(worded("x", LIFTED, ("weiss", "asserts")), other).match(None, KG.contradicts))


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        pytest.param("the siege of Zenda had been lifted", True, id="all of its words"),
        pytest.param("the siege of Zenda had been lifted by tanks", False, id="a word more"),
        pytest.param("the siege lifted", False, id="too few"),
    ],
)
def test_a_denial_repeats_a_part_of_an_assertion_in_the_same_article(denied: str, expected: bool) -> None:
    asserted = "At last Zenda saw the siege lifted, and trade with the coast begin"
    text = f"{asserted}. {denied}."
    yes = Claim("c1", "weiss", ((0, len(asserted)),))
    no = Claim("c2", "hale", ((len(asserted) + 2, len(text) - 1),), "denies")
    told = Extraction(Article("x", text, "2031-05-03"), ACTORS, (), (), (yes, no))
    assert any(built(told).match(None, KG.contradicts)) is expected
    inside = replace(no, content=((8, 33),))
    assert not any(built(replace(told, claims=(yes, inside))).match(None, KG.contradicts)), "a denial that is quoted"


def named(article: Extraction, actor: str, name: str) -> Extraction:
    """The article with a mention of an actor by a name in its text."""
    start = article.article.text.index(name)
    mention = Mention(start, start + len(name))
    return replace(article, actors=tuple(replace(a, mentions=(mention,)) if a.id == actor else a for a in ACTORS))


@pytest.mark.parametrize(
    ("actor", "expected"), [pytest.param("guard", True, id="one actor"), pytest.param("russia", False, id="another")]
)
def test_a_name_stands_for_its_actor(actor: str, expected: bool) -> None:
    yes = named(worded("x", "that Blue Guard had been defeated", ("weiss", "asserts")), "guard", "Blue Guard")
    no = named(worded("y", "The Guards were not defeated", ("hale", "denies")), actor, "Guards")
    assert any(built(yes, no).match(None, KG.contradicts)) is expected


def test_names_alone_say_too_little() -> None:
    yes = named(worded("x", "Russia and Blue Guard", ("weiss", "asserts")), "guard", "Russia and Blue Guard")
    no = named(worded("y", "Russia and Blue Guard", ("hale", "denies")), "guard", "Russia and Blue Guard")
    assert not any(built(yes, no).match(None, KG.contradicts))


def test_an_assertion_with_a_negation_is_not_read_as_its_opposite() -> None:
    text = "that the siege of Zenda had not been lifted"
    assert not any(built(worded("x", text, ("weiss", "asserts"), ("hale", "denies"))).match(None, KG.contradicts))


def test_a_claim_that_a_person_found_wrong_contradicts_nothing() -> None:
    store = built(worded("x", LIFTED, ("weiss", "asserts"), ("hale", "denies")))
    denial = next(c.iri for c in store.view().claims() if c.stance == "denies")
    before = dump(store)
    mark_wrong(store, denial)
    assert not any(store.match(None, KG.contradicts))
    unmark_wrong(store, denial)
    assert dump(store) == before


def test_entailment_stands_between_propositions_that_are_spoken_of() -> None:
    narrow = article("x", "weiss", "asserts", "russia", "attacks", "douma")
    broad = article("y", "hale", "declines_to_confirm", "russia", "attacks", "syria")
    store = built(narrow, broad)
    (quad,) = store.match(None, KG.entails)
    assert quad.graph_name == store.graphs.propositions
    remove(store, ["y"])
    assert not any(store.match(None, KG.entails))


@pytest.mark.parametrize("entry", lexicon.load("en/outcomes"), ids=lambda e: e["stem"])
def test_an_outcome_is_in_its_example(entry: dict[str, str]) -> None:
    assert is_outcome(entry["example"])


def stand(**changes: Any) -> Stand:
    """An assertion of an event, said on a day; with ``changes``."""
    node = NamedNode("urn:x")
    return replace(Stand(node, node, False, node, "attacks", "x", "Statement", False, said=1000), **changes)


def test_score_falls_with_time_and_doubt() -> None:
    ids, denial = Ids(), stand(source=NamedNode("urn:y"), article="y", denies=True)
    same, near, far = (score(stand(said=said), denial, ids) for said in (1000, 990, 975))
    assert same == 1 > near > far >= 0.5
    assert score(stand(certain=False), denial, ids) == 0.7
    assert score(stand(proposition=NamedNode("urn:z")), denial, ids) == 0.9
    assert score(stand(proposition=NamedNode("urn:z")), denial, ids, stand_in=True) == 0.7
    assert score(stand(article="y", said=975), denial, ids) == 1
    assert score(stand(said=None), denial, ids) == 0.5
    assert score(stand(said=None, certain=False), denial, ids) == 0


@pytest.mark.parametrize(
    ("value", "days"), [("2031-12", 31), ("2032-02", 29), ("2031", 365), ("2031-05-03T10:00:00Z", 1)]
)
def test_span_of_dates(value: str, days: int) -> None:
    span = span_of(value)
    assert span is not None
    assert span[1] - span[0] + 1 == days


@pytest.mark.parametrize("value", [None, "", "lately", "-0044-03", "2031-13", "2031-02-30", "9999-12", "٢٠٣١"])
def test_what_is_no_date_has_no_span(value: str | None) -> None:
    assert span_of(value) is None


@st.composite
def speaking(draw: st.DrawFn, name: str) -> Extraction:
    """An article with several claims about few actors, so that many contradict each other."""
    things, who = st.sampled_from(["syria", "army", "guard", "douma"]), st.sampled_from(["russia", "army", "syria"])
    relation = st.sampled_from(["attacks", "opposes", "assists", "supports", "alliedWith", "memberOf"])
    days = st.sampled_from([None, "2031-05-01", "2031"])
    events = st.builds(
        Proposition, st.just("p"), who, relation, things, place=st.sampled_from([None, "douma", "raqqa"]),
        valid_from=days, valid_to=days,
    )  # fmt: skip
    propositions = tuple(replace(p, id=f"p{n}") for n, p in enumerate(draw(st.lists(events, min_size=1, max_size=3))))
    stated = st.lists(st.sampled_from([p.id for p in propositions]), max_size=2, unique=True).map(tuple)
    said = st.builds(
        Claim, st.just("c"), st.sampled_from(["weiss", "hale", "narrator"]), st.just(()),
        st.sampled_from(STANCES), propositions=stated,
        tense=st.sampled_from(["future", "non-future"]), disputes=st.sampled_from([None, "c0"]),
    )  # fmt: skip
    spans = st.sampled_from([((0, 25),), ((0, 4),)])
    claims = tuple(
        replace(c, id=f"c{n}", content=draw(spans), cue_span=((n, n + 1),), disputes=c.disputes if n else None)
        for n, c in enumerate(draw(st.lists(said, min_size=1, max_size=4)))
    )
    date = draw(st.sampled_from([None, "2031-05-03", "2031-05-20", "2033-01"]))
    return Extraction(Article(name, "The long siege was lifted.", date), ACTORS, (), propositions, claims)


three = st.tuples(*(speaking(name) for name in "xyz"))


@given(three)
@settings(max_examples=25, deadline=None)
def test_contradictions_do_not_depend_on_order_and_go_with_their_articles(articles: tuple[Extraction, ...]) -> None:
    expected = dump(built(*articles))
    for order in (*permutations(articles),)[1::2]:
        store = open_store(":memory:")
        for each in order:
            with store.writer() as writer:
                writer.write(each)
            merge(store)
        assert dump(store) == expected
    remove(store, ["y"])
    assert dump(store) == dump(built(articles[0], articles[2]))
    reset(store)
    merge(store)
    assert dump(store) == dump(built(articles[0], articles[2]))


@given(three)
@settings(max_examples=25, deadline=None)
def test_a_proposition_is_contested_if_and_only_if_a_contradiction_contests_it(
    articles: tuple[Extraction, ...],
) -> None:
    store = built(*articles)
    marked = {q.subject for q in store.match(None, RDF.type, KG.ContestedProposition)}
    assert marked == {q.object for q in store.match(None, KG.contests)}
    for quad in store.match(None, KG.contradicts):
        sides = [NamedNode(str(term)[1:-1]) for term in (quad.subject, quad.object)]
        sources = [{q.object for q in store.match(side, KG.source)} for side in sides]
        assert sources[0] != sources[1]
