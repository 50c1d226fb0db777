"""A relation that a predicate states between the heads of two phrases."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Link:
    """``relation`` between any of ``subjects`` and any of ``objects`` (heads of phrases).

    Without objects, they are to be understood from before. ``trigger`` holds the predicate's first and last token.
    ``itself`` says that a subject must be a mention as it stands; ``among`` that the subjects stand in the relation to
    each other; ``affix`` that one of the two stands inside the other's phrase ("US-backed rebels"); ``local`` that the
    object is where it happens, and so the target if it is a town, and not if it is a country ("a raid in").
    """

    relation: str
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    trigger: tuple[Token, Token]
    among: bool = False
    itself: bool = False
    affix: bool = False
    local: bool = False

    @property
    def words(self) -> str:
        """The predicate as the text has it."""
        first, last = self.trigger
        return str(first.doc[first.i : last.i + 1].text)
