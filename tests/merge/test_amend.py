"""Judgements on a merged graph: only what they touch is derived anew, and what comes out is what merging all gives."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.merge import judge, mark_wrong, merge, rejoin, reset, unjudge, unmark_wrong, unmerge
from kg.merge.merger import Merger
from kg.records import Extraction, Mention
from kg.store import Store
from kg.vocab import KG
from tests.merge.saying import ACTORS, article, built
from tests.store.contract import dump

RELATIONS = ("attacks", "supports", "assists", "alliedWith", "memberOf", "opposes")


def said(seed: int, count: int = 6) -> list[Extraction]:
    """Articles in each of which one of the actors says something of two others; names stand in the text."""
    rng = random.Random(seed)  # noqa: S311  (a fixed seed)
    return [named(rng, f"a{n}", rng.choice(("and", f"a{n}"))) for n in range(count)]


def named(rng: random.Random, name: str, between: str) -> Extraction:
    """An article whose text is the names of the actors; those with the same word ``between`` them are copies."""
    source, subject, object_ = (actor.id for actor in rng.sample(ACTORS, 3))
    stance, relation = rng.choice(("asserts", "asserts", "denies")), rng.choice(RELATIONS)
    place = rng.choice((None, "douma", "raqqa"))
    found = article(name, source, stance, subject, relation, object_, event={"place": place})
    text = f" {between} ".join(actor.name for actor in ACTORS) + " met."
    spans = {actor.id: (text.index(actor.name), text.index(actor.name) + len(actor.name)) for actor in ACTORS}
    actors = tuple(replace(actor, mentions=(Mention(*spans[actor.id]),)) for actor in ACTORS)
    wide = replace(found.claims[0], content=((0, len(text)),))
    other = replace(wide, id="c2", source=subject, stance=rng.choice(("asserts", "denies")), disputes="c1")
    claims = (wide, replace(other, propositions=rng.choice(((), ("p1",)))))
    return replace(found, article=replace(found.article, text=text), actors=actors, claims=claims)


def anew(store: Store) -> list[str]:
    """The graph as merging all of it gives it, people's judgements kept."""
    reset(store)
    merge(store)
    return dump(store)


def locals_of(store: Store) -> list[str]:
    return sorted(local for actor in store.view().actors() for local in actor.local)


@given(st.integers(0, 40), st.data())
@settings(max_examples=12, deadline=None)
def test_judgements_on_whomever_are_as_merging_all_and_can_be_taken_back(seed: int, data: st.DataObject) -> None:
    store = built(*said(seed))
    start, count = dump(store), len(store.view().claims())
    known = [*locals_of(store), *(actor.iri for actor in store.view().actors())]
    left, right = data.draw(st.lists(st.sampled_from(known), min_size=2, max_size=2, unique=True))
    verdict = data.draw(st.sampled_from(("same", "same", "different")))
    alone = data.draw(st.sampled_from(locals_of(store)))
    claim = data.draw(st.sampled_from([claim.iri for claim in store.view().claims()]))
    unmerge(store, alone)
    mark_wrong(store, claim)
    between = dump(store)
    if not {left, right} <= {actor.iri for actor in store.view().actors()} | set(locals_of(store)):
        return
    try:
        iri = judge(store, left, right, verdict).iri  # type: ignore[arg-type]
    except StoreError:
        return  # one actor by item or name
    after = dump(store)
    assert len(store.view().claims()) == count, "no claim is lost"
    assert anew(store) == after
    unjudge(store, iri)
    assert dump(store) == between
    unmark_wrong(store, claim)
    rejoin(store, alone)
    assert dump(store) == start


def settled(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the articles that are settled from now on."""
    found: list[str] = []
    settle = Merger.settle

    def noted(self: Merger, article: str, identity: object) -> bool:
        found.append(article)
        return settle(self, article, identity)  # type: ignore[arg-type]

    monkeypatch.setattr(Merger, "settle", noted)
    assert store
    return found


def test_parting_one_article_leaves_the_others_that_know_the_actor_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)  # noqa: S311  (a fixed seed)
    store = built(*(named(rng, f"a{n}", f"a{n}") for n in range(8)))
    (local,) = [each for each in locals_of(store) if "/a3/" in each and each.endswith("/syria")]
    found = settled(store, monkeypatch)
    unmerge(store, local)
    assert found == ["a3"]
    rejoin(store, local)
    assert found == ["a3", "a3"]


def test_what_an_article_says_of_others_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = built(*said(2, 4))
    described: set[str] = set()
    match = type(store).match

    def noted(self: Store, subject: object = None, predicate: object = None, *rest: object) -> object:
        if predicate == KG.localForm:
            described.add(str(subject).rpartition("/")[2].rstrip(">"))
        return match(self, subject, predicate, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "match", noted)
    judge(store, "Q858", "Q159", "same")
    assert described <= {"syria", "russia"}
