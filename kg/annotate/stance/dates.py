"""When something was said: the date that the text gives beside a cue, resolved against the article's own date."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.annotate.periods import period
from kg.annotate.time import anchor, date_phrases


def said_on(cue: list[Token], content: list[Token], article_date: str | None) -> str | None:
    """ISO date (or year and month) of the saying, from the nearest date in the cue's own clause; None without one."""
    if not article_date or not cue:
        return None
    sentence = cue[0].sent
    if not any(t.ent_type_ == "DATE" for t in sentence):  # Span.ents goes through all of the text's
        return None
    inside = set(content)
    phrases = (e for e in date_phrases(sentence) if not any(t in inside for t in e))
    beside = sorted((e for e in phrases if _governed(e, cue)), key=lambda e: abs(e.root.i - cue[0].i))
    found = (resolve(e.text, article_date) for e in beside)
    return next((d for d in found if d), None)


def _governed(phrase: Span, cue: list[Token]) -> bool:
    """Whether a date hangs on the cue, through nothing but prepositions and nouns."""
    for ancestor in anchor(phrase).ancestors:
        if ancestor in cue:
            return True
        if ancestor.pos_ in ("VERB", "AUX"):
            return False
    return False


def resolve(phrase: str, article_date: str) -> str | None:
    """ISO date, or year and month, that ``phrase`` means in an article of ``article_date``; None if no such thing.

    Nothing was said after the article, and a year, or a time of several days, is too wide to say when.

    >>> resolve("Tuesday", "2014-12-03")
    '2014-12-02'
    """
    found = period(phrase.strip().lower(), article_date)
    if found is None or found.start != found.end or found.precision == "year":
        return None
    return found.start if found.start <= article_date[:10] else None
