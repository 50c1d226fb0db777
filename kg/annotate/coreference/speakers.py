"""Who speaks: the source of the words around a mention, and "I" and "my" in quotations, which are the speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg.annotate.reader.features import PRONOUNS
from kg.annotate.reader.mentions import Found, overlap, stands_for
from kg.annotate.spans import Shelf
from kg.records import Claim, Span

#: Characters between two claims of one speaker, of which the second names nobody.
NEAR = 400
_I = PRONOUNS["i"]


def speakers(claims: Sequence[Claim], spans: Sequence[Span]) -> list[Span | None]:
    """For each mention, the source span of the innermost claim whose content holds it."""
    order = sorted(range(len(spans)), key=spans.__getitem__)
    starts = [spans[n][0] for n in order]
    out: list[Span | None] = [None] * len(spans)
    for claim in sorted((c for c in claims if c.source_span), key=lambda c: (_size(c), c.id), reverse=True):
        for start, end in claim.content:
            for n in order[bisect_left(starts, start) : bisect_left(starts, end)]:
                if spans[n][1] <= end:
                    out[n] = claim.source_span[0]
    return out


def _size(claim: Claim) -> int:
    return sum(end - start for start, end in claim.content)


def follows_on(claim: Claim, end: int) -> bool:
    """Whether a claim without a source is a quotation that goes on with what was said up to ``end``."""
    return claim.kind != "indirect" and not claim.cue and claim.content[0][0] - end < NEAR


def first_persons(text: str, claims: Sequence[Claim], mentions: Sequence[Found]) -> dict[int, int]:
    """The number of the speaker's mention for every "I", "me" and "my" that is quoted.

    In 98 of 100 annotated articles' quotations they are the source of the innermost words in quotation marks.
    """
    quoted, out = list(_quoted(claims)), dict[int, int]()
    numbers = {m.span: n for n, m in enumerate(mentions)}
    shelf = Shelf(numbers)
    for number, mention in enumerate(mentions):
        if PRONOUNS.get(text[slice(*mention.span)].casefold()) == _I:
            around = [(c, source) for c, source in quoted if _holds(c, mention.span)]
            if not around:
                continue
            _, source = min(around, key=lambda a: _size(a[0]))
            fits = [(overlap(m, source), numbers[m]) for m in shelf.touching(source) if stands_for(text, m, source)]
            if fits and max(fits)[1] != number:
                out[number] = max(fits)[1]
    return out


def _quoted(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Span]]:
    """The claims in quotation marks with the span of their source, or of the one whose words they go on with."""
    before: tuple[int, Span] | None = None
    for claim in claims:
        source = claim.source_span[0] if claim.source_span else None
        if source is None and before is not None and claim.content and follows_on(claim, before[0]):
            source = before[1]
        if source is not None and claim.content:
            before = claim.content[-1][1], source
            if claim.kind != "indirect":
                yield claim, source


def _holds(claim: Claim, span: Span) -> bool:
    return any(s <= span[0] and span[1] <= e for s, e in claim.content)
