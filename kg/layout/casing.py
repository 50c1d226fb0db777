"""Headlines in title case and texts in capitals: the case that their words would have in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from kg.lexicon import load, words
from kg.records import Span

_ACTORS = (
    "states", "armed_groups", "armed_forces", "coalitions", "institutions", "ministries", "organisations", "outlets",
    "companies", "parties",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[’'](?=[^\W\d_])[^\W\d_]+)?")
_ENDS = re.compile(r"[.!?][”\"’')]*\Z")
#: Behind these a new sentence begins, or what reads like one.
_BEGINS = re.compile(r"(?:\A\W*|[.!?:;|–—]|[.!?] ?[“\"‘'(]|:\s*[“\"‘'])\s*\Z")
#: Words that a title leaves small.
_SMALL = re.compile(
    r"an?|after|against|amid|and|as|at|but|by|for|from|in|into|is|nor|off?|on|or|over|per|says|than|that|the|to|under|up|via|"
    r"vs|with"
)
#: Of the others, this share has a capital in a title; and at least so many of them are common words.
_SHARE, _COMMON = 0.8, 2
#: Words of a title or of a line in capitals.
_FEWEST, _LONGEST = 3, 30
#: Behind these "US" is the pronoun, elsewhere the state.
_PRONOUN = re.compile(r"\b(?:to|of|for|with|told|helps?|lets?|give|gave|join|about|by|on|between)\s+\Z", re.IGNORECASE)


def is_capitals(line: str) -> bool:
    """Whether a line is written in capitals throughout; a name or an acronym alone is no line."""
    found = _WORD.findall(line)
    return len(found) >= _FEWEST and line.upper() == line and sum(map(len, found)) > 8


def is_title(line: str) -> bool:
    """Whether a line is a headline whose words begin with capitals, common words among them."""
    found = _WORD.findall(line)
    if not _FEWEST <= len(found) <= _LONGEST or _ENDS.search(line):
        return False
    counted = [word for word in found[1:] if not _SMALL.fullmatch(word.lower())]
    capital = [word for word in counted if word[0].isupper()]
    common = sum(_is_common(word.lower()) for word in capital)
    return common >= _COMMON and len(capital) >= _SHARE * len(counted)


def _is_common(low: str) -> bool:
    """Whether a word stands in small letters in a sentence, with or without a contraction (``it's``)."""
    return re.split("[’']", low, maxsplit=1)[0] in words()


def restored(text: str, spans: Collection[Span]) -> str:
    """``text`` with the words of ``spans`` in ordinary case; every character stays where it is.

    >>> restored("Turkey Denies Attacking Kurds", [(0, 29)])
    'Turkey denies attacking Kurds'
    >>> restored("THE KREMLIN DENIED THAT RUSSIA HAD BOMBED THE PKK.", [(0, 50)])
    'The Kremlin denied that Russia had bombed the PKK.'
    """
    if not spans:
        return text
    seen = _seen(text, spans)
    out = list(text)
    for start, end in spans:
        kept = _kept(text[start:end])
        for match in _WORD.finditer(text, start, end):
            if not any(s <= match.start() - start < e for s, e in kept):
                out[match.start() : match.end()] = _cased(match, text[start : match.start()], seen)
            elif match[0].isupper() and match[0] not in _names()[0]:
                out[match.start() : match.end()] = _same_length(match[0], match[0].capitalize())
    return "".join(out)


def _cased(match: re.Match[str], before: str, seen: dict[str, str]) -> str:
    """A word as it stands in a sentence."""
    word, low = match[0], match[0].lower()
    capitals, begins = word.isupper() and len(word) > 1, bool(_BEGINS.search(before))
    if low == "us" and capitals and not _PRONOUN.search(before):
        return word
    if _is_common(low) or low == "us":
        cased = low.capitalize() if begins or re.match(r"i(?:[’']|\Z)", low) else low
    elif low in seen:
        cased = seen[low]
    elif not capitals or word in _names()[0]:
        cased = word
    else:
        head, mark, tail = re.split(r"([’'])", word, maxsplit=1) if re.search(r"[’']", word) else (word, "", "")
        cased = head.capitalize() + mark + (tail.lower() if len(tail) < 3 else tail.capitalize())
    return _same_length(word, cased)


def _same_length(word: str, cased: str) -> str:
    """The cased word, unless a letter has no other case of its own (ß, İ)."""
    return cased if len(cased) == len(word) else word


def _seen(text: str, spans: Collection[Span]) -> dict[str, str]:
    """How the rest of the text writes its names: those with a capital inside a sentence, by their small letters."""
    rest = list(text)
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    found = re.finditer(r"(?<=[a-z,] )[A-Z][^\W\d_]+", "".join(rest))
    return {match[0].lower(): match[0] for match in found if match[0].lower() not in words()}


def _kept(line: str) -> list[Span]:
    """Where a line has names of several words that are known, whose common words keep their capitals."""
    low = line.lower()
    return [
        match.span() for match in re.finditer(r"(?<!\w)[^\W\d_]+(?= )", low) for match in _longest(low, match.start())
    ]


def _longest(low: str, start: int) -> list[re.Match[str]]:
    """The known name that begins here, if any."""
    candidates = _names()[1].get(low[start:].split(" ", 1)[0], ())
    found = (re.compile(rf"{re.escape(name)}(?!\w)").match(low, start) for name in candidates)
    return [match for match in found if match][:1]


@cache
def _names() -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Acronyms of known actors, and their names of several words by the first, the longest first."""
    acronyms: set[str] = set()
    phrases: dict[str, set[str]] = {}
    for entry in (entry for file in _ACTORS for entry in load(f"actors/{file}")):
        for name in (str(entry["name"]), *map(str, entry.get("aliases", ()))):
            acronyms |= {w for w in _WORD.findall(name) if w.isupper() and len(w) > 1 and w.lower() not in words()}
            if " " in name and name[0].isupper() and name.split(" ")[-1][0].isupper():
                phrases.setdefault(name.lower().split(" ", 1)[0], set()).add(name.lower())
    return frozenset(acronyms), {first: tuple(sorted(names, key=len, reverse=True)) for first, names in phrases.items()}
