"""Phrases: noun phrases around a noun that names actors ("the Turkish foreign ministry", "a senior official")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Literal

from spacy.tokens import Doc, Token

from kg.annotate.actors.candidates import Candidate
from kg.gazetteer import word_list
from kg.lexicon import load

Definiteness = Literal["definite", "possessive", "indefinite", "bare"]

_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
_POSSESSIVE = frozenset(("its", "his", "her", "their", "our", "my", "your"))
_INDEFINITE = word_list("indefinite")
_LINKS = frozenset(("of", "for", "in", "at", "from", "with", "inside", "within", "to"))
_PREMODIFIERS = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "DET", "PRON", "PART", "X"))
_ATTACHED = word_list("attached")
_POSTMODIFIERS = word_list("postmodifiers")
#: Modifiers that do not tell one actor from another.
_IDLE = word_list("idle_modifiers")


@dataclass(slots=True)
class Phrase:
    """A noun phrase: tokens ``start`` to ``end``, around ``head``.

    ``noun`` is the lexicon's entry; ``owner`` the candidate it belongs to (Turkey's army, a spokesman for the UN);
    ``backers`` those named in "US-backed"; ``person`` the name that stands next to it as the holder of the role.
    """

    start: int
    end: int
    head: int
    noun: Mapping[str, str]
    definiteness: Definiteness
    plural: bool
    owner: Candidate | None = None
    backers: list[Candidate] = field(default_factory=list)
    possessor: int | None = None


@cache
def nouns() -> dict[str, Mapping[str, str]]:
    """Lemma to entry of the lexicon of actor nouns."""
    return {e["lemma"]: e for e in load("en/actor_nouns")}


@cache
def _compounds() -> dict[str, frozenset[str]]:
    """Last word to first words of the lemmas of two words ("air force", "news agency")."""
    pairs = [lemma.split() for lemma in nouns() if " " in lemma]
    return {last: frozenset(a for a, b in pairs if b == last) for _, last in pairs}


def find_phrases(doc: Doc, over: Mapping[int, Candidate]) -> list[Phrase]:
    """Phrases of ``doc`` from left to right; ``over`` gives the name over a token, if any."""
    return [p for t in doc if t.pos_ in ("NOUN", "PROPN", "ADJ") and (p := _phrase(doc, t, over))]


def _noun(token: Token) -> Mapping[str, str] | None:
    """The lexicon's entry for a token as the head of a phrase."""
    lemma = token.lemma_.lower() if token.pos_ == "NOUN" else token.lower_
    if token.i and lemma in _compounds() and token.nbor(-1).lower_ in _compounds()[lemma]:
        return nouns()[f"{token.nbor(-1).lower_} {lemma}"]
    entry = nouns().get(lemma) or nouns().get(token.lemma_.lower()) or nouns().get(token.lower_)
    return entry if entry is None or not entry.get("plural") or is_plural(token) else None


def is_plural(token: Token) -> bool:
    """Whether the noun is plural ("Iraqi forces", "the military" is not)."""
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in ("people", "police")


def _phrase(doc: Doc, token: Token, over: Mapping[int, Candidate]) -> Phrase | None:
    entry = _noun(token) or _apposed(doc, token, over)
    name = over.get(token.i)
    known = (
        name is not None and name.kind == "name" and bool(name.entry is not None or name.type == "Person" or name.name)
    )
    if entry is None or known:
        return None
    if token.dep_ == "compound" and token.head.i > token.i and token.head.pos_ == "NOUN":
        return None
    if token.pos_ == "ADJ" and token.dep_ not in ("nsubj", "pobj", "dobj", "appos", "conj"):
        return None
    if (
        entry.get("vehicle")
        and token.i
        and (owning := _noun(token.nbor(-1)))
        and owning["class"] in ("group", "coalition")
    ):
        return _carried(doc, token, owning, over)
    start = _left(doc, token, over)
    end, owner = _right(doc, token, over)
    if owner is not None and entry["class"] in ("force", "group") and _whereabouts(token, token.nbor()):
        owner = None
    phrase = Phrase(start, end, token.i, entry, _definiteness(doc, start), is_plural(token), owner)
    _modifiers(doc, phrase, over)
    return phrase


def _apposed(doc: Doc, token: Token, over: Mapping[int, Candidate]) -> Mapping[str, str] | None:
    """An entry for any noun that says what somebody just named is ("Ana Ruiz, a beekeeper, ...")."""
    if token.dep_ != "appos" or token.tag_ != "NN":
        return None
    start = token.left_edge.i
    name = (
        over.get(start - 2) if start > 1 and doc[start - 1].text == "," and doc[start].lower_ in ("a", "an") else None
    )
    person = name is not None and name.type == "Person" and name.kind == "name" and name.end == start - 1
    return {"lemma": token.lemma_.lower(), "class": "person"} if person else None


def _carried(doc: Doc, vehicle: Token, owning: Mapping[str, str], over: Mapping[int, Candidate]) -> Phrase:
    """The coalition or group in "US-led coalition warplanes", whose planes act for it."""
    start = _left(doc, vehicle, over)
    phrase = Phrase(start, vehicle.i + 1, vehicle.i - 1, owning, _definiteness(doc, start), plural=False)
    _modifiers(doc, phrase, over)
    return phrase


def _left(doc: Doc, head: Token, over: Mapping[int, Candidate]) -> int:
    """Where the phrase begins: the head's modifiers, as far as they are such."""
    i, edge = head.i, head.left_edge.i
    while i > edge and _modifies(doc[i - 1], doc[i], over):
        i -= 1
    while i < head.i and doc[i].pos_ in ("PART", "PUNCT"):
        i += 1
    return i


def _modifies(token: Token, following: Token, over: Mapping[int, Candidate]) -> bool:
    named = over.get(token.i)
    person = named is not None and named.type == "Person" and named.kind == "name"
    if person and following.lower_ not in ("'s", "’s", "'", "’", "-", "–"):
        return following.lower_ in ("administration", "government", "regime", "campaign", "team", "presidency")
    if token.is_space or (token.pos_ == "PRON" and token.tag_ not in ("PRP$", "DT", "WDT")):
        return False
    if token.pos_ in _PREMODIFIERS or token.lower_ in ("-", "–") or token.dep_ == "amod":
        return True
    return token.pos_ in ("VERB", "ADV") and (token.nbor(-1).lower_ in ("-", "–") if token.i else False)


def _right(doc: Doc, head: Token, over: Mapping[int, Candidate]) -> tuple[int, Candidate | None]:
    """Where the phrase ends, and the name that it is said to belong to ("a spokesman for the US military")."""
    i = head.i + 1
    if i + 1 < len(doc) and doc[i].lower_ == "of" and doc[i + 1].lower_ in _PORTFOLIOS:
        i += 2
        if i + 1 < len(doc) and doc[i].lower_ == "affairs":
            i += 1
    if i < len(doc) and doc[i].lower_ in _POSTMODIFIERS and doc[i].head.i == head.i:
        return head.right_edge.i + 1, None
    if i >= len(doc) or doc[i].lower_ not in _LINKS:
        return i, None
    for j in range(i + 1, min(i + 6, len(doc))):
        name = over.get(j)
        if name is not None and not name.modifier and name.label != "adjective":
            return _past_possessions(doc, name.end), name
        if name is None and doc[j].pos_ not in ("DET", "ADJ", "NOUN", "PROPN") and doc[j].lower_ not in ("-",):
            break
    return i, None


def _past_possessions(doc: Doc, end: int) -> int:
    """Where the phrase ends, past a body that the name owns: "a spokesman for Chile" 's foreign ministry."""
    if end >= len(doc) or doc[end].lower_ not in ("'s", "’s", "'", "’"):
        return end
    body = end + 1
    while body + 1 < len(doc) and doc[body].pos_ in ("ADJ", "NOUN", "PROPN") and _noun(doc[body]) is None:
        body += 1
    noun = _noun(doc[body]) if body < len(doc) else None
    return body + 1 if noun is not None and noun["class"] in ("ministry", "force", "government") else end


def _whereabouts(head: Token, preposition: Token) -> bool:
    """Whether what follows a body of armed people tells where they are, or whence they go, and not whose they are."""
    if preposition.lower_ in ("in", "at", "inside", "within"):
        return True
    above = list(islice(head.ancestors, 3))
    return preposition.lower_ == "from" and any(a.lemma_.lower() in word_list("leaving") for a in above)


_PORTFOLIOS = word_list("portfolios")


def _definiteness(doc: Doc, start: int) -> Definiteness:
    word = doc[start].lower_
    if word in _DEFINITE:
        return "definite"
    if word in _POSSESSIVE:
        return "possessive"
    return "indefinite" if word in _INDEFINITE or doc[start].like_num else "bare"


def _modifiers(doc: Doc, phrase: Phrase, over: Mapping[int, Candidate]) -> None:
    """Note the owner and the backers among the names before the head."""
    before: list[Candidate] = []
    for i in range(phrase.start, phrase.head):
        name = over.get(i)
        if name is None or (name.kind != "name" and name.end > phrase.head):
            continue  # "the party" in "the party's head"
        if all(name is not other for other in before):
            before.append(name)
    for name in before:
        if name.end + 1 < len(doc) and doc[name.end].lower_ in ("-", "–") and doc[name.end + 1].lower_ in _ATTACHED:
            phrase.backers.append(name)
        elif phrase.owner is None or name.label in ("adjective", "name") or phrase.owner.type == "Place":
            phrase.owner = name
    if phrase.definiteness == "possessive":
        phrase.possessor = phrase.start
    if any(doc[name.end].lower_ in ("'s", "’s", "'", "’") for name in before if name.end < len(doc)):
        phrase.definiteness = "possessive"


def predicative(head: Token) -> bool:
    """Whether the phrase says what somebody is, and so introduces nobody ("Ghana is a member of the alliance")."""
    return head.dep_ in ("attr", "oprd", "acomp")


def description(doc: Doc, phrase: Phrase) -> str:
    """What the phrase says of its actor, for comparison: modifiers and lemma of the head, no articles, no numbers."""
    kept = [
        t.lower_
        for t in doc[phrase.start : phrase.head]
        if t.pos_ not in ("DET", "NUM", "PART", "PUNCT", "SPACE") and t.tag_ != "PRP$"
        and t.lower_ not in _IDLE and t.lower_ not in _INDEFINITE
    ]  # fmt: skip
    return " ".join([*kept, doc[phrase.head].lower_ if phrase.plural else doc[phrase.head].lemma_.lower()])
