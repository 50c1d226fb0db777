"""kg_stance: what it makes of the heads' scores, and what holds of any text.

How many sentences it reads rightly is measured in ``tests/golden``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.reader.encoder import available, shipped
from kg.annotate.spans import coordinated
from kg.annotate.stance.component import Scores, StanceReader
from kg.annotate.stance.joint import each_source, shared_out
from kg.records import Actor, Article, Claim, Mention, Proposition, Span
from tests.golden.judges import extract, parsed

pytestmark = pytest.mark.skipif(not available(), reason="the reader's weights are not installed")

ASSERTS, DENIES, DECLINES = (np.full(3, 0.05, np.float32) + 0.85 * np.eye(3, dtype=np.float32)[i] for i in range(3))
OWN, NARRATED = 0.99, 0.01
TEXT = "Uganda denied reports that Kenya had attacked Somalia and armed Ghana."


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def claim(text: str, number: int, source: str, cue: str, content: str, nested_in: str | None = None) -> Claim:  # noqa: PLR0917
    return Claim(
        id=f"c{number}", source=source, content=(span(text, content),), cue=cue, cue_span=(span(text, cue),),
        source_span=(span(text, source),), nested_in=nested_in,
    )  # fmt: skip


def proposition(text: str, number: int, subject: str, relation: str, object_: str, trigger: str) -> Proposition:  # noqa: PLR0917
    return Proposition(
        f"p{number}", subject, relation, object_, span(text, trigger), span(text, trigger), predicate=trigger
    )


def stanced(
    nlp: Language, text: str, claims: list[tuple[Claim, Any]], stated: list[tuple[Proposition, Any, float]]
) -> list[Claim]:
    """The claims that come of claims with their stances, and propositions with theirs and whose they are."""
    return layers.claims(_doc(nlp, text, claims, stated))


def _doc(
    nlp: Language, text: str, claims: list[tuple[Claim, Any]], stated: list[tuple[Proposition, Any, float]]
) -> Doc:
    doc = parsed(nlp, text)
    layers.set_article(doc, Article("t", text, date="2014-12-03"))
    layers.set_claims(doc, [c for c, _ in claims])
    layers.set_propositions(doc, [p for p, _, _ in stated])
    layers.set_stances(doc, {p.id: (tuple(chance.tolist()), own) for p, chance, own in stated})
    StanceReader(shipped()).set_annotations(doc, Scores({c.id: chance for c, chance in claims}, {}))
    return doc


def told(claims: list[Claim]) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(c.source, c.stance, c.propositions) for c in claims]


SAID = "Uganda said that Kenya had attacked Somalia and armed Ghana."
CLAIM = claim(SAID, 1, "Uganda", "said", "Kenya had attacked Somalia and armed Ghana")
ATTACK = proposition(SAID, 1, "Kenya", "attacks", "Somalia", "attacked")
ARMS = proposition(SAID, 2, "Kenya", "assists", "Ghana", "armed")


@pytest.mark.model
@pytest.mark.parametrize(
    ("chance", "stance"), [(ASSERTS, "asserts"), (DENIES, "denies"), (DECLINES, "declines_to_confirm")]
)
def test_a_claim_takes_its_most_probable_stance_on_what_its_source_says(
    nlp: Language, chance: Any, stance: str
) -> None:
    assert told(stanced(nlp, SAID, [(CLAIM, chance)], [])) == [("Uganda", stance, ())]
    found = stanced(nlp, SAID, [(CLAIM, chance)], [(ATTACK, chance, OWN)])
    assert told(found) == [("Uganda", stance, ("p1",))]


@pytest.mark.model
def test_the_stance_on_a_proposition_is_that_of_its_words_and_its_claim_together(nlp: Language) -> None:
    unsure = np.array([0.45, 0.5, 0.05], np.float32)
    assert told(stanced(nlp, SAID, [(CLAIM, ASSERTS)], [(ATTACK, unsure, OWN)])) == [("Uganda", "asserts", ("p1",))]
    assert told(stanced(nlp, SAID, [(CLAIM, unsure)], [(ATTACK, DENIES, OWN)])) == [("Uganda", "denies", ("p1",))]


@pytest.mark.model
def test_two_stances_in_one_content_are_two_claims_with_that_content(nlp: Language) -> None:
    one, two = stanced(nlp, SAID, [(CLAIM, ASSERTS)], [(ATTACK, ASSERTS, OWN), (ARMS, DENIES * DENIES, OWN)])
    assert {one.stance, two.stance} == {"asserts", "denies"}
    assert {one.propositions, two.propositions} == {("p1",), ("p2",)}
    assert one.id != two.id
    assert (one.content, one.source, one.cue) == (two.content, two.source, two.cue)


@pytest.mark.model
def test_what_is_not_the_sources_own_and_what_nobody_says_is_the_narrators(nlp: Language) -> None:
    found = stanced(nlp, SAID, [(CLAIM, ASSERTS)], [(ATTACK, DENIES, NARRATED), (ARMS, ASSERTS, OWN)])
    assert sorted(told(found), key=str) == [("Uganda", "asserts", ("p2",)), ("narrator", "denies", ("p1",))]
    assert told(stanced(nlp, SAID, [], [(ATTACK, ASSERTS, OWN)])) == [("narrator", "asserts", ("p1",))]


OUTER = claim(TEXT, 1, "Uganda", "denied", "reports that Kenya had attacked Somalia and armed Ghana")
INNER = replace(
    claim(TEXT, 2, "Uganda", "reports", "Kenya had attacked Somalia and armed Ghana", "c1"),
    source="unspecified", source_span=(),
)  # fmt: skip


@pytest.mark.model
def test_who_denies_a_report_denies_what_it_says_and_disputes_it(nlp: Language) -> None:
    attack = proposition(TEXT, 1, "Kenya", "attacks", "Somalia", "attacked")
    found = stanced(nlp, TEXT, [(OUTER, DENIES), (INNER, ASSERTS)], [(attack, ASSERTS, OWN)])
    assert sorted(told(found)) == [("Uganda", "denies", ("p1",)), ("unspecified", "asserts", ("p1",))]
    disputes = {c.source: c.disputes for c in found}
    assert disputes == {"Uganda": "c2", "unspecified": None}


@pytest.mark.model
def test_who_passes_a_report_on_takes_no_position_on_what_it_says(nlp: Language) -> None:
    attack = proposition(TEXT, 1, "Kenya", "attacks", "Somalia", "attacked")
    found = stanced(nlp, TEXT, [(OUTER, ASSERTS), (INNER, ASSERTS)], [(attack, ASSERTS, OWN)])
    assert sorted(told(found)) == [("Uganda", "asserts", ()), ("unspecified", "asserts", ("p1",))]


@pytest.mark.model
@pytest.mark.parametrize(("date", "when"), [("2014-12-03", "2014-12-02"), (None, None)])
def test_the_day_of_the_saying(nlp: Language, date: str | None, when: str | None) -> None:
    found = extract(nlp, "On Tuesday, Kenya denied that it had attacked Somalia.", date)
    assert {c.when for c in found.claims if c.source != "narrator"} == {when}


@pytest.mark.model
def test_speech_act_and_tense_are_the_cues_and_the_contents(nlp: Language) -> None:
    text = "Kenya promised that it would help Somalia."
    (found,) = stanced(nlp, text, [(claim(text, 1, "Kenya", "promised", "it would help Somalia"), ASSERTS)], [])
    assert (found.speech_act, found.tense) == ("Promise", "future")


@pytest.mark.model
def test_a_statement_that_denies_is_a_denial(nlp: Language) -> None:
    (found,) = stanced(nlp, SAID, [(CLAIM, DENIES)], [])
    assert found.speech_act == "Denial"


# -- two who speak together


@pytest.mark.parametrize(
    ("phrase", "names", "sources"),
    [
        ("Iran and Russia", ["Iran", "Russia"], ["Iran", "Russia"]),
        ("Iran, Iraq and Russia", ["Iran", "Iraq", "Russia"], ["Iran", "Iraq", "Russia"]),
        ("Both Iran and Russia", ["Iran", "Russia"], ["Iran", "Russia"]),
        ("The envoy of Iran and Russia", ["Iran", "Russia"], ["whole"]),
        ("Iran", ["Iran"], ["whole"]),
    ],
)
def test_a_list_of_sources_is_a_claim_of_each(phrase: str, names: list[str], sources: list[str]) -> None:
    text = f"{phrase} said so."
    mentions = [(*span(text, name), name) for name in names]
    found = each_source(text, mentions, replace(claim(text, 1, phrase, "said", "so"), source="whole"))
    assert [c.source for c in found] == sources
    assert len({c.id for c in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Iran, Iraq and Russia said so.", ["Iran", "Iraq", "Russia"]),
        ("Told by Iran, which heard it from Iraq, Russia said so.", ["Iraq"]),
    ],
)
def test_those_who_share_a_cue_stand_in_one_list(text: str, listed: list[str]) -> None:
    first, *others = (span(text, name) for name in ("Iraq", "Iran", "Russia"))
    assert [text[slice(*s)] for s in coordinated(text, first, others)] == listed


def test_each_of_several_sources_makes_the_claim() -> None:
    text = "Iran and Russia said so."
    mentions = [(*span(text, name), name) for name in ("Iran", "Russia")]
    spans = tuple(span(text, name) for name in ("Iran", "Russia"))
    shared = replace(claim(text, 1, "Iran", "said", "so"), source="Iran", source_span=spans)
    assert [c.source for c in each_source(text, mentions, shared)] == ["Iran", "Russia"]


def test_who_deny_something_together_deny_it_each_of_themselves() -> None:
    both = claim("Iran and Iraq denied it.", 1, "Iran", "denied", "it")
    joint = [
        replace(both, id=f"c{n}", source=s, propositions=("p1", "p2", "p3")) for n, s in enumerate(("Iran", "Iraq"))
    ]
    found = shared_out(joint, {"p1": "Iran", "p2": "Iraq", "p3": "Oman"})
    assert [c.propositions for c in found] == [("p1", "p3"), ("p2", "p3")]


def test_what_only_one_of_them_did_is_said_by_all() -> None:
    both = claim("Iran and Iraq denied it.", 1, "Iran", "denied", "it")
    joint = [replace(both, id=f"c{n}", source=s, propositions=("p1",)) for n, s in enumerate(("Iran", "Iraq"))]
    assert shared_out(joint, {"p1": "Iran"}) == joint


# -- any text

VOCABULARY = (
    "Kenya Somalia Uganda said denied refused that it had not never attacked supports the report reports of and "
    "but could if whether rejected claim declined to confirm comment on will join no one doubts . , “ ” ?"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])


@pytest.mark.model
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=40))
def test_claims_are_sound_in_any_text(nlp: Language, words: list[str]) -> None:
    found = extract(nlp, " ".join(words))
    stances: dict[tuple[str | None, Any, str], set[str]] = {}
    for c in found.claims:
        assert len(set(c.propositions)) == len(c.propositions)
        assert set(c.propositions) <= {p.id for p in found.propositions}
        for p in c.propositions:
            stances.setdefault((c.source, c.content, p), set()).add(c.stance)
    assert all(len(taken) == 1 for taken in stances.values())
    assert len({c.id for c in found.claims}) == len(found.claims)


@pytest.mark.model
def test_every_proposition_is_somebodys(nlp: Language) -> None:
    found = extract(nlp, "Kenya attacked Somalia. Uganda said that Kenya had armed Ghana. Peru met Chile.")
    assert {p.id for p in found.propositions} == {p for c in found.claims for p in c.propositions}


@pytest.mark.model
def test_predict_leaves_the_doc_as_it_is(nlp: Language) -> None:
    doc = parsed(nlp, SAID)
    layers.set_claims(doc, [CLAIM])
    layers.set_actors(doc, [Actor("Uganda", "Uganda", "State", mentions=(Mention(0, 6),))])
    before = doc.user_data.copy()
    scores = StanceReader(shipped()).predict(doc)
    assert doc.user_data == before
    assert scores.stances["c1"].sum() == pytest.approx(1, abs=1e-4)
