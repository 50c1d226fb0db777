"""What goes in comes out: any articles, in any split over calls, folders and formats, make one graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import building as build
from kg.building import Tally
from kg.readers import read
from kg.records import Actor, Article, Claim, Extraction, Mention
from kg.store import Store, open_store
from tests.store.contract import dump

NAMES = {"Ruritania": "State", "Graustark": "State", "Anna Weiss": "Person"}
SENTENCES = [
    "Ruritania denied on Tuesday that it had shelled the valley.",
    "Graustark said that nobody had been hurt.",
    "Anna Weiss could not confirm the reports of a raid, which had spread from the capital in the night.",
    "Talks go on in Zenda, where the envoys of both have met for the third time in a week.",
]


def extracted(article: Article) -> Extraction:
    """Who is named in an article, and a claim of whoever is named first in each sentence; no model is needed."""
    text = article.text
    actors = tuple(
        Actor(f"a{n}", name, kind, (name,), mentions=(Mention(text.index(name), text.index(name) + len(name)),))
        for n, (name, kind) in enumerate(NAMES.items())
        if name in text
    )
    claims: list[Claim] = []
    for sentence in SENTENCES:
        source = next((actor.id for actor in actors if sentence.startswith(actor.name)), "narrator")
        if sentence in text:
            begin = text.index(sentence)
            stance = "denies" if "denied" in sentence else "asserts"
            claims.append(Claim(f"c{len(claims)}", source, ((begin, begin + len(sentence)),), stance))  # type: ignore[arg-type]
    return Extraction(article, actors, claims=tuple(claims), pipeline="ready")


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extractions come ready, as one pipeline would make them."""

    def ready(items: Iterable[object], tally: Tally, _settings: object) -> Iterator[Extraction]:
        for article in build.readable(items, tally):  # type: ignore[arg-type]
            tally.articles += 1
            yield extracted(article)

    monkeypatch.setattr(build, "extractions", ready)
    monkeypatch.setattr("kg.annotate.pipeline.version_of", lambda *_: "ready")


texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True).map(" ".join)
fields = st.fixed_dictionaries(
    {"text": texts},
    optional={
        "publisher": st.sampled_from(["The Star", "The Courier"]),
        "date": st.sampled_from(["2031-05-02", "3 May 2031", "2031-05-03T10:00:00Z", "lately"]),
        "url": st.sampled_from(["https://star.example/1", "https://courier.example/1"]),
        "title": st.sampled_from(["Shelling denied", "A raid in the night"]),
    },
)
places = st.tuples(st.integers(0, 2), st.sampled_from(["a", "b", "b/c"]), st.sampled_from([".txt", ".json", ".jsonl"]))


def laid_out(given: list[tuple[dict[str, str], tuple[int, str, str]]], folder: Path) -> list[Path]:
    """One folder a call, with the articles in the files and formats that were drawn for them."""
    for n, (article, (call, under, ending)) in enumerate(given):
        home = folder / str(call) / under
        home.mkdir(parents=True, exist_ok=True)
        if ending == ".txt" and len(article) == 1:
            (home / f"{n}.txt").write_text(article["text"] + "\n", "utf-8")
        elif ending == ".json":
            (home / f"{n}.json").write_text(json.dumps(article, indent=1), "utf-8")
        else:
            with (home / "all.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(article) + "\n")
    return sorted(path for path in folder.iterdir())


def graph_of(calls: list[Path]) -> tuple[Store, Tally]:
    """The graph of one build a call, and what all of them did."""
    store, tally = open_store(":memory:"), Tally()
    for call in calls:
        list(build.build(store, read([call]), tally))
    return store, tally


@given(st.lists(st.tuples(fields, places), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_split_over_calls_folders_and_formats_gives_one_graph(
    given: list[tuple[dict[str, str], tuple[int, str, str]]],
) -> None:
    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        several, tally = graph_of(laid_out(given, Path(first)))
        at_once, _ = graph_of(laid_out([(article, (0, "", ".jsonl")) for article, _ in given], Path(second)))
    assert dump(several) == dump(at_once)
    different = {json.dumps(article, sort_keys=True) for article, _ in given}
    assert len(at_once.view().articles()) == len(different)
    assert tally.added == len(different)
    assert tally.added + tally.unchanged == len(given)
    assert not tally.problems


@given(st.lists(fields, min_size=1, max_size=5))
@settings(max_examples=30, deadline=None)
def test_nothing_that_was_given_is_missing(given: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        store, _ = graph_of(laid_out([(article, (0, "", ".jsonl")) for article in given], Path(folder)))
    view = store.view()
    found = [(view.text(a.id), a.publisher, a.title, a.url, a.date or a.stated_date) for a in view.articles()]
    dates = {"3 May 2031": "2031-05-03"}
    for article in given:
        date = dates.get(article.get("date", ""), article.get("date"))
        assert (article["text"], article.get("publisher"), article.get("title"), article.get("url"), date) in found
