"""An attribution: source, cue and content, as character spans."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Spans


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: what is said (``content``), by whom (``source``), and the words that say so (``cue``).

    Any part but the content may be empty. ``confidence`` is between 0 and 1.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float = 1.0
