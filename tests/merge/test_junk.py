"""What is no actor of the graph: sources of which nothing is known stay in the evidence; all names are invented."""

from __future__ import annotations

import pytest

from kg.merge.junk import is_junk
from kg.records import NARRATOR, Actor, Article, Claim, Extraction, Proposition
from kg.validate import validate
from kg.vocab import KG, RDF
from tests.merge.samples import labels, merged


def source(name: str, kind: str = "Unnamed", of: str | None = None) -> Actor:
    """A source that an article calls so."""
    return Actor("u1", name, kind, (name,), of=of)


@pytest.mark.parametrize(
    "name", ["secretly", "the bumper", "in Estmar", "from within the walls", "which", "a deep need"]
)
def test_words_for_no_people_are_junk(name: str) -> None:
    assert is_junk(source(name))


@pytest.mark.parametrize(
    "name",
    [
        "officials",
        "a senior official",
        "two nurses",
        "fishermen",
        "some of them",
        "Norvanian pilots",
        "unspecified",
        "wives",
    ],
)
def test_words_for_people_are_none(name: str) -> None:
    assert not is_junk(source(name))


def test_what_has_a_type_or_belongs_to_somebody_is_no_junk() -> None:
    assert not is_junk(source("the bumper", "Organisation"))
    assert not is_junk(source("the bumper", of="a2"))


def test_junk_is_kept_as_evidence_and_counted_but_is_no_actor() -> None:
    text = "The rain secretly said that the harvest was lost."
    claim = Claim("c1", "u1", ((23, 48),), cue="said")
    store = merged([Extraction(Article("x", text), (source("secretly"),), claims=(claim,))])
    assert labels(store) == []
    assert next(store.match(None, KG.localName), None) is not None
    assert store.view().counts()["sources and others that are no actors"] == 1
    assert [each.source for each in store.view().claims()] == [None]


def test_a_voice_for_what_is_no_actor_stops_no_merging() -> None:
    text = "A nurse of the bumper said that the harvest was lost."
    nurse = Actor("u2", "a nurse", "Unnamed", ("a nurse",), of="u1")
    claim = Claim("c1", "u2", ((32, 52),), cue="said")
    store = merged([Extraction(Article("x", text), (source("bumper"), nurse), claims=(claim,))])
    assert labels(store) == ["nurse"]


def test_what_is_said_of_junk_is_evidence_without_a_proposition() -> None:
    text = "Mali opposes the deep need."
    mali, need = Actor("a1", "Mali", "State", ("Mali",), "Q912"), source("the deep need")
    said = Proposition("p1", "a1", "opposes", "u1", (5, 12), (0, 27))
    claim = Claim("n1", NARRATOR, ((0, 27),), propositions=("p1",))
    store = merged([Extraction(Article("x", text), (mali, need), claims=(claim,), propositions=(said,))])
    assert next(store.match(None, RDF.type, KG.PropositionMention), None) is not None
    assert next(store.match(None, KG.expresses), None) is None
    assert validate(store.view()).conforms
