from __future__ import annotations

from typing import Any

import pytest

from kg.errors import KgError
from kg.merge import judge
from kg.view.explorer import CLAIMS, explorer
from kg.view.gather import Choice
from kg.view.segments import segments
from tests.view.sample import FIRST, SECOND, first, graph, in_words, second, span

Row = dict[str, Any]


def rows(data: dict[str, Any], name: str) -> list[Row]:
    return [dict(zip(data[name]["fields"], row, strict=True)) for row in data[name]["rows"]]


def data(choice: Choice | None = None, *, claims: int = CLAIMS) -> dict[str, Any]:
    return explorer(graph(first(), second()).view(), choice, claims=claims).data


def test_explorer_claims_lead_to_their_words() -> None:
    found = data()
    articles, actors, claims = (rows(found, name) for name in ("articles", "actors", "claims"))
    attack = next(c for c in claims if c["cue"] == "said")
    ((start, text),) = articles[attack["article"]]["text"]
    assert text == FIRST
    assert start == 0
    assert [text[slice(*attack[part])] for part in ("sourceSpans", "cueSpans", "spans")] == [
        "the army", "said", "Norvania attacked Estmar",
    ]  # fmt: skip
    assert actors[attack["source"]]["label"] == "army"


def test_explorer_propositions_join_actors_and_claims() -> None:
    found = data()
    actors, propositions, claims = (rows(found, name) for name in ("actors", "propositions", "claims"))
    attack = next(p for p in propositions if p["relation"] == "attacks")
    assert (actors[attack["subject"]]["label"], actors[attack["object"]]["label"]) == ("Norvania", "Estmar")
    stances = {found["stances"][c["stance"]] for c in claims if propositions.index(attack) in c["propositions"]}
    assert stances == {"asserts", "denies"}


def test_explorer_joins_claims_that_contradict_each_other() -> None:
    found = data()
    claims = rows(found, "claims")
    ((assertion, denial, basis, (proposition,)),) = found["contradictions"]["rows"]
    assert basis in found["bases"]
    assert found["propositions"]["rows"][proposition][2] == "attacks"
    assert [found["stances"][claims[i]["stance"]] for i in (assertion, denial)] == ["asserts", "denies"]


def test_explorer_joins_claims_that_contradict_each_other_about_no_proposition() -> None:
    found = explorer(graph(first(), in_words()).view()).data
    claims = rows(found, "claims")
    ((assertion, denial, basis, propositions),) = found["contradictions"]["rows"]
    assert (basis, propositions) == ("SameWords", [])
    assert [claims[i]["cue"] for i in (assertion, denial)] == ["said", "denied"]


def test_explorer_says_why_actors_are_one() -> None:
    found = data()
    actors = rows(found, "actors")
    merged = [d for d in rows(found, "decisions") if actors[d["actor"]]["label"] == "Norvania"]
    assert {d["article"] for d in merged} == {"one", "two"}
    assert all(d["same"] and d["reason"] for d in merged)


def test_explorer_places_the_actors_of_propositions_only() -> None:
    placed = {a["label"] for a in rows(data(), "actors") if a["drawn"]}
    assert placed == {"Norvania", "Estmar", "Coast Front"}


def test_explorer_keeps_to_dates_and_to_an_actor() -> None:
    assert [a["id"] for a in rows(data(Choice(until="2020")), "articles")] == ["one"]
    ego = data(Choice(actor="Coast Front"))
    assert {p["relation"] for p in rows(ego, "propositions")} == {"leads"}


def test_explorer_leaves_out_what_is_too_much_and_says_so() -> None:
    found = explorer(graph(first(), second()).view(), claims=2, characters=10)
    assert len(rows(found.data, "claims")) == 2
    assert "1 claim" in found.caption
    assert "only the sentences around its claims" in found.caption


def test_explorer_has_nothing_to_show() -> None:
    with pytest.raises(KgError, match="no proposition to draw"):
        explorer(graph().view())


def test_segments_are_the_sentences_around_spans() -> None:
    text = f"{SECOND} {'It rained all day in the hills. ' * 5}{FIRST}"
    assert segments(text, [span(text, "had attacked"), span(text, "attacked Estmar, the")]) == [
        (0, SECOND), (text.index(FIRST), "Norvania attacked Estmar, the army said."),
    ]  # fmt: skip
    assert segments(text, []) == []


def test_explorer_knows_who_a_merged_actor_has_become() -> None:
    store = graph(first(), second())
    kept, gone = (store.view().find(name)[0].iri for name in ("Estmar", "Norvania"))
    assert explorer(store.view()).data["former"]["rows"] == []
    judge(store, kept, gone, "same")
    found = explorer(store.view()).data
    ((former, heir),) = found["former"]["rows"]
    assert {former, found["actors"]["rows"][heir][0]} == {kept.rpartition("/")[2], gone.rpartition("/")[2]}


def test_explorer_tells_in_which_words_a_claim_says_a_proposition() -> None:
    found = data()
    propositions, verbs = rows(found, "propositions"), rows(found, "verbs")
    assert {(propositions[v["proposition"]]["relation"], v["words"]) for v in verbs} == {("attacks", "attacked")}
    assert len(verbs) == 2
