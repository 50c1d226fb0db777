"""Nouns that tell a denial from its look-alikes (``lexicons/en/stance_nouns.yaml``)."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg.lexicon import load


def noun_class(token: Token) -> str | None:
    """The class of a noun that a denial may take: word, call, part, benefit or procedure."""
    bare = token.pos_ in ("NOUN", "PROPN") or token.lower_ == token.lemma_.lower()  # the tagger may err
    return _classes().get(token.lemma_.lower()) if bare else None


@cache
def _classes() -> dict[str, str]:
    return {e["lemma"]: e["class"] for e in load("en/stance_nouns")}
