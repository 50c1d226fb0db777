"""Where a source stands on a proposition, when and where it is said to happen; and which stands contradict each other.

One source asserts and another denies the same event: the times and places must be compatible, unknown ones are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import NamedNode

from kg import lexicon
from kg.ids import Ids
from kg.merge.places import may_be_one

#: Relations that last: who is an ally today was one yesterday. The others are events.
STANDING = frozenset({"alliedWith", "memberOf", "leads", "opposes", "supports"})
#: Speech acts about what is to come, whatever the tense of their words: a refusal to join, a vow not to allow.
AHEAD = frozenset({"Promise", "Threat", "Plan", "Refusal", "Prediction"})
#: Speech acts that neither assert nor deny: who demands peace does not say that there is any.
NO_STAND = frozenset({"Demand", "Request", "Wish", "Question", "Suggestion"})
# Days, chosen on 125 articles. An event that nobody dates is news of the last days where it is asserted; a denial
# answers what was said within the month, not the war of last year; plans are for the coming month; alliances last.
_NEWS, _ANSWERED, _COMING, _LASTING = 3, 30, 30, 730
_ENTAILED, _STOOD_FOR, _UNSURE, _UNDATED, _LEAST, _DIGITS = 0.9, 0.7, 0.7, 0.5, 0.5, 4
_FOREVER = (-(10**6), 10**7)

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stand:
    """One claim's stance on one proposition, as one mention of the proposition words it.

    ``said`` is the day of the claim as an ordinal, ``begin`` and ``end`` the stated time of the event likewise.
    ``outcome`` says that it is worded by how the act ended ("defeated").
    """

    claim: NamedNode
    source: NamedNode
    denies: bool
    proposition: NamedNode
    relation: str
    article: str
    act: str
    future: bool
    certain: bool = True
    said: int | None = None
    begin: int | None = None
    end: int | None = None
    place: str | None = None
    outcome: bool = False

    def when(self, *, standing: bool) -> Days:
        """First and last day on which what is claimed may hold; ``standing`` for what lasts."""
        if self.begin is not None or self.end is not None:
            begin = _FOREVER[0] if self.begin is None else self.begin
            so_far = _FOREVER[1] if self.said is None or standing or self.ahead else max(self.said, begin)
            return begin, so_far if self.end is None else self.end
        if self.said is None:
            return _FOREVER
        if self.ahead:
            return self.said, self.said + _COMING
        if standing:
            return self.said - _LASTING, self.said + _LASTING
        return self.said - (_ANSWERED if self.denies else _NEWS), self.said

    @property
    def ahead(self) -> bool:
        """Whether it is about what is to come."""
        return self.future or self.act in AHEAD


def score(yes: Stand, no: Stand, ids: Ids, *, stand_in: bool = False) -> float:
    """How surely the denial ``no`` contradicts ``yes``, 0 (not at all) to 1; their propositions must be comparable.

    1 in one article or where both state the time; less the longer ago, where dates are missing, by entailment, where
    one is about a state and the other about who acts for it (``stand_in``), and for opinions. Under a half is none.
    """
    if not opposed(yes, no) or not _at_one_place(yes, no, ids):
        return 0.0
    standing = {yes.relation, no.relation} <= STANDING
    if not _at_one_time(yes, no, standing=standing):
        return 0.0
    factor = 1.0 if yes.proposition == no.proposition else _STOOD_FOR if stand_in else _ENTAILED
    factor *= 1.0 if yes.certain and no.certain else _UNSURE
    value = round(factor * _closeness(yes, no, _LASTING if standing else _COMING), _DIGITS)
    return value if value >= _LEAST else 0.0


def opposed(yes: Stand, no: Stand) -> bool:
    """Whether two sources really take sides on one thing.

    Who demands peace does not say that there is any; who denies that rebels were defeated, not that they were fought.
    """
    same_kind = yes.outcome or not no.outcome
    return yes.source != no.source and same_kind and not {yes.act, no.act} & NO_STAND


def _at_one_time(yes: Stand, no: Stand, *, standing: bool) -> bool:
    """Whether their times overlap; what is to come is no past, unless both say when it is."""
    if yes.ahead != no.ahead and (yes.begin is None or no.begin is None):
        return False
    one, other = yes.when(standing=standing), no.when(standing=standing)
    return one[0] <= other[1] and other[0] <= one[1]


def _at_one_place(yes: Stand, no: Stand, ids: Ids) -> bool:
    return yes.place is None or no.place is None or may_be_one(yes.place, no.place, ids)


def _closeness(yes: Stand, no: Stand, window: int) -> float:
    """1 in one article or where both times are stated, falling to a half at the edge of ``window``, in days."""
    if yes.article == no.article or (yes.begin is not None and no.begin is not None):
        return 1.0
    if yes.said is None or no.said is None:
        return _UNDATED
    return max(1 - abs(yes.said - no.said) / (2 * window), _UNDATED)


def is_outcome(words: str) -> bool:
    """Whether a predicate, in its own words, tells how an act ended.

    >>> is_outcome("defeated"), is_outcome("attacked")
    (True, False)
    """
    return any(word.startswith(_outcomes()) for word in words.casefold().split())


@cache
def _outcomes() -> tuple[str, ...]:
    return tuple(entry["stem"] for entry in lexicon.load("en/outcomes"))


def span_of(value: str | None) -> Days | None:
    """First and last day (ordinals) of an ISO date to the year, month or day; None for anything else.

    >>> last = span_of("2018-02")
    >>> last is not None and date.fromordinal(last[1]).isoformat()
    '2018-02-28'
    """
    parts = (value or "").partition("T")[0].split("-")
    if not 1 <= len(parts) <= 3 or not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        first = date(year, month, day).toordinal()
        if len(parts) == 3:
            return first, first
        after = date(year + 1, 1, 1) if len(parts) == 1 else date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return first, after.toordinal() - 1


def day_of(*dates: str | None) -> int | None:
    """The first day among ISO dates, else the last day of the earliest month or year; None where there is no date."""
    spans = [span for span in map(span_of, dates) if span is not None]
    return min((last for first, last in spans if first == last), default=min((s[1] for s in spans), default=None))
