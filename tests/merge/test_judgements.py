"""People's judgements: they override scores, outlive merging and extraction, travel as files, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest

from kg.errors import StoreError
from kg.merge import (
    judge,
    judgements,
    mark_wrong,
    merge,
    rejoin,
    remove,
    reset,
    unjudge,
    unmark_wrong,
    unmerge,
    wrong_claims,
)
from kg.merge.judgements import bearer, is_item, is_name, is_span, read_csv, write_csv
from kg.merge.judging import apply
from kg.merge.review import preview, review, write_review
from kg.records import Claim, Extraction, Mention
from kg.store import Store
from kg.vocab import KG
from tests.merge.samples import article, body, claiming, labels, merged, person, several, state, stored
from tests.store.contract import dump

NORVANIA, ESTMAR = state("Norvania", "Q900011"), state("Estmar", "Q900012")


def iri(store: Store, label: str) -> str:
    """IRI of the actor with this label."""
    (found,) = [actor.iri for actor in store.view().actors() if actor.label == label]
    return found


def local(store: Store, name: str) -> str:
    """IRI of the actor that the article ``name`` knows."""
    (found,) = [each for actor in store.view().actors() for each in actor.local if f"/{name}/" in each]
    return found


def two_names() -> list[Extraction]:
    return [*several(2, person("Marta Hallberg")), article("x", person("Marta Dalewick"))]


def a_slip() -> list[Extraction]:
    return [*several(3, person("Marta Hallberg")), article("x", person("Marta Hallbreg"))]


def test_same_makes_one_of_two_names() -> None:
    store = merged(two_names())
    before = dump(store)
    said = judge(store, iri(store, "Marta Hallberg"), iri(store, "Marta Dalewick"), "same", by="anna", reason="married")
    assert labels(store) == ["Marta Dalewick"], "the fullest name, else the first of them"
    assert (said.left, said.right) == ("person:marta dalewick", "person:marta hallberg")
    assert (said.left_name, said.by) == ("marta dalewick", "anna")
    assert judgements(store) == [said]
    unjudge(store, said.iri)
    assert dump(store) == before


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_different_and_unsure_override_a_score(verdict: str) -> None:
    store = merged(a_slip())
    before = dump(store)
    assert labels(store) == ["Marta Hallberg"]
    said = judge(store, "person:marta hallbreg", "person:marta hallberg", verdict)  # type: ignore[arg-type]
    assert labels(store) == ["Marta Hallberg", "Marta Hallbreg"]
    assert not review(store), "what is decided needs no review"
    unjudge(store, said.iri)
    assert dump(store) == before


def test_a_judgement_replaces_the_one_before() -> None:
    store = merged(a_slip())
    judge(store, "person:marta hallbreg", "person:marta hallberg", "different", by="anna")
    judge(store, "person:marta hallberg", "person:marta hallbreg", "same", by="ivo", when="2031-05-03")
    assert [(said.judgement, said.by, said.when) for said in judgements(store)] == [("same", "ivo", "2031-05-03")]


def test_judgements_make_no_difference_to_order() -> None:
    store, other = merged(two_names()), stored(reversed(two_names()))
    judge(store, "person:marta hallberg", "person:marta dalewick", "same", reason="r")
    merge(other)
    judge(other, "person:marta dalewick", "person:marta hallberg", "same", reason="r")
    assert dump(store) == dump(other)
    reset(store)
    merge(store)
    assert dump(store) == dump(other)


def test_a_judgement_meets_articles_that_come_later() -> None:
    store = merged(a_slip()[:1])
    judge(store, "person:marta hallberg", "person:marta dalewick", "same")
    with store.writer() as writer:
        for each in two_names():
            writer.write(each)
    merge(store)
    assert labels(store) == ["Marta Dalewick"]
    assert {said.by for said in judgements(store)} == {"user"}


def test_items_can_be_judged_the_same() -> None:
    store = merged(
        [article("x", body("Coast Bank", wikidata="Q900031")), article("y", body("Bank", wikidata="Q900032"))]
    )
    said = judge(store, iri(store, "Coast Bank"), "Q900032", "same")
    assert [actor.wikidata for actor in store.view().actors()] == ["Q900031"]
    unjudge(store, said.iri)
    assert len(store.view().actors()) == 2


def test_the_bearer_of_a_name_can_be_denied() -> None:
    store = merged([article("x", person("Marta Hallberg", wikidata="Q900020")), article("y", person("Marta Hallberg"))])
    assert len(store.view().actors()) == 1
    judge(store, "Q900020", "person:marta hallberg", "different")
    assert len(store.view().actors()) == 2


def test_an_unnamed_source_can_be_somebody() -> None:
    official = replace(person("a senior official"), type="Unnamed")
    store = merged([*several(2, person("Marta Hallberg")), article("x", official)])
    judge(store, local(store, "x"), iri(store, "Marta Hallberg"), "same", by="anna", reason="it came out")
    assert labels(store) == ["Marta Hallberg"]
    why = store.query("SELECT ?why WHERE { ?d a kg:IdentityDecision ; kg:decidedOn ?l ; kg:reason ?why }").rows()
    assert ("it came out",) in {tuple(row) for row in why}


def test_a_parting_survives_extracting_again() -> None:
    store = merged([*several(2, person("Marta Hallberg")), article("x", person("Marta Hallberg"))])
    unmerge(store, local(store, "x"), by="anna", reason="another Hallberg")
    assert len(labels(store)) == 2
    again = article("x", body("Coast Bank"), person("Marta Hallberg"))
    moved = replace(again.actors[1], id="a9", mentions=(Mention(0, 14), *again.actors[1].mentions))
    text = "Marta Hallberg" + again.article.text
    bank = replace(again.actors[0], mentions=(Mention(14, 24),))
    with store.writer() as writer:
        writer.write(replace(again, article=replace(again.article, text=text), actors=(bank, moved)))
    merge(store)
    assert labels(store).count("Marta Hallberg") == 2, "the same words at the same place, under another local id"


def test_judgements_on_an_article_go_with_it() -> None:
    store = merged([*several(2, person("Marta Hallberg")), article("x", person("Marta Hallberg"))])
    unmerge(store, local(store, "x"))
    remove(store, ["x"])
    assert dump(store) == dump(merged(several(2, person("Marta Hallberg"))))


def test_nobody_can_be_judged_twice_the_same() -> None:
    store = merged(a_slip())
    with pytest.raises(StoreError, match="are one actor by item or name"):
        judge(store, iri(store, "Marta Hallberg"), "person:marta hallberg", "different")
    with pytest.raises(StoreError, match="No actor has the IRI"):
        judge(store, "https://example.org/nobody", iri(store, "Marta Hallberg"), "same")
    with pytest.raises(StoreError, match="is no actor of the graph"):
        judge(store, "Marta", iri(store, "Marta Hallberg"), "same")
    with pytest.raises(StoreError, match="No judgement has the IRI"):
        unjudge(store, "https://example.org/nothing")


def test_judgements_travel_as_a_file() -> None:
    store = merged(a_slip())
    judge(
        store, "person:marta hallbreg", "person:marta hallberg", "different", by="anna", reason="twins", when="2031-05"
    )
    file = StringIO()
    write_csv(judgements(store), file)
    other = merged(a_slip())
    assert apply(other, read_csv(StringIO(file.getvalue()), by="x", where="f")) == 1
    assert dump(other) == dump(store)
    back = file.getvalue().replace(",different,", ",undo,")
    assert apply(other, read_csv(StringIO(back), by="x", where="f")) == 1
    assert dump(other) == dump(merged(a_slip()))


def test_a_judgement_that_matches_nothing_is_kept_but_not_counted() -> None:
    store, problems = merged(a_slip()), list[str]()
    nowhere = f"{store.ids.article('x')}#char=900,905"
    rows = ["Q1,person:marta hallberg,same", f'person:marta hallberg,"{nowhere}",different', "person:b,person:a,undo"]
    file = StringIO("left,right,judgement\n" + "\n".join([*rows, "person:marta hallberg,person:marta hallbreg,same"]))
    assert apply(store, read_csv(file, by="x", where="f"), problems) == 1
    assert [("Q1" in problems[0], nowhere in problems[1], "on record" in problems[2])] == [(True, True, True)]
    assert len(judgements(store)) == 3, "an article that comes later may name them"


def test_the_own_voice_of_an_article_cannot_be_judged() -> None:
    store = merged([replace(each, claims=(Claim("c1", "narrator", ((0, 5),)),)) for each in a_slip()])
    voice = iri(store, "The Northern Courier (narrator)")
    before = dump(store)
    with pytest.raises(StoreError, match="the article's own voice"):
        judge(store, voice, iri(store, "Marta Hallberg"), "same")
    with pytest.raises(StoreError, match="No actor of an article has the IRI"):
        rejoin(store, f"{store.ids.article('x')}/actor/nobody")
    assert dump(store) == before


def test_a_file_holds_no_formula_and_gives_it_back() -> None:
    store, reason = merged(a_slip()), '=HYPERLINK("http://example.org")'
    judge(store, "person:marta hallbreg", "person:marta hallberg", "different", reason=reason)
    file = StringIO()
    write_csv(judgements(store), file)
    assert "'=HYPERLINK" in file.getvalue()
    assert [said.reason for said, _ in read_csv(StringIO(file.getvalue()), by="x", where="f")] == [reason]


def test_a_file_that_is_none_says_what_is_wrong() -> None:
    with pytest.raises(StoreError, match="no columns left, right and judgement"):
        list(read_csv(StringIO("a,b\n"), by="x", where="f.csv"))
    with pytest.raises(StoreError, match="line 2: 'maybe' is no judgement"):
        list(read_csv(StringIO("left,right,judgement\nQ1,Q2,maybe\n"), by="x", where="f.csv"))
    assert not list(read_csv(StringIO("left,right,judgement\nQ1,Q2,\n"), by="x", where="f.csv"))


def test_review_lists_the_doubtful_pairs_that_matter_most_first() -> None:
    first = [*several(3, person("Michael Harrow")), *several(3, person("Marta Harrow"), prefix="n")]
    second = [*several(6, body("Coast Grain Bank"), prefix="b"), *several(3, person("M. Harrow"), prefix="o")]
    store = merged([*first, *several(4, person("Michael Harrow"), prefix="q"), *second, article("z", body("CGB"))])
    doubts = review(store)
    assert [(d.left, d.articles) for d in doubts] == sorted(
        ((d.left, d.articles) for d in doubts), key=lambda pair: -pair[1]
    )
    file = StringIO()
    write_review(doubts, file)
    assert not list(read_csv(StringIO(file.getvalue()), by="x", where="f")), "nothing is decided yet"


def test_a_review_becomes_judgements_when_it_is_filled_in() -> None:
    few = [*several(3, person("Michael Harrow")), *several(3, person("Mona Harrow"), prefix="n")]
    store = merged([*few, article("x", person("M. Harrow"))])
    doubts = review(store)
    assert {d.right for d in doubts} == {"person:michael harrow", "person:mona harrow"}
    file = StringIO()
    write_review([replace(d, judgement="same" if "mona" in d.right else "different") for d in doubts], file)
    assert apply(store, read_csv(StringIO(file.getvalue()), by="anna", where="f")) == 2
    assert labels(store) == ["Michael Harrow", "Mona Harrow"]


def test_preview_writes_nothing() -> None:
    store = stored(a_slip())
    before = dump(store)
    assert preview(store) == ["+ person:marta hallbreg (1) is person:marta hallberg (3): 0.93, spelled alike"]
    assert dump(store) == before
    merge(store)
    assert preview(store) == []


def contested() -> Store:
    yes = claiming(
        article("x", NORVANIA, ESTMAR, person("Marta Hallberg")),
        NORVANIA,
        "attacks",
        ESTMAR,
        "asserts",
        person("Marta Hallberg"),
    )
    no = claiming(
        article("y", NORVANIA, ESTMAR, person("Ivo Dalewick")),
        NORVANIA,
        "attacks",
        ESTMAR,
        "denies",
        person("Ivo Dalewick"),
    )
    return merged([yes, no])


def test_a_wrong_claim_takes_no_stance_and_keeps_its_evidence() -> None:
    store = contested()
    before = dump(store)
    (denial,) = [claim for claim in store.view().claims() if claim.stance == "denies"]
    assert any(p.contested for p in store.view().propositions())
    mark_wrong(store, denial.iri, by="anna", reason="irony", when="2031-05-03")
    assert not any(p.contested for p in store.view().propositions())
    (marked,) = [claim for claim in store.view().claims() if claim.iri == denial.iri]
    assert marked.evidence == denial.evidence
    assert not marked.propositions
    assert [(m.by, m.reason, m.when) for m in wrong_claims(store).values()] == [("anna", "irony", "2031-05-03")]
    merge(store)
    reset(store)
    merge(store)
    assert not any(p.contested for p in store.view().propositions()), "it outlives merging again"
    unmark_wrong(store, denial.iri)
    assert dump(store) == before
    unmark_wrong(store, denial.iri)
    with pytest.raises(StoreError, match="No claim in the graph"):
        mark_wrong(store, "https://example.org/nothing")


def test_a_mark_goes_with_its_article() -> None:
    store = contested()
    (denial,) = [claim for claim in store.view().claims() if claim.stance == "denies"]
    mark_wrong(store, denial.iri)
    remove(store, ["y"])
    assert not wrong_claims(store)
    assert not any(store.match(None, KG.anchoredIn))


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [
        ("Q794", is_item),
        ("person:anna weiss", is_name),
        ("https://e.org/a#char=1,5", is_span),
        ("https://e.org/a#name=x", is_span),
    ],
)
def test_an_anchor_is_of_one_kind(anchor: str, kind: object) -> None:
    assert [each(anchor) for each in (is_item, is_name, is_span)].count(True) == 1
    assert kind(anchor)  # type: ignore[operator]


def test_the_bearer_of_an_anchor_is_whose_mention_covers_most() -> None:
    actors = [
        replace(person("A"), id="a", mentions=(Mention(0, 30),)),
        replace(person("B"), id="b", mentions=(Mention(5, 12),)),
    ]
    assert bearer(actors, "https://e.org/x#char=5,12") == "b"
    assert bearer(actors, "https://e.org/x#char=20,25") == "a"
    assert bearer(actors, "https://e.org/x#char=40,45") is None
