"""Who speaks for whom, and events that a denial takes up again: "no attack ever happened"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.negators import empty
from kg.annotate.relations.lexicon import matching
from kg.annotate.relations.resumed import SPOKEN
from kg.records import Proposition

#: Verbs that say of an event whether there was one.
HAPPEN = frozenset({"happen", "occur", "exist"})
#: How many sentences back an event may have been told.
REACH = 4


def sides(doc: Doc) -> Mapping[str, frozenset[str]]:
    """Each actor's id with its own and those of the bodies that it belongs to or speaks for."""
    above: dict[str, list[str]] = {a.id: [a.of] if a.of else [] for a in layers.actors(doc)}
    for role in layers.roles(doc):
        if not role.role.startswith("former"):
            above.setdefault(role.person, []).append(role.of)
    return {actor: frozenset(_upwards(actor, above)) for actor in above}


def _upwards(actor: str, above: Mapping[str, list[str]]) -> set[str]:
    found, todo = {actor}, [actor]
    while todo:
        new = [x for x in above.get(todo.pop(), ()) if x not in found]
        found.update(new)
        todo += new
    return found


def owner_of(doc: Doc, noun: Token) -> str | None:
    """Whose words or part a noun names: the possessor, or who stands behind "by" or "from", as an actor's id."""
    named_by = [g for c in noun.children if c.lower_ in ("by", "from") for g in c.children if g.dep_ == "pobj"]
    owners = {t.idx for t in (*(c for c in noun.children if c.dep_ == "poss"), *named_by)}
    found = (a.id for a in layers.actors(doc) for m in a.mentions if any(m.start <= i < m.end for i in owners))
    return next(found, None) if owners else None


def named(token: Token) -> bool:
    """Whether a word is a name, so that the phrase around it says itself what it is about."""
    return token.pos_ == "PROPN" or (token.ent_type_ != "" and token.pos_ == "ADJ")


def event(root: Token, propositions: list[Proposition]) -> list[Proposition]:
    """What the text told before of the event that a clause says there was none of; empty for any other clause."""
    noun = next(_subjects(root), None)
    if noun is None or any(named(t) for t in noun.subtree):
        return []
    relations = {e.relation for e in matching("nouns", noun) if not e.role} - SPOKEN
    start = _reach(noun)
    told = [p for p in propositions if p.relation in relations and p.trigger and start <= p.trigger[0] < noun.idx]
    last = [p for p in told if p.trigger == told[-1].trigger]
    edges = {(p.subject, p.relation, p.object) for p in last}
    return last if all((p.subject, p.relation, p.object) in edges for p in told) else []


def _reach(noun: Token) -> int:
    """Offset at which the sentences begin that a noun may point back into."""
    sentence = noun.sent
    for _ in range(REACH - 1):
        sentence = noun.doc[max(0, sentence.start - 1)].sent
    return sentence.start_char


def _subjects(root: Token) -> Iterator[Token]:
    """The noun of which a clause says whether it happened: "no attack happened", "there was no attack"."""
    place = any(c.dep_ == "dobj" and c.lower_ == "place" for c in root.children)
    if root.lemma_ in HAPPEN or (root.lemma_ == "take" and place):
        yield from (c for c in root.children if c.dep_ in ("nsubj", "nsubjpass") and _taken_up(c))
    elif any(c.dep_ == "expl" and c.lower_ == "there" for c in root.children):
        yield from (c for c in root.children if c.dep_ == "attr" and empty(c))


def _taken_up(noun: Token) -> bool:
    return empty(noun) or any(c.lower_ in ("the", "this", "that", "such", "any") for c in noun.children)
