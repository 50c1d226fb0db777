"""When something was said: the date that the text gives beside a cue, resolved against the article's own date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from spacy.tokens import Span, Token

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Phrases that name one day: a weekday, a day near the article's, or a date with a month.
WEEKDAY = re.compile(r"(?:(?:on|last|this|early|late) )*(" + "|".join(WEEKDAYS) + r")s?(?: \w+)?", re.IGNORECASE)
NEAR = {"today": 0, "yesterday": 1, "this morning": 0, "tonight": 0, "last night": 1, "earlier today": 0}
MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)


def said_on(cue: list[Token], content: list[Token], article_date: str | None) -> str | None:
    """ISO date (or year and month) of the saying, from a date in the cue's own clause; None without one."""
    if not article_date or not cue:
        return None
    sentence = cue[0].sent
    if not any(t.ent_type_ == "DATE" for t in sentence):  # Span.ents goes through all of the text's
        return None
    inside = set(content)
    phrases = [e for e in sentence.ents if e.label_ == "DATE" and not any(t in inside for t in e)]
    beside = [e for e in phrases if _governed(e, cue)]
    found = (resolve(e.text, article_date) for e in beside)
    return next((d for d in found if d), None)


def _governed(phrase: Span, cue: list[Token]) -> bool:
    """Whether a date hangs on the cue, through nothing but prepositions and nouns."""
    token = phrase.root
    for ancestor in token.ancestors:
        if ancestor in cue:
            return True
        if ancestor.pos_ in ("VERB", "AUX"):
            return False
    return False


@lru_cache(maxsize=4096)
def resolve(phrase: str, article_date: str) -> str | None:
    """ISO date, or year and month, that ``phrase`` means in an article of ``article_date``; None if no such thing.

    >>> resolve("Tuesday", "2014-12-03")
    '2014-12-02'
    """
    try:
        base = date.fromisoformat(article_date[:10])
    except ValueError:
        return None
    text = phrase.strip().lower()
    weekday = WEEKDAY.fullmatch(text)
    if weekday:
        back = (base.weekday() - WEEKDAYS.index(weekday[1].lower())) % 7
        return (base - timedelta(days=back)).isoformat()
    if text in NEAR:
        return (base - timedelta(days=NEAR[text])).isoformat()
    return _calendar(text, base) if MONTH.search(text) else None


def _calendar(text: str, base: date) -> str | None:
    """The date of a phrase with a month's name, to the day where it gives one; never after the article."""
    import dateparser

    settings = {
        "RELATIVE_BASE": datetime(base.year, base.month, base.day),
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
    }
    found = dateparser.parse(text, languages=["en"], settings=settings)
    if found is None or found.date() > base:
        return None
    to_the_day = re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b", text)
    return found.date().isoformat() if to_the_day else f"{found.year:04d}-{found.month:02d}"
