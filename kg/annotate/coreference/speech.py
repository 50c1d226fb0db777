"""Speech: who speaks where, as pronouns and descriptions need it: the heads of sources, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.coreference.referents import Cast, Referent
from kg.records import Claim

_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Speech:
    """Head tokens of sources.

    ``heads`` are all of them, ``inside`` those of the quotations around a token, ``until`` gives the last token of what
    each of them says in quotation marks.
    """

    heads: frozenset[int] = _NOBODY
    inside: dict[int, frozenset[int]] = field(default_factory=dict)
    until: dict[int, int] = field(default_factory=dict)

    def quoted(self, referent: Referent, token: int) -> bool:
        """Whether the token stands in the referent's own quotation, where it would be called ``I``."""
        speakers = self.inside.get(token, _NOBODY)
        return bool(speakers) and any(p.head in speakers for p in referent.places)

    def lately(self, cast: Cast, token: int) -> dict[str, int]:
        """Ids of those who spoke in quotation marks before ``token``, with the last token of what they said."""
        ends = sorted((end, head) for head, end in self.until.items() if end < token and head in cast.over)
        return {cast.over[head].actor.id: end for end, head in ends}


def speech(cast: Cast, claims: list[Claim]) -> Speech:
    """The speech of the claims that say who speaks."""
    heads: set[int] = set()
    inside: dict[int, frozenset[int]] = {}
    until: dict[int, int] = {}
    for claim in claims:
        spans = (cast.doc.char_span(*s, alignment_mode="expand") for s in claim.source_span)
        roots = frozenset(span.root.i for span in spans if span is not None)
        heads |= roots
        if claim.kind == "direct" and claim.nested_in is None:
            said = [t.i for s in claim.content for t in cast.doc.char_span(*s, alignment_mode="expand") or ()]
            inside |= {i: inside.get(i, _NOBODY) | roots for i in said}
            until |= {root: max(said, default=root) for root in roots}
    return Speech(frozenset(heads), inside, until)
