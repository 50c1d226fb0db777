"""Attribution: windows, quotation states, decoding, nesting, and the component over the reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate import layers
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.component import Attributor
from kg.annotate.attribution.nesting import nested
from kg.annotate.attribution.quotes import kind, quotation_spans, signatures, trim
from kg.annotate.pipeline import DEFAULT_PIPELINE
from kg.annotate.reader.decode import Scores, best_path, decode, spans
from kg.annotate.reader.encoder import Encoder, available, shipped
from kg.annotate.reader.windows import INSIDE, OUTSIDE, WINDOW, quotation_states, stream, windows

weights = pytest.mark.skipif(not available(), reason="the encoder's weights are not installed")
TEXTS = st.text(st.sampled_from("ab .,:\n\"“”’'«»—\u00a0Aé!?"), max_size=200)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“One,” he said.", ["“One,”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("«Un» et «deux»", ["«Un»", "«deux»"]),
        ("“Open to the end", ["“Open to the end"]),
        ("“First paragraph.\n\n“Second paragraph.”", ["“First paragraph.", "“Second paragraph.”"]),
        ("A stray” mark", []),
    ],
)
def test_quotation_spans(text: str, want: list[str]) -> None:
    assert [text[s:e] for s, e in quotation_spans(text)] == want


def test_what_follows_a_mark_that_is_never_closed_has_its_own_state() -> None:
    text = "“A.\n\n“B.\n\nC."
    assert [text[i] for i in np.flatnonzero(quotation_states(text, unclosed=OUTSIDE) == INSIDE)] == ["A", "."]


@given(TEXTS)
def test_quotation_spans_are_ordered_and_within_the_text(text: str) -> None:
    found = quotation_spans(text)
    assert all(0 <= s < e <= len(text) for s, e in found)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“All of it,”", "All of it"),
        ("for years,", "for years"),
        ("called it “a mess”", "called it “a mess”"),
        ("“One” and “two”", "“One” and “two”"),
        ("“Never closed,", "Never closed"),
        ("left the U.S.", "left the U.S."),
        ("the rebels’", "the rebels’"),
        ("—", ""),
    ],
)
def test_trim(text: str, want: str) -> None:
    start, end = trim(text, (0, len(text)))
    assert text[start:end] == want


@pytest.mark.parametrize(
    ("text", "want"), [("“All of it”", "direct"), ("some “of it”", "mixed"), ("none of it", "indirect")]
)
def test_kind(text: str, want: str) -> None:
    assert kind(text, (trim(text, (0, len(text))),)) == want


def test_best_path_never_starts_inside_a_span() -> None:
    scores = np.zeros((4, 7), np.float32)
    scores[:, 6] = 5
    assert best_path(scores)[0] != 6


def test_spans_of_a_path() -> None:
    assert spans([1, 2, 0, 3, 5, 6, 6, 5]) == ([(0, 2)], [(3, 4)], [(4, 7), (7, 8)])


def _scores(tags: list[int]) -> Scores:
    """Scores of a window whose pieces surely have the tags, and all belong together."""
    pair = np.ones((len(tags), 2, 64), np.float32)
    return Scores(10 * np.eye(7, dtype=np.float32)[tags], pair, pair, np.zeros((2, 19), np.float32))


def test_decode_without_a_cue_finds_nothing() -> None:
    assert decode(_scores([0, 5, 6])) == []


def test_decode_links_source_and_content_to_their_cue() -> None:
    (found,) = decode(_scores([1, 2, 0, 3, 5, 6, 0]))
    assert (found.source, found.cue, found.content) == (((0, 2),), ((3, 4),), ((4, 6),))
    assert found.confidence > 0.9


@given(st.lists(st.lists(st.floats(-5, 5, width=32), min_size=7, max_size=7), min_size=1, max_size=5))
def test_best_path_is_the_best_of_all_allowed_paths(rows: list[list[float]]) -> None:
    scores = np.array(rows, np.float32)

    def total(path: Sequence[int]) -> float:
        return float(sum(scores[i, tag] for i, tag in enumerate(path)))

    def allowed(path: Sequence[int]) -> bool:
        return all(tag not in (2, 4, 6) or before in (tag - 1, tag) for before, tag in pairwise((0, *path)))

    best = max(total(path) for path in product(range(7), repeat=len(rows)) if allowed(path))
    found = best_path(scores)
    assert allowed(found)
    assert total(found) == pytest.approx(best, abs=1e-4)


def test_pairs_are_scored_like_in_training() -> None:
    torch = pytest.importorskip("torch", reason="needs the extra 'train'")
    from kg.train.model import Encoder as Trained

    torch.manual_seed(0)
    model, states = Trained().eval(), torch.randn(1, 9, 384)
    model.distance.data.normal_()
    with torch.inference_mode():
        want = torch.sigmoid(model.pairs(states)[0, :, 2:4].mean(1)).numpy()
        cue, member = (f(states)[0].reshape(9, 2, 64).numpy() for f in (model.cue, model.member))
    scores = Scores(np.zeros((9, 7), np.float32), cue, member, model.distance.detach().numpy())
    assert scores.chances([(2, 4)])[0] == pytest.approx(want, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("“We will stay as long as we must.” — Ann Lee\n", [("—", "Ann Lee")]),
        ('"They took it all from us."\n-- Omar al-Hadi, farmer', [("--", "Omar al-Hadi")]),
        ("“They took it all.” ― María de la Cruz.\n\nMore.", [("―", "María de la Cruz")]),
        ("“We will stay,” — Ann Lee said on Monday.", []),
        ("“They took it all from us” — and then they left.\n", []),
        ("He reads “The Wall” — Pink Floyd\n", []),
    ],
)
def test_signatures(text: str, want: list[tuple[str, str]]) -> None:
    assert [(text[slice(*dash)], text[slice(*name)]) for _, dash, name in signatures(text)] == want


@weights
def test_a_text_is_read_once_whether_begun_beside_or_not(encoder: Encoder) -> None:
    texts = [f"The minister said on day {i} that the bridge was closed.\n" for i in range(40)]
    for text in texts:
        encoder.start(text)
    ahead = [encoder.reading(text).attributions for text in texts]
    assert encoder.reading(texts[-1]) is encoder.reading(texts[-1])
    assert ahead == [encoder.reading(text).attributions for text in texts]
    assert all(len(found) == 1 for found in ahead)


@weights
def test_what_was_abandoned_can_be_read_again(encoder: Encoder) -> None:
    texts = [f"The minister said in year {i} that the bridge was closed.\n" for i in range(20)]
    for text in texts:
        encoder.start(text)
    encoder.abandon()
    assert all(len(encoder.reading(text).attributions) == 1 for text in texts)


@weights
def test_a_signed_quotation_is_a_claim_of_who_signs(encoder: Encoder) -> None:
    text = "Readers wrote to us.\n“The bridge should be closed at once.” ― Ann Lee\n“Nobody ever asked us.” ― Jo Ray\n"
    found = encoder.reading(text).attributions
    assert [text[slice(*a.source[0])] for a in found if a.source] == ["Ann Lee", "Jo Ray"]


def test_nested_links_the_smallest_holder() -> None:
    outer = Attribution(((0, 3),), ((4, 8),), ((9, 50),))
    middle = Attribution(((9, 12),), ((13, 17),), ((18, 50),))
    inner = Attribution((), ((18, 22),), ((23, 40),))
    stranger = Attribution((), ((60, 64),), ((65, 70),))
    nodes = nested([outer], [middle, inner, stranger])
    assert [n.parent for n in nodes] == [None, 0, 1]


@weights
def test_stream_offsets_quote_the_text(encoder: Encoder) -> None:
    text = "Turkey’s\u00a0army — “ready”.\n\nSecond."
    pieces = stream(encoder.tokenizer, text)
    assert text[pieces.starts[0] : pieces.ends[0]] == "Turkey"
    assert pieces.breaks.sum() == 1


@weights
@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_windows_cover_every_piece_once(text: str) -> None:
    pieces = stream(shipped().tokenizer, text * 8)
    covered = [i for s, e in windows(pieces, shipped().tokenizer) for i in range(s, e)]
    assert covered == sorted(set(covered))
    assert all(pieces.breaks[i] for i in set(range(len(pieces))) - set(covered))
    assert all(e - s <= WINDOW - 2 for s, e in windows(pieces, shipped().tokenizer))


@weights
@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_encoder_never_fails_and_stays_in_the_text(text: str) -> None:
    for found in shipped().reading(text).attributions:
        assert found.content
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)


@weights
@pytest.mark.model
def test_same_claims_in_any_order(nlp: Language) -> None:
    texts = ["The king said the war was over.", "Rebels denied that they had fled.", "It rained."]
    component = Attributor(Encoder())

    def run(order: list[str]) -> dict[str, list[dict[str, object]]]:
        return {t: [c.to_dict() for c in layers.claims(component(nlp.make_doc(t) if not t else nlp(t)))] for t in order}

    assert run(texts) == run(texts[::-1])


@weights
@pytest.mark.model
def test_same_claims_in_any_batch_order_and_process() -> None:
    texts = [
        "The king said the war was over. “We won,” he told the crowd.",
        "Rebels denied that they had fled, according to the radio.",
        "It rained.",
        "",
        "Aid workers say the road is closed.\n\n“It is too dangerous,” said one. “We are waiting.”",
    ]
    nlp = spacy.load(DEFAULT_PIPELINE)
    nlp.add_pipe("kg_attribution")

    def run(order: list[str], batch_size: int, n_process: int = 1) -> dict[str, str]:
        docs = nlp.pipe(order, batch_size=batch_size, n_process=n_process)
        return {d.text: json.dumps([c.to_dict() for c in layers.claims(d)]) for d in docs}

    want = run(texts, batch_size=1)
    assert sum(len(json.loads(v)) for v in want.values()) >= 5
    assert run(texts, batch_size=5) == want
    assert run(texts[::-1], batch_size=2) == want
    assert run(texts, batch_size=2, n_process=2) == want


@weights
@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "...", "Said.", "\u00a0“\n", "says says says", "—:—"])
def test_the_component_takes_any_text(text: str, nlp: Language) -> None:
    for claim in layers.claims(Attributor(shipped())(nlp.make_doc(text))):
        assert all(0 <= s < e <= len(text) for s, e in (*claim.source_span, *claim.cue_span, *claim.content))


@weights
@pytest.mark.model
def test_predict_leaves_the_doc_as_it_is_and_set_annotations_writes_it(nlp: Language) -> None:
    component, doc = Attributor(shipped()), nlp.make_doc("The king said the war was over.")
    scores = component.predict(doc)
    assert layers.claims(doc) == []
    component.set_annotations(doc, scores)
    (claim,) = layers.claims(doc)
    assert (claim.id, claim.cue, claim.source, claim.stance) == ("c1", "said", None, "asserts")


_MEMORY = """
import resource, spacy
def megabytes(): return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 2**20
nlp = spacy.load({pipeline!r})
text = "The minister said that the talks in the capital had failed. " * 200
nlp(text)
bare = megabytes()
nlp.add_pipe("kg_attribution")
nlp(text)
print(megabytes() - bare)
"""


@weights
@pytest.mark.model
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_the_encoder_needs_at_most_250_megabytes() -> None:
    code = _MEMORY.format(pipeline=DEFAULT_PIPELINE)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(run.stdout) < 250
