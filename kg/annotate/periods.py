"""Words for a time as first and last ISO date, relative to a day and never invented. No text, no tokens, no clock."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Precision = Literal["day", "month", "year"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = {
    "today": 0, "tonight": 0, "overnight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "yesterday": -1, "last night": -1, "day before yesterday": -2, "tomorrow": 1, "day after tomorrow": 2,
}  # fmt: skip
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
            "eighties": 80, "nineties": 90}  # fmt: skip

_DAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_MONTH = rf"(?P<month>{'|'.join(m if m == 'may' else rf'{m[:3]}(?:{m[3:]})?' for m in MONTHS)}|sept)\.?"
_NUMBER = rf"(?P<count>an|{'|'.join(_NUMBERS)}|\d{{1,3}})"
#: Words in front that place a time within another, or hedge it: they change nothing about which it is.
_LEADING = re.compile(
    r"(?:(?:on|in|during|at|the|early|earlier|mid|middle of|late|later|start of|beginning of|end of|about|around|some|"
    r"nearly|almost|over|more than|just|only|as recently as|sometime|month of|year|morning of|evening of|night of)"
    r"[ -]+)+"
)
_TRAILING = re.compile(r"(?:'s|’s)$|,? (?:morning|afternoon|evening|night|local time)$")
_BETWEEN = re.compile(r"(?:between )?(.+?)(?: and | to | through | until |\s?[-–]\s?)(.+)")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last ISO date, both cut to the precision ("2014-08")."""

    start: str
    end: str
    precision: Precision


@lru_cache(maxsize=4096)
def period(words: str, day: str | None, *, ahead: bool = False) -> Period | None:
    """What the words (lower case) mean in a text of ``day`` (ISO); None where they give no time, or need a day.

    Without a year a time is the last one that is not after that day; ``ahead`` says that it is yet to come.

    >>> period("tuesday of last week", "2019-06-12"), period("the 1990s", None)
    (Period(start='2019-06-04', end='2019-06-04', precision='day'), Period(start='1990', end='1999', precision='year'))
    """
    base = _iso(day)
    plain = _plain(words)
    found = _one(plain, base, ahead)
    if found is not None or not (match := _BETWEEN.fullmatch(plain)):
        return found
    return _range(match[1], match[2], base, ahead)


def _iso(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day[:10]) if day else None
    except ValueError:
        return None


def _plain(words: str) -> str:
    """The words without what places or hedges them."""
    text = " ".join(words.lower().split()).strip(" ,")
    match = _LEADING.match(text)
    text = text[match.end() :] if match else text
    return text if text in _DAYS else _TRAILING.sub("", text)


def _one(plain: str, base: date | None, ahead: bool) -> Period | None:
    for pattern, resolve in _FORMS:
        if match := pattern.fullmatch(plain):
            return resolve(match, base, ahead)
    if base is not None and plain in _DAYS:
        return _on(base + timedelta(days=_DAYS[plain]))
    return None


def _range(first: str, last: str, base: date | None, ahead: bool) -> Period | None:
    """From one time to another: "2011 to 2014", "3-5 May", "May to July 2018"."""
    end = _one(_plain(last), base, ahead)
    if end is None:
        return None
    year, month = end.end[:4], MONTHS[int(end.end[5:7]) - 1] if len(end.end) > 4 else ""
    ways = (first, f"{first} {year}", f"{first} {month} {year}", f"{year[:2]}{first}")
    starts = (_one(_plain(way), base, ahead) for way in ways)
    for start in starts:
        if start is not None and start.precision == end.precision and start.start <= end.start:
            return Period(start.start, end.end, end.precision)
    return None


def _on(day: date) -> Period:
    return Period(day.isoformat(), day.isoformat(), "day")


def _within(month: int, year: int) -> Period:
    return Period(f"{year:04d}-{month:02d}", f"{year:04d}-{month:02d}", "month")


def _in_year(year: int) -> Period:
    return Period(f"{year:04d}", f"{year:04d}", "year")


def _week(monday: date) -> Period:
    return Period(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "day")


def _monday(base: date) -> date:
    return base - timedelta(days=base.weekday())


def _number(match: re.Match[str]) -> int:
    word = match["count"]
    return int(word) if word.isdigit() else max(1, _NUMBERS.index("a" if word == "an" else word))


# One function a form. Each gets the match, the day of the text where it is known, and whether the time is yet to come.


def _year_alone(match: re.Match[str], _base: date | None, _ahead: bool) -> Period | None:
    return _in_year(int(match["year"]))


def _decade(match: re.Match[str], base: date | None, _ahead: bool) -> Period | None:
    word = match[1]
    if word in _DECADES:
        first = 1900 + _DECADES[word]
    elif len(word) > 4:
        first = int(word[:4])
    else:
        first = 1900 + int(word.strip("'’s"))
    if base is not None and first > base.year:
        return None
    return Period(str(first), str(first + 9), "year")


def _month_named(match: re.Match[str], base: date | None, ahead: bool) -> Period | None:
    month = _month_number(match)
    if match["year"]:
        return _within(month, int(match["year"]))
    if base is None:
        return None
    if match["which"]:
        return _within(month, _year_of(match["which"], base))
    if ahead:
        return _within(month, base.year + (month < base.month))
    return _within(month, base.year - (month > base.month))


def _year_of(which: str, base: date | None) -> int:
    return (base.year if base else 0) + {"last": -1, "this": 0, "next": 1}[which]


def _month_number(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"][:3]))


def _day_of_month(match: re.Match[str], base: date | None, ahead: bool) -> Period | None:
    month, number = _month_number(match), int(match["day"])
    if match["year"] or (match["which"] and base is not None):
        year = int(match["year"]) if match["year"] else _year_of(match["which"], base)
    elif base is None:
        return None
    else:
        after = (month, number) > (base.month, base.day)
        before = (month, number) < (base.month, base.day)
        year = base.year + before if ahead else base.year - after
    return _on(date(year, month, number)) if number <= monthrange(year, month)[1] and number else None


def _weekday(match: re.Match[str], base: date | None, ahead: bool) -> Period | None:
    if base is None:
        return None
    back = (base.weekday() - WEEKDAYS.index(match["weekday"])) % 7
    which = match["which"] or ""
    if which.startswith(("last", "past", "previous")):
        return _on(base - timedelta(days=back or 7))
    if which.startswith(("next", "coming", "this coming")) or ahead:
        return _on(base + timedelta(days=(7 - back) % 7 or (7 if which else 0)))
    return _on(base - timedelta(days=back))


def _weekday_of_week(match: re.Match[str], base: date | None, _ahead: bool) -> Period | None:
    if base is None:
        return None
    weeks = {"last": -1, "previous": -1, "this": 0, "next": 1}[match["which"]]
    return _on(_monday(base) + timedelta(weeks=weeks, days=WEEKDAYS.index(match["weekday"])))


def _unit(match: re.Match[str], base: date | None, _ahead: bool) -> Period | None:
    """Last week, this month, next year, last weekend."""
    if base is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["which"]]
    if match["unit"] == "week":
        found = _week(_monday(base) + timedelta(weeks=step))
        return Period(found.start, base.isoformat(), "day") if step == 0 else found
    if match["unit"] == "weekend":
        # On a weekend, "last weekend" is the one before; "this weekend" is the one that the week ends with.
        saturday = _monday(base) + timedelta(days=5, weeks=step)
        return Period(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat(), "day")
    return _shifted(base, step, match["unit"])


def _ago(match: re.Match[str], base: date | None, _ahead: bool) -> Period | None:
    if base is None:
        return None
    unit = "week" if match["unit"] == "fortnight" else match["unit"]
    count = _number(match) * (2 if match["unit"] == "fortnight" else 1)
    step = count if match["to"] in ("from now", "time") else -count
    return _shifted(base, step, unit)


def _shifted(base: date, step: int, unit: str) -> Period | None:
    """The day, week, month or year that lies so many of them after the day; None beyond the calendar."""
    if unit in ("day", "week"):
        try:
            day = base + timedelta(days=step * (7 if unit == "week" else 1))
            return _on(day) if unit == "day" else _week(_monday(day))
        except OverflowError:
            return None
    months = base.year * 12 + base.month - 1 + step * (12 if unit == "year" else 1)
    if not 12 <= months < 120000:
        return None
    return _in_year(months // 12) if unit == "year" else _within(months % 12 + 1, months // 12)


def _past_while(match: re.Match[str], base: date | None, _ahead: bool) -> Period | None:
    """The last three years: from so long ago until the day of the text."""
    if base is None:
        return None
    start = _shifted(base, -_number(match), match["unit"])
    if start is None:
        return None
    if match["unit"] == "week":
        return Period((base - timedelta(weeks=_number(match))).isoformat(), base.isoformat(), "day")
    return Period(start.start, base.isoformat()[: len(start.start)], start.precision)


Form = Callable[[re.Match[str], date | None, bool], Period | None]
_WHICH = r"(?P<which>last|past|previous|this|next|coming)"
_OF_YEAR = r"(?:,? (?:of )?(?:(?P<which>last|this|next) year|(?P<year>(?:1[5-9]|20)\d\d)))?"
_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"(?P<year>(?:1[5-9]|20)\d\d)", _year_alone),
        (rf"((?:1[5-9]|20)\d0'?’?s|['’]?\d0s|{'|'.join(_DECADES)})", _decade),
        (rf"(?:last |this )?{_MONTH}{_OF_YEAR}", _month_named),
        (rf"(?:{_DAY},? )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}{_OF_YEAR}", _day_of_month),
        (rf"(?:{_DAY},? )?{_MONTH} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_OF_YEAR}", _day_of_month),
        (rf"(?:(?P<which>last|past|previous|this coming|this|next|coming) )?{_DAY}", _weekday),
        (rf"{_DAY},? (?:of )?(?P<which>last|previous|this|next) week", _weekday_of_week),
        (rf"(?P<which>last|previous|this|next) week,? (?:on )?{_DAY}", _weekday_of_week),
        (rf"{_WHICH} (?P<unit>week|weekend|month|year)", _unit),
        (rf"{_NUMBER} (?P<unit>day|week|fortnight|month|year)s?['’]? (?P<to>ago|from now|time)", _ago),
        (rf"(?:last|past|previous) {_NUMBER} (?P<unit>day|week|month|year)s", _past_while),
    )
)
