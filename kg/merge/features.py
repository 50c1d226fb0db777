"""What speaks for and against two names being one: each a small function of two names, documented by its first line.

Evidence (``same_words`` to ``surname_of_other_type``) is 0 to 1, and the strongest counts; which classes of type each
compares stands in ``scoring``. Context (``company`` to ``time``) is -1 to 1, 0 where nothing is known. A veto ends the
matter. The first name is always that of lower rank.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.merge.candidates import ACRONYM
from kg.merge.names import COMPANY, FULLER, PERSON, ROLE, STATE, YEAR, Name
from kg.spelling import LONG, SHORT, alike, given, words

#: How many times as frequent the centre of a star is as a form that differs in spelling (DESIGN.md).
RATIO = 3
#: Share of the bearers of a short name that must be called by the one fuller name.
DOMINANT = 0.8
#: What makes a woman's given name of a man's.
_FEMININE = frozenset({"a", "e", "le", "ne", "na", "ina", "ine", "ia"})
#: Words of generation that tell a son from his father.
_GENERATIONS = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv"})
#: Names of so many words are hardly ever alike by chance.
LONG_NAME = 3
#: Counts below which company and roles say nothing.
ENOUGH = 3


def same_words(form: Name, centre: Name) -> float:
    """The same words but for scripts, accents, romanisation, particles, hyphens and order of a body's words."""
    found = _paired(form, centre)
    least = min(found, default=0.0)
    if least >= 0.95:
        return 0.97 if least == 1 else 0.95
    vowel = form.kind == "person" and least == 0.94 and len(found) > 1 and min(found[1:]) >= 0.95
    return 0.9 if vowel else 0.0


def run_together(form: Name, centre: Name) -> float:
    """The same letters, divided into words otherwise: Omar Elsheikh and Omar El Sheikh."""
    if form.weak or len(form.run_together) < LONG:
        return 0.0
    return 0.95 if form.run_together == centre.run_together else 0.0


def spelled_alike(form: Name, centre: Name) -> float:
    """The same words but for a slip of the pen or another romanisation, and no gazetteer knows the form.

    Of names of two words the centre is much more frequent; longer ones may differ in two words.
    """
    length = len(form.words)
    if form.known or (form.weak and form.kind == "person") or not (length >= LONG_NAME or rarer(form, centre)):
        return 0.0
    if form.kind == "polity" and len(form.words) < 2:  # Niger is not Nigeria
        return 0.0
    found = _paired(form, centre)
    return min(found, default=0.0) if sum(each < 0.95 for each in found) < min(max(length, 2), 3) else 0.0


def short_given_name(form: Name, centre: Name) -> float:
    """A person whose given name is short or an initial: M. Harrow and Mike Harrow for Michael Harrow."""
    if form.weak or min(len(form.words), len(centre.words)) < 2:
        return 0.0
    (mine, *_, last), (full, *_, surname) = form.words, centre.words
    if alike(last, surname) < 0.95 or mine == full:
        return 0.0
    if given(mine) == given(full):
        return 0.92
    initial = len(mine) == 1 and mine == full[0] and len(form.words) == 2
    return 0.88 if initial and rarer(form, centre) else 0.0


def middle_name(form: Name, centre: Name) -> float:
    """A person with and without a middle name or another part of a long name; both keep two words at least."""
    if min(len(form.words), len(centre.words)) < 2:
        return 0.0
    short, full = sorted((form.words, centre.words), key=len)
    initial = len(centre.words[0]) == 1 and form.words[0] != centre.words[0]
    if len(short) == len(full) or initial or not _within(short, full):
        return 0.0
    ends = alike(short[0], full[0]) >= 0.95 and alike(short[-1], full[-1]) >= 0.95
    return 0.93 if ends else 0.88 if rarer(form, centre) else 0.0


def alias(form: Name, centre: Name) -> float:
    """One name used for the bearer of the other within articles, and for nobody else."""
    return max(_short_of(form, centre), _short_of(centre, form) if not centre.weak else 0.0)


def acronym(form: Name, centre: Name) -> float:
    """The initials of the other, in capitals."""
    for short, full in ((form, centre), (centre, form)):
        if short.capitals and len(full.words) in ACRONYM and short.words == _initials(full):
            return 0.87
    return 0.0


def other_type(form: Name, centre: Name) -> float:
    """The same words, or a word of the same sound, taken for something else here than, much more often, there."""
    if not (form.words == centre.words or _sounds_like(form, centre)) or not rarer(form, centre):
        return 0.0
    if (form.kind, centre.kind) == ("person", "polity"):
        surname = form.counts(FULLER) or centre.items  # Whitney Houston is not the town, nor Michael Jordan the kingdom
        return 0.9 if form.weak and not surname else 0.0
    if (form.kind, centre.kind) == ("polity", "body"):  # a club is called after its town
        return 0.9 if company(form, centre) > 0 else 0.0
    return 0.9


def people_of_a_place(form: Name, centre: Name) -> float:
    """One word taken for a people in one article and for a place in another: those of Brannick."""
    return 0.9 if form.words == centre.words and not (form.items and centre.items) else 0.0


def surname_of_other_type(form: Name, centre: Name) -> float:
    """A lone surname taken for a body or a place, in articles that name the person in full, who is better known."""
    times = form.counts(PERSON).get(centre.key, 0)
    if not times or times < DOMINANT * form.articles or form.known or not rarer(form, centre):
        return 0.0
    return 0.9 if form.words == centre.words[-1:] or times > 1 else 0.0


def company(form: Name, centre: Name) -> float:
    """How much the actors named beside the form are those named beside the centre."""
    mine, theirs = form.counts(COMPANY), centre.counts(COMPANY)
    if min(len(mine), len(theirs)) < ENOUGH:
        return 0.0
    return 2 * _shared(mine, theirs) - 1


def roles(form: Name, centre: Name) -> float:
    """Whether both hold an office of one name."""
    return float(bool(form.counts(ROLE).keys() & centre.counts(ROLE).keys()))


def other_office(form: Name, centre: Name) -> float:
    """Whether both hold offices, and none of one name."""
    mine, theirs = form.counts(ROLE), centre.counts(ROLE)
    return float(bool(mine and theirs and not mine.keys() & theirs.keys()))


def time(form: Name, centre: Name) -> float:
    """Whether they are named a generation apart."""
    mine, theirs = _years(form), _years(centre)
    if not mine or not theirs:
        return 0.0
    gap = max(theirs[0] - mine[-1], mine[0] - theirs[-1])
    return -1.0 if gap > 25 else 0.0


def _years(name: Name) -> list[int]:
    """Years in which it is named, sorted; what older graphs counted of odd dates is left out."""
    return sorted(int(year) for year in name.counts(YEAR) if year.isascii() and year.isdecimal())


def other_number(form: Name, centre: Name) -> bool:
    """A number that the other lacks: the 51st Brigade is not the 52nd."""
    return _numbers(form) != _numbers(centre)


def other_generation(form: Name, centre: Name) -> bool:
    """Jr, Sr or III behind one name only, while a gazetteer vouches for the other: the son of a known man."""
    if not (form.known or centre.known):
        return False
    return _GENERATIONS.isdisjoint(form.words[-1:]) != _GENERATIONS.isdisjoint(centre.words[-1:])


def other_item(form: Name, centre: Name) -> bool:
    """Another Wikidata item, or two of them."""
    return bool(form.items) or len(centre.items) > 1


def other_state(form: Name, centre: Name) -> bool:
    """Another state that they belong to."""
    mine, theirs = form.counts(STATE), centre.counts(STATE)
    return bool(mine and theirs and not mine.keys() & theirs.keys())


def _paired(form: Name, centre: Name) -> list[float]:
    """How alike the words are one by one, those of a body in whatever order; nothing where one is another word."""
    mine, theirs = form.ordered, centre.ordered
    if len(mine) != len(theirs):
        return []
    found = []
    for one, other in zip(reversed(mine), reversed(theirs), strict=True):
        found.append(alike(one, other))
        if not found[-1] and (len(found) < len(mine) or form.kind != "person"):
            return []
    if form.kind == "person" and len(found) > 1:
        found[-1] = 1.0 if given(mine[0]) == given(theirs[0]) else 0.0 if _feminine(mine[0], theirs[0]) else found[-1]
    return found[::-1]


def _feminine(one: str, other: str) -> bool:
    """Whether a given name is the feminine of the other: Julian and Juliana, Alexander and Alexandra."""
    if one[:-2] == other[:-2] and {one[-2:], other[-2:]} == {"er", "ra"}:
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _FEMININE


def _sounds_like(form: Name, centre: Name) -> bool:
    """Whether single words of some length have one sound: Sabrah and Sabra."""
    if len(form.words) != 1 or len(centre.words) != 1 or len(form.words[0]) < SHORT:
        return False
    return alike(form.words[0], centre.words[0]) >= 0.95


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of one stand in the other, in order; an initial stands for its word."""
    rest = iter(full)
    return all(
        any(alike(word, each) >= 0.95 or (len(word) == 1 and word == each[0]) for each in rest) for word in short
    )


def rarer(form: Name, centre: Name) -> bool:
    """Whether the centre is much more frequent than the form, or a gazetteer knows it."""
    return centre.known or centre.articles >= RATIO * form.articles


def _short_of(short: Name, full: Name) -> float:
    """How surely ``short`` is what the bearer of ``full`` is called.

    Of a person the surname, where two articles say so; of a body its first words or its acronym.
    """
    fuller = short.counts(FULLER)
    if full.key not in fuller:
        return 0.0
    times = sum(count for key, count in fuller.items() if key == full.key or _variant(key, full))
    if times < DOMINANT * sum(fuller.values()):
        return 0.0
    if short.kind == "person":
        return 0.8 + 0.06 * min(times - 1, 2) if short.words[-1:] == full.words[-1:] else 0.0
    if short.words == _initials(full):
        return 0.9
    if full.words[: len(short.words)] != short.words or not short.articles:
        return 0.0
    return 0.9 if times > 1 and 2 * times >= full.articles else 0.8


def _variant(key: str, full: Name) -> bool:
    """Whether a person's name is that of ``full`` with a short or other form of the given name: Jim for James."""
    found = words(key.partition(":")[2])
    return full.kind == "person" and found[1:] == full.words[1:] and given(found[0]) == given(full.words[0])


def _initials(name: Name) -> tuple[str, ...]:
    return ("".join(word[0] for word in name.words),)


def _shared(mine: Mapping[str, int], theirs: Mapping[str, int]) -> float:
    return sum(count for value, count in mine.items() if value in theirs) / sum(mine.values())


def _numbers(name: Name) -> set[str]:
    return {word for word in name.words if not word.isalpha() and any(map(str.isdecimal, word))}
