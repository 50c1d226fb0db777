"""Attributions that the layout makes rather than the grammar: signed quotations, turns of a transcript, posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kg import layout
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.nesting import inside, same_cue
from kg.annotate.attribution.quotes import signatures, trim


def attributions(text: str) -> list[Attribution]:
    """What a text attributes by its layout, in order."""
    return sorted([*_signed(text), *_spoken(text)], key=lambda a: a.content)


def _signed(text: str) -> Iterator[Attribution]:
    """Quotations that end a line together with a dash and a name."""
    for quotation, dash, name in signatures(text):
        content = trim(text, quotation)
        if content[0] < content[1]:
            yield Attribution((name,), (dash,), (content,))


def _spoken(text: str) -> Iterator[Attribution]:
    """What speakers and authors of posts say, block after block; the colon behind the name is the cue."""
    for speaker, blocks in groupby(layout.read(text).blocks, key=lambda b: b.speaker):
        if speaker is None:
            continue
        spoken = list(blocks)
        contents = tuple(c for c in (trim(text, b.content) for b in spoken) if c[0] < c[1])
        colon = text.find(":", speaker[1], spoken[0].content[0])
        if contents:
            yield Attribution((speaker,), ((colon, colon + 1),) if colon >= 0 else (), contents)


def with_layout(
    text: str, found: list[Attribution], whole: Sequence[Attribution] = ()
) -> tuple[list[Attribution], list[Attribution]]:
    """``found`` with what the layout says, which has the last word, and of ``found`` what stands inside of that.

    Args:
        text: the article's.
        found: attributions that the encoder found.
        whole: statements whose extent the layout tells; those of ``found`` with their cues go.
    """
    told = [*attributions(text), *whole]
    found = [b for b in found if not any(same_cue(a, b) for a in whole)]
    inner = [b for b in found if any(_under(b, a) for a in told)]
    kept = [b for b in found if b not in inner and not any(_same(a, b) for a in told)]
    return sorted([*kept, *told], key=lambda a: a.content), inner


def _under(b: Attribution, a: Attribution) -> bool:
    """Whether the cue of ``b`` stands in the content of ``a``."""
    return inside(b.cue, a.content)


def _same(a: Attribution, b: Attribution) -> bool:
    """Whether ``b`` has most of the content of ``a``."""
    common = sum(max(0, min(e, f) - max(s, t)) for s, e in a.content for t, f in b.content)
    return 2 * common > max(sum(e - s for s, e in x.content) for x in (a, b))
