"""The explorer after judgements: what did not change is not read again, and what comes out is as if all were."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.merge import judge, judgements, mark_wrong, merge, rejoin, unjudge, unmark_wrong, unmerge, wrong_claims
from kg.serve.explorer import page_data
from kg.store import Store
from kg.store.claims import claims_of
from kg.store.noted import Noted
from kg.view import snapshot
from kg.view.parts import Parts
from tests.merge.saying import built
from tests.merge.test_amend import said
from tests.view.sample import first, second


def page(store: Store, parts: Parts | None = None) -> bytes:
    return page_data(store.view(), name="g", writable=True, parts=parts)


def change(store: Store, data: st.DataObject) -> None:
    """One of the corrections that the page offers, of whatever there is."""
    actors = store.view().actors()
    locals_ = sorted(local for actor in actors for local in actor.local)
    known = [*locals_, *(actor.iri for actor in actors)]
    act = data.draw(st.sampled_from(("judge", "unmerge", "rejoin", "mark", "unmark", "unjudge")))
    if act == "judge":
        left, right = data.draw(st.lists(st.sampled_from(known), min_size=2, max_size=2, unique=True))
        judge(store, left, right, data.draw(st.sampled_from(("same", "different"))))
    elif act in {"unmerge", "rejoin"}:
        {"unmerge": unmerge, "rejoin": rejoin}[act](store, data.draw(st.sampled_from(locals_)))
    elif act == "mark":
        mark_wrong(store, data.draw(st.sampled_from([claim.iri for claim in store.view().claims()])))
    elif act == "unmark" and wrong_claims(store):
        unmark_wrong(store, data.draw(st.sampled_from(sorted(wrong_claims(store)))))
    elif act == "unjudge" and judgements(store):
        unjudge(store, data.draw(st.sampled_from([judgement.iri for judgement in judgements(store)])))


@given(st.integers(0, 40), st.data())
@settings(max_examples=25, deadline=None)
def test_a_row_of_judgements_leaves_the_page_as_a_fresh_one(seed: int, data: st.DataObject) -> None:
    store, parts = built(*said(seed)), Parts()
    page(store, parts)
    for _ in range(data.draw(st.integers(1, 5))):
        noted = Noted(store)
        try:
            change(noted, data)
        except StoreError:
            continue  # the two are one actor by item or name
        assert noted.touched is not None
        parts.forget(noted.touched)
        assert page(store, parts) == page(store)


def sample() -> Store:
    return built(first(), second())


def test_only_the_claims_of_the_article_that_changed_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store, parts, read = sample(), Parts(), list[str]()
    page(store, parts)

    def noted_claims(store: Store, article: str, labels: dict[str, str]) -> object:
        read.append(article)
        return claims_of(store, article, labels)

    monkeypatch.setattr(snapshot, "claims_of", noted_claims)
    noted = Noted(store)
    mark_wrong(noted, next(claim.iri for claim in store.view().claims() if claim.article == "two"))
    parts.forget(noted.touched or ())
    page(store, parts)
    assert read == ["two"]


def test_whoever_changes_evidence_or_sends_an_update_is_not_followed() -> None:
    noted = Noted(sample())
    noted.update("DELETE WHERE { ?s kg:nothing ?o }")
    assert noted.touched is None
    noted = Noted(sample())
    with noted.writer() as writer:
        writer.remove("two")
    merge(noted)
    assert noted.touched is None
