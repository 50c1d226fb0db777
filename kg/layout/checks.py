"""Fact checks: a claim with a label that says what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.layout.base import Block, Verdict
from kg.records import Span

_VERDICTS: tuple[tuple[str, Verdict], ...] = (
    (
        r"(?:mostly|partly|partially|half)[- ](?:true|false)|mixture|mixed|misleading|missing context|out of context",
        "mixed",
    ),
    (r"unproven|unsupported|unverified|no evidence|needs context|cannot be verified", "unproven"),
    (
        r"(?:totally |entirely |completely )?(?:false|fake|untrue|incorrect|inaccurate|wrong|fabricated|hoax|debunked|"
        r"baseless|a lie|pants on fire!?|satire|altered|not true)",
        "false",
    ),
    (r"(?:entirely |completely )?(?:true|correct|accurate|verified|confirmed)", "true"),
)
_ANY = "|".join(pattern for pattern, _ in _VERDICTS)
#: ``FALSE: Iran attacked Iraq``.
_JUDGED = re.compile(rf"(?P<verdict>{_ANY}) ?: +(?P<claim>\S[^\n]*)\Z", re.IGNORECASE)
#: ``Claim: Iran attacked Iraq. Verdict: False.``; the verdict may stand in a line of its own.
_CLAIM = re.compile(
    r"(?:the )?(?:claims?|statement|rumou?r|allegation)(?: (?:made|checked))? ?: +(?P<claim>\S[^\n]*)\Z", re.IGNORECASE
)
_RULING = re.compile(
    r"(?:(?:our |the )?(?:verdict|rating|ruling|finding|conclusion|truth)|fact[- ]check|rated|fact) ?: *[“\"]?"
    rf"(?P<verdict>{_ANY})\b",
    re.IGNORECASE,
)
#: ``Fact check: No, Iran did not attack Iraq``: what follows is the checker's own.
_FINDING = re.compile(r"fact[- ]check(?:ed|ing)? ?[:|–—-] *(?:(?:no|yes|false|true)[,:.] *)?(?=\S)", re.IGNORECASE)
#: A verdict stands at most so many lines after its claim.
_NEAR = 4


def checks(text: str, spans: Sequence[Span]) -> Iterator[Block]:
    """The claims that a text checks, with the verdict on each, and its own findings."""
    for number, (start, end) in enumerate(spans):
        line = text[start:end]
        judged, claim, finding = _JUDGED.match(line), _CLAIM.match(line), _FINDING.match(line)
        if judged:
            yield Block(
                "claim", (start, end), (start + judged.start("claim"), end), verdict=_verdict(judged["verdict"])
            )
        elif claim:
            yield _claim(text, spans, number, start + claim.start("claim"))
        elif _RULING.match(line):
            yield Block("frame", (start, end), (start, end))
        elif finding:
            yield Block("headline", (start, end), (start + finding.end(), end))


def _claim(text: str, spans: Sequence[Span], number: int, begin: int) -> Block:
    """A labelled claim, with the verdict in its line or in one that follows soon."""
    start, end = spans[number]
    ruling = _RULING.search(text, begin, end)
    until = ruling.start() if ruling else end
    after = (_RULING.match(text, *span) for span in spans[number + 1 : number + 1 + _NEAR])
    found = ruling or next(filter(None, after), None)
    content = (begin, begin + len(text[begin:until].rstrip()))
    return Block("claim", (start, end), content, verdict=_verdict(found["verdict"]) if found else None)


def _verdict(words: str) -> Verdict:
    return next(verdict for pattern, verdict in _VERDICTS if re.fullmatch(pattern, words, re.IGNORECASE))
