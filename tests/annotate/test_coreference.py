"""kg_coreference: actors from clusters of mentions, and the source of every claim.

How often it tells rightly who is whom is measured in ``tests/golden``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import kg
from kg.annotate import layers
from kg.annotate.coreference.component import Coreference
from kg.annotate.coreference.constraints import Bounds, Traits, alike, owner, traits
from kg.annotate.coreference.entities import Scores, entities
from kg.annotate.coreference.sources import Sources
from kg.annotate.coreference.speakers import first_persons, speakers
from kg.annotate.reader.antecedents import Candidates, clusters
from kg.annotate.reader.encoder import available, shipped
from kg.annotate.reader.features import Floats
from kg.annotate.reader.labels import TYPES
from kg.annotate.reader.mentions import Found
from kg.records import Actor, Claim, Kind, Mention, Span
from tests.golden.judges import parsed

weights = pytest.mark.skipif(not available(), reason="the reader's weights are not installed")


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def actor(text: str, identity: str, kind: str, *words: str) -> Actor:
    return Actor(identity, words[0], kind, words, mentions=tuple(Mention(*span(text, w)) for w in words))


def claim(
    text: str, source: str | None, cue: str | None, content: str, *, number: int = 1, nested_in: str | None = None,
    kind: Kind = "indirect",
) -> Claim:  # fmt: skip
    spans = {name: () if words is None else (span(text, words),) for name, words in (("s", source), ("c", cue))}
    return Claim(
        id=f"c{number}", source=None, content=(span(text, content),), cue=cue, source_span=spans["s"],
        cue_span=spans["c"], kind=kind, nested_in=nested_in,
    )  # fmt: skip


# -- sources


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Norway said so.", "Norway", "Norway"),
        ("The US said so.", "The US", "US"),
        ("The spokesman, Peter Grant, said so.", "The spokesman, Peter Grant", "Peter Grant"),
        ("A senior Norwegian official said so.", "A senior Norwegian official", "A senior Norwegian official"),
    ],
)
def test_the_source_of_a_claim_is_the_actor_whom_its_words_name(text: str, source: str, names: str) -> None:
    named = actor(text, "a1", "Unnamed", names)
    sources = Sources(text, [named])
    assert sources.resolved(claim(text, source, "said", "so")).source == "a1"
    assert sources.actors == [named]


def test_a_claim_that_names_nobody_is_one_unnamed_actors() -> None:
    text = "It is believed that talks failed, and thought that they will resume."
    sources = Sources(text, [])
    first = sources.resolved(claim(text, None, "is believed", "talks failed"))
    second = sources.resolved(claim(text, None, "thought", "they will resume", number=2))
    (nobody,) = sources.actors
    assert first.source == second.source == nobody.id
    assert (nobody.name, nobody.type) == ("unspecified", "Unnamed")


def test_a_quotation_that_follows_on_keeps_its_speaker() -> None:
    text = "“Talks have failed,” Ana Ruiz said. “Nobody is to blame.”"
    sources = Sources(text, [actor(text, "a1", "Person", "Ana Ruiz")])
    sources.resolved(claim(text, "Ana Ruiz", "said", "Talks have failed", kind="direct"))
    assert sources.resolved(claim(text, None, None, "Nobody is to blame", number=2, kind="direct")).source == "a1"


def test_reported_speech_without_a_source_is_not_the_speakers_before() -> None:
    text = "Ana Ruiz said talks failed. It is believed they will resume."
    sources = Sources(text, [actor(text, "a1", "Person", "Ana Ruiz")])
    sources.resolved(claim(text, "Ana Ruiz", "said", "talks failed"))
    assert sources.resolved(claim(text, None, "is believed", "they will resume", number=2)).source != "a1"


@pytest.mark.parametrize(("outlet", "via"), [("Outlet", ("a2",)), ("Unnamed", ())])
def test_an_outlet_that_is_told_passes_the_claim_on(outlet: str, via: tuple[str, ...]) -> None:
    text = "Maria Lopez told Reuters that talks had failed."
    actors = [actor(text, "a1", "Person", "Maria Lopez"), actor(text, "a2", outlet, "Reuters")]
    found = Sources(text, actors).resolved(claim(text, "Maria Lopez", "told", "talks had failed"))
    assert (found.source, found.via) == ("a1", via)


def test_the_narrators_claims_stay_his() -> None:
    text = "Norway left."
    told = Claim(id="c1", source="narrator", content=((0, 11),))
    assert Sources(text, []).resolved(told) == told


def test_a_mention_is_spoken_to_by_the_source_of_the_innermost_claim_around_it() -> None:
    text = "Ana said that Bo had said that they would go."
    outer = claim(text, "Ana", "said", "Bo had said that they would go")
    inner = claim(text, "Bo", "had said", "they would go", number=2, nested_in="c1")
    spans = [span(text, w) for w in ("Ana", "Bo", "they")]
    assert speakers([outer, inner], spans) == [None, span(text, "Ana"), span(text, "Bo")]


# -- what nobody can stand for


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (("he", "Unnamed"), ("Maria Lopez", "Person"), False),
        (("she", "Unnamed"), ("Maria Lopez", "Person"), True),
        (("she", "Unnamed"), ("Mrs Okafor", "Person"), True),
        (("he", "Unnamed"), ("Iran", "State"), False),
        (("it", "Unnamed"), ("Maria Lopez", "Person"), False),
        (("it", "Unnamed"), ("Iran", "State"), True),
        (("he", "Unnamed"), ("an official", "Unnamed"), True),
        (("they", "Unnamed"), ("Iran", "State"), True),
    ],
)
def test_gender_and_kind_bound_what_a_pronoun_stands_for(
    one: tuple[str, str], other: tuple[str, str], *, may: bool
) -> None:
    assert traits(*one).agree(traits(*other)) is may
    assert traits(*other).agree(traits(*one)) is may


def test_what_is_known_of_one_is_known_of_both() -> None:
    both = Traits("f").joined(Traits(None, True))
    assert both == Traits("f", True)
    assert not both.agree(Traits("m"))
    assert both.agree(Traits())


# -- actors


def scores(text: str, clusters: list[int], *mentions: tuple[str, str, str | None]) -> Scores:
    """Mentions (words, type, key) in clusters, as the heads might give them."""
    found = [Found(span(text, words), (0, 0, 0), 0.9, key) for words, _, key in mentions]
    kinds: Floats = np.eye(len(TYPES), dtype=np.float32)[[TYPES.index(kind) for _, kind, _ in mentions]]
    return Scores(found, kinds, [(number,) for number in clusters])


@weights
@pytest.mark.model
def test_mentions_of_one_cluster_are_one_actor(nlp: Language) -> None:
    text = "Iran left. The country denied it. Maria Lopez stayed."
    doc = nlp.make_doc(text)
    layers.set_actors(doc, [Actor("a1", "Iran", "State", ("Iran",), wikidata="Q794", mentions=(Mention(0, 4),))])
    rows = (
        ("Iran", "State", "a1"),
        ("The country", "State", None),
        ("it", "State", None),
        ("Maria Lopez", "Person", None),
    )
    Coreference(shipped()).set_annotations(doc, scores(text, [0, 0, 0, 1], *rows))
    iran, maria = layers.actors(doc)
    assert [text[m.start : m.end] for m in iran.mentions] == ["Iran", "The country", "it"]
    assert [m.kind for m in iran.mentions] == ["name", "description", "pronoun"]
    assert (iran.id, iran.wikidata, iran.names) == ("a1", "Q794", ("Iran", "The country"))
    assert (maria.name, maria.type, maria.wikidata) == ("Maria Lopez", "Person", None)


@weights
@pytest.mark.model
def test_an_actor_belongs_to_the_one_whom_its_description_names(nlp: Language) -> None:
    text = "A senior Iranian official left."
    doc = nlp.make_doc(text)
    layers.set_actors(doc, [Actor("a1", "Iran", "State", ("Iranian",), wikidata="Q794", mentions=(Mention(9, 16),))])
    rows = ("A senior Iranian official", "Unnamed", None), ("Iranian", "State", "a1")
    Coreference(shipped()).set_annotations(doc, scores(text, [0, 1], *rows))
    official, iran = layers.actors(doc)
    assert (official.name, official.of) == ("senior Iranian official", iran.id)


@weights
@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "“", "He.", "They said he said it.", "Others denied it, it was said."]
)
def test_every_claim_has_a_known_source_in_any_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    known = {a.id for a in layers.actors(doc)} | {"narrator"}
    assert all(c.source in known for c in layers.claims(doc))


@weights
@pytest.mark.model
def test_predict_leaves_the_doc_as_it_is(nlp: Language) -> None:
    doc = parsed(nlp, "Norway said talks had failed.")
    layers.set_claims(doc, [claim(doc.text, "Norway", "said", "talks had failed")])
    before = doc.user_data.copy()
    Coreference(shipped()).predict(doc)
    assert doc.user_data == before


# -- who speaks


def found(text: str, *words: str) -> list[Found]:
    return [Found(span(text, w), (0, 1, 1), 0.9) for w in words]


def test_i_is_who_says_it_also_where_the_name_comes_later() -> None:
    text = "“I know her, and my aides do,” Ana Ruiz told Bo Lund."
    said = claim(text, "Ana Ruiz", "told", "I know her, and my aides do", kind="direct")
    assert first_persons(text, [said], found(text, "I", "her", "my", "Ana Ruiz", "Bo Lund")) == {0: 3, 2: 3}


def test_i_in_words_passed_on_inside_a_quotation_is_the_one_who_is_quoted() -> None:
    text = "“Bo said that I lied,” Ana said."
    claims = [
        claim(text, "Ana", "said.", "Bo said that I lied", kind="direct"),
        claim(text, "Bo", "said", "that I lied", number=2, nested_in="c1", kind="indirect"),
    ]
    assert first_persons(text, claims, found(text, "Bo", "I", "Ana")) == {1: 2}


def test_i_in_a_quotation_that_goes_on_is_the_same_speaker() -> None:
    text = "“We won,” Ana Ruiz said. “I never doubted it.”"
    claims = [
        claim(text, "Ana Ruiz", "said", "We won", kind="direct"),
        claim(text, None, None, "I never doubted it", number=2, kind="direct"),
    ]
    assert first_persons(text, claims, found(text, "Ana Ruiz", "I")) == {1: 0}


def test_i_outside_quotation_marks_is_left_to_the_antecedents() -> None:
    text = "Ana said that I lied."
    assert first_persons(text, [claim(text, "Ana", "said", "that I lied")], found(text, "Ana", "I")) == {}


@weights
def test_every_i_of_two_speakers_is_their_own(nlp: Language) -> None:
    doc = nlp("“I back the strike,” said Maria Torres, a teacher. “I do not,” answered Pedro Lund, who owns the mine.")
    speaker = {m.start: a.name for a in layers.actors(doc) for m in a.mentions}
    assert [speaker[i] for i in (1, doc.text.index("I do"))] == ["Maria Torres", "Pedro Lund"]


# -- two in one phrase


@weights
@pytest.mark.parametrize("joined", ["Oman and Qatar", "Oman & Qatar"])
def test_two_named_in_one_phrase_are_no_third_actor(nlp: Language, joined: str) -> None:
    doc = nlp(f"{joined} denied the report.")
    assert sorted(a.name for a in layers.actors(doc)) == ["Oman", "Qatar"]


@weights
def test_the_type_of_an_actor_of_ones_own_gazetteer_is_the_one_given_there(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("- {name: Ruritania, type: State}\n- {name: Red League, type: ArmedGroup}\n", "utf-8")
    doc = kg.load(gazetteer=str(own))("Graustark said that Ruritania had armed the Red League.")
    types = {a.name: a.type for a in layers.actors(doc)}
    assert (types["Ruritania"], types["Red League"]) == ("State", "ArmedGroup")


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("Chadian troops", "chad"),
        ("the Chadian army", "chad"),
        ("a senior Chadian official", "chad"),
        ("an envoy to Chadian rebels", None),
        ("The army of Chad", "chad"),
        ("Chad's army", "chad"),
        ("the Chadian-backed rebels", None),
        ("troops in Chad", None),
        ("Chad", None),
    ],
)
def test_a_mention_tells_whose_it_is(words: str, whose: str | None) -> None:
    text, start = f"They say {words} left.", len("They say ")
    where = text.find("Chad")
    end = where + len("Chadian" if "Chadian" in words else "Chad")
    assert owner(text, (start, start + len(words)), {where: (end, "chad")}) == whose


def test_one_who_serves_a_state_is_nobody_of_another_state(nlp: Language) -> None:
    doc = nlp(
        "An unnamed Iranian official told Reuters that Iran had attacked Oman. The senior official gave no date. "
        "Jane Roe, a spokeswoman for the US Department of State, said she could not confirm it."
    )
    spans = {a.name: {doc.text[m.start : m.end] for m in a.mentions} for a in layers.actors(doc)}
    assert "Jane Roe" in spans
    assert not any("official" in words for words in spans["Jane Roe"])


def test_bodies_of_two_states_are_two() -> None:
    assert not Traits(owner="chad").agree(Traits(owner="sudan"))
    assert Traits(owner="chad").agree(Traits(owner="chad"))
    assert Traits().joined(Traits(owner="chad")).owner == "chad"


@pytest.mark.model
def test_the_armies_of_two_states_stay_two_whatever_else_they_share(nlp: Language) -> None:
    text = "The Kenyan army shelled the village, a monitor said. The army of Uganda denied firing at anybody."
    (found,) = kg.extract(nlp, [{"id": "x", "text": text}])
    armies = {a.id for a in found.actors for m in a.mentions if "army" in text[m.start : m.end]}
    assert len(armies) == 2


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Rafael Acosta", "Rafael Acosta Arévalo", True),
        ("the Grain Council", "Council", True),
        ("GC", "Grain Council", True),
        ("Rafael Acosta", "Maria Acosta", False),
        ("Mason", "Mike Pence", False),
    ],
)
def test_a_name_may_be_another_in_fewer_words_or_letters(one: str, other: str, *, may: bool) -> None:
    assert alike(one, other) is may
    assert alike(other, one) is may


@pytest.mark.parametrize(("listed", "may"), [((), True), (("a1",), False), (("a2",), False), (("a3",), True)])
def test_whom_a_list_knows_is_nobody_else(listed: tuple[str, ...], *, may: bool) -> None:
    text = "The Grain Council met. Council members left."
    bounds = Bounds(text, [(4, 17), (23, 30)], [Traits(), Traits()], ["a1", "a2"], listed)
    assert bounds.allow(1, [0]) is may


@given(st.lists(st.sampled_from([None, "a1", "a2", "a3"]), min_size=2, max_size=6), st.data())
def test_two_whom_a_list_knows_are_never_one(keys: list[str | None], data: st.DataObject) -> None:
    """Whatever the scores: names that are alike, all of which a list knows."""
    text, spans = "Sun " * len(keys), [(4 * i, 4 * i + 3) for i in range(len(keys))]
    pairs = np.array([(i, j) for i in range(len(keys)) for j in range(i)], np.int64)
    scores = data.draw(st.lists(st.floats(-3, 3, width=32), min_size=len(pairs), max_size=len(pairs)))
    bounds = Bounds(text, spans, [Traits()] * len(keys), keys, {"a1", "a2", "a3"})
    candidates = Candidates(keys, [False] * len(keys), pairs, np.array(scores, np.float32))
    found = {(number, key) for (number,), key in zip(clusters(candidates, bounds.allow, 1), keys, strict=True) if key}
    assert len(found) == len({number for number, _ in found}) == len({key for _, key in found})


def test_a_name_that_is_another_leaves_its_owner_and_its_roles_behind() -> None:
    text = "The Grain Council met. Council members left."
    known = {
        "a1": Actor("a1", "Grain Council", "Organisation", mentions=(Mention(4, 17, "name"),)),
        "a2": Actor("a2", "Council", "Organisation", of="a3", mentions=(Mention(23, 30, "name"),)),
        "a3": Actor("a3", "Mali", "State", mentions=(Mention(0, 3, "name"),)),
    }
    told = scores(text, [0, 0, 1], ("Grain Council", "Organisation", "a1"), ("Council members", "Organisation", "a2"),
                  ("The", "State", "a3"))  # fmt: skip
    assert told.same() == {"a2": "a1"}
    council = entities(text, told, known, 0.1)[0]
    assert (council.id, council.of) == ("a1", "a3")
