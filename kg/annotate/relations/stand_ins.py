"""Whom a mention stands for in a relation: a body for its spokesman's "we", two actors for "the two countries"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.relations.lexicon import heads
from kg.annotate.relations.syntax import children, coordinated
from kg.records import Actor, Mention, Span

#: Pronouns with which an official speaks for others.
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
#: Bodies whose members act for them.
BODIES = frozenset({"ArmedGroup", "Party"})
#: How many actors a word counts.
COUNTED = {"both": 2, "two": 2, "three": 3, "four": 4}
#: Sentences in which those who are counted must have been named, the counting one among them.
REACH = 3


def spans(doc: Doc, actors: Mapping[str, Actor]) -> Iterator[tuple[Span, str]]:
    """Every mention's characters and whom it stands for: an official's "we" is the state or body he speaks for."""
    owner = _owners(doc, actors)
    text = doc.text  # spaCy joins the tokens anew each time it is asked
    for actor in actors.values():
        for m in actor.mentions:
            words = text[m.start : m.end].lower()
            if m.kind == "pronoun" and words in WE:
                yield (m.start, m.end), represented(actor.id, owner)
            else:
                yield (m.start, m.end), _body(actor, m, words, actors)


def _owners(doc: Doc, actors: Mapping[str, Actor]) -> dict[str, str]:
    """Actor ids with the body that each belongs to or speaks for."""
    owner = {a.id: a.of for a in actors.values() if a.of}
    return owner | {r.person: r.of for r in reversed(layers.roles(doc)) if not r.role.startswith("former")}


def _body(actor: Actor, mention: Mention, words: str, actors: Mapping[str, Actor]) -> str:
    """The armed group or party for its fighters and members, unless they are counted ("two members")."""
    parts = re.split(r" (?:in|inside|near|from) ", words)[0].split()
    counted = any(w in COUNTED or w.isdigit() for w in parts)
    if mention.kind != "description" or counted or parts[-1] not in heads("rank and file"):
        return actor.id
    seen = {actor.id}
    above = actors.get(actor.of or "")
    while above is not None and above.id not in seen:
        if above.type in BODIES:
            return above.id
        seen.add(above.id)
        above = actors.get(above.of or "")
    return actor.id


def represented(actor: str, owner: Mapping[str, str]) -> str:
    """The outermost body that the actor belongs to or speaks for."""
    seen = {actor}
    while (above := owner.get(actor)) is not None and above not in seen:
        seen.add(above)
        actor = above
    return actor


class Groups:
    """Phrases of a Doc that count known actors: "the two leaders", "both countries", "all three sides".

    ``keys`` holds the actor's id by the number of the token that heads a mention.
    """

    def __init__(self, doc: Doc, actors: Mapping[str, Actor], keys: Mapping[int, str]) -> None:
        self.actors, self.keys = actors, keys
        self.owner = _owners(doc, actors)
        self.sentences = list(doc.sents)

    def found(self) -> dict[int, tuple[str, ...]]:
        """Ids of those whom each such phrase stands for, by the number of the token that heads it."""
        counting = [(i, t, n) for i, s in enumerate(self.sentences) for t in s if (n := _count(t))]
        lists = [(t.i, m) for _, t, n in counting if len(m := self._listed(t)) == n]
        known = {t.i: self._members(i, t, n, lists) for i, t, n in counting}
        return {i: members for i, members in known.items() if members}

    def _members(
        self, sentence: int, noun: Token, count: int, lists: list[tuple[int, tuple[str, ...]]]
    ) -> tuple[str, ...]:
        """Those named beside the noun, or in a list of as many that another such phrase has, or just before."""
        if len(listed := self._listed(noun)) == count:
            return listed
        if noun.lemma_.lower() in heads("persons"):
            of_count = [(abs(i - noun.i), members) for i, members in lists if len(members) == count]
            if of_count:
                return min(of_count)[1]
        return self._named(sentence, noun, count) if _definite(noun) else ()

    def _listed(self, noun: Token) -> tuple[str, ...]:
        """Those who are named in apposition ("the two men, A and B")."""
        listed = (t for a in children(noun, "appos") for t in coordinated(a))
        return tuple(dict.fromkeys(self.keys[t.i] for t in listed if t.i in self.keys))

    def _named(self, sentence: int, noun: Token, count: int) -> tuple[str, ...]:
        """The persons, or the states, named or spoken for before the noun, where they are exactly as many."""
        states = noun.lemma_.lower() in heads("states")
        seen: dict[str, None] = {}
        for near in reversed(self.sentences[max(0, sentence - REACH + 1) : sentence + 1]):
            for token in near:
                actor = self.actors.get(self.keys.get(token.i, "")) if token.i < noun.i else None
                if actor is not None and states and actor.type != "State":
                    actor = self.actors.get(represented(actor.id, self.owner))
                if actor is not None and actor.type == ("State" if states else "Person"):
                    seen[actor.id] = None
            if len(seen) >= count:
                return tuple(seen) if len(seen) == count else ()
        return ()


def _count(noun: Token) -> int:
    """How many known actors a phrase counts ("the two sides", "two militants"); 0 for any other word."""
    if noun.tag_ != "NNS" or noun.lemma_.lower() not in heads("states") | heads("persons"):
        return 0
    return next((COUNTED[w] for w in _modifiers(noun) if w in COUNTED), 0)


def _definite(noun: Token) -> bool:
    return bool({"the", "both", "all", "these", "those"} & set(_modifiers(noun)))


def _modifiers(noun: Token) -> list[str]:
    return [c.lower_ for c in noun.children if c.dep_ in ("det", "nummod", "predet")]
