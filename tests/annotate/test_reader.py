"""The pure parts of the reader: sentences, looks, pairs, clusters, mentions; no weights are needed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.reader.antecedents import BACK, Candidates, antecedent_pairs, clusters
from kg.annotate.reader.features import DISTANCE, PAIR_FEATURES, Floats, Look, looks, pair_features
from kg.annotate.reader.heads import gelu, sigmoid, softmax
from kg.annotate.reader.labels import REACH, RELATED, STANCE, TYPES
from kg.annotate.reader.mentions import Found, gathered, heads_phrase, is_pronoun, one_head, overlap
from kg.annotate.reader.pairs import candidates
from kg.annotate.reader.reading import Reading, Window
from kg.annotate.reader.sentences import borders, sentence_of
from kg.annotate.reader.windows import Ints, Stream
from kg.records import ACTOR_TYPES, RELATIONS, STANCES, Span


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


# -- sentences


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Iran left. It lost.", ["Iran left. ", "It lost."]),
        ("“Is it over?” Iran asked. No!", ["“Is it over?” ", "Iran asked. ", "No!"]),
        ("A headline\n\nIran left.", ["A headline\n\n", "Iran left."]),
        ("Mr. Grant met Gen. Ruiz and J. Brandt.", ["Mr. Grant met Gen. Ruiz and J. Brandt."]),
        ("Prices rose by 1.5 percent, e.g. in Chad.", ["Prices rose by 1.5 percent, e.g. in Chad."]),
        ("", [""]),
    ],
)
def test_a_sentence_ends_at_its_stop_or_line_but_not_at_an_abbreviation(text: str, want: list[str]) -> None:
    cuts = [0, *borders(text), len(text)]
    assert [text[a:b] for a, b in pairwise(cuts)] == want


def test_a_sentence_begins_at_its_border() -> None:
    assert [sentence_of(at, [10, 20]) for at in (0, 9, 10, 19, 20, 99)] == [0, 0, 1, 1, 2, 2]


@given(st.text(st.sampled_from('ab AB.!?\n"”’('), max_size=80))
def test_borders_rise_and_stay_in_the_text(text: str) -> None:
    found = borders(text)
    assert found == sorted(set(found))
    assert all(0 < at <= len(text) for at in found)


# -- how two mentions look


def look(words: str, sentence: int = 0, *, quoted: bool = False) -> Look:
    return Look(words, sentence, quoted, opens=False)


@pytest.mark.parametrize(
    ("words", "plain", "head"),
    [
        ("The armed groups", "armed groups", "group"),
        ("the president of Chile", "president of chile", "president"),
        ("Turkey’s", "turkey", "turkey"),
        ("a spokesman, Peter Grant", "spokesman, peter grant", "spokesman"),
    ],
)
def test_the_head_of_a_mention_stands_before_its_first_preposition(words: str, plain: str, head: str) -> None:
    assert (look(words).plain, look(words).head) == (plain, head)


@pytest.mark.parametrize(
    ("words", "named", "plural", "pronoun"),
    [
        ("Maria Lopez", True, False, False),
        ("the rebels", False, True, False),
        ("The rebels", False, True, False),
        ("They", False, True, True),
        ("it", False, False, True),
        ("United Nations", True, False, False),
    ],
)
def test_a_look_tells_names_plurals_and_pronouns(words: str, *, named: bool, plural: bool, pronoun: bool) -> None:
    seen = look(words)
    assert (seen.named, seen.plural, bool(seen.pronoun)) == (named, plural, pronoun)


def test_looks_know_their_sentence_its_opening_and_quotations() -> None:
    text = "Iran left the room. “It may stay,” said Iran."
    quoted = np.zeros(len(text) + 1, bool)
    quoted[slice(*span(text, "It may stay"))] = True
    first, it, last = looks(text, [(0, 4), span(text, "It"), (len(text) - 5, len(text) - 1)], quoted)
    assert [(x.text, x.sentence, x.quoted, x.opens) for x in (first, it, last)] == [
        ("Iran", 0, False, True), ("It", 1, True, True), ("Iran", 1, False, False),
    ]  # fmt: skip


def features(later: Look, earlier: Look, *, speaks: bool = False) -> Floats:
    pair, first = np.array([[1, 0]]), np.zeros(1, np.int64)
    row: Floats = pair_features([earlier, later], pair, first, np.array([speaks]))[0]
    return row


def test_a_pair_has_its_features_even_where_nothing_is_earlier() -> None:
    nothing = np.zeros(0, np.int64)
    assert pair_features([], nothing.reshape(0, 2), nothing, nothing.astype(bool)).shape == (0, PAIR_FEATURES)
    assert features(look("he"), look("Peter Grant")).shape == (PAIR_FEATURES,)


@pytest.mark.parametrize(("away", "bucket"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (8, 4), (9, 5), (50, 5)])
def test_the_distance_in_sentences_falls_in_one_bucket(away: int, bucket: int) -> None:
    row = features(look("he", away), look("Peter Grant"))
    assert row[:6].tolist() == np.eye(6)[bucket].tolist()


@pytest.mark.parametrize(
    ("later", "earlier", "feature"),
    [
        ("the group", "The group", 18),
        ("the armed group", "this group", 19),
        ("Lopez", "Maria Lopez", 20),
        ("Maria Lopez", "Lopez", 21),
        ("NGC", "Northern Grain Council", 22),
        ("Northern Grain Council", "NGC", 22),
        ("Lopez of Chile", "Maria Lopez", 23),
        ("Peter Grant", "Maria Lopez", 24),
        ("he", "him", 27),
        ("he", "she", 28),
        ("they", "the rebels", 30),
        ("he", "Peter Grant", 32),
        ("Peter Grant", "he", 33),
    ],
)
def test_what_two_mentions_have_in_common_is_a_feature(later: str, earlier: str, feature: int) -> None:
    assert features(look(later), look(earlier))[feature] == 1


@pytest.mark.parametrize(
    ("later", "earlier", "feature"),
    [
        ("the group", "the army", 18),
        ("he", "he", 19),
        ("Grant", "Maria Lopez", 20),
        ("N", "Norway", 22),
        ("Maria Lopez", "Lopez", 24),
        ("he", "Peter Grant", 28),
        ("it", "the rebels", 30),
    ],
)
def test_what_they_do_not_have_in_common_is_none(later: str, earlier: str, feature: int) -> None:
    assert features(look(later), look(earlier))[feature] == 0


def test_a_pair_knows_whether_the_earlier_one_speaks() -> None:
    assert features(look("I"), look("Ana Ruiz"), speaks=True)[7] == 1
    assert features(look("I"), look("Ana Ruiz"))[7] == 0


# -- antecedents


def test_every_mention_is_compared_with_every_one_before_it() -> None:
    text = "Iran left. It lost. Iraq won."
    spans = [span(text, w) for w in ("Iran", "It", "Iraq")]
    pairs, rows = antecedent_pairs(text, spans, [None] * 3)
    assert pairs.tolist() == [[1, 0], [2, 0], [2, 1]]
    assert rows.shape == (3, PAIR_FEATURES)


def test_the_source_of_the_words_around_a_mention_is_marked() -> None:
    text = "Ana Ruiz met Bo: “I won,” she said."
    spans = [span(text, w) for w in ("Ana Ruiz", "Bo", "I")]
    _, rows = antecedent_pairs(text, spans, [None, None, span(text, "Ana Ruiz")])
    assert rows[:, 7].tolist() == [0, 1, 0]


def test_one_mention_or_none_has_no_pairs() -> None:
    for spans in ([], [(0, 4)]):
        pairs, rows = antecedent_pairs("Iran left.", spans, [None] * len(spans))
        assert (pairs.shape, rows.shape) == ((0, 2), (0, PAIR_FEATURES))


def test_a_name_finds_its_last_mention_however_far_back() -> None:
    words = ["Zog", "Zog", *(f"w{n}" for n in range(BACK)), "Zog", "them"]
    text = " ".join(words)
    starts = [0, *(i + 1 for i, letter in enumerate(text) if letter == " ")]
    pairs, rows = antecedent_pairs(
        text, [(s, s + len(w)) for s, w in zip(starts, words, strict=True)], [None] * len(words)
    )
    again = BACK + 2
    (far,) = np.flatnonzero((pairs[:, 0] == again) & (pairs[:, 0] - pairs[:, 1] > BACK))
    assert pairs[far].tolist() == [again, 1]
    assert rows[far, DISTANCE] == pytest.approx(np.log1p(BACK + 1))
    assert (np.diff(pairs[:, 0]) >= 0).all()
    assert (pairs[:, 0] == again + 1).sum() == BACK


def candidates_of(keys: list[str | None], scores: dict[tuple[int, int], float], several: int = -1) -> Candidates:
    pairs: Ints = np.array(list(scores), np.int64).reshape(-1, 2)
    many = [i == several for i in range(len(keys))]
    return Candidates(keys, many, pairs, np.array(list(scores.values()), np.float32))


def clustered(keys: list[str | None], scores: dict[tuple[int, int], float], *, agree: bool = True) -> list[int]:
    return [number for (number,) in clusters(candidates_of(keys, scores), lambda _mention, _members: agree, 1)]


def test_a_mention_joins_the_cluster_whose_members_are_most_probable_together() -> None:
    assert clustered([None, None, None], {(1, 0): -1, (2, 0): 1, (2, 1): 3}) == [0, 1, 1]
    scores = {(1, 0): 2, (2, 0): -5, (2, 1): -5, (3, 0): 1, (3, 1): 1, (3, 2): 1.5}
    assert clustered([None] * 4, scores) == [0, 0, 1, 0]


def test_both_sides_are_a_mention_of_two_who_are_still_two() -> None:
    scores: dict[tuple[int, int], float] = {(2, 0): 1, (2, 1): -2, (3, 0): -9, (3, 1): 1, (3, 2): 1}
    found = clusters(candidates_of(["a1", "a2", None, None], scores, 2), lambda _mention, _members: True, 1)
    assert found == [(0,), (1,), (0, 1), (1,)]


def test_a_mention_of_several_with_one_antecedent_is_a_mention_of_one() -> None:
    assert clusters(candidates_of(["a1", None], {(1, 0): 1}, 1), lambda _m, _c: True, 1) == [(0,), (0,)]


def test_a_score_of_0_or_less_joins_nobody() -> None:
    assert clustered([None, None, None], {(1, 0): 0, (2, 0): -0.1, (2, 1): -5}) == [0, 1, 2]


def test_mentions_of_one_key_are_one_cluster_whatever_the_scores() -> None:
    assert clustered(["a1", None, "a1"], {(1, 0): -1, (2, 0): -9, (2, 1): -9}) == [0, 1, 0]


def test_a_known_name_takes_a_nameless_antecedent_along() -> None:
    assert clustered(["a1", None, "a1"], {(1, 0): -1, (2, 0): -9, (2, 1): 9}) == [0, 0, 0]
    assert clustered(["a1", None, "a1", None], {(2, 1): 9, (3, 1): 1}) == [0, 0, 0, 0]


def test_a_name_that_is_most_probably_itself_takes_nobody_else_along() -> None:
    assert clustered(["a1", None, "a1"], {(1, 0): -9, (2, 0): 9, (2, 1): 1}) == [0, 1, 0]


def test_who_is_introduced_by_a_name_is_seldom_who_was_described_before() -> None:
    for score, one in ((1, False), (3, True)):
        candidates = candidates_of([None, "a1"], {(1, 0): score})
        found = clusters(candidates, lambda _mention, _members: True, 1, introduced=np.exp(2))
        assert (found[0] == found[1]) is one


def test_two_names_are_one_only_where_nothing_keeps_them_apart() -> None:
    assert clustered(["a1", "a2"], {(1, 0): 9}, agree=False) == [0, 1]
    assert clustered(["a1", "a2", "a1", "a2"], {(1, 0): 9}) == [0, 0, 0, 0]
    assert clustered(["a1", None, "a2"], {(1, 0): 5, (2, 0): -9, (2, 1): 9}) == [0, 0, 0]


def test_a_key_may_join_a_cluster_that_has_none_yet() -> None:
    assert clustered([None, "a1", "a1"], {(1, 0): 2}) == [0, 0, 0]


def test_a_mention_that_does_not_agree_takes_the_next_best_that_does() -> None:
    three = candidates_of([None] * 3, {(1, 0): -1, (2, 0): 1, (2, 1): 3})
    assert clusters(three, lambda _mention, members: 1 not in members, 1) == [(0,), (1,), (0,)]
    assert clustered([None, None], {(1, 0): 9}, agree=False) == [0, 1]


@given(st.data())
def test_clusters_are_numbered_in_order_and_each_key_is_in_one(data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from([None, "a1", "a2", "a3"]), max_size=8))
    pairs = [(i, j) for i in range(len(keys)) for j in range(i)]
    scores = data.draw(st.lists(st.floats(-3, 3, width=32), min_size=len(pairs), max_size=len(pairs)))
    found = clustered(keys, dict(zip(pairs, scores, strict=True)))
    assert list(dict.fromkeys(found)) == list(range(len(set(found))))
    named = {(key, number) for key, number in zip(keys, found, strict=True) if key}
    assert len({key for key, _ in named}) == len(named)


# -- mentions


@pytest.mark.parametrize(
    ("name", "phrase", "heads"),
    [
        ("Ana Ruiz", "President Ana Ruiz", True),
        ("US", "the US", True),
        ("Turkey", "Turkey's", True),
        ("British", "British police", False),
        ("Ana Ruiz", "allies of Ana Ruiz", False),
        ("Ana Ruiz", "the mayor, Ana Ruiz", False),
        ("Ana Ruiz", "Ruiz", True),
        ("Northern Grain Council", "Grain", False),
    ],
)
def test_a_name_heads_the_phrase_that_it_ends(name: str, phrase: str, *, heads: bool) -> None:
    text = f"Then {phrase if phrase.find(name) >= 0 else name} left."
    assert heads_phrase(text, span(text, name), span(text, phrase)) is heads


def test_overlap_is_the_share_of_both_spans() -> None:
    assert overlap((0, 4), (0, 4)) == 1
    assert overlap((0, 4), (2, 6)) == pytest.approx(1 / 3)
    assert overlap((0, 4), (4, 6)) == 0


@pytest.mark.parametrize(("words", "want"), [("She", True), ("they", True), ("The group", False), ("IT", True)])
def test_is_pronoun(words: str, *, want: bool) -> None:
    assert is_pronoun(words, (0, len(words))) is want


def reading(text: str) -> Reading:
    """A reading of one window whose pieces are the words, without states."""
    import re

    words = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    starts, ends = (np.array(x, np.int64) for x in zip(*words, strict=True))
    zeros = np.zeros(len(words), np.int64)
    pieces = Stream(zeros, zeros, zeros, starts, ends, zeros.astype(bool))
    states = np.zeros((len(words) + 2, 4), np.float32)
    return Reading([], [], pieces, [Window(0, len(words), 0, states[1:-1], states)])


def test_a_span_is_located_by_the_rows_of_its_pieces_and_quoted_back() -> None:
    text = "Then President Ana Ruiz left."
    found = reading(text)
    at = found.locate(span(text, "Ana Ruiz"))
    assert at == (0, 3, 4)
    assert found.characters(found.windows[0], 3, 4) == span(text, "Ana Ruiz")
    assert found.locate((len(text) + 3, len(text) + 5)) is None


def gather(text: str, spots: list[str], names: dict[str, str], sources: list[str]) -> list[tuple[str, str | None]]:
    seen = reading(text)
    found = [Found(span(text, w), seen.locate(span(text, w)) or (0, 0, 0), 0.9) for w in spots]
    named = [(span(text, words), key, True) for words, key in names.items()]
    out = gathered(text, seen, found, named, [span(text, w) for w in sources])
    assert [f.span for f in out] == sorted(f.span for f in out)
    return [(text[slice(*f.span)], f.key) for f in out]


@pytest.mark.parametrize(
    ("inner", "outer", "one"),
    [
        ("officials", "two officials from Chad", True),
        ("two officials", "two officials from Chad", True),
        ("old regime", "the old regime in this war", True),
        ("regime", "the old regime", True),
        ("war", "the old regime in this war", False),
        ("Ruiz", "allies of Ruiz", False),
    ],
)
def test_a_phrase_has_one_head_with_or_without_what_surrounds_it(inner: str, outer: str, *, one: bool) -> None:
    text = f"Then {outer} left."
    assert one_head(text, span(text, inner), span(text, outer)) is one


def test_a_name_gives_its_key_to_the_phrase_that_it_heads() -> None:
    text = "Then President Ana Ruiz met the British police."
    found = gather(text, ["President Ana Ruiz", "the British police"], {"Ana Ruiz": "a1", "British": "a2"}, [])
    assert found == [("President Ana Ruiz", "a1"), ("the British police", None), ("British", "a2")]
    both = gather(text, ["President Ana Ruiz", "Ana Ruiz"], {"Ana Ruiz": "a1"}, [])
    assert both == [("President Ana Ruiz", "a1"), ("Ana Ruiz", "a1")]


def test_a_source_that_nobody_spotted_becomes_a_mention_and_one_that_was_does_not() -> None:
    text = "The spokesman said it, and two diplomats agreed."
    assert gather(text, ["spokesman"], {}, ["The spokesman", "two diplomats"]) == [
        ("spokesman", None), ("two diplomats", None),
    ]  # fmt: skip


# -- pairs


def test_candidates_are_ordered_pairs_within_a_sentence_and_a_window() -> None:
    text = "Iran bombed Iraq. Chad slept."
    spans = [span(text, w) for w in ("Iran", "Iraq", "Chad")]
    assert candidates(text, spans, [(0, 1, 1), (0, 3, 3), (0, 5, 5)]) == [(0, 1), (1, 0)]
    assert candidates(text, spans[:2], [(0, 1, 1), (1, 3, 3)]) == []


def test_candidates_stand_near_each_other_and_are_not_the_same_words() -> None:
    text = "Iran bombed Iraq."
    spans = [span(text, w) for w in ("Iran", "Iraq")]
    assert candidates(text, spans, [(0, 1, 1), (0, 2 + REACH, 2 + REACH)]) == []
    assert candidates(text, [spans[0], spans[0]], [(0, 1, 1), (0, 1, 1)]) == []


# -- the small functions and the labels


def test_labels_are_those_of_the_records() -> None:
    assert tuple(TYPES) == tuple(ACTOR_TYPES)
    assert tuple(STANCE) == tuple(STANCES)
    assert RELATED[0] == ""
    assert set(RELATED[1:]) == set(RELATIONS) - {"relatedTo"}


def test_softmax_and_sigmoid_are_probabilities_at_any_score() -> None:
    scores = np.array([[-1e4, 0, 1e4], [0, 0, 0]], np.float32)
    assert softmax(scores).sum(-1) == pytest.approx([1, 1])
    assert sigmoid(scores[0]) == pytest.approx([0, 0.5, 1], abs=1e-6)
    assert gelu(np.array([-10, 0, 10], np.float32)) == pytest.approx([0, 0, 10], abs=1e-3)
