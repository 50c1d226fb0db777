"""The measures of ``kg evaluate``: what counts as right, worked out by hand on readings of our own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from spacy.language import Language

from kg.cli.evaluate import command
from kg.errors import PipelineError, ReadError
from kg.evaluate import markup
from kg.evaluate.align import align
from kg.evaluate.baselines import attributions
from kg.evaluate.calibration import calibration, thresholds
from kg.evaluate.gold import Gold, gold_of, read_gold
from kg.evaluate.measures import MEASURES, measure
from kg.evaluate.reading import Reading
from kg.evaluate.run import read, unread
from kg.evaluate.words import Words, mention_kind
from kg.records import Actor, Extraction, Mention, Proposition

ENTRY = {
    "id": "two-voices",
    "text": (
        "[Brega](brega) said {[its](brega) soldiers never shelled [Tamir](tamir)}(c1). "
        "[Tamir](tamir) insisted {that [they](brega) had}(c2)."
    ),
    "actors": {"brega": "State", "tamir": "State"},
    "claims": {"c1": "brega said, denies", "c2": "tamir insisted"},
    "positions": ["brega attacks tamir @ shelled", "brega attacks tamir @ had, c2"],
}


@pytest.fixture(scope="module")
def gold() -> Gold:
    return gold_of(markup.article(ENTRY))


def reading(nlp: Language, gold: Gold, **changes: Any) -> Reading:
    """The gold as if it had been found, with changes."""
    with nlp.select_pipes(disable=[p for p in nlp.pipe_names if p.startswith("kg_")]):
        return Reading(gold, nlp(gold.text), replace(gold.extraction, **changes))


@pytest.mark.model
@pytest.mark.parametrize("name", MEASURES)
def test_what_is_annotated_scores_one_against_itself(name: str, nlp: Language, gold: Gold) -> None:
    figures = measure(name, [reading(nlp, gold)])["figures"]
    expected = {k: 0.0 if k in ("wikidata", "declines_to_confirm") else 1.0 for k in figures}
    assert {k: row["f1"] for k, row in figures.items()} == expected


@pytest.mark.model
@pytest.mark.parametrize("name", MEASURES)
def test_nothing_found_scores_nothing(name: str, nlp: Language, gold: Gold) -> None:
    empty = Reading(gold, reading(nlp, gold).doc, Extraction(gold.extraction.article))
    report = measure(name, [empty])
    assert all(row["r"] == 0 for k, row in report["figures"].items() if k != "b-cubed")


@pytest.mark.model
def test_a_denial_read_as_an_assertion_is_inverted(nlp: Language, gold: Gold) -> None:
    claims = tuple(replace(c, stance="asserts") for c in gold.extraction.claims)
    wrong = reading(nlp, gold, claims=claims)
    relations, stance = (measure(name, [wrong]) for name in ("relations", "stance"))
    assert relations["counts"]["inverted"] == 1
    assert relations["figures"]["positions"]["right"] == 1
    assert relations["figures"]["edges"]["f1"] == 1.0
    assert stance["counts"] == {"opposite claims": 1, "opposite positions": 1}
    assert stance["confusion"] == {"asserts as asserts": 1, "denies as asserts": 1}


@pytest.mark.model
def test_a_claim_of_another_source_has_the_right_content_only(nlp: Language, gold: Gold) -> None:
    claims = tuple(replace(c, source="tamir") for c in gold.extraction.claims)
    figures = measure("claims", [reading(nlp, gold, claims=claims)])["figures"]
    assert (figures["claims"]["right"], figures["claims+source"]["right"], figures["denials"]["right"]) == (2, 1, 0)


@pytest.mark.model
def test_a_relation_of_the_same_sign_is_right_but_for_its_name(nlp: Language, gold: Gold) -> None:
    propositions = tuple(replace(p, relation="coerces") for p in gold.extraction.propositions)
    report = measure("relations", [reading(nlp, gold, propositions=propositions)])
    assert report["figures"]["positions"]["f1"] == 1.0
    assert report["figures"]["positions, exact"]["f1"] == 0.0
    assert report["by"]["relation"]["coerces"] == {
        "p": 0.0, "r": 0.0, "f1": 0.0, "right": 0, "found": 2, "gold": 0,
    }  # fmt: skip


@pytest.mark.model
def test_slices_say_how_and_how_far(nlp: Language, gold: Gold) -> None:
    by = measure("relations", [reading(nlp, gold)])["by"]
    assert by["stance"]["denies"]["right"] == 1
    assert set(by["source"]) == {"somebody"}
    assert by["construction"]["active verb"]["gold"] >= 1
    assert {" 0-3 words"} <= set(by["distance"]) <= {" 0-3 words", " 4-8 words"}


@pytest.mark.model
def test_an_actor_in_two_halves_is_forgiven_apart(nlp: Language, gold: Gold) -> None:
    brega, tamir = gold.extraction.actors
    halves = (replace(brega, mentions=brega.mentions[:1]), replace(brega, id="b2", mentions=brega.mentions[1:]), tamir)
    said = Proposition("p1", "b2", "attacks", "tamir")
    split = reading(nlp, gold, actors=halves, propositions=(said,))
    figures = measure("relations", [split])["figures"]
    assert figures["edges, splits forgiven"]["f1"] == 1.0
    who = measure("coreference", [split])["figures"]
    assert who["b-cubed"]["p"] == 1.0
    assert who["b-cubed"]["r"] < 1.0
    assert who["links"]["r"] < who["links"]["p"] == 1.0


def test_actors_are_aligned_by_mentions_before_names(gold: Gold) -> None:
    article = gold.extraction.article
    misnamed = Actor("x", "Tamir", "State", ("Tamir",), mentions=(Mention(0, 5), Mention(11, 14)))
    named = Actor("y", "Tamir", "State", ("Tamir",), mentions=(Mention(37, 42),))
    assert align(gold.extraction, Extraction(article, (misnamed, named))) == {"x": "brega", "y": "tamir"}


def test_calibration_weighs_the_distance_of_confidence_and_share_right() -> None:
    report = calibration([(0.9, True), (0.9, False), (0.1, False), (0.1, False)])
    assert report["n"] == 4
    assert report["ece"] == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
    assert report["brier"] == pytest.approx((0.01 + 0.81 + 0.01 + 0.01) / 4)
    assert [(b["from"], b["n"], b["right"]) for b in report["table"]] == [(0.1, 2, 0.0), (0.9, 2, 0.5)]


def test_calibration_of_nothing_is_nothing() -> None:
    assert calibration([]) == {"n": 0, "ece": 0.0, "brier": 0.0, "table": []}


def test_thresholds_say_what_is_left_and_how_good_it_is() -> None:
    rows = thresholds([(0.95, True), (0.5, True), (0.5, False)], gold=4)
    assert [(r["from"], r["found"], r["right"], r["r"]) for r in rows] == [(0.0, 3, 2, 0.5), (0.6, 1, 1, 0.25)]


def test_a_naive_reading_of_attributions() -> None:
    text = "It rained. The harbour was shut, Anna Holm said on Monday. Nobody came."
    (found,) = attributions(text)
    words = [[text[s:e].strip() for s, e in part] for part in (found.source, found.cue, found.content)]
    assert words == [["Anna Holm"], ["said"], ["The harbour was shut, Anna Holm"]]


@pytest.mark.model
def test_intervals_hold_the_figure(nlp: Language, gold: Gold) -> None:
    wrong = reading(nlp, gold, propositions=())
    report = measure("relations", [reading(nlp, gold), wrong], bootstrap=50)
    low, high = report["figures"]["positions"]["interval"]
    assert low <= report["figures"]["positions"]["f1"] <= high
    assert (low, high) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("They", "pronoun"),
        ("whose", "pronoun"),
        ("Kyiv", "name"),
        ("the rebels", "description"),
        ("a EU aide", "description"),
    ],
)
def test_kind_of_a_mention(words: str, kind: str) -> None:
    assert mention_kind(words) == kind


def test_words_between_two_spans() -> None:
    words = Words("one two three four")
    assert words.between((0, 3), (14, 18)) == 2
    assert words.between((14, 18), (0, 3)) == 2
    assert words.between((0, 7), (4, 13)) == 0


def test_gold_is_read_from_a_folder_a_list_and_lines(tmp_path: Path) -> None:
    article = markup.article(ENTRY)
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(article), "utf-8")
    (tmp_path / "list.json").write_text(json.dumps([article, article]), "utf-8")
    (tmp_path / "lines.jsonl").write_text(json.dumps(article) + "\n\n", "utf-8")
    assert [len(read_gold(tmp_path / p)) for p in ("gold", "list.json", "lines.jsonl")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", '{"id": 1}\n', "needs an 'id' and a 'text'"),
        ("a.jsonl", "{}\n{oops\n", "line 2: not valid JSON"),
        ("a.json", "[]", "no annotated articles"),
    ],
)
def test_bad_gold_is_named(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(ReadError, match=message):
        read_gold(tmp_path / name)


def test_given_claims_know_no_stance(gold: Gold) -> None:
    claims = list(unread(gold))
    assert [(c.source, c.stance, c.propositions) for c in claims] == [
        ("brega", "asserts", ()),
        ("tamir", "asserts", ()),
    ]


@pytest.mark.model
def test_given_mentions_are_what_the_components_see(nlp: Language) -> None:
    (given,) = read(nlp, [markup.article(ENTRY)], given=True)
    assert {a.id for a in given.found.actors} <= {"brega", "tamir"}
    assert measure("coreference", [given])["figures"]["mentions"]["f1"] == 1.0


def test_given_mentions_need_the_component_that_they_follow() -> None:
    import spacy

    with pytest.raises(PipelineError, match="kg_coreference"):
        next(read(spacy.blank("en"), [], given=True))


@pytest.fixture(scope="module")
def gold_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text(json.dumps(markup.article(ENTRY)) + "\n", "utf-8")
    return path


@pytest.mark.model
@pytest.mark.parametrize("name", ["relations", "coreference"])
def test_command_prints_a_table(name: str, gold_file: Path) -> None:
    found = CliRunner().invoke(command, [name, "--gold", str(gold_file), "--bootstrap", "5"])
    assert found.exit_code == 0, found.output
    assert "1 articles" in found.output
    assert "baseline f1" in found.output
    assert "95 %" in found.output


@pytest.mark.model
def test_command_prints_json_with_mentions_given(gold_file: Path) -> None:
    found = CliRunner().invoke(command, ["relations", "--gold", str(gold_file), "--mentions", "gold", "--json"])
    report = json.loads(found.output)
    assert report["articles"] == 1
    assert {"figures", "by", "counts", "calibration", "baseline"} <= report.keys()


@pytest.mark.model
def test_attribution_is_scored_on_the_same_files(gold_file: Path) -> None:
    found = CliRunner().invoke(command, ["attribution", "--gold", str(gold_file), "--json"])
    report = json.loads(found.output)
    assert report["gold"] == 2
    assert {"calibration", "baseline"} <= report.keys()
