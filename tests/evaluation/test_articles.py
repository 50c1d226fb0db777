"""The annotated articles are sound: spans, ids, names of things; and they are many and varied."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import Any

import pytest
import yaml

from kg.evaluate import markup
from kg.evaluate.gold import gold_of
from kg.evaluate.marks import MarkupError, unmark
from kg.records import ACTOR_TYPES, NARRATOR, RELATIONS, STANCES, SYMMETRIC
from tests.evaluation import gate

ARTICLES = markup.articles(gate.ARTICLES)
TRAPS = frozenset(markup.LOOKS) - {"plain", "nested"}


def spans(article: dict[str, Any]) -> list[list[int]]:
    """Every span of an article."""
    claims = (s for c in article["claims"] for k in ("content", "source_span", "cue_span") for s in c.get(k, ()))
    ends = (p[k] for p in article["positions"] for k in ("subject_span", "object_span", "trigger"))
    return [list(s) for s in chain(claims, ends, *(a["mentions"] for a in article["actors"]))]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["id"])
def test_article_is_sound(article: dict[str, Any]) -> None:
    text, actors = article["text"], {a["id"] for a in article["actors"]}
    for start, end in spans(article):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    for claim in article["claims"]:
        assert {claim["source"], *claim["via"]} <= actors | {NARRATOR}
        assert claim["stance"] in STANCES
        assert claim["content"]
    owners = {a["of"] for a in article["actors"] if a["of"]}
    assert owners <= actors, "an actor belongs to one that is not listed"
    assert article["look"] in markup.LOOKS
    assert article["style"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["id"])
def test_content_leaves_its_outer_quotation_marks_outside(article: dict[str, Any]) -> None:
    for claim in article["claims"]:
        for start, end in claim["content"]:
            words = article["text"][start:end]
            assert words.count('"') % 2 == 0 or words[0] != '"'
            assert not re.fullmatch(r'"[^"]*"', words)
            assert words[-1] not in ",;"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["id"])
def test_no_mark_is_left_in_the_text(article: dict[str, Any]) -> None:
    assert not re.search(r"[\[\]{}]|\]\(|\(c\d", article["text"])


def test_articles_are_many_and_a_third_are_traps() -> None:
    assert len(ARTICLES) >= 150
    assert len({a["id"] for a in ARTICLES}) == len(ARTICLES)
    assert 3 * sum(a["look"] in TRAPS for a in ARTICLES) >= len(ARTICLES)
    assert len({a["style"] for a in ARTICLES}) >= 12


def test_every_stance_type_and_kind_of_text_occurs() -> None:
    assert {p["stance"] for a in ARTICLES for p in a["positions"]} == set(STANCES)
    assert {x["type"] for a in ARTICLES for x in a["actors"]} == set(ACTOR_TYPES)
    assert {a["look"] for a in ARTICLES} == set(markup.LOOKS)


def test_every_relation_occurs() -> None:
    found = Counter(p["relation"] for a in ARTICLES for p in a["positions"])
    assert set(RELATIONS) - {"relatedTo"} - set(found) == set()


def test_positions_are_among_the_propositions_of_their_claims() -> None:
    for article in ARTICLES:
        held = {(c["source"], c["stance"], p) for c in article["claims"] for p in c["propositions"]}
        ids = {(p["subject"], p["relation"], p["object"]): p["id"] for p in article["propositions"]}
        sources = {c["id"]: c["source"] for c in article["claims"]}
        for p in article["positions"]:
            source = sources[p["claim"]] if p["claim"] else NARRATOR
            assert (source, p["stance"], ids[p["subject"], p["relation"], p["object"]]) in held


def test_articles_are_read_as_gold() -> None:
    for article in ARTICLES:
        gold = gold_of(article)
        assert len(gold.statements) == len(article["positions"])
        assert all(p.relation in RELATIONS for p in gold.extraction.propositions)


ENTRY = """
id: example
text: >-
  [[Syldavia](syl)'s king](king) denied {[he](king) had met [both rebels](red blue)}(c1). "{No}(c2)," [he](king) told
  [Reuters](reuters).
actors:
  syl: State
  king: Person of syl "Ottokar"
  red: Unnamed
  blue: Unnamed
  reuters: Outlet Q130879
claims:
  c1: king denied, denies
  c2: king told, denies, via reuters, when 2020-01-02
positions:
  - king consultsWith red @ met
  - king consultsWith blue @ met
"""


def read(**changes: Any) -> dict[str, Any]:
    return markup.article(yaml.safe_load(ENTRY) | changes)


def test_marks_become_spans() -> None:
    article = read()
    text = article["text"]
    assert text.startswith('Syldavia\'s king denied he had met both rebels. "No," he told')
    king = next(a for a in article["actors"] if a["id"] == "king")
    assert [text[s:e] for s, e in king["mentions"]] == ["Syldavia's king", "he", "he"]
    assert (king["name"], king["of"], king["names"]) == ("Ottokar", "syl", ["Syldavia's king"])
    first, second = article["claims"]
    assert (first["stance"], first["propositions"]) == ("denies", ["p1", "p2"])
    assert (second["via"], second["when"]) == (["reuters"], "2020-01-02")
    assert [text[s:e] for s, e in second["source_span"]] == ["he"]


def test_an_end_is_the_mention_in_the_same_sentence() -> None:
    spans = [p["subject_span"] for p in read()["positions"]]
    assert spans == [(23, 25), (23, 25)]


def test_a_claim_of_two_stances_is_two_claims_with_one_content() -> None:
    article = read(positions=["king consultsWith red @ met", "king consultsWith blue @ met, asserts"])
    both = [c for c in article["claims"] if c["content"] == article["claims"][0]["content"]]
    assert [(c["id"], c["stance"], c["propositions"]) for c in both] == [
        ("c1", "denies", ["p1"]),
        ("c1.2", "asserts", ["p2"]),
    ]


def test_what_is_outside_every_content_is_the_narrators() -> None:
    article = read(positions=["king memberOf syl @ king"], text=ENTRY_WITH_ONE_KING)
    narrated = [c for c in article["claims"] if c["source"] == NARRATOR]
    assert [(c["stance"], c["propositions"], c["content"]) for c in narrated] == [("asserts", ["p1"], [(0, 15)])]


ENTRY_WITH_ONE_KING = """[[Syldavia](syl)'s king](king) denied {it}(c1). {No}(c2), he told [Reuters](reuters)."""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"positions": ["king met red @ met"]}, "is not `subject relation object @ trigger`"),
        ({"positions": ["king attacks red @ hit"]}, "'hit' is not in the text"),
        ({"positions": ["king attacks red @ he"]}, "write he#2 for the second"),
        ({"positions": ["king attacks green @ met"]}, "no actor 'green'"),
        ({"positions": ["king attacks red @ met, c9"]}, "unknown claim or stance"),
        ({"claims": {"c1": "king denied, denies"}}, "contents without a claim"),
        ({"claims": {"c1": "king denied, perhaps", "c2": "king told"}}, "what is \\['perhaps'\\]"),
        ({"text": "[The king](king) said {no(c1)."}, "never closed"),
    ],
)
def test_what_does_not_fit_is_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(MarkupError, match=message) as error:
        read(**changes)
    assert str(error.value).startswith("example: ")


def test_unmark_nests() -> None:
    marked = unmark("{[A [B](b)](a) spoke}(c1)")
    assert (marked.text, marked.mentions, marked.contents) == (
        "A B spoke",
        {"b": [(2, 3)], "a": [(0, 3)]},
        {"c1": [(0, 9)]},
    )


def test_symmetric_relations_are_written_in_the_order_of_the_text() -> None:
    assert "consultsWith" in SYMMETRIC
    with pytest.raises(MarkupError, match="order of the text"):
        read(positions=["red consultsWith king @ met"])
