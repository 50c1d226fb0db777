"""Dates as people and programs write them, as ISO 8601; what is none, or may be two, is refused.

Nothing here looks at a clock, so the same words give the same date on any day.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from kg.records import Article

#: Years of which there are newspapers; what reads as another one is no year.
_YEARS = range(1600, 2200)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d*)?|(\d{10})\d{3}|(\d{10})\d{6}")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
_ORDINAL = re.compile(r"(\d{4})-?(\d{3})")
_ZONED_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:?\d\d)")
_NUMBERS = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?:\.?[T,\s]+(.+))?")
_PART = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?|(\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
#: What pages write around a date.
_AROUND = re.compile(
    r"^\W*(?:(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|created|issued|date[d]?)"
    r"(?:\s+(?:on|at))?\b[\s:]*)|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?|(?<=\d)(?:st|nd|rd|th)\b|"
    r"\b(?:of|at|the)\b|[|·•–—]|\bhrs?\b",
    re.IGNORECASE,
)
#: The dot of a time at the end, as British papers write it.
_DOTTED = re.compile(r"(?<=[\s,]\d|\b\d\d)\.(?=\d\d\s*(?:[ap]m)?\s*(?:[A-Z]{3,4})?$)", re.IGNORECASE)
#: Hours before or behind Greenwich as papers mean them: for dateutil, as for POSIX, ``GMT+3`` is three hours behind.
_OFFSET = re.compile(r"\(?\b(?:GMT|UTC)\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?\b\)?")
#: A zone by its place or its name, behind the hours that it only explains.
_PLACE = re.compile(r"\s?\[?\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\]?$|\s\([A-Z][A-Za-z ]+ Time\)$")
_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "SAST": 2, "EEST": 3,
    "MSK": 3, "GST": 4, "PKT": 5, "WIB": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7,
}  # fmt: skip
_ZONES = {name: hours * 3600 for name, hours in _HOURS.items()}
#: Languages whose months are known beside the English ones.
_LANGUAGES = [
    "fr", "de", "es", "pt", "it", "nl", "ru", "uk", "pl", "cs", "ro", "tr", "ar", "fa", "he", "el", "sv", "da", "nb",
    "fi", "id", "hi", "zh", "ja", "ko",
]  # fmt: skip


#: What to say of a date that is refused.
NO_DATE = "is no date, or may be two. Write it as 2019-06-12, or as 12 June 2019."


def dated(article: Article) -> Article:
    """The article with its date in ISO 8601; without one, and with what it states kept apart, where that is no date."""
    if not article.date or article.stated_date:
        return article
    found = iso(article.date)
    return replace(article, date=found, stated_date=None if found else article.date)


@lru_cache(maxsize=4096)
def iso(text: str) -> str | None:
    """The moment, with its zone where that is given, the day, month or year that ``text`` means; None if it is no date.

    >>> iso("12 June 2019"), iso("Wed, 12 Jun 2019 10:00:00 GMT"), iso("1560333600"), iso("June 2019")
    ('2019-06-12', '2019-06-12T10:00:00Z', '2019-06-12T10:00:00Z', '2019-06')
    >>> iso("06/12/2019") is iso("2019-13-45") is iso("yesterday") is None
    True
    """
    words = _OFFSET.sub(_hours, _PLACE.sub("", " ".join(text.split())))
    found = next((moment for way in _WAYS for moment in way(words)), None)
    if isinstance(found, datetime):
        found = found.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    said = found.isoformat() if isinstance(found, date) else found
    return said if said and int(said[:4]) in _YEARS else None


def _hours(offset: re.Match[str]) -> str:
    sign, hours, minutes = offset.groups()
    return f"{sign}{int(hours):02d}:{minutes or '00'}"


def _less_than_a_day(words: str) -> Iterator[str]:
    """A year, or a month and a year, in numbers."""
    if match := _PART.fullmatch(words):
        year, month = match[1] or match[4], match[2] or match[3]
        if month is None:
            yield year
        elif 1 <= int(month) <= 12:
            yield f"{year}-{int(month):02d}"


def _epoch(words: str) -> Iterator[datetime]:
    """Seconds since 1970, or thousandths, or millionths."""
    if match := _EPOCH.fullmatch(words):
        yield datetime.fromtimestamp(int(match[1] or match[2] or match[3]), UTC)


def _standard(words: str) -> Iterator[date]:
    """The forms of ISO 8601 that give a day."""
    if match := _ZONED_DAY.fullmatch(words):
        words = match[1]
    if match := _COMPACT.fullmatch(words):
        words = "{}-{}-{}T{}:{}:{}".format(*(part or "00" for part in match.groups()))
    for read in (date.fromisoformat, datetime.fromisoformat, _day_of_year):
        try:
            yield read(words)
        except ValueError:
            continue


def _day_of_year(words: str) -> date:
    if not _ORDINAL.fullmatch(words):
        raise ValueError(words)
    return datetime.strptime(words.replace("-", ""), "%Y%j").date()


def _numbers(words: str) -> Iterator[date | str]:
    """Three numbers, where there is no doubt which is the day and which the month."""
    match = _NUMBERS.fullmatch(_AROUND.sub(" ", words).strip(" ,"))
    if match is None:
        return
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        order = (first, second, third)
    elif len(match[4]) != 4:
        return
    elif match[2] == "." or first > 12 or first == second:
        order = (third, second, first)
    elif second > 12:
        order = (third, first, second)
    else:
        return
    try:
        day = date(*order)
    except ValueError:
        return
    yield from _written(f"{day.isoformat()} {match[5]}") if match[5] else [day]


def _named_month(words: str) -> Iterator[date | str]:
    """A month by its English name and a year, with or without a day, in any order."""
    if _YEAR.search(words) and _MONTH.search(words):
        yield from _written(words)


def _written(words: str) -> Iterator[date | str]:
    """What dateutil reads, as far as the words themselves give year, month and day."""
    from dateutil import parser

    plain = re.sub(r"([ap])\.\s?m\b\.?", r"\1m", _AROUND.sub(" ", words), flags=re.IGNORECASE)
    plain = _DOTTED.sub(":", re.sub(r"(?<=\d{4}):(?=\d\d:)", " ", plain))
    one, other = datetime(2000, 1, 1), datetime(2001, 2, 2, 1, 1, 1)  # what is left out is taken from these
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of zones that it does not know
            found, again = (parser.parse(plain, default=each, tzinfos=_ZONES) for each in (one, other))
    except (ValueError, OverflowError, TypeError, AttributeError):
        return
    if found.date() == again.date():
        yield found if found.hour == again.hour else found.date()
    elif found.replace(day=1).date() == again.replace(day=1).date() and len(re.findall(r"\d+", plain)) == 1:
        yield f"{found.year}-{found.month:02d}"


def _other_language(words: str) -> Iterator[date]:
    """What dateparser reads of a date with the name of a month in another language."""
    if not _YEAR.search(words) or not re.search(r"[^\W\d_]", words) or _MONTH.search(words):
        return
    import dateparser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "STRICT_PARSING": True}
    found = dateparser.parse(words, languages=_LANGUAGES, settings=settings)
    if found is not None:
        yield found if re.search(r"\d:\d", words) else found.date()


_WAYS: tuple[Callable[[str], Iterator[date | str]], ...] = (
    _less_than_a_day, _epoch, _standard, _numbers, _named_month, _other_language,
)  # fmt: skip
