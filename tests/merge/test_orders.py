"""Names that are nearly alike: what merging makes of them depends on the set of articles, never on the way there."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.merge import judge, merge, remove, reset, update
from kg.records import Actor, Extraction
from kg.store import Store, open_store
from tests.bench.growing import SMALL, Generator, adding, filled
from tests.merge.samples import article, body, merged, person, state
from tests.store.contract import dump

ESTMAR = state("Estmar", "Q900012")
#: Forms of few names: slips, initials, surnames, acronyms, items, and types that disagree.
FORMS: tuple[Actor, ...] = (
    person("Marta Hallberg", "Hallberg"), person("Marta Hallberg"), person("Marta Hallbreg"), person("M. Hallberg"),
    person("Hallberg"), person("Marta J. Hallberg", of=ESTMAR.id), person("Mona Hallberg", "Hallberg"),
    person("Marta Hallberg", wikidata="Q900020"), body("Coast Grain Bank", "CGB"), body("CGB"),
    body("Coast Grian Bank"),
    body("Marta Hallberg"), body("Coast Grain", "CG"), body("Coast Bank", wikidata="Q900021"),
)  # fmt: skip


def a_dozen(seed: int) -> list[Extraction]:
    """Articles that each name two of the forms."""
    rng = random.Random(seed)  # noqa: S311  (a fixed seed)
    pairs = (rng.sample(FORMS, 2) for _ in range(12))
    return [article(f"x{n}", *{a.id: a for a in pair}.values(), ESTMAR) for n, pair in enumerate(pairs)]


def grown(articles: Sequence[Extraction]) -> Store:
    """A store that the articles came to one by one, each merged by itself."""
    store = open_store(":memory:")
    for extraction in articles:
        with store.writer() as writer:
            writer.write(extraction)
        update(store, [extraction.article.id])
    return store


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_random_orders_give_one_graph(seed: int) -> None:
    articles, rng = a_dozen(seed), random.Random(seed)  # noqa: S311  (a fixed seed)
    whole = dump(merged(articles))
    for _ in range(25):
        rng.shuffle(articles)
        assert dump(grown(articles)) == whole


@given(st.lists(st.sampled_from(FORMS), min_size=2, max_size=9), st.data())
@settings(max_examples=25, deadline=None)
def test_an_article_that_goes_leaves_what_was_without_it(forms: list[Actor], data: st.DataObject) -> None:
    articles = [article(f"x{n}", form, ESTMAR) for n, form in enumerate(forms)]
    gone = data.draw(st.integers(0, len(forms) - 1))
    store = merged(articles)
    with store.writer() as writer:
        writer.remove(f"x{gone}")
    update(store, [f"x{gone}"])
    assert dump(store) == dump(merged(articles[:gone] + articles[gone + 1 :]))


@given(st.integers(0, 3), st.lists(st.integers(1, 5), min_size=1, max_size=6), st.booleans())
@settings(max_examples=20, deadline=None)
def test_a_graph_that_is_kept_up_to_date_is_one_that_is_merged_at_once(seed: int, steps: list[int], gone: bool) -> None:
    articles, store, start = a_dozen(seed), open_store(":memory:"), 0
    for step in (*steps, 12):
        with store.writer() as writer:
            for each in articles[start : start + step]:
                writer.write(each)
            if gone and start:
                writer.write(article("x0", FORMS[seed]))
        start += step
        update(store)
    assert update(store) == 0, "nothing is left to do"
    kept = [article("x0", FORMS[seed]), *articles[1:]] if gone else articles
    assert dump(store) == dump(merged(kept))


def test_articles_may_go_all_at_once() -> None:
    empty = merged([])
    store = merged(a_dozen(1))
    remove(store, [f"x{n}" for n in range(12)])
    assert dump(store) == dump(empty)


@given(st.lists(st.sampled_from(FORMS), min_size=2, max_size=9))
@settings(max_examples=25, deadline=None)
def test_merging_is_idempotent_and_invertible(forms: list[Actor]) -> None:
    store = open_store(":memory:")
    with store.writer() as writer:
        for n, form in enumerate(forms):
            writer.write(article(f"x{n}", form, ESTMAR))
    evidence = dump(store)
    merge(store)
    once = dump(store)
    merge(store)
    assert dump(store) == once
    reset(store)
    assert dump(store) == evidence


@given(st.permutations(range(8)), st.sampled_from(["same", "different"]), st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_a_judgement_may_come_at_any_time(order: list[int], verdict: str, when: int) -> None:
    articles = [article(f"x{n}", form, ESTMAR) for n, form in enumerate((*FORMS[:6], FORMS[8], FORMS[10]))]
    ends = "person:marta hallberg", "person:marta hallbreg"
    late = merged(articles)
    judge(late, *ends, verdict)  # type: ignore[arg-type]
    store = grown([articles[i] for i in order[:when]])
    judge(store, *ends, verdict)  # type: ignore[arg-type]
    for i in order[when:]:
        with store.writer() as writer:
            writer.write(articles[i])
        update(store, [articles[i].article.id])
    assert dump(store) == dump(late)


def calls(work: Callable[[], object]) -> int:
    """How many functions ``work`` calls: its cost, whatever else the machine does."""
    found = Counter[str]()

    def count(_frame: FrameType, event: str, _of: object) -> None:
        found[event] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found["call"] + found["c_call"]


def test_one_more_article_costs_no_more_in_a_large_graph() -> None:
    """A tenth of what ``tests.bench.growing`` measures in seconds."""
    generator, further = Generator(), range(1_000_000, 1_000_015)
    small, large = (filled(generator, n) for n in (SMALL, 1_000))
    assert calls(lambda: adding(large, generator, further)) <= 1.3 * calls(lambda: adding(small, generator, further))
