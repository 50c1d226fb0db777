"""The component ``kg_relations``: propositions between the actors of a sentence, from the relation head."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.reader.encoder import Encoder, shipped
from kg.annotate.relations.stated import Stated, best, stated
from kg.annotate.spans import tokens_of
from kg.annotate.time import time_of
from kg.records import Actor, Proposition

VERBAL = frozenset({"VERB", "AUX"})
#: Actors that a place may be.
PLACES = frozenset({"Place", "State"})
#: Relations that last: what happens on a day or in a place says nothing of them.
STANDING = frozenset({"alliedWith", "memberOf", "leads", "opposes"})


class Relations:
    """Adds the Doc's propositions."""

    def __init__(self, reader: Encoder, min_confidence: float = 0.0) -> None:
        self.reader, self.min_confidence = reader, min_confidence

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its propositions set."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Stated]:
        """What the text states between any two actors of one sentence, where it is sure enough."""
        found = best(stated(self.reader, layers.text(doc), layers.actors(doc), layers.sure(doc)))
        return [s for s in found if s.chance >= self.min_confidence]

    def set_annotations(self, doc: Doc, found: list[Stated]) -> None:
        """Write propositions, with time and place, and the stance on each that the stance component settles."""
        actors, text = {a.id: a for a in layers.actors(doc)}, layers.text(doc)
        propositions = [replace(_dated(doc, text, s, actors), id=f"p{i}") for i, s in enumerate(found, 1)]
        layers.set_propositions(doc, propositions)
        layers.set_stances(doc, {p.id: (s.stance, s.own) for p, s in zip(propositions, found, strict=True)})


def _dated(doc: Doc, text: str, found: Stated, actors: dict[str, Actor]) -> Proposition:
    """The proposition with its time and place, where the clause gives them."""
    span = tokens_of(doc, found.trigger)
    ends = (found.subject[1], found.object[1], found.trigger)
    evidence = min(s for s, _ in ends), max(e for _, e in ends)
    plain = Proposition(
        "", found.subject[0], found.relation, found.object[0], found.trigger, evidence,
        predicate=text[slice(*found.trigger)], confidence=found.chance,
    )  # fmt: skip
    if span is None:
        return plain
    predicate = span.root
    standing = predicate.pos_ not in VERBAL and found.relation in STANDING
    when = time_of(predicate, layers.article_date(doc), standing=standing)
    where = None if standing else _place(predicate, actors, {found.subject[0], found.object[0]})
    if when is None:
        return replace(plain, place=where)
    return replace(
        plain, place=where, time_text=when.text, valid_from=when.start, valid_to=when.end, precision=when.precision
    )


def _place(predicate: Token, actors: dict[str, Actor], taken: set[str]) -> str | None:
    """The place or state in which the predicate is said to happen."""
    phrases = (c for c in predicate.children if c.dep_ == "prep" and c.lower_ == "in")
    named = {c.idx for phrase in phrases for c in phrase.children if c.dep_ == "pobj"}
    fits = (a for a in actors.values() if a.type in PLACES and a.id not in taken)
    return next((a.id for a in fits if any(m.start <= at < m.end for m in a.mentions for at in named)), None)


@Language.factory("kg_relations", requires=["token.dep", "token.lemma"], default_config={"min_confidence": 0.0})
def make_relations(nlp: Language, name: str, min_confidence: float) -> Relations:  # noqa: ARG001
    """The component, for ``nlp.add_pipe("kg_relations")``; it passes over what is less sure than ``min_confidence``."""
    return Relations(shipped(), min_confidence)
