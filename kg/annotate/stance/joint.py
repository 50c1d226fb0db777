"""Claims that several sources make together: "Iran and Russia denied it"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from kg.annotate.spans import listed
from kg.records import NARRATOR, Claim, Span


def each_source(text: str, mentions: Sequence[tuple[int, int, str]], claim: Claim) -> list[Claim]:
    """A claim of "Iran and Russia" as one claim each; any other as it is.

    ``mentions`` are those of all actors (start, end, actor).
    """
    if claim.source == NARRATOR or not claim.source_span:
        return [claim]
    bearers: dict[Span, list[str]] = {}
    for start, end, actor in mentions:
        bearers.setdefault((start, end), []).append(actor)
    first, *others = claim.source_span
    own = _bearers(text, first, bearers)
    shared = chain.from_iterable(_bearers(text, s, bearers) for s in others)
    joined = list(dict.fromkeys([*(own if len(own) > 1 else [claim.source]), *shared]))
    return [replace(claim, id=f"{claim.id}-{i}" if i else claim.id, source=actor) for i, actor in enumerate(joined)]


def shared_out(joint: Sequence[Claim], subjects: Mapping[str, str]) -> list[Claim]:
    """Claims of one content, each with its source's own part where all have one: "Iran and Iraq denied arming Hamas".

    Args:
        joint: the claims, of one source each.
        subjects: of every proposition its subject.
    """
    sources = {c.source for c in joint}
    if len(joint) < 2 or not sources <= {subjects[p] for p in joint[0].propositions}:
        return list(joint)
    return [
        replace(c, propositions=tuple(p for p in c.propositions if subjects[p] not in sources - {c.source}))
        for c in joint
    ]


def _bearers(text: str, span: Span, bearers: Mapping[Span, list[str]]) -> list[str]:
    """Who bears a source's phrase: its actors, those of the parts that it lists, or the first whom it touches."""
    if span in bearers:
        return bearers[span]
    parts = listed(text, span, bearers) or [s for s in bearers if s[0] < span[1] and span[0] < s[1]][:1]
    return [actor for part in parts for actor in bearers[part]]
