"""Grouping: candidates of one actor put together, by gazetteer entry, name, acronym and surname."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.annotate.actors.candidates import Candidate, covered
from kg.annotate.actors.kinds import core
from kg.annotate.actors.people import generation, name_parts, other_career, same_given, same_word, surname
from kg.gazetteer import fold, words

_MINOR = frozenset(("of", "the", "for", "and", "in", "on", "to", "a"))


def same_actor(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Key to the key of the actor it belongs with, for keys that are not on their own."""
    renamed: dict[str, str] = {}
    renamed |= _people(doc, candidates)
    renamed |= _organisations(doc, candidates)
    renamed |= _coalitions(doc, candidates)
    return renamed


def _people(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Names of people to the first full name of the same person: other spellings of it, surnames, else first names."""
    found = [c for c in candidates if c.type == "Person" and c.kind == "name"]
    people = [(c, doc[c.start : c.end].text) for c in found]
    known = Family()
    for c, name in people:
        if len(name_parts(name)) > 1:
            known.add(c, name)
    singles = [(c, name) for c, name in people if len(name_parts(name)) == 1 and c.entry is None]
    for c, name in singles:
        owner = known.bearer(name)
        if owner is not None and owner.key != c.key and not other_career(doc, c, owner):
            known.renamed.setdefault(c.key, owner.key)
    return known.renamed


@dataclass(slots=True)
class Family:
    """The people whom a text names in full, by surname and generation; ``renamed`` has those named in two ways."""

    by_last: dict[tuple[str, str], list[tuple[Candidate, str]]] = field(default_factory=dict)
    by_first: dict[str, Candidate] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    def add(self, candidate: Candidate, name: str) -> None:
        """Note somebody who is named in full."""
        first = next((c for c, other in self.namesakes(name) if same_given(name, other)), None)
        if first is None:
            self.by_last.setdefault((surname(name), generation(name)), []).append((candidate, name))
            self.by_first.setdefault(name_parts(name)[0], candidate)
        elif first.key != candidate.key and candidate.entry is None:
            self.renamed[candidate.key] = first.key

    def namesakes(self, name: str) -> list[tuple[Candidate, str]]:
        """People of that surname, or else of other spellings of it; Jr may be left out later, but not added."""
        last, age = surname(name), generation(name)
        ages = [age] if age else ["", *sorted(a for s, a in self.by_last if s == last and a)]
        exact = [each for a in ages for each in self.by_last.get((last, a), ())]
        if exact or age:
            return exact
        return [each for (s, _), people in self.by_last.items() if same_word(last, s) for each in people]

    def bearer(self, name: str) -> Candidate | None:
        """The person whose surname, or else first name, the single name is: the first of that very surname."""
        people = self.namesakes(name)
        exact = bool(people) and surname(people[0][1]) == surname(name)
        if exact or len(people) == 1:
            return people[0][0]
        return None if people or generation(name) else self.by_first.get(surname(name))


def _organisations(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Acronyms, names without their legal form, and shortened names to the organisation named in full."""
    names: dict[str, list[str]] = {}
    keys: dict[str, Candidate] = {}
    for c in candidates:
        if c.kind == "name" and not c.modifier and c.type not in ("Person", "State", "People") and not c.name:
            keys.setdefault(c.key, c)
            names.setdefault(c.key, words(doc[c.start : c.end].text))
    out = _bracketed(doc, candidates)
    acronyms = {_acronym(ws): key for key, ws in names.items() if len(ws) > 2}
    long = [(key, ws) for key, ws in names.items() if len(ws) > 1]
    for key, ws in names.items():
        if key in out or keys[key].entry is not None:
            continue
        whole = acronyms.get(ws[0]) if len(ws) == 1 and doc[keys[key].start].is_upper else _longer(key, ws, long, keys)
        if whole and whole != key:
            out[key] = whole
    return out


def _coalitions(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """A coalition that is first introduced beside its leader, and named after him later ("the Estmari-led coalition").

    Where the text knows several that are led by somebody, each stays by itself.
    """
    described = [c for c in candidates if c.type == "Coalition"]
    over = covered([c for c in candidates if c.kind == "name" and c.type != "Coalition"])
    led = {c.key: leader.key for c in described if (leader := _leader(doc, c, over)) is not None}
    if len(led) != 1:
        return {}
    (key, leads), *_ = led.items()
    first = min((c for c in described if c.key == key), key=lambda c: c.start)
    noun = doc[first.end - 1].lower_
    before = (c for c in described if c.start < first.start and doc[c.start : c.end].text.lower() == f"a {noun}")
    return {c.key: key for c in before if any(t.i in over and over[t.i].key == leads for t in doc[c.start].sent)}


def _leader(doc: Doc, group: Candidate, over: dict[int, Candidate]) -> Candidate | None:
    """Who is named in "-led" before the noun of a group."""
    led = next((i for i in range(group.start + 2, group.end) if doc[i].lower_ == "led"), None)
    return None if led is None else over.get(led - 2)


def _bracketed(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Names in brackets after another name: "the Syrian Democratic Forces (SDF)", "Daesh (IS)"."""
    out: dict[str, str] = {}
    ends = {c.end: c for c in candidates if c.type not in ("Person", "Place") and not c.modifier and c.kind == "name"}
    for c in candidates:
        opened = c.start > 1 and doc[c.start - 1].text == "(" and c.end < len(doc) and doc[c.end].text == ")"
        before = _named(doc, c, ends) if opened and doc[c.start].shape_.startswith("X") else None
        if before is None or before.key == c.key or (c.entry is not None and before.entry is not None):
            continue
        short, long_ = (before, c) if c.entry is not None else (c, before)
        if short.entry is None:
            out[short.key] = long_.key
    return out


def _named(doc: Doc, short: Candidate, ends: dict[int, Candidate]) -> Candidate | None:
    """The name that one in brackets repeats, not the state at its end: "the Press Club of Kenya (PCK)"."""
    last = ends.get(short.start - 1)
    if last is None or last.start < 2 or last.entry is None or short.entry is not None:
        return last
    whole = ends.get(last.start - 1) if doc[last.start - 1].pos_ == "ADP" else None
    own = _acronym(words(doc[last.start : last.end].text)) == doc[short.start : short.end].text.lower()
    return last if own or whole is None else whole


def _acronym(parts: list[str]) -> str:
    return "".join(w[0] for w in parts if w not in _MINOR)


def _longer(key: str, parts: list[str], long: list[tuple[str, list[str]]], keys: dict[str, Candidate]) -> str | None:
    """The one longer name that begins with this one ("Northrop" Grumman) or ends with it (US "Air Force")."""
    short, type_ = core(parts), keys[key].type
    same = [other for other, ws in long if other != key and len(ws) > len(parts) and core(ws) == short]
    fits = [
        other
        for other, ws in long
        if other != key and keys[other].type == type_ and len(ws) > len(parts) and _shortens(short, core(ws))
    ]
    known = [other for other in fits if keys[other].entry is not None]
    tries = (same,) if type_ == "Place" else (fits, same, known)
    return next((one[0] for one in tries if len(one) == 1), None)


def _shortens(short: list[str], full: list[str]) -> bool:
    """Whether the words are the full name's own, its beginning, or two or more words of its end."""
    return full[: len(short)] == short or (len(short) > 1 and full[-len(short) :] == short)


def grouped(candidates: list[Candidate], renamed: dict[str, str]) -> dict[str, list[Candidate]]:
    """Final key to its candidates, in order of first mention."""
    out: dict[str, list[Candidate]] = defaultdict(list)
    for c in candidates:
        out[final(c.key, renamed)].append(c)
    return dict(out)


def final(key: str, renamed: dict[str, str]) -> str:
    """The key that ``key`` was put under, through any number of steps."""
    seen = {key}
    while key in renamed and renamed[key] not in seen:
        key = renamed[key]
        seen.add(key)
    return key


def folded(text: str) -> str:
    """``text`` for comparison."""
    return " ".join(fold(w) for w in words(text))
