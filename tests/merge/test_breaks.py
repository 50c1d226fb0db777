"""What breaks off between two writes ends in the old state or in the new one, at the latest with the next merge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from pyoxigraph import Quad

from kg.merge import (
    judge,
    judgements,
    judging,
    mark_wrong,
    merge,
    rejoin,
    remove,
    reset,
    unjudge,
    unmark_wrong,
    unmerge,
    update,
)
from kg.merge.counting import counted
from kg.merge.resolve import Resolution
from kg.store import Store, open_store
from tests.merge.samples import article, body, claiming, labels, person, state, stored
from tests.rdf.samples import samples
from tests.store.contract import dump

Act = Callable[[Store], object]


class CutError(BaseException):
    """The power goes."""


class Breaking:
    """A store in memory that fails before the write with that number, and counts the writes."""

    def __init__(self, quads: Iterable[Quad], monkeypatch: pytest.MonkeyPatch, at: int = 10**9) -> None:
        self.store, self.writes, self.at = open_store(":memory:"), 0, at
        self.store.apply(add=quads)
        self._apply = self.store.apply
        self._patch = monkeypatch.context()
        self._patch.__enter__().setattr(self.store, "apply", self._counted)

    def _counted(self, remove: Iterable[Quad] = (), add: Iterable[Quad] = ()) -> None:
        if self.writes >= self.at:
            raise CutError
        self.writes += 1
        self._apply(remove, add)

    def mended(self) -> Store:
        self._patch.__exit__(None, None, None)
        return self.store


def story() -> list[Quad]:
    """A merged graph with several bearers of a name, claims and a judgement."""
    iran, syria, weiss = state("Iran", "Q794"), state("Syria", "Q858"), person("Anna Weiss", "Weiss")
    other = article("m8", person("Ben Stone"))
    several = [
        claiming(
            article(f"m{n}", weiss, iran, syria, body("River Guard", "RGP")), iran, "attacks", syria, stance, weiss
        )
        for n, stance in enumerate(("asserts", "denies", "asserts"))
    ]
    store = stored([*samples(), *several, other])
    merge(store)
    judge(store, "body:river guard", "Q794", "different")
    mark_wrong(store, next(iter(store.view().each_claim())).iri)
    return list(store.match())


STORY = story()


def _fresh() -> Store:
    store = open_store(":memory:")
    store.apply(add=STORY)
    return store


def _local(store: Store) -> str:
    return max(store.view().actors(), key=lambda actor: len(actor.local)).local[0]


def _claim(store: Store) -> str:
    return sorted(claim.iri for claim in store.view().each_claim() if claim.propositions)[0]


def _people(store: Store) -> tuple[str, str]:
    one, other = sorted(actor.iri for actor in store.view().actors() if actor.type == "Person")[:2]
    return one, other


def _rejoin(store: Store) -> None:
    rejoin(store, _local(_fresh()))


ACTS: dict[str, Act] = {
    "unmerge": lambda store: unmerge(store, _local(store)),
    "judge": lambda store: judge(store, *_people(store), "same"),
    "unjudge": lambda store: unjudge(store, judgements(store)[0].iri),
    "mark wrong": lambda store: mark_wrong(store, _claim(store)),
    "unmark wrong": lambda store: unmark_wrong(store, next(iter(_marked(store)))),
    "remove": lambda store: remove(store, ["m1", "m2"]),
    "reset": reset,
    "reset, judgements too": lambda store: reset(store, judgements=True),
}


def _marked(store: Store) -> list[str]:
    from kg.merge import wrong_claims

    return sorted(wrong_claims(store))


@pytest.mark.parametrize("most", [judging.MOST, 0], ids=["as one", "in steps"])
@pytest.mark.parametrize("name", [*ACTS, "rejoin"])
def test_an_act_that_breaks_off_is_done_or_not(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    base, act = STORY, ACTS.get(name, _rejoin)
    if name == "rejoin":
        parted = _fresh()
        ACTS["unmerge"](parted)
        base = list(parted.match())
    monkeypatch.setattr(judging, "MOST", most)
    whole = Breaking(base, monkeypatch)
    merge(whole.store)
    states = [dump(whole.store)]
    whole.writes = 0
    act(whole.store)
    writes = whole.writes
    merge(whole.mended())
    states.append(dump(whole.store))
    assert writes
    assert most == 0 or "reset" in name or writes == 1
    for at in range(writes):
        broken = Breaking(base, monkeypatch, at)
        with pytest.raises(CutError):
            act(broken.store)
        merge(broken.mended())
        if name == "remove" and most == 0:  # of many articles each goes by itself
            remove(broken.store, {"m1", "m2"} & {found.id for found in broken.store.view().articles()})
        assert dump(broken.store) in states, f"{name} broken before write {at}"


def test_a_merge_that_breaks_off_is_ended_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = _fresh()
    reset(bare)
    base = list(bare.match())
    whole = Breaking(base, monkeypatch)
    merge(whole.store)
    wanted = dump(whole.store)
    assert whole.writes > 6
    for at in range(whole.writes):
        broken = Breaking(base, monkeypatch, at)
        with pytest.raises(CutError):
            merge(broken.store)
        merge(broken.mended())
        assert dump(broken.store) == wanted, at


def test_an_article_that_cannot_be_merged_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [article(name, person(f"Anna Weiss {name}")) for name in "abc"]
    begin = Resolution.claims_graph

    def failing(resolution: Resolution) -> object:
        if resolution.extraction.article.id == "b":
            raise ZeroDivisionError("odd")
        return begin(resolution)

    store = stored(found)
    with monkeypatch.context() as patch:
        patch.setattr(Resolution, "claims_graph", failing)
        report = merge(store)
    (said,) = report.problems
    assert said.startswith("article 'b' cannot be merged (ZeroDivisionError: odd).")
    assert (report.articles, len(labels(store))) == (2, 2)
    problems: list[str] = []
    assert update(store, problems=problems) == 1, "it is tried again"
    assert not problems
    straight = stored(found)
    merge(straight)
    assert dump(store) == dump(straight)


def test_an_article_that_cannot_be_counted_is_found_among_many(monkeypatch: pytest.MonkeyPatch) -> None:

    def failing(extraction: object, **options: object) -> object:
        if extraction.article.id == "m5":  # type: ignore[attr-defined]
            raise ValueError("odd")
        return counted(extraction, **options)  # type: ignore[arg-type]

    store = stored([article(f"m{n}", person("Anna Weiss")) for n in range(9)])
    monkeypatch.setattr("kg.merge.merger.counted", failing)
    report = merge(store)
    assert [said.split("'")[1] for said in report.problems] == ["m5"]
    assert report.articles == 8


@pytest.mark.parametrize("date", ["15 April 2018", "٢٠١٨-04-15", "0000-00-00", "99999", "-5000-01-01", "20180415"])
def test_an_odd_date_stops_no_merging(date: str) -> None:
    one, other = person("Sergey Ivanchenko"), person("Sergei Ivanchenko")
    found = [replace(article("a", one), article=replace(article("a", one).article, date=date))]
    found += [article(name, other, date="2018-04-15") for name in "bcd"]
    store = stored(found)
    assert merge(store).problems == ()
    assert len([label for label in labels(store) if "Ivanchenko" in label]) == 1
