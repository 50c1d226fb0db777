"""What ``kg.build`` takes from the graph, and what it leaves there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from kg import building as build
from kg.annotate.pipeline import version_of
from kg.building import Settings, Tally
from kg.records import Article, Extraction
from kg.store import Store, open_store
from tests.merge.samples import article, merged, person
from tests.store.contract import dump

MADE = {
    f"x{n}": article(f"x{n}", person(name), date="2031-05-03")
    for n, name in enumerate(("Marta Hallberg", "Marta Hallbreg", "Ivo Harrow", "I. Harrow", "Marta Hallberg"))
}


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extractions come ready from ``MADE``, as the default pipeline would make them."""
    settings = Settings()
    version = version_of(settings.pipeline, settings.gazetteer)

    def ready(articles: Iterable[Article], tally: Tally, _settings: Settings) -> Iterator[Extraction]:
        for each in articles:
            tally.articles += 1
            yield replace(MADE[each.id], article=each, pipeline=version)

    monkeypatch.setattr(build, "extractions", ready)


def built(store: Store, *articles: Article) -> Tally:
    """What a run over the articles did."""
    tally = Tally()
    list(build.build(store, articles, tally))
    return tally


def test_articles_in_parts_and_again_give_one_graph() -> None:
    articles = [each.article for each in MADE.values()]
    whole, parts = open_store(":memory:"), open_store(":memory:")
    built(whole, *articles)
    for each in (*articles[::-1], *articles):
        built(parts, each)
    assert dump(parts) == dump(whole)
    settings = Settings()
    version = version_of(settings.pipeline, settings.gazetteer)
    assert dump(whole) == dump(merged(replace(each, pipeline=version) for each in MADE.values()))


def test_what_is_there_is_not_read_again_unless_it_differs() -> None:
    store, (first, *_) = open_store(":memory:"), (each.article for each in MADE.values())
    assert built(store, first).articles == 1
    assert (built(store, first).articles, built(store, first).unchanged) == (0, 1)
    for changed in (replace(first, text=f"{first.text} "), replace(first, date=None), replace(first, title="A title")):
        assert built(store, changed).articles == 1
        assert built(store, changed).unchanged == 1
