"""Annotated articles as the heads' examples: what each head is to say."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from kg.annotate.reader.decode import TAGS
from kg.annotate.reader.encoder import FOLDER
from kg.annotate.reader.features import PAIR_FEATURES
from kg.annotate.reader.labels import RELATED, STANCE, TYPES
from kg.annotate.reader.windows import WINDOW
from kg.train.reading import Example, Pairs, example
from tests.train.articles import TEXT, article, span


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(FOLDER / "tokenizer.json"))


@pytest.fixture
def found(tokenizer: Tokenizer) -> Example:
    return example(article(), tokenizer, WINDOW)


def words(found: Example, first: int, last: int) -> str:
    """The text of pieces of the first window; pieces count from [CLS]."""
    return TEXT[found.pieces.starts[first - 1] : found.pieces.ends[last - 1]]


def test_one_short_article_is_one_window_around_its_pieces(found: Example) -> None:
    assert found.windows == [(0, len(found.pieces))]
    assert len(found.inputs[0]["ids"]) == len(found.pieces) + 2 == len(found.tags[0])


def test_tags_mark_source_cue_and_content_and_nothing_else(found: Example) -> None:
    tagged = {
        role: [i for i, tag in enumerate(found.tags[0]) if TAGS[tag][2:] == role]
        for role in ("source", "cue", "content")
    }
    assert [words(found, rows[0], rows[-1]) for rows in tagged.values()] == [
        "Kenya",
        "denied",
        "Uganda had attacked Somalia",
    ]
    assert all(TAGS[found.tags[0][rows[0]]].startswith("B-") for rows in tagged.values())
    assert not found.inner[0].any()


def test_a_nested_claim_is_tagged_on_its_own_layer(tokenizer: Tokenizer) -> None:
    doc = article()
    doc["claims"][0]["nested_in"] = "c0"
    found = example(doc, tokenizer, WINDOW)
    assert found.inner[0].any()
    assert not found.tags[0].any()


def test_mentions_have_their_pieces_types_and_clusters(found: Example) -> None:
    texts = [words(found, first, last) for _, first, last, _ in found.mentions.tolist()]
    assert texts == ["Kenya", "Uganda", "Somalia", "It", "Chad", "Uganda"]
    assert [TEXT[s:e] for s, e in found.spans] == texts
    assert {TYPES[kind] for kind in found.mentions[:, 3].tolist()} == {"State"}
    assert found.clusters.tolist() == [[0], [1], [2], [0], [3], [1]]
    assert found.gold.all()


def test_every_pair_of_mentions_may_be_an_antecedent(found: Example) -> None:
    assert len(found.antecedents) == 6 * 5 / 2
    assert found.features.shape == (15, PAIR_FEATURES)
    assert all(later > earlier for later, earlier in found.antecedents.tolist())


def test_names_that_the_annotation_passed_over_are_mentions_of_no_type(tokenizer: Tokenizer) -> None:
    doc = article()
    chad = doc["actors"].pop()
    doc["positions"].pop()
    known, passed = tuple(span("Kenya")), tuple(span("Chad"))
    found = example(doc, tokenizer, WINDOW, extra=[(passed, chad["id"]), (known, "kenya")])  # type: ignore[list-item]
    (row,) = [i for i, gold in enumerate(found.gold) if not gold]
    assert found.spans[row] == passed
    assert found.mentions[row, 3] == -1


def labelled(found: Example) -> tuple[Pairs, dict[tuple[str, str], int]]:
    """The pairs of the first window, and which row is that of which words."""
    pairs = found.pairs[0]
    assert pairs is not None
    return pairs, {(words(found, a, b), words(found, c, d)): i for i, (a, b, c, d) in enumerate(pairs.pieces.tolist())}


def test_a_position_labels_its_pair_with_relation_stance_owner_and_trigger(found: Example) -> None:
    pairs, at = labelled(found)
    row = at["Uganda", "Somalia"]
    assert RELATED[pairs.relation[row]] == "attacks"
    assert STANCE[pairs.stance[row]] == "denies"
    assert pairs.own[row] == 1
    (where,) = pairs.trigger[row].nonzero()[0]
    assert words(found, where, where) == "attacked"


def test_the_other_direction_is_no_relation_unless_it_is_symmetric(found: Example) -> None:
    pairs, at = labelled(found)
    assert pairs.relation[at["Somalia", "Uganda"]] == 0
    assert pairs.stance[at["Somalia", "Uganda"]] == -100
    assert RELATED[pairs.relation[at["It", "Chad"]]] == RELATED[pairs.relation[at["Chad", "It"]]] == "consultsWith"


def test_outside_every_content_nobody_is_asked_whose_it_is(found: Example) -> None:
    pairs, at = labelled(found)
    assert pairs.own[at["It", "Chad"]] == -1


def test_mentions_of_one_actor_and_of_two_sentences_are_no_pair(found: Example) -> None:
    _, at = labelled(found)
    assert ("Kenya", "It") not in at
    assert ("Somalia", "Chad") not in at


def test_a_claim_has_its_regions_and_its_stance(found: Example) -> None:
    regions, stances = found.claims[0]
    assert [STANCE[s] for s in stances.tolist()] == ["denies"]
    rows = [[i for i, r in enumerate(regions[0].tolist()) if r == number] for number in range(4)]
    assert [words(found, r[0], r[-1]) for r in rows[:3]] == ["Kenya", "denied", "Uganda had attacked Somalia"]
    assert {0, len(regions[0]) - 1} <= set(rows[3])


def test_an_article_without_anything_is_an_example_of_nothing(tokenizer: Tokenizer) -> None:
    found = example({"text": "It rained.", "actors": [], "claims": [], "positions": []}, tokenizer, WINDOW)
    assert not found.tags[0].any()
    assert len(found.mentions) == len(found.antecedents) == 0
    assert found.pairs == [None]


def test_only_the_first_windows_of_a_long_article_are_kept(tokenizer: Tokenizer) -> None:
    doc = article()
    doc["text"] += "\n\nIt rained." * 500
    assert len(example(doc, tokenizer, 64, most=2).windows) == 2
