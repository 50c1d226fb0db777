"""When something held: DATE phrases as ISO dates, relative to the article's date and never invented.

``interval`` reads one phrase with the words before it; ``time_of`` finds the phrase that belongs to a predicate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from kg.annotate.periods import MONTHS, WEEKDAYS, Precision, period
from kg.annotate.polarity import factuality

Edge = Literal["from", "to", "in"]

#: Words before a phrase that say which edge of the interval it is; anything else stands for both.
EDGES: dict[str, Edge] = {"since": "from", "from": "from", "after": "from", "until": "to", "till": "to", "by": "to"}

#: What a phrase of time holds at least one of; the entity recogniser takes names for dates as well.
_TIMELY = re.compile(
    rf"\d|\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(MONTHS)}|(?:day|week|weekend|month|year|decade|centur|hour|season)\w*|"
    r"summer|autumn|winter|spring|today|tonight|yesterday|tomorrow|morning|night|recent\w*|christmas|ramadan)\b"
)
_UNTIL = re.compile(r" (?:to|until|till|through) ")
#: Words between two DATE phrases that make one of them.
_JOINING = frozenset({"before", "after", "of", "in"})
#: Arcs below which a noun says nothing of when its clause holds.
_APART = frozenset({"appos", "compound", "poss", "amod", "nmod", "relcl", "acl"})


@dataclass(frozen=True, slots=True)
class When:
    """An interval of ISO dates cut to the precision ("2014-08"); an open edge is None."""

    text: str
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None


def time_of(predicate: Token, article_date: str | None, *, standing: bool = False) -> When | None:
    """When the predicate holds, by the DATE phrase that hangs on it; None without one.

    A phrase that gives no date, or none without the article's date, keeps its words only. A weekday or month of what is
    yet to come is the next one. What is ``standing`` ("Germany, a Nato member, left last year") has a time only
    by a phrase of its own.
    """
    phrase = _phrase_of(predicate, standing=standing)
    if phrase is None:
        return None
    return interval(phrase, article_date, ahead=_yet_to_come(predicate))


def _yet_to_come(predicate: Token) -> bool:
    """Whether the clause speaks of the future."""
    verb = _verb(predicate)
    return factuality(predicate).tense == "future" or (verb != predicate and factuality(verb).tense == "future")


def _phrase_of(predicate: Token, *, standing: bool) -> Phrase | None:
    """The sentence's first DATE phrase that depends on the predicate, or on the verb that carries it."""
    carriers = (predicate,) if standing else (predicate, _verb(predicate))
    found = (phrase for phrase in date_phrases(predicate.sent) if _governor(phrase) in carriers)
    return next((phrase for phrase in found if _TIMELY.search(phrase.text.lower())), None)


def date_phrases(sentence: Phrase) -> list[Phrase]:
    """The DATE phrases of a sentence; "the day before yesterday" is one, whatever the entity recogniser makes of it."""
    doc, found = sentence.doc, list[Phrase]()
    for start, end in _dated(sentence):
        last = found[-1] if found else None
        if last is not None and start == last.end + 1 and doc[last.end].lower_ in _JOINING:
            found[-1] = doc[last.start : end]
        else:
            found.append(doc[start:end])
    return found


def _dated(sentence: Phrase) -> list[tuple[int, int]]:
    """First token and end of the DATE entities; ``Span.ents`` looks through the whole text for them."""
    out: list[tuple[int, int]] = []
    for token in sentence:
        if token.ent_type_ == "DATE":
            goes_on = token.ent_iob_ == "I" and out and out[-1][1] == token.i
            out[-1:] = [(out[-1][0], token.i + 1)] if goes_on else [*out[-1:], (token.i, token.i + 1)]
    return out


def anchor(phrase: Phrase) -> Token:
    """The word by which a phrase hangs on its clause: its root, or a preposition that was left without an object.

    In "In May Libya attacked" the parser takes the month for a part of the name behind it.
    """
    before = phrase.doc[phrase.start - 1] if phrase.start else None
    stray = before is not None and before.pos_ == "ADP" and phrase.root.dep_ in ("compound", "nmod", "amod")
    return before if before is not None and stray and not any(before.children) else phrase.root


def _governor(phrase: Phrase) -> Token:
    """The first verb or event above the phrase, through prepositions and nouns of time."""
    head = anchor(phrase).head
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


def interval(phrase: Phrase, article_date: str | None, *, ahead: bool = False) -> When:
    """The interval that a DATE phrase means, with the preposition before it; ``ahead``: it is yet to come."""
    before = phrase.doc[phrase.start - 1].lower_ if phrase.start else ""
    first, *rest = phrase.text.lower().split(maxsplit=1)
    edge = EDGES.get(first) or EDGES.get(before) or "in"
    words = rest[0] if first in EDGES and rest else phrase.text.lower()
    text = phrase.text if before not in EDGES else phrase.doc[phrase.start - 1 : phrase.end].text
    if edge == "from" and _UNTIL.search(words):
        edge = "in"  # "from 2011 to 2014" has both
    found = period(words, article_date, ahead=ahead)
    return When(text) if found is None else _edged(text, edge, found.start, found.end, found.precision)


def _edged(text: str, edge: Edge, start: str, end: str, precision: Precision) -> When:
    """The interval, or its one edge: since a day means from its beginning, until a day to its end."""
    return When(text, None if edge == "to" else start, None if edge == "from" else end, precision)


def resolve(words: str, article_date: str | None) -> tuple[str, Precision] | None:
    """The one day, month or year that the words mean, cut to its precision; None where they give none, or several.

    >>> resolve("tuesday", "2014-12-03")
    ('2014-12-02', 'day')
    >>> resolve("august", None) is None
    True
    """
    found = period(words, article_date)
    return (found.start, found.precision) if found is not None and found.start == found.end else None
