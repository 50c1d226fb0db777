"""Candidates: mentions of actors, before those of one actor are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

#: Endings that are no part of a name.
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_ARTICLES = frozenset(("the", "a", "an"))

Number = Literal["singular", "plural"]


@dataclass(slots=True)
class Candidate:
    """A mention: tokens ``start`` to ``end`` (exclusive). Candidates of one ``key`` are one actor.

    ``entry`` is the number of the gazetteer entry, ``of`` the key of the actor that this one belongs to, ``name`` what
    it is called everywhere. A ``modifier`` only qualifies others ("Kurdish fighters") and is no mention of its own.
    """

    start: int
    end: int
    type: str
    key: str
    kind: Literal["name", "description", "pronoun"] = "name"
    reason: str = ""
    entry: int | None = None
    of: str | None = None
    label: str = ""
    modifier: bool = False
    number: Number = "singular"
    gender: str | None = None
    name: str = ""


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The token range without leading article, surrounding punctuation and possessive ending."""
    while start < end and (doc[start].lower_ in _ARTICLES or _outside(doc[start])):
        start += 1
    while end > start and (doc[end - 1].lower_ in _POSSESSIVE or _outside(doc[end - 1])):
        end -= 1
    return start, end


def _outside(token: Token) -> bool:
    """Whether the token can be no part of a name: punctuation, space, a quotation mark in two characters."""
    return token.is_punct or token.is_space or token.text in ("`", "``", "''")


def covered(candidates: list[Candidate]) -> dict[int, Candidate]:
    """Token number to the candidate over it; of two that overlap, the longer."""
    out: dict[int, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: c.end - c.start):
        for i in range(candidate.start, candidate.end):
            out[i] = candidate
    return out
