"""What a view shows of the three sample articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.merge import merge
from kg.store import View, open_store
from tests.rdf.samples import samples


@pytest.fixture
def view() -> Iterator[View]:
    with open_store(":memory:") as store:
        with store.writer() as writer:
            for extraction in samples():
                writer.write(extraction)
        merge(store)
        yield store.view()


def test_view_actors_are_merged_across_articles(view: View) -> None:
    state = view.find("ruritania")[0]
    assert (state.type, state.wikidata) == ("State", "Q900001")
    assert state.articles == ("north-1", "north-3", "south/2 “ä”")
    assert view.find("Strelsau") == view.find("Q900001") == view.find(state.iri) == [state]
    assert view.find("nobody") == []


def test_view_propositions_say_whether_they_are_contested(view: View) -> None:
    labels = {p.label: (p.sign, p.contested) for p in view.propositions()}
    assert labels == {
        "Ruritania attacks Blue Guard": ("-", True),
        "Blue Guard attacks Ruritania": ("-", False),
        "Ruritania alliedWith Graustark": ("+", False),
    }


def test_view_claims_carry_their_evidence(view: View) -> None:
    claims = {(c.source_label, c.stance): c for c in view.claims()}
    denial = claims["Anna Weiss", "denies"]
    labels = view.labels()
    assert denial.quote in ("We do not fight Ruritania", "Ruritania had attacked the Blue Guard")
    said = claims["a senior Ruritanian official".removeprefix("a "), "asserts"]
    assert [labels[iri] for iri in said.via] == ["Borderwire"]
    assert [labels[iri] for iri in said.on_behalf_of] == ["Ruritania"]
    assert (said.when, said.cue, said.confidence) == ("2031-05-03", "told", 0.9)
    for claim in claims.values():
        text = view.text(claim.article)
        assert [text[e.start : e.end] for e in claim.evidence] == [e.quote for e in claim.evidence]


def test_view_claims_keep_nesting_and_dispute(view: View) -> None:
    claims = {c.iri: c for c in view.claims()}
    nested = [c for c in claims.values() if c.nested_in]
    assert [claims[c.nested_in or ""].source_label for c in nested] == ["Anna Weiss"]
    disputing = [c for c in claims.values() if c.disputes]
    assert [claims[c.disputes or ""].stance for c in disputing] == ["asserts"]


def test_view_spokespersons_speak_for_ministry_and_state(view: View) -> None:
    labels = view.labels()
    denial = next(c for c in view.claims() if c.speech_act == "Denial")
    assert sorted(labels[iri] for iri in denial.on_behalf_of) == ["Ruritania", "Ruritanian foreign ministry"]


def test_view_networkx_keeps_stance_on_each_edge(view: View) -> None:
    graph = view.to_networkx()
    stances = {d["stance"] for _, _, d in graph.edges(data=True)}
    assert stances == {"asserts", "denies", "declines_to_confirm"}
    assert {graph.nodes[n]["label"] for n in graph} >= {"Ruritania", "Blue Guard"}


def test_view_rdflib_has_every_quad(view: View) -> None:
    assert len(view.to_rdflib()) == sum(1 for _ in view.store.match())


def test_view_counts_and_articles(view: View) -> None:
    counts = view.counts()
    assert (counts["articles"], counts["claims"], counts["denials"], counts["contested"]) == (3, 7, 3, 1)
    assert [a.id for a in view.articles()] == ["north-1", "north-3", "south/2 “ä”"]
    with pytest.raises(StoreError, match="No article"):
        view.text("x")


def test_counting_reads_no_quad_but_the_ontology(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    match = view.store.match

    def watched(**pattern: NamedNode) -> Iterator[Quad]:
        for quad in match(**pattern):
            read.append(quad.graph_name)
            yield quad

    monkeypatch.setattr(view.store, "match", watched)
    assert view.counts()["claims"] == 7
    assert {*read} == {view.store.graphs.ontology}
