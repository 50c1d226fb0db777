"""The relation lexicons, typed and indexed by lemma."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from kg.lexicon import load

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
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Light:
    """What a verb does to the noun of a relation: leaves it (``does`` empty), turns it around, or changes it."""

    does: Mapping[str, str]
    receives: bool = False


def _entry(data: Mapping[str, Any]) -> Entry:
    known: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k not in ("not", "object_types")
    }
    return Entry(**known, excluded=frozenset(data.get("not", ())))


@cache
def entries(name: str) -> Mapping[str, tuple[Entry, ...]]:
    """Entries of ``relations_<name>.yaml`` by lemma; the most specific (with a particle) come first."""
    found: dict[str, list[Entry]] = {}
    for data in load(f"en/relations_{name}"):
        found.setdefault(data["lemma"], []).append(_entry(data))
    return {lemma: tuple(sorted(es, key=lambda e: not (e.particle or e.complement))) for lemma, es in found.items()}


def matching(name: str, token: Token) -> tuple[Entry, ...]:
    """Entries of ``relations_<name>.yaml`` for the token: by its lemma, mended where needed, or its form."""
    lexicon = entries(name)
    return lexicon.get(lemma(token)) or lexicon.get(token.lower_, ())


def lemma(token: Token) -> str:
    """The token's lemma, with the e that the rule lemmatizer takes off too many verbs ("staged" is not of "stag")."""
    form, base = token.lower_, token.lemma_.lower()
    whole = form[:-1] if form.endswith("ed") else ""
    return whole if whole == base + "e" and _known(whole) and not _known(base) else base


def _known(word: str) -> bool:
    return word in entries("verbs") or word in light_verbs()


@cache
def light_verbs() -> Mapping[str, Light]:
    """Light verbs by lemma."""
    found: dict[str, Light] = {}
    for group in load("en/relations_light"):
        does = group["does"]
        light = Light(does if isinstance(does, dict) else {}, receives=does == "receive")
        found |= {lemma: light for lemma in group["lemmas"] if lemma not in found}
    return found


@cache
def heads(kind: str) -> frozenset[str]:
    """Nouns that let an actor through ("the government of X"), or stop it ("X's son")."""
    return frozenset(x for entry in load("en/relations_heads") if entry["kind"] == kind for x in entry["lemmas"])
