"""Sources: the actor behind every claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.annotate.coreference.speakers import follows_on
from kg.annotate.reader.mentions import overlap, stands_for
from kg.records import NARRATOR, Actor, Claim, Span


class Sources:
    """Finds the source of one claim after another, in text order."""

    def __init__(self, text: str, actors: Sequence[Actor]) -> None:
        self.text, self.actors = text, list(actors)
        self.mentions = sorted(((m.start, m.end), a.id) for a in actors for m in a.mentions)
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
        outlets = {a.id for a in self.actors if a.type == "Outlet"} - {source}
        ends = [end for _, end in claim.cue_span]
        for (start, _), actor in self.mentions:
            if actor in outlets and any(0 <= start - end <= 5 for end in ends):
                yield actor

    def _of_span(self, span: Span) -> str | None:
        """Whose mention a source phrase is."""
        fits = [(overlap(m, span), m[1], i) for m, i in self.mentions if stands_for(self.text, m, span)]
        if not fits:
            fits = [(overlap(m, span), m[1], i) for m, i in self.mentions if overlap(m, span) > 0]
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
