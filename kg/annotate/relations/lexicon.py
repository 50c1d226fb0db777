"""The relation lexicons, typed and indexed by lemma."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from kg.lexicon import load

#: What may stand behind "co-".
HYPHENED = frozenset({"operate", "operation", "ordinate", "ordination"})
LEXICONS = ("verbs", "nouns", "modifiers", "light")


@dataclass(frozen=True, slots=True)
class Entry:
    """A predicate of the lexicon; the fields are explained at the head of each ``lexicons/en/relations_*.yaml``."""

    lemma: str
    relation: str
    example: str
    frame: tuple[str, ...] = ()
    particle: str = ""
    needs: tuple[str, ...] = ()
    mutual: bool = False
    clause: bool = False
    bare: bool = False
    complement: str = ""
    role: bool = False
    form: str = ""
    subject: str = "actor"
    adverbial: tuple[str, ...] = ()
    undergone: tuple[str, ...] = ()
    neutral: bool = False
    excluded: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Light:
    """What a verb does to the noun of a relation: leaves it (``does`` empty), turns it around, or changes it.

    ``asks`` says that the act is sought from somebody ("sought help from"), ``mends`` that the verb makes a bond.
    """

    does: Mapping[str, str]
    receives: bool = False
    asks: bool = False
    mends: bool = False


def _entry(data: Mapping[str, Any]) -> Entry:
    known: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k not in ("not", "only", "object_types")
    }
    return Entry(**known, excluded=frozenset(data.get("not", ())), only=frozenset(data.get("only", ())))


@cache
def entries(name: str) -> Mapping[str, tuple[Entry, ...]]:
    """Entries of ``relations_<name>.yaml`` by lemma; the most specific (with a particle) come first."""
    found: dict[str, list[Entry]] = {}
    for data in load(f"en/relations_{name}"):
        found.setdefault(data["lemma"], []).append(_entry(data))
    return {
        lemma: tuple(sorted(es, key=lambda e: not (e.particle or e.complement or e.only)))
        for lemma, es in found.items()
    }


def matching(name: str, token: Token) -> tuple[Entry, ...]:
    """Entries of ``relations_<name>.yaml`` for the token: by its lemma, mended where needed, or its form."""
    lexicon = entries(name)
    return lexicon.get(lemma(token)) or lexicon.get(token.lower_, ())


def lemma(token: Token) -> str:
    """The token's lemma, with the e that the rule lemmatizer takes off too many verbs ("staged" is not of "stag")."""
    form, base = token.lower_, token.lemma_.lower()
    if base in HYPHENED and token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "co":
        return "co" + base
    whole = form[:-1] if form.endswith("ed") else ""
    return whole if whole == base + "e" and _known(whole) and not _known(base) else base


def _known(word: str) -> bool:
    return word in entries("verbs") or word in light_verbs()


@cache
def light_verbs() -> Mapping[str, Light]:
    """Light verbs by lemma, some with the particle or preposition that belongs to them ("call for")."""
    found: dict[str, Light] = {}
    for group in load("en/relations_light"):
        does, asks = group["does"], bool(group.get("asks"))
        light = Light(does if isinstance(does, dict) else {}, does == "receive", asks, does == "mend")
        found |= {lemma: light for lemma in group["lemmas"] if lemma not in found}
    return found


def light_of(verb: Token, noun: Token) -> Light | None:
    """What the verb does to the noun, by itself or with its particle or the noun's preposition; None for others."""
    word = lemma(verb)
    lights = light_verbs()
    if noun.dep_ == "pobj" and noun.head.lower_ == "for":
        return lights.get(f"{word} for")
    beside = [c.lower_ for c in verb.children if c.dep_ == "prt"] + ([noun.head.lower_] if noun.dep_ == "pobj" else [])
    return next((lights[k] for k in (*(f"{word} {b}" for b in beside), word) if k in lights), None)


@cache
def heads(kind: str) -> frozenset[str]:
    """Nouns that let an actor through ("the government of X"), or stop it ("X's son")."""
    return frozenset(x for entry in load("en/relations_heads") if entry["kind"] == kind for x in entry["lemmas"])


@cache
def seats() -> frozenset[str]:
    """Last words of the capitals from which states are governed."""
    return frozenset(c.split()[-1] for state in load("actors/states") for c in state.get("capitals", ()))
