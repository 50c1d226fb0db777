"""Sources: the actor behind every claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.coreference.speakers import follows_on
from kg.annotate.reader.mentions import overlap, stands_for
from kg.annotate.spans import Shelf
from kg.records import NARRATOR, Actor, Claim, Span

#: Characters between a cue and the outlet that was told.
_NEXT = 5


class Sources:
    """Finds the source of one claim after another, in text order."""

    def __init__(self, text: str, actors: Sequence[Actor]) -> None:
        self.text, self.actors = text, list(actors)
        self.bearers: dict[Span, list[str]] = {}
        for mention, bearer in sorted(((m.start, m.end), a.id) for a in actors for m in a.mentions):
            self.bearers.setdefault(mention, []).append(bearer)
        self.shelf = Shelf(self.bearers)
        self.outlets = {a.id for a in actors if a.type == "Outlet"}
        self.previous: tuple[int, str] | None = None

    def resolved(self, claim: Claim) -> Claim:
        """``claim`` with its source."""
        if claim.source == NARRATOR:
            return claim
        source = self._of_span(claim.source_span[0]) if claim.source_span else self._carried(claim)
        source = source or self._nobody()
        if claim.content:
            self.previous = claim.content[-1][1], source
        return replace(claim, source=source, via=tuple(self._told(claim, source)))

    def _told(self, claim: Claim, source: str) -> Iterator[str]:
        """The outlets that the source told: their names stand right behind the cue."""
        ends = [end for _, end in claim.cue_span]
        behind = {m for end in ends for m in self.shelf.touching((end, end + _NEXT)) if end <= m[0] <= end + _NEXT}
        for mention in sorted(behind):
            yield from (a for a in self.bearers[mention] if a in self.outlets and a != source)

    def _of_span(self, span: Span) -> str | None:
        """Whose mention a source phrase is."""
        near = self.shelf.touching(span)
        meant = [m for m in near if stands_for(self.text, m, span)] or [m for m in near if overlap(m, span) > 0]
        fits = [(overlap(m, span), m[1], bearer) for m in meant for bearer in self.bearers[m]]
        return max(fits)[2] if fits else None

    def _carried(self, claim: Claim) -> str | None:
        """The speaker of the claim before, for quotations that follow on."""
        if self.previous is None:
            return None
        end, source = self.previous
        return source if follows_on(claim, end) else None

    def _nobody(self) -> str:
        """One unnamed actor without names, for "it is believed that"."""
        found = next((a for a in self.actors if a.reason == "a claim without a source"), None)
        if found is None:
            number = max((int(a.id[1:]) for a in self.actors if a.id[1:].isdigit()), default=0) + 1
            found = Actor(f"a{number}", "unspecified", "Unnamed", reason="a claim without a source")
            self.actors.append(found)
        return found.id
