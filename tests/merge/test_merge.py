"""Merging: idempotent, independent of order, invertible; and the invariants of the merged graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode

from kg.errors import StoreError
from kg.merge import merge, rejoin, remove, reset, unmerge
from kg.rdf.entailed import entailed, superproperties
from kg.records import NARRATOR, RELATIONS, Actor, Extraction
from kg.store import Store, open_store
from kg.vocab import KG, RDF, STRUCTURAL, SUPERRELATIONS
from tests.rdf.samples import extractions, north, samples, south, third
from tests.store.contract import dump


def built(articles: Sequence[Extraction], *, at_once: bool = True) -> Store:
    """A merged store of ``articles``, merged after each of them or once at the end."""
    store = open_store(":memory:")
    with store.writer() as writer:
        for extraction in articles:
            writer.write(extraction)
            if not at_once:
                merge(store)
    merge(store)
    return store


several = st.tuples(*(extractions(article=name, most=3) for name in ("x", "y", "z"))).map(list)


@given(several, st.permutations(range(3)), st.booleans())
@settings(max_examples=60, deadline=None)
def test_merge_does_not_depend_on_order(articles: list[Extraction], order: list[int], at_once: bool) -> None:
    other = built([articles[i] for i in order], at_once=at_once)
    assert dump(built(articles)) == dump(other)


@given(several)
@settings(max_examples=40, deadline=None)
def test_merge_is_idempotent_and_invertible(articles: list[Extraction]) -> None:
    store = open_store(":memory:")
    with store.writer() as writer:
        for extraction in articles:
            writer.write(extraction)
    evidence = dump(store)
    merge(store)
    merged = dump(store)
    merge(store)
    assert dump(store) == merged
    reset(store)
    assert dump(store) == evidence
    merge(store)
    assert dump(store) == merged


@given(several, st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_remove_leaves_what_was_without_the_article(articles: list[Extraction], index: int) -> None:
    store = built(articles)
    remove(store, [articles[index].article.id])
    assert dump(store) == dump(built([a for i, a in enumerate(articles) if i != index]))


@given(several, extractions(article="x", most=3))
@settings(max_examples=60, deadline=None)
def test_a_changed_article_leaves_nothing_of_its_old_form(articles: list[Extraction], changed: Extraction) -> None:
    store = built(articles)
    with store.writer() as writer:
        writer.write(changed)
    merge(store)
    assert dump(store) == dump(built([changed, *articles[1:]]))


@given(several, st.data())
@settings(max_examples=30, deadline=None)
def test_unmerge_and_rejoin_undo_each_other(articles: list[Extraction], data: st.DataObject) -> None:
    store = built(articles)
    before = dump(store)
    local = data.draw(st.sampled_from(sorted({str(q.subject)[1:-1] for q in store.match(None, KG.resolvedTo)})))
    if local.endswith(f"/{NARRATOR}"):
        with pytest.raises(StoreError, match="own voice"):
            unmerge(store, local)
    else:
        unmerge(store, local)
        rejoin(store, local)
    assert dump(store) == before


@given(several)
@settings(max_examples=60, deadline=None)
def test_every_triple_stands_in_one_graph_and_nothing_is_blank(articles: list[Extraction]) -> None:
    quads = list(built(articles).match())
    triples = Counter((q.subject, q.predicate, q.object) for q in quads)
    assert [t for t, n in triples.items() if n > 1] == []
    assert not any(isinstance(t, BlankNode) for q in quads for t in (q.subject, q.object))


def _above(*properties: NamedNode) -> set[NamedNode]:
    """The properties, and those that follow from them."""
    return {each for one in properties for each in (one, *superproperties().get(one, ()))}


@given(several)
@settings(max_examples=60, deadline=None)
def test_whoever_states_a_property_states_those_above_it(articles: list[Extraction]) -> None:
    store = built(articles)
    quads = {quad for quad in store.match() if quad.graph_name != store.graphs.ontology}
    assert set(entailed(quads)) == quads
    stances = {(q.subject, q.object) for q in quads if q.predicate in (KG.asserts, KG.denies, KG.declinesToConfirm)}
    assert {(q.subject, q.object) for q in quads if q.predicate == KG.takesStanceOn} == stances


@given(several)
@settings(max_examples=60, deadline=None)
def test_bare_triples_between_actors_are_structure(articles: list[Extraction]) -> None:
    store = built(articles)
    canonical = {q.object for q in store.match(None, KG.resolvedTo)}
    local = {q.subject for q in store.match(None, RDF.type, KG.LocalActor)}
    for quad in store.match():
        if quad.subject in canonical | local and quad.object in canonical | local:
            structure = quad.graph_name == store.graphs.accepted and quad.predicate in _above(*STRUCTURAL)
            identity = quad.predicate in _above(KG.resolvedTo) and quad.subject in local and quad.object in canonical
            assert structure or identity
        assert quad.predicate not in {KG[name] for name in (*RELATIONS, *SUPERRELATIONS.split())}


def test_samples_in_every_order_give_one_graph() -> None:
    dumps = {tuple(dump(built(order, at_once=False))) for order in permutations(samples())}
    assert len(dumps) == 1


def test_actors_merge_by_item_name_and_full_name() -> None:
    report = merge(built(samples()))
    actors = {a.label: len(a.local) for a in built(samples()).view().actors()}
    assert actors["Ruritania"] == 3, "two by item, one by the name of that item"
    assert actors["Blue Guard"] == 3
    assert actors["Anna Weiss"] == 2
    assert (report.articles, report.local_actors, report.contested) == (0, 13, 1)


def named(article: str, *actors: Actor) -> Extraction:
    source = replace(north().article, id=article)
    return Extraction(source, actors)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Actor("a1", "John Davis", "Person"), Actor("a1", "John Davis", "Person"), True),
        (Actor("a1", "Davis", "Person"), Actor("a1", "Davis", "Person"), False),
        (Actor("a1", "Davis", "Person", reason="gazetteer"), Actor("a1", "Davis", "Person", reason="gazetteer"), True),
        (Actor("a1", "José Díaz", "Person"), Actor("a1", "Jose Diaz", "Person"), True),
        (Actor("a1", "John Davis", "Person", (), "Q1"), Actor("a1", "John Davis", "Person", (), "Q2"), False),
        (Actor("a1", "a diplomat", "Unnamed"), Actor("a1", "a diplomat", "Unnamed"), False),
        (Actor("a1", "Western diplomats", "Unnamed"), Actor("a1", "Western diplomats", "Unnamed"), False),
        (Actor("a1", "police", "ArmedForce"), Actor("a1", "police", "ArmedForce"), False),
        (Actor("a1", "the Blue Guard", "ArmedGroup"), Actor("a1", "Blue Guard", "Party"), True),
        (Actor("a1", "Victoria", "Place"), Actor("a1", "Victoria", "Party"), False),
    ],
)
def test_who_is_the_same(one: Actor, other: Actor, same: bool) -> None:
    view = built([named("x", one), named("y", other)]).view()
    assert (len(view.actors()) == 1) is same


def test_a_name_borne_by_two_items_goes_to_neither() -> None:
    bearer = Actor("a1", "John Davis", "Person")
    articles = [named("x", replace(bearer, wikidata="Q1")), named("z", bearer)]
    assert len(built(articles).view().actors()) == 1
    both = [*articles, named("y", replace(bearer, wikidata="Q2"))]
    assert len(built(both, at_once=False).view().actors()) == 3


def test_decisions_are_recorded_with_a_reason() -> None:
    store = built(samples())
    query = "SELECT DISTINCT ?reason WHERE { ?d a kg:IdentityDecision ; kg:judgement kg:Same ; kg:reason ?reason }"
    reasons = {str(row[0]) for row in store.query(query).rows()}
    assert "Wikidata item Q900001" in reasons
    assert "same name: person:anna weiss" in reasons
    assert "same name as the one item that bears it: polity:ruritania" in reasons


def test_unmerge_outlives_merging_again_and_rebuilding() -> None:
    store = built(samples())
    local = store.ids.local_actor("south/2 “ä”", "a1")
    unmerge(store, local, by="anna", reason="another Ruritania")
    assert len(store.view().find("Ruritania")) == 2
    reset(store)
    merge(store)
    assert len(store.view().find("Ruritania")) == 2
    rejoin(store, local)
    assert dump(store) == dump(built(samples()))
    with pytest.raises(StoreError, match="No actor of an article"):
        unmerge(store, "https://example.org/nobody")


def test_contested_needs_two_sources() -> None:
    alone = replace(south(), claims=(south().claims[0],))
    denied = replace(alone, claims=(alone.claims[0], replace(alone.claims[0], id="c2", stance="denies")))
    assert merge(built([denied])).contested == 0, "a source that contradicts itself is not contested by another"
    assert merge(built([alone, north()])).contested == 1


def test_symmetric_relations_are_one_proposition() -> None:
    turned = third().propositions[1]
    turned = replace(turned, id="p3", subject=turned.object, object=turned.subject)
    both = replace(third(), propositions=(*third().propositions, turned))
    assert merge(built([both])).propositions == merge(built([third()])).propositions


def test_accepted_structure_comes_from_roles_and_parts() -> None:
    store = built([north()])
    labels = store.view().labels()
    found = {
        (labels[q.subject.value], KG.name_of(q.predicate), labels[q.object.value])
        for q in store.match(graph=store.graphs.accepted)
        if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
    }
    assert found == {
        ("Anna Weiss", "spokespersonFor", "Ruritanian foreign ministry"),
        ("Ruritanian foreign ministry", "partOf", "Ruritania"),
        ("senior Ruritanian official", "affiliatedWith", "Ruritania"),
        # what follows from them by the ontology's broader properties
        ("Anna Weiss", "affiliatedWith", "Ruritanian foreign ministry"),
        ("Ruritanian foreign ministry", "http://purl.org/dc/terms/isPartOf", "Ruritania"),
    }
