"""Which names are one actor's: spellings, features, candidates, and the star that they make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg import lexicon
from kg.merge.candidates import LARGEST
from kg.merge.cluster import decide
from kg.merge.features import other_state, time
from kg.merge.model import model, probability
from kg.merge.names import Name, add, total
from kg.merge.review import review
from kg.merge.scoring import CONTEXT, EVIDENCE, VETOES, features_of, score, strongest
from kg.records import Actor, Article, Extraction, Mention
from kg.spelling import alike, given, without_title, words
from tests.bench.merge import Memory, run
from tests.merge.samples import article, body, labels, merged, person, several, state

GOLDEN = yaml.safe_load((Path(__file__).parents[1] / "golden" / "names.yaml").read_text("utf-8"))


@pytest.mark.parametrize("entry", lexicon.load("en/spelling"), ids=lambda e: str(e["example"][0]))
def test_every_example_of_the_lexicon_becomes_equal(entry: dict[str, Any]) -> None:
    one, other = (words(without_title(name)) for name in entry["example"])
    assert len(one) == len(other)
    assert all(alike(a, b) >= 0.9 or given(a) == given(b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: str(case["id"]))
def test_golden(case: dict[str, Any]) -> None:
    centre = Actor("a1", case["centre"], case["kind"], (case["centre"],))
    form = Actor("a1", case["form"], case.get("form_kind", case["kind"]), (case["form"],))
    store = merged([*several(3, centre), article("x", form)])
    assert (len(store.view().actors()) == 1) is case["same"]


def test_a_form_that_fits_two_centres_joins_neither() -> None:
    many = [*several(3, person("Michael Harrow")), *several(3, person("Marta Harrow"), prefix="n")]
    assert labels(merged([*many, article("x", person("M. Harrow"))])) == ["M. Harrow", "Marta Harrow", "Michael Harrow"]


def test_a_place_taken_for_a_body_stays_a_place() -> None:
    store = merged([*several(3, Actor("a1", "Brannick", "Place", ("Brannick",))), article("x", body("Brannick"))])
    assert [(actor.label, actor.type) for actor in store.view().actors()] == [("Brannick", "Place")]
    even = [article("x", Actor("a1", "Brannick", "Place", ("Brannick",))), article("y", body("Brannick"))]
    assert len(merged(even).view().actors()) == 2


def test_no_chain_of_likenesses_is_followed() -> None:
    names = [("Marta Hallberg", 27), ("Marta Hallbert", 9), ("Marta Hallbent", 3)]
    found = [each for i, (name, n) in enumerate(names) for each in several(n, person(name), prefix=f"x{i}-")]
    assert labels(merged(found)) == ["Marta Hallbent", "Marta Hallberg"]


def test_a_surname_is_whoever_articles_call_so() -> None:
    full, bare = person("Marta Hallberg", "Hallberg"), person("Hallberg")
    assert len(labels(merged([*several(1, full), article("x", bare)]))) == 2, "one article is too little"
    assert len(labels(merged([*several(2, full), article("x", bare)]))) == 1
    two = [*several(2, full), *several(2, person("Ivo Hallberg", "Hallberg"), prefix="n"), article("x", bare)]
    assert len(labels(merged(two))) == 3, "two of that surname"


def test_a_short_given_name_does_not_part_the_bearers_of_a_surname() -> None:
    james, jim = person("James Harrow", "Harrow"), person("Jim Harrow", "Harrow")
    found = [*several(3, james), *several(2, jim, prefix="n"), article("x", person("Harrow"))]
    assert labels(merged(found)) == ["James Harrow"]
    other = [
        *several(3, james),
        *several(2, person("Ivo Harrow", "Harrow"), prefix="n"),
        article("x", person("Harrow")),
    ]
    assert len(labels(merged(other))) == 3


def test_a_title_before_a_surname_is_no_given_name() -> None:
    full = several(3, person("Marta Hallberg", "Hallberg"))
    assert labels(merged([*full, article("x", person("Sec Def Hallberg"))])) == ["Marta Hallberg"]
    assert len(labels(merged([article("x", person("Sec Hallberg")), article("y", person("Dep Hallberg"))]))) == 2


def test_a_surname_taken_for_something_else() -> None:
    full, place = person("Marta Hallberg"), Actor("b1", "Hallberg", "Place", ("Hallberg",))
    known = several(3, full)
    assert labels(merged([*known, article("x", full, place)])) == ["Marta Hallberg"]
    assert len(labels(merged([*known, article("x", place)]))) == 2, "an article that does not name her"
    assert len(labels(merged([*known, article("x", full, place), article("y", place)]))) == 2, "a place in others"
    assert len(labels(merged([known[0], article("x", full, place)]))) == 2, "she is little known"
    both = article("x", full, person("Ivo Hallberg"), place)
    assert len(labels(merged([*known, both]))) == 3, "two of that surname"


def test_the_son_of_a_known_man_is_another() -> None:
    known = several(3, person("Oscar Dalewick", wikidata="Q900020"))
    assert len(labels(merged([*known, article("x", person("Oscar Dalewick Jr."))]))) == 2
    assert len(labels(merged([*several(3, person("Oscar Dalewick")), article("x", person("Oscar Dalewick Jr."))]))) == 1


def test_one_vowel_of_a_long_given_name_may_differ_but_none_of_a_surname() -> None:
    def apart(one: str, other: str) -> int:
        return len(labels(merged([article("x", person(one)), article("y", person(other))])))

    assert apart("Basharudin Sabbar", "Bashirudin Sabbar") == 1
    assert apart("Basharudin Sabbar", "Bashirudin Dalewick") == 2
    assert apart("Marta Peterson", "Marta Petersen") == 2


def test_two_bare_surnames_stay_apart() -> None:
    assert len(labels(merged([article("x", person("Davis")), article("y", person("Davis"))]))) == 2


def test_other_states_keep_forms_apart() -> None:
    norvania, estmar = state("Norvania", "Q900011"), state("Estmar", "Q900012")
    of_one = [article(f"m{n}", person("Marta Hallberg", of=norvania.id), norvania) for n in range(4)]
    of_other = article("x", person("Marta Hallbreg", of=estmar.id), estmar)
    assert "Marta Hallbreg" in labels(merged([*of_one, of_other]))
    assert "Marta Hallbreg" not in labels(merged([*of_one, article("x", person("Marta Hallbreg"))]))


def test_descriptions_with_a_capital_are_no_names() -> None:
    found = article("x", body("Norvanian airline"))
    described = [m.__class__(m.start, m.end, "description") for m in found.actors[0].mentions]
    actor = Actor("b1", "Norvanian airline", "Organisation", (), mentions=tuple(described))
    articles = [found.__class__(each.article, (actor,)) for each in several(2, body("Norvanian airline"))]
    assert len(labels(merged(articles))) == 2


def test_a_description_may_say_where_the_body_is() -> None:
    army = several(2, body("Norvanian army", kind="ArmedForce"))
    text = "Norvanian army in Estmar"
    described = Actor("b1", text, "ArmedForce", (), mentions=(Mention(0, len(text), "description"),))
    assert labels(merged([*army, Extraction(Article("x", text), (described,))])) == ["Norvanian army"]
    named = body("Norvanian Party in Estmar")
    assert len(labels(merged([*several(2, body("Norvanian Party")), article("x", named)]))) == 2


def test_a_form_of_a_known_name_is_its_item() -> None:
    store = merged([article("x", person("Marta Hallberg", wikidata="Q900020")), article("y", person("Marta Hallbreg"))])
    assert [actor.wikidata for actor in store.view().actors()] == ["Q900020"]


def test_decisions_have_a_score_and_a_reason() -> None:
    store = merged([*several(3, person("Marta Hallberg")), article("x", person("Marta Hallbreg"))])
    query = "SELECT ?score ?why WHERE { ?d a kg:IdentityDecision ; kg:score ?score ; kg:reason ?why }"
    rows = {why: float(value) for value, why in store.query(query).rows() if value and why}
    assert rows["person:marta hallbreg is a form of person:marta hallberg: spelled alike"] == 0.93
    assert rows["same name: person:marta hallberg"] == 1.0


def test_a_join_says_how_likely_it_is_and_what_speaks_for_it() -> None:
    store = merged([*several(3, person("Marta Hallberg")), article("x", person("Marta Hallbreg"))])
    query = "SELECT ?likely ?said WHERE { ?d a kg:IdentityDecision ; kg:probability ?likely ; kg:features ?said }"
    ((likely, said),) = store.query(query).rows()
    assert likely is not None
    assert model().same <= float(likely) < 1
    assert said is not None
    assert said.startswith("much rarer +")


def test_long_names_in_two_romanisations_meet_or_are_asked_about() -> None:
    forms = ("Abu Mohammed al-Sarrani", "Abu Muhammad al-Sarrany", "Abu Mohammad al-Sirrani")
    store = merged([article(f"x{n}", person(form)) for n, form in enumerate(forms)])
    asked = {name for doubt in review(store) for name in (doubt.left, doubt.right)}
    assert len(labels(store)) == 1 or len(asked) > 1


def test_the_odds_of_a_pair_are_those_of_its_features() -> None:
    form = Name("person:marta hallbreg", {"articles": {"": 1}, "named": {"": 1}, "role": {"envoy": 1}})
    centre = Name("person:marta hallberg", {"articles": {"": 4}, "named": {"": 4}, "role": {"judge": 1}})
    value, evidence = strongest(form, centre)
    assert evidence is not None
    found = features_of(form, centre, value, evidence)
    assert found["other_office"] == 1
    assert score(form, centre).log_odds == pytest.approx(model().log_odds(found), abs=1e-4)


def test_every_weight_is_of_a_feature() -> None:
    named = {each.__name__ for each, _ in EVIDENCE}
    known = named | {f"{name} strength" for name in named} | {each.__name__ for each, _ in CONTEXT}
    assert model().weights.keys() == known | {"bias", "long name", "much rarer"}


def test_every_feature_says_what_it_looks_at() -> None:
    for feature in (*(each for each, _ in EVIDENCE), *(each for each, _ in CONTEXT), *VETOES):
        assert feature.__doc__


def test_context_counts_both_ways() -> None:
    near = Name(
        "person:marta j. hallberg", {"articles": {"": 1}, "named": {"": 1}, "year": {"2031": 1}, "role": {"envoy": 1}}
    )
    full = Name(
        "person:marta hallberg", {"articles": {"": 3}, "named": {"": 3}, "year": {"2031": 3}, "role": {"envoy": 1}}
    )
    old = Name("person:marta hallberg", {"articles": {"": 3}, "named": {"": 3}, "year": {"1950": 3}})
    assert time(near, old) == -1
    assert probability(score(near, old).log_odds) < model().same < probability(score(near, full).log_odds)
    assert not other_state(near, full)


def test_counts_are_added_and_taken_away() -> None:
    one, two = {"articles": {"": 1}, "state": {"Q1": 1}}, {"articles": {"": 2}, "role": {"envoy": 1}}
    both = total([one, two])
    add(both, two, -1)
    assert both == one


def test_a_block_that_is_too_large_is_left_out() -> None:
    memory = Memory()
    memory.fill([f"person:m{chr(97 + i % 26)}{chr(97 + i // 26)} hallberg" for i in range(LARGEST + 1)], set())
    large = max(memory.blocks, key=lambda block: len(memory.blocks[block]))
    assert len(memory.blocks[large]) > LARGEST
    assert not memory.block(large)


def test_names_that_share_no_word_share_no_block() -> None:
    assert not set(Name("person:marta hallberg").blocks) & set(Name("person:oscar dalewick").blocks)


def test_deciding_again_changes_nothing() -> None:
    memory = Memory()
    memory.fill(["person:marta hallberg"] * 3 + ["person:marta hallbreg"], set())
    assert decide(memory.names, memory) == {"person:marta hallbreg"}
    assert decide(memory.names, memory) == set()


def test_synthetic_mentions_are_clustered_well() -> None:
    """A thousandth of what ``tests.bench.merge`` measures."""
    _, found = run(5_000, 1_000)
    assert found["P"] >= 0.95
    assert found["R"] >= 0.85
