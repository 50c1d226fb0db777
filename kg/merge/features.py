"""What speaks for and against two names being one: each a small function of two names, documented by its first line.

Evidence (``same_words`` to ``other_type``) is 0 to 1, and the strongest counts. Context (``company`` to ``time``) is -1
to 1, 0 where nothing is known. A veto ends the matter. The first name is always that of lower rank.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.merge.candidates import ACRONYM
from kg.merge.names import COMPANY, FULLER, ROLE, STATE, YEAR, Name
from kg.merge.spelling import alike, given

#: How many times as frequent the centre of a star is as a form that differs in spelling (DESIGN.md).
RATIO = 3
#: Share of the bearers of a short name that must be called by the one fuller name.
DOMINANT = 0.8
#: Classes of type that are mistaken for each other.
_MISTAKEN = {("person", "body"), ("body", "polity")}
#: Counts below which company and roles say nothing.
ENOUGH = 3


def same_words(form: Name, centre: Name) -> float:
    """The same words but for scripts, accents, romanisation, particles, hyphens and order of a body's words."""
    if form.kind != centre.kind or len(form.words) != len(centre.words):
        return 0.0
    least = min(_paired(form, centre))
    return 0.97 if least == 1 else 0.95 if least == 0.95 else 0.0


def spelled_alike(form: Name, centre: Name) -> float:
    """The same words but for a slip of the pen; the centre is much more frequent, and no gazetteer knows the form."""
    if form.kind not in ("person", "body") or form.kind != centre.kind or form.known or not _rarer(form, centre):
        return 0.0
    if len(form.words) != len(centre.words) or (form.weak and form.kind == "person"):
        return 0.0
    found = _paired(form, centre)
    return min(found) if sum(each < 0.95 for each in found) < 2 else 0.0


def short_given_name(form: Name, centre: Name) -> float:
    """A person whose given name is short or an initial: M. Harrow and Mike Harrow for Michael Harrow."""
    if form.kind != "person" or centre.kind != "person" or form.weak or len(centre.words) < 2:
        return 0.0
    (mine, *_, last), (full, *_, surname) = form.words, centre.words
    if alike(last, surname) < 0.95 or mine == full:
        return 0.0
    if given(mine) == given(full):
        return 0.92
    initial = len(mine) == 1 and mine == full[0] and len(form.words) == 2
    return 0.88 if initial and _rarer(form, centre) else 0.0


def middle_name(form: Name, centre: Name) -> float:
    """A person with and without a middle name or another part of a long name; both keep two words at least."""
    if {form.kind, centre.kind} != {"person"} or min(len(form.words), len(centre.words)) < 2:
        return 0.0
    short, full = sorted((form.words, centre.words), key=len)
    if len(short) == len(full) or not _within(short, full):
        return 0.0
    ends = alike(short[0], full[0]) >= 0.95 and alike(short[-1], full[-1]) >= 0.95
    return 0.93 if ends else 0.88 if _rarer(form, centre) else 0.0


def alias(form: Name, centre: Name) -> float:
    """One name used for the bearer of the other within articles, and for nobody else."""
    if form.kind != centre.kind or form.kind not in ("person", "body"):
        return 0.0
    return max(_short_of(form, centre), _short_of(centre, form) if not centre.weak else 0.0)


def acronym(form: Name, centre: Name) -> float:
    """The initials of the other, in capitals."""
    for short, full in ((form, centre), (centre, form)):
        if short.capitals and len(full.words) in ACRONYM and short.words == _initials(full):
            return 0.87
    return 0.0


def other_type(form: Name, centre: Name) -> float:
    """The same words taken for a person or a body here and, much more often, for a body or a place there."""
    if form.words != centre.words or not _rarer(form, centre):
        return 0.0
    surname = form.counts(FULLER) or centre.items  # Whitney Houston is not the town, nor Michael Jordan the kingdom
    kinds = form.kind, centre.kind
    return 0.9 if kinds in _MISTAKEN or (kinds == ("person", "polity") and form.weak and not surname) else 0.0


def company(form: Name, centre: Name) -> float:
    """How much the actors named beside the form are those named beside the centre."""
    mine, theirs = form.counts(COMPANY), centre.counts(COMPANY)
    if min(len(mine), len(theirs)) < ENOUGH:
        return 0.0
    return 2 * _shared(mine, theirs) - 1


def roles(form: Name, centre: Name) -> float:
    """Whether both hold an office of one name."""
    return float(bool(form.counts(ROLE).keys() & centre.counts(ROLE).keys()))


def time(form: Name, centre: Name) -> float:
    """Whether they are named a generation apart."""
    mine, theirs = sorted(form.counts(YEAR)), sorted(centre.counts(YEAR))
    if not mine or not theirs:
        return 0.0
    gap = max(int(theirs[0]) - int(mine[-1]), int(mine[0]) - int(theirs[-1]))
    return -1.0 if gap > 25 else 0.0


def other_number(form: Name, centre: Name) -> bool:
    """A number that the other lacks: the 51st Brigade is not the 52nd."""
    return _numbers(form) != _numbers(centre)


def other_item(form: Name, centre: Name) -> bool:
    """Another Wikidata item, or two of them."""
    return bool(form.items) or len(centre.items) > 1


def other_state(form: Name, centre: Name) -> bool:
    """Another state that they belong to."""
    mine, theirs = form.counts(STATE), centre.counts(STATE)
    return bool(mine and theirs and not mine.keys() & theirs.keys())


def _paired(form: Name, centre: Name) -> list[float]:
    """How alike the words are one by one; those of a body in whatever order."""
    mine, theirs = list(form.words), list(centre.words)
    if form.kind == "body":
        mine, theirs = sorted(mine), sorted(theirs)
    found = [alike(one, other) for one, other in zip(mine, theirs, strict=True)]
    if form.kind == "person" and len(found) > 1 and given(mine[0]) == given(theirs[0]):
        found[0] = 1.0
    return found


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of one stand in the other, in order; an initial stands for its word."""
    rest = iter(full)
    return all(
        any(alike(word, each) >= 0.95 or (len(word) == 1 and word == each[0]) for each in rest) for word in short
    )


def _rarer(form: Name, centre: Name) -> bool:
    return centre.known or centre.articles >= RATIO * form.articles


def _short_of(short: Name, full: Name) -> float:
    """How surely ``short`` is what the bearer of ``full`` is called.

    Of a person the surname, where two articles say so; of a body its first words or its acronym.
    """
    fuller = short.counts(FULLER)
    times = fuller.get(full.key, 0)
    if not times or times < DOMINANT * sum(fuller.values()):
        return 0.0
    if short.kind == "person":
        return 0.8 + 0.06 * min(times - 1, 2) if short.words[-1:] == full.words[-1:] else 0.0
    if short.words == _initials(full):
        return 0.9
    if full.words[: len(short.words)] != short.words or not short.articles:
        return 0.0
    return 0.9 if times > 1 and 2 * times >= full.articles else 0.8


def _initials(name: Name) -> tuple[str, ...]:
    return ("".join(word[0] for word in name.words),)


def _shared(mine: Mapping[str, int], theirs: Mapping[str, int]) -> float:
    return sum(count for value, count in mine.items() if value in theirs) / sum(mine.values())


def _numbers(name: Name) -> set[str]:
    return {word for word in name.words if not word.isalpha() and any(map(str.isdecimal, word))}
