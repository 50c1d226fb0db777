"""The relations that a word may stand for, by lemma, from ``lexicons/en/relations_*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from kg.lexicon import load


@cache
def predicates(name: str) -> Mapping[str, frozenset[str]]:
    """The relations of each lemma in ``relations_<name>.yaml``."""
    found: dict[str, frozenset[str]] = {}
    for entry in load(f"en/relations_{name}"):
        found[entry["lemma"]] = found.get(entry["lemma"], frozenset()) | {entry["relation"]}
    return found


def lemma(token: Token) -> str:
    """The token's lemma, with the e that the rule lemmatizer takes off too many verbs ("staged" is not of "stag")."""
    form, base = token.lower_, token.lemma_.lower()
    verbs, whole = predicates("verbs"), form[:-1] if form.endswith("ed") else ""
    return whole if whole == base + "e" and whole in verbs and base not in verbs else base


def relations(token: Token) -> frozenset[str]:
    """The relations that a verb, a noun or a modifier may stand for; none for most words."""
    if token.pos_ not in ("VERB", "NOUN"):
        return predicates("modifiers").get(token.lower_, frozenset())
    known = predicates("verbs" if token.pos_ == "VERB" else "nouns")
    return known.get(lemma(token)) or known.get(token.lower_, frozenset())
