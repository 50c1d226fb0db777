"""The words of a claim in a form in which claims can be compared: for those whose content is no known proposition.

"Reed rejected Hale's claim that the siege had been lifted" holds two claims of the same words, by sources that
disagree. Words are compared in their order ("Israel attacked Gaza" is not "Gaza attacked Israel"), and only where there
are enough of them to mean the same thing twice. A name stands for its actor, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.merge.keys import fold
from kg.records import Article, Claim, Span, Spans

#: Fewer words say too little, more are hardly ever repeated. A name counts twice: "Isis defeated" is enough.
FEWEST, MOST = 3, 12
#: A denial of at most so many words may repeat a part of an assertion that is at most so many times as long.
SHORT, LONGER = 6, 4
_ACTOR = "@"
_WORD = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset({"not", "never", "no", "neither", "nor", "cannot", "t"})
_AUXILIARIES = (
    "is are was were be been being am has have had having do does did will would shall should can could may might must "
    "don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn s ve ll re d"
)
_SMALL = (
    "the a an that this these those there and or as to of in on at by for from with into "
    "i my we our you your he his him she her it its they their them"
)
_EMPTY = _NEGATIONS | frozenset(f"{_SMALL} {_AUXILIARIES}".split())


@dataclass(frozen=True, slots=True)
class Wording:
    """The content words of a claim in their order, without case, small words and negation; and where they stand."""

    words: tuple[str, ...]
    denies: bool
    content: Spans

    @property
    def key(self) -> str | None:
        """The form in which claims of other articles are compared; None for what is hardly ever repeated."""
        return " ".join(self.words) if len(self.words) <= MOST else None

    def denied_of(self, other: Wording) -> bool:
        """Whether this denies what ``other``, of the same article, asserts: the same words, or these among others."""
        if other.denies or not self.denies:
            return False
        if other.words == self.words:
            return True
        apart = all(end <= start or stop <= begin for begin, end in other.content for start, stop in self.content)
        brief = len(self.words) <= SHORT and len(other.words) <= LONGER * len(self.words)
        return apart and brief and set(self.words) <= set(other.words)


def wording(article: Article, claim: Claim, names: Mapping[Span, str]) -> Wording | None:
    """The wording of a claim; None where it is too short, or takes no side. ``names`` holds actors by where they stand.

    An assertion with a negation in it has none: it would read like what it negates.
    """
    found = [word for span in sorted(claim.content) for word in _words(article.text, span, names)]
    full = tuple(word for word in found if word not in _EMPTY)
    actors = sum(word.startswith(_ACTOR) for word in full)
    denies = claim.stance == "denies"
    if claim.stance == "declines_to_confirm" or actors == len(full) or len(full) + actors < FEWEST:
        return None
    if not denies and _NEGATIONS & set(found):
        return None
    return Wording(full, denies, claim.content)


def _words(text: str, span: Span, names: Mapping[Span, str]) -> Iterator[str]:
    """The words of a stretch of text, with actors for names."""
    start = span[0]
    for begin, end in sorted(s for s in names if span[0] <= s[0] and s[1] <= span[1]):
        if begin >= start:
            yield from _plain(text[start:begin])
            yield _ACTOR + names[begin, end]
            start = end
    yield from _plain(text[start : span[1]])


def _plain(text: str) -> list[str]:
    return _WORD.findall(fold(text.replace("’", "'")))
