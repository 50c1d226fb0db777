"""What an attribution engine gives: source, cue and content, as character spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kg.records import Spans

if TYPE_CHECKING:  # training and decoding need no spaCy
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: what is said (``content``), by whom (``source``), and the words that say so (``cue``).

    Any part but the content may be empty. ``confidence`` is between 0 and 1.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float = 1.0


class Engine(Protocol):
    """Finds attributions in a parsed text."""

    name: str

    def start(self, text: str) -> None:  # noqa: ARG002  (most engines need the parse)
        """Begin to work on ``text`` beside the caller, where the engine can do so without a parse."""
        return

    def abandon(self) -> None:
        """Leave what was started and not yet begun."""
        return

    def attributions(self, doc: Doc) -> list[Attribution]:
        """Attributions of ``doc`` in the order of their first content."""
        ...
