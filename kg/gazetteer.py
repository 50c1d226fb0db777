"""Gazetteer: known actors and their names, matched in running text however many names there are.

The shipped files ``lexicons/actors/*.yaml`` share one schema, and so does a user's own file (``overlay``):

- ``name`` and ``type`` (one of ``records.ACTOR_TYPES``) are required;
- ``aliases``: other names; ``ambiguous``: those of the names that need context before they are believed;
- ``capitals``, ``adjectives``, ``people``: of states: names that stand for the state;
- ``country``: ISO code of the home state; ``stands_for``: ISO code of the state whose organ this is;
- ``qid``: the Wikidata id; ``seat``: the id of the building that gives the name; ``gender``: ``m`` or ``f``;
- ``context``: words whose presence in the text supports an ambiguous name;
- ``offices``: of people: nouns of the offices they have held; ``terms``: offices with the country before and the dates
  behind (``FR president 2012-05-15/2017-05-14``).

The compiled index (names folded to lower case without accents, hyphens and apostrophes) is cached as JSON under the
user's cache folder, keyed by the content of the files: 100,000 names load in a few tenths of a second.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from kg.errors import LexiconError
from kg.lexicon import load, parse
from kg.records import ACTOR_TYPES

VERSION = "6"
FILES = (
    "states", "former_states", "armed_groups", "armed_forces", "coalitions", "institutions", "ministries",
    "organisations", "outlets", "companies", "parties", "persons", "peoples", "territories", "cities",
)  # fmt: skip


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list of ``lexicons/en/actor_words.yaml``."""
    return frozenset(next(e["words"] for e in load("en/actor_words") if e["list"] == name))


_LISTS = {"aliases": "name", "capitals": "capital", "adjectives": "adjective", "people": "people"}
_MANY = {"ambiguous", "context", "offices", "terms", *_LISTS}
#: The fields of an entry.
FIELDS = {"name", "type", "country", "stands_for", "qid", "seat", "gender", *_MANY}
_WORD = re.compile(r"\w+")
#: Between the words of one name.
_JOINT = re.compile(r"['’ʿ`]|\.?[ \u00a0\n]?|[ \u00a0]?[-–—/][ \u00a0]?|[ \u00a0]?&[ \u00a0]?|['’][ \u00a0]")
#: Words of a name that house styles write in lower case ("the Kurdistan Workers party").
_LOWERED = word_list("lowered_in_names")
#: Words of which the names of bodies that any state may have consist.
_GENERIC = word_list("generic_bodies")


@dataclass(frozen=True, slots=True)
class Entry:
    """A known actor. ``country`` and ``stands_for`` are ISO 3166 codes; ``context`` supports ambiguous names."""

    name: str
    type: str
    qid: str | None = None
    country: str | None = None
    stands_for: str | None = None
    gender: str | None = None
    context: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry that a name may stand for; ``role`` is name, capital, adjective or people."""

    entry: int
    surface: str
    role: str
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text that is a known name, with its readings."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@cache
def fold(word: str) -> str:
    """``word`` in lower case and without accents.

    >>> fold("Çavuşoğlu")
    'cavusoglu'
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a name, without a leading article.

    >>> words("the People's Protection Units")
    ['people', 's', 'protection', 'units']
    """
    found = [fold(w) for w in _WORD.findall(text)]
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def _fits(surface: str, text: str) -> bool:
    """Whether ``text`` may be a spelling of ``surface``: acronyms keep their case, names their capitals."""
    theirs, ours = _WORD.findall(surface), _WORD.findall(text)
    if len(theirs) > len(ours):  # a leading article of the surface
        theirs = theirs[1:]
    several = len(theirs) > 1
    return all(_word_fits(a, b, lowered=several and i > 0) for i, (a, b) in enumerate(zip(theirs, ours, strict=False)))


def _word_fits(name: str, word: str, *, lowered: bool) -> bool:
    if name == word or name.islower() or not name[0].isalpha():
        return True
    if name.isupper() and len(name) > 1:
        return len(name) > 3 and word == name.capitalize()
    return word[0].isupper() or (lowered and fold(name) in _LOWERED)


def is_generic(name: str) -> bool:
    """Whether many states have a body of that name, so that it tells nobody by itself.

    >>> is_generic("Ministry of Defence"), is_generic("Pentagon")
    (True, False)
    """
    return all(word in _GENERIC for word in words(name))


class Gazetteer:
    """Known actors, by every name they go by."""

    def __init__(self, entries: Iterable[Entry], index: Mapping[str, list[list[Any]]]) -> None:
        self.entries = tuple(entries)
        self._index = index
        self._longest: dict[str, int] = {}
        for key in index:
            first, length = key.partition(" ")[0], key.count(" ") + 1
            if self._longest.get(first, 0) < length:
                self._longest[first] = length
        self.by_name = {(e.name, e.type): i for i, e in enumerate(self.entries)}
        self.by_qid = {e.qid: i for i, e in reversed([*enumerate(self.entries)]) if e.qid}
        self.state: dict[str | None, int] = {e.country: i for i, e in enumerate(self.entries) if e.type == "State"}
        self.forces: dict[str | None, int] = {
            e.stands_for: i
            for i, e in enumerate(self.entries)
            if e.type == "ArmedForce" and e.stands_for and "Armed Forces" in e.name
        }

    @cached_property
    def _terms(self) -> dict[str, list[tuple[str, str, int]]]:
        """Begin, end and holder by country and office."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for number, entry in enumerate(self.entries):
            for term in entry.terms:
                office, _, dates = term.rpartition(" ")
                begin, _, end = dates.partition("/")
                found.setdefault(office, []).append((begin, end, number))
        return found

    def holder(self, country: str, office: str, day: str) -> int | None:
        """The entry of who held an office of a state on an ISO day, where it is known and there is but one."""
        held = [number for begin, end, number in self._terms.get(f"{country} {office}", ()) if begin <= day < end]
        return held[0] if len(held) == 1 else None

    def lookup(self, name: str) -> tuple[Reading, ...]:
        """Readings of ``name`` as a whole; empty where it is unknown."""
        return tuple(Reading(*r) for r in self._index.get(" ".join(words(name)), ()) if _fits(r[1], name))

    def named(self, name: str) -> list[int]:
        """Entries that may be called ``name``, in whatever capitals."""
        return [r[0] for r in self._index.get(" ".join(words(name)), ())]

    @cached_property
    def _state_surfaces(self) -> dict[int, tuple[str, ...]]:
        states = set(self.state.values())
        found: dict[int, dict[str, None]] = {}
        for readings in self._index.values():
            for entry, surface, role, _ in readings:
                if entry in states and role in ("name", "adjective"):
                    found.setdefault(entry, {})[surface] = None
        return {entry: tuple(surfaces) for entry, surfaces in found.items()}

    def surfaces(self, state: int) -> tuple[str, ...]:
        """Names and adjectives of a state."""
        return self._state_surfaces.get(state, ())

    def matches(self, text: str) -> Iterator[Match]:
        """Known names in ``text``, longest first from the left, without overlap."""
        tokens = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        folded = [fold(text[s:e]) for s, e in tokens]
        i, longest = 0, self._longest
        while i < len(tokens):
            most = longest.get(folded[i], 0)
            found = self._longest_at(text, tokens, folded, i, most) if most else None
            if found:
                yield found[0]
            i += found[1] if found else 1

    def shorter(self, text: str, match: Match) -> Iterator[Match]:
        """Known names inside a match that was not believed, shorter than it."""
        inner = text[match.start : match.end]
        tokens = [(m.start(), m.end()) for m in _WORD.finditer(inner)]
        folded = [fold(inner[s:e]) for s, e in tokens]
        i = 0
        while i < len(tokens):
            most = min(self._longest.get(folded[i], 0), len(tokens) - 1)
            found = self._longest_at(inner, tokens, folded, i, most) if most else None
            if found:
                yield Match(match.start + found[0].start, match.start + found[0].end, found[0].readings)
            i += found[1] if found else 1

    def _longest_at(
        self, text: str, tokens: list[tuple[int, int]], folded: list[str], i: int, most: int
    ) -> tuple[Match, int] | None:
        """The longest name that begins at word ``i``, and how many words it has."""
        for n in range(min(most, len(tokens) - i), 0, -1):
            raw = self._index.get(" ".join(folded[i : i + n]))
            if raw is None:
                continue
            start, end = tokens[i][0], tokens[i + n - 1][1]
            if not all(_joined(text, tokens[k], tokens[k + 1]) for k in range(i, i + n - 1)):
                continue
            readings = tuple(Reading(*r) for r in raw if _fits(r[1], text[start:end]) and _article(r[1], text, start))
            if readings:
                return Match(start, end, readings), n
        return None


def _joined(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether what stands between two words may stand inside a name; a full stop only after an initial or the like."""
    joint = text[left[1] : right[0]]
    return joint == " " or bool(_JOINT.fullmatch(joint) and (joint[:1] != "." or left[1] - left[0] < 3))


def _article(surface: str, text: str, start: int) -> bool:
    """Whether a surface that needs its article ("the Times") has it."""
    return not surface.lower().startswith("the ") or text[max(0, start - 4) : start].lower() == "the "


def _short(data: Mapping[str, Any]) -> str:
    """An entry in so few words that people can find it: lists of lists can grow without end."""
    return str({key: value for key, value in data.items() if isinstance(value, str | int | float)})[:200]


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str | int | float) for each in value)


def _entry(data: Mapping[str, Any], where: str) -> Entry:
    unknown = set(data) - FIELDS
    if "name" not in data or data.get("type") not in ACTOR_TYPES or unknown:
        what = (
            f"unknown fields {sorted(map(str, unknown))[:5]}" if unknown else "an entry needs a name and a known type"
        )
        raise LexiconError(f"{where}: {what}, in {_short(data)}.")
    for field, value in data.items():
        if not (_is_list(value) if field in _MANY else isinstance(value, str)):
            what = "a list of words" if field in _MANY else "text; put it in quotation marks"
            raise LexiconError(f"{where}: {field} is {what}, in {_short(data)}.")
    return Entry(
        data["name"], data["type"], data.get("qid"), data.get("country"), data.get("stands_for"), data.get("gender"),
        tuple(data.get("context", ())), tuple(data.get("offices", ())), tuple(data.get("terms", ())),
    )  # fmt: skip


_TOLD_APART = re.compile(r" \([^)]*\)$")


def _bare(data: Mapping[str, Any]) -> list[str]:
    """The name without what tells it from others in brackets; nothing where it has no such."""
    bare = _TOLD_APART.sub("", data["name"])
    return [bare] if bare != data["name"] else []


def _surfaces(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every name of an entry, with its role."""
    yield _TOLD_APART.sub("", data["name"]), "name"
    for field, role in _LISTS.items():
        for surface in data.get(field, ()):
            yield str(surface), role


def _dotted(surface: str) -> str:
    """The acronym with full stops (D.N.C.), as some house styles write it; empty for other names."""
    return ".".join(surface) + "." if surface.isupper() and surface.isalpha() and 2 < len(surface) < 6 else ""


def compile_entries(
    lists: Iterable[tuple[str, list[dict[str, Any]]]],
) -> tuple[list[Entry], dict[str, list[list[Any]]]]:
    """Entries and index of ``(file name, entries)`` pairs; of one name and type, the last entry counts."""
    chosen: dict[tuple[str, str], tuple[Entry, dict[str, Any]]] = {}
    for where, entries in lists:
        for data in entries:
            entry = _entry(data, where)
            chosen[entry.name, entry.type] = (entry, data)
    index: dict[str, list[list[Any]]] = {}
    for number, (_, data) in enumerate(chosen.values()):
        doubtful = {*data.get("ambiguous", ()), *_bare(data)}
        surfaces = dict(_surfaces(data))
        doubtful |= {_dotted(s) for s in doubtful}
        for surface, role in (surfaces | {d: r for s, r in surfaces.items() if (d := _dotted(s))}).items():
            index.setdefault(" ".join(words(surface)), []).append([number, surface, role, surface in doubtful])
    index.pop("", None)
    return [entry for entry, _ in chosen.values()], index


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "hearsay"


def _cached(digest: str) -> tuple[list[Entry], dict[str, list[list[Any]]]] | None:
    """The compiled gazetteer of that digest, where an earlier run left it readable."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        data = json.loads((_cache_folder() / f"gazetteer-{digest}.json").read_text("utf-8"))
        return [_thawed(e) for e in data["entries"]], data["index"]
    return None


def _thawed(fields: list[Any]) -> Entry:
    """An entry from its fields as JSON has them: lists become tuples."""
    values: list[Any] = [tuple(f) if isinstance(f, list) else f for f in fields]
    return Entry(*values)


def _store(digest: str, entries: list[Entry], index: Mapping[str, list[list[Any]]]) -> None:
    """Leave the compiled gazetteer for later runs; a cache folder that cannot be written is no error."""
    fields = [list(astuple(e)) for e in entries]
    with suppress(OSError):
        folder = _cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"gazetteer-{digest}.{os.getpid()}"
        draft.write_text(json.dumps({"entries": fields, "index": index}, ensure_ascii=False), "utf-8")
        draft.replace(folder / f"gazetteer-{digest}.json")


@cache
def load_gazetteer(overlay: str | None = None) -> Gazetteer:
    """The shipped gazetteer, with the YAML file ``overlay`` laid over it.

    Raises:
        LexiconError: the overlay cannot be read, or an entry does not fit the schema.
    """
    shipped = resources.files("kg") / "lexicons" / "actors"
    texts = [(f"actors/{name}.yaml", (shipped / f"{name}.yaml").read_text("utf-8")) for name in FILES]
    if overlay is not None:
        try:
            texts.append((overlay, Path(overlay).read_text("utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"Cannot read the gazetteer {overlay}: {error}.") from error
    digest = hashlib.sha256("\0".join([VERSION, *(text for _, text in texts)]).encode()).hexdigest()[:16]
    compiled = _cached(digest)
    if compiled is None:
        compiled = compile_entries((where, parse(text, where)) for where, text in texts)
        _store(digest, *compiled)
    return Gazetteer(*compiled)
