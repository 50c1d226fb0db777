"""Spellings of one name: what is left of a word when scripts, accents and romanisations are made equal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, Levenshtein

from kg import lexicon
from kg.gazetteer import fold

_WORD = re.compile(r"\w+")
_JOINTS = re.compile(r"(?<=\w)(?:['’ʿ`ʼ]|\.(?=\w\b))(?=\w)")
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL = re.compile(r"[aeiouy]")
_VOWELS = re.compile(r"(?!^)[aeiou]")
#: Words shorter than this are compared letter by letter: John is not Joan, Iran not Iraq.
SHORT = 5
#: In words at least so long two letters may differ.
LONG = 9
#: How alike words are that begin with the g of one Arabic dialect for the j of another.
DIALECT = 0.92
#: In given names at least so long one vowel may differ, however rare they are.
VOWELLED = 7


@cache
def _maps(name: str) -> tuple[Mapping[str, str], ...]:
    return tuple(entry["map"] for entry in lexicon.load("en/spelling") if entry["list"] == name)


@cache
def _letters() -> dict[int, str]:
    return str.maketrans({letter: plain for each in _maps("letters") for letter, plain in each.items()})


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    return tuple((re.compile("|".join(each)), each) for each in _maps("sounds"))


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple(pair for each in _maps("endings") for pair in each.items())


def _word_list(name: str) -> frozenset[str]:
    return frozenset(w for entry in lexicon.load("en/spelling") if entry["list"] == name for w in entry["words"])


@cache
def particles() -> frozenset[str]:
    """Words that a name may have or lack."""
    return _word_list("particles")


@cache
def _titles() -> frozenset[str]:
    return _word_list("titles").union(fold(entry["title"]) for entry in lexicon.load("en/titles"))


@cache
def _given() -> Mapping[str, str]:
    return {short: full for each in _maps("given") for short, full in each.items()}


def words(name: str) -> tuple[str, ...]:
    """Plain words of a name, particles left out where something else is left.

    >>> words("Aïcha al-Qaddafi")
    ('aicha', 'qaddafi')
    """
    found = every_word(name)
    return tuple(w for w in found if w not in particles()) or found


def every_word(name: str) -> tuple[str, ...]:
    """Plain words of a name, its particles included."""
    plain = fold(name.casefold().translate(_letters()))
    return tuple(map(sys.intern, _WORD.findall(_JOINTS.sub("", plain))))


def run_together(words: Iterable[str]) -> str:
    """The sound of plain words, written as one.

    >>> run_together(["omar", "el", "sheikh"]), run_together(["omar", "elsheikh"])
    ('omarelshik', 'omarelshik')
    """
    return "".join(map(sound, words))


def without_title(name: str) -> str:
    """A person's name without the titles before it, of which something is always left.

    >>> without_title("sec. def. harrow")
    'harrow'
    """
    found = name.split()
    while len(found) > 1 and found[0].rstrip(".").casefold() in _titles():
        del found[0]
    return " ".join(found)


@lru_cache(maxsize=1 << 20)
def sound(word: str) -> str:
    """A plain word with the romanisations of one sound made equal.

    >>> sound("khaled"), sound("qaddafi")
    ('kaled', 'kadafi')
    """
    for pattern, plain in _sounds():
        word = pattern.sub(lambda match: plain[match[0]], word)  # noqa: B023  (used at once)
    for ending, plain_ending in _endings():
        if word.endswith(ending) and len(word) >= SHORT:
            word = word.removesuffix(ending) + plain_ending
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=1 << 20)
def skeleton(word: str) -> str:
    """The consonants of a word's sound, and its first letter: Mohammed and Muhamad, Gaddafi and Qaddafi have one."""
    return _VOWELS.sub("", sound(word)).replace("g", "k")


def given(word: str) -> str:
    """The full given name of a short form: mike is michael."""
    return _given().get(word, word)


def alike(one: str, other: str) -> float:
    """How surely two plain words are spellings of one: 1 equal, .95 by sound, .9 but for a slip, 0 not at all.

    A long word with another vowel inside is .94, other words of the same consonants .93, and those that begin with the
    g of one dialect for the j of another (Golani, Jolani) .92. A slip is one letter wrong, missing, added or moved (two
    in long words), never the first letter, never in a short word, and never a digit.
    """
    return 1.0 if one == other else _alike(one, other)


@lru_cache(maxsize=1 << 18)
def _alike(one: str, other: str) -> float:
    if not one.isalpha() or not other.isalpha():
        return 0.0
    heard = _heard_alike(one, other) if skeleton(one) == skeleton(other) else 0.0
    return heard or _slip(one, other) or _dialects(one, other)


def _dialects(one: str, other: str) -> float:
    """How surely two words are one in Arabic dialects that say g or j at its beginning."""
    if {one[0], other[0]} != {"g", "j"}:
        return 0.0
    return DIALECT if alike(f"j{one[1:]}", f"j{other[1:]}") >= 0.93 else 0.0


def _heard_alike(one: str, other: str) -> float:
    """How surely two words of the same consonants are spellings of one."""
    heard = sound(one), sound(other)
    shorter, first = min(len(one), len(other)), one[0] == other[0] or heard[0][0] == heard[1][0]
    if heard[0] == heard[1] and shorter > 2 and _VOWEL.search(one) and _VOWEL.search(other):
        return 0.95
    if shorter > SHORT - first and OSA.distance(*heard) <= 2:
        return 0.94 if _vowel_apart(one, other, shorter) else 0.93
    return 0.0


def _slip(one: str, other: str) -> float:
    """How surely one of two words is the other with a slip of the pen."""
    shorter = min(len(one), len(other))
    allowed = 0 if shorter < SHORT else 1 if shorter < LONG else 2
    if not allowed or not (one[0] == other[0] or sound(one)[0] == sound(other)[0]):
        return 0.0
    return 0.9 if OSA.distance(one, other, score_cutoff=allowed) <= allowed else 0.0


def _vowel_apart(one: str, other: str, shorter: int) -> bool:
    """Whether long words of the same consonants differ by a vowel inside only: Bashirul and Bashiurul."""
    return shorter >= VOWELLED and one[-1] == other[-1] and Levenshtein.distance(sound(one), sound(other)) <= 1
