"""When something held: DATE phrases as ISO dates, relative to the article's date and never invented.

``interval`` reads one phrase with the words before it; ``time_of`` finds the phrase that belongs to a predicate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from kg.annotate.polarity import factuality

Precision = Literal["day", "month", "year"]
Edge = Literal["from", "to", "in"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DAYS_BACK = {"today": 0, "tonight": 0, "this morning": 0, "yesterday": 1, "last night": 1}
#: Words before a phrase that say which edge of the interval it is; anything else stands for both.
EDGES: dict[str, Edge] = {"since": "from", "from": "from", "after": "from", "until": "to", "till": "to", "by": "to"}

_WEEKDAY = re.compile(rf"(?:on |last |this |past )*({'|'.join(WEEKDAYS)})(?: (?:morning|afternoon|evening|night))?")
_MONTH = re.compile(rf"(?:(?:early|mid|late|last|this|in)[ -])*({'|'.join(MONTHS)})(?:,? (?:of )?(last year|\d{{4}}))?")
_YEAR = re.compile(r"(?:(?:early|mid|late)[ -])*((?:19|20)\d\d)")
_LAST = re.compile(r"(?:(?:early|mid|late|earlier|later)[ -])*(?:the )?(last|this|past) (month|year)")
_WEEK = re.compile(r"(?:(?:early|mid|late|earlier|later)[ -])*(last|this) week")
_AGO = re.compile(
    r"(?:about |some |over )?(a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (day|month|year)s? ago"
)
#: What a phrase of time holds at least one of; the entity recogniser takes names for dates as well.
_TIMELY = re.compile(
    rf"\d|\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|(?:day|week|weekend|month|year|decade|centur|hour|season)\w*|"
    r"summer|autumn|winter|spring|today|tonight|yesterday|tomorrow|morning|night|recent\w*|christmas|ramadan)\b"
)
_FULL = re.compile(rf"(?=.*\b(?:{'|'.join(m[:3] for m in MONTHS)})[a-z]*\b)(?=.*\b\d{{1,2}}(?:st|nd|rd|th)?\b).*")
_WITH_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Arcs below which a noun says nothing of when its clause holds.
_APART = frozenset({"appos", "compound", "poss", "amod", "nmod", "relcl", "acl"})
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class When:
    """An interval of ISO dates cut to the precision ("2014-08"); an open edge is None."""

    text: str
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None


def time_of(predicate: Token, article_date: str | None, *, standing: bool = False) -> When | None:
    """When the predicate holds, by the DATE phrase that hangs on it; None without one.

    A phrase that gives no date, or none without the article's date, keeps its words only; so does a weekday or month
    of something yet to come. What is ``standing`` ("Germany, a Nato member, left last year") has a time only
    by a phrase of its own.
    """
    phrase = _phrase_of(predicate, standing=standing)
    if phrase is None:
        return None
    found = interval(phrase, article_date)
    ahead = not _WITH_YEAR.search(phrase.text) and phrase.text.lower() != "today" and _yet_to_come(predicate)
    return When(found.text) if ahead else found


def _yet_to_come(predicate: Token) -> bool:
    """Whether the clause speaks of the future."""
    verb = _verb(predicate)
    return factuality(predicate).tense == "future" or (verb != predicate and factuality(verb).tense == "future")


def _phrase_of(predicate: Token, *, standing: bool) -> Phrase | None:
    """The sentence's first DATE phrase that depends on the predicate, or on the verb that carries it."""
    carriers = (predicate,) if standing else (predicate, _verb(predicate))
    found = (e for e in predicate.sent.ents if e.label_ == "DATE" and _governor(e.root) in carriers)
    return next((e for e in found if _TIMELY.search(e.text.lower())), None)


def _governor(token: Token) -> Token:
    """The first verb or event above the phrase, through prepositions and nouns of time."""
    head = token.head
    while head.pos_ in ("ADP", "SCONJ") and head.head.i != head.i:
        head = head.head
    return head


def _verb(token: Token) -> Token:
    """The verb that a noun predicate is an argument of, or the token itself."""
    word = token
    while word.pos_ not in ("VERB", "AUX"):
        if word.dep_ in _APART or word.head.i == word.i:
            return token
        word = word.head
    return word


def interval(phrase: Phrase, article_date: str | None) -> When:
    """The interval that a DATE phrase means, with the preposition before it."""
    before = phrase.doc[phrase.start - 1].lower_ if phrase.start else ""
    first, *rest = phrase.text.lower().split(maxsplit=1)
    edge = EDGES.get(first) or EDGES.get(before) or "in"
    words = rest[0] if first in EDGES and rest else phrase.text.lower()
    text = phrase.text if before not in EDGES else phrase.doc[phrase.start - 1 : phrase.end].text
    base = article_date[:10] if article_date else None
    found = resolve(words, base)
    if found is None:
        week = _week(words, base)
        return When(text) if week is None else _edged(text, edge, *week, "day")
    value, precision = found
    return _edged(text, edge, value, value, precision)


def _edged(text: str, edge: Edge, start: str, end: str, precision: Precision) -> When:
    """The interval, or its one edge: since a day means from its beginning, until a day to its end."""
    return When(text, None if edge == "to" else start, None if edge == "from" else end, precision)


def _week(words: str, article_date: str | None) -> tuple[str, str] | None:
    """Monday and Sunday of "last week"; of "this week" Monday and the article's day."""
    base, match = _day(article_date), _WEEK.fullmatch(words)
    if base is None or match is None:
        return None
    monday = base - timedelta(days=base.weekday())
    if match[1] == "this":
        return monday.isoformat(), base.isoformat()
    return (monday - timedelta(days=7)).isoformat(), (monday - timedelta(days=1)).isoformat()


def _day(article_date: str | None) -> date | None:
    try:
        return date.fromisoformat(article_date) if article_date else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def resolve(words: str, article_date: str | None) -> tuple[str, Precision] | None:
    """The date that the words mean, cut to its precision; None where they give none, or need an article's date.

    >>> resolve("tuesday", "2014-12-03")
    ('2014-12-02', 'day')
    >>> resolve("august", None) is None
    True
    """
    base = _day(article_date)
    if match := _YEAR.fullmatch(words):
        return match[1], "year"
    if match := _MONTH.fullmatch(words):
        return _month(MONTHS.index(match[1]) + 1, match[2], base)
    if _FULL.fullmatch(words) and (base is not None or _YEAR.search(words)):
        return _calendar(words, base)
    return None if base is None else _relative(words, base)


def _month(month: int, year: str | None, base: date | None) -> tuple[str, Precision] | None:
    """A month of the year given, or the last one that is not after the article."""
    if year and year.isdigit():
        return f"{year}-{month:02d}", "month"
    if base is None:
        return None
    past = base.year - 1 if year == "last year" or month > base.month else base.year
    return f"{past:04d}-{month:02d}", "month"


def _relative(words: str, base: date) -> tuple[str, Precision] | None:
    if words in DAYS_BACK:
        return (base - timedelta(days=DAYS_BACK[words])).isoformat(), "day"
    if match := _WEEKDAY.fullmatch(words):
        back = (base.weekday() - WEEKDAYS.index(match[1])) % 7
        return (base - timedelta(days=back or (7 if words.startswith("last") else 0))).isoformat(), "day"
    if match := _LAST.fullmatch(words):
        return _back(0 if match[1] == "this" else 1, match[2], base)
    if match := _AGO.fullmatch(words):
        count = int(match[1]) if match[1].isdigit() else _NUMBERS.index("one" if match[1] in ("a", "an") else match[1])
        return _back(count, match[2], base)
    return None


def _back(count: int, unit: str, base: date) -> tuple[str, Precision] | None:
    """The day, month or year that lies ``count`` of the unit before the article's; None before the calendar."""
    if unit == "day":
        return ((base - timedelta(days=count)).isoformat(), "day") if count < base.toordinal() else None
    months = base.year * 12 + base.month - 1 - count * (12 if unit == "year" else 1)
    if months < 12:
        return None
    year, month = f"{months // 12:04d}", months % 12 + 1
    return (year, "year") if unit == "year" else (f"{year}-{month:02d}", "month")


def _calendar(words: str, base: date | None) -> tuple[str, Precision] | None:
    """A phrase with a month and a day ("24 January"), by dateparser; never after the article."""
    import dateparser

    settings: dict[str, object] = {"PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
    if base is not None:
        settings["RELATIVE_BASE"] = datetime(base.year, base.month, base.day)
    found = dateparser.parse(words, languages=["en"], settings=settings)
    if found is None or (base is not None and found.date() > base and not _YEAR.search(words)):
        return None
    return found.date().isoformat(), "day"
