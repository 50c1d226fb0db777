"""Transcripts and interviews: lines that begin with who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.layout.base import Block
from kg.records import Span

_WORD = r"[A-Z][\w.’'-]*"
#: ``MS. HARF:``, ``JANE REED (on the phone):``, ``Q:``, ``Q.``, ``Q   ``, ``Amanpour:``.
_LABEL = re.compile(
    rf"[“\"*_]*(?P<name>{_WORD}(?: (?:(?:al|el|bin|de|van|von|of|the)[ -])?{_WORD}){{0,5}})"
    r"(?:,? ?[(\[][^)\]\n]{1,40}[)\]]|, [\w .’'-]{2,40})?"
    r"[*_]*(?::|(?<=\b[QA])(?:\.|(?=[ \t]{2})))[*_]*[ \t\u00a0]+(?=\S)"
)
_ASKS = re.compile(r"(?:q|question|reporter|journalist|interviewer|press|media|audience(?: member)?)(?: \d+)?\Z", re.I)
_ANSWERS = re.compile(r"(?:a|answer)\Z", re.I)
_TITLED = re.compile(
    r"(?:mr|mrs|ms|miss|dr|sir|sen|rep|gov|gen|amb|secretary|president|minister|the|chair\w*|moderator)\b", re.I
)
#: Labels of what is no speech.
_NOBODY = re.compile(
    r"(?:about|advisory|analysis|background|bottom line|breaking|by|caption|cc|claim|contacts?|correction|credit|date|"
    r"developing|e-?mail|editor\S* note|exclusive|fact(?: check)?|false|from|image|key points|listen|live|location|"
    r"misleading|note|opinion|phone|photos?|place|rating|re|read (?:more|also)|related|ruling|sources?|subject|summary|"
    r"tags?|tel|time|to|topics?|true|unproven|update[ds]?|urgent|verdict|video|warning|watch|web)\Z",
    re.I,
)
_DIRECTION = re.compile(r"[(\[][A-Z][^()\[\]]{2,60}[)\]]\.?\Z|#{2,}|\*{3,}|-{3,}|(?:END|ENDS|-30-)\Z")
#: Of the lines of a transcript, at least this share have a label; then those without go on with the one before.
_DENSITY = 1 / 3


@dataclass(frozen=True, slots=True)
class _Turn:
    line: Span
    label: Span
    name: str
    start: int


def turns(text: str, spans: Sequence[Span]) -> Iterator[Block]:
    """The blocks of a transcript among the lines of a text; none where the labels are none of speakers."""
    found = {line: turn for line in spans if (turn := _turn(text, line))}
    speakers = Counter(_key(turn.name) for turn in found.values())
    if not _is_transcript(speakers):
        return
    dense = len(found) >= _DENSITY * len(spans)
    answering = _answering(speakers, list(found.values()))
    last: _Turn | None = None
    for line in spans:
        turn = found.get(line) or (last if dense and last and not _DIRECTION.match(text[slice(*line)]) else None)
        if turn:
            yield _block(line, turn, answering)
        elif last and _DIRECTION.match(text[slice(*line)]):
            yield Block("frame", line, line)
        last = turn or last


def _turn(text: str, line: Span) -> _Turn | None:
    """What a line begins with, if that may be a speaker."""
    match = _LABEL.match(text, *line)
    if match is None or _NOBODY.match(match["name"]) or len(match["name"]) > 50:
        return None
    return _Turn(line, match.span("name"), match["name"], match.end())


def _is_transcript(speakers: Counter[str]) -> bool:
    """Two who take turns, one of whom speaks again; or labels that only transcripts have."""
    known = sum(bool(_ASKS.match(name) or _ANSWERS.match(name)) for name in speakers)
    titled = sum(bool(_TITLED.match(name)) and " " in name for name in speakers)
    return (len(speakers) > 1 and max(speakers.values()) > 1) or (known > 0 and known + titled > 1)


def _answering(speakers: Counter[str], found: list[_Turn]) -> _Turn | None:
    """Who ``A:`` is: the only one with a name among those who do not ask."""
    named = [name for name in speakers if not _ASKS.match(name) and not _ANSWERS.match(name)]
    return next((turn for turn in found if len(named) == 1 and _key(turn.name) == named[0]), None)


def _block(line: Span, turn: _Turn, answering: _Turn | None) -> Block:
    content = (turn.start if line == turn.line else line[0], line[1])
    asks = bool(_ASKS.match(_key(turn.name)))
    who = answering if answering and _ANSWERS.match(_key(turn.name)) else turn
    return Block("turn", line, content, who.label, "questioner" if asks else ordinary(who.name), question=asks)


def _key(name: str) -> str:
    return name.lower().strip(" .")


def ordinary(name: str) -> str:
    """A name in capitals as it is written elsewhere: ``MS. HARF`` is ``Ms. Harf``."""
    if not name.isupper() or len(name) < 3:
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
