"""Grouping: candidates of one actor put together, by gazetteer entry, name, acronym and surname."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from kg.annotate.actors.candidates import Candidate, covered
from kg.annotate.actors.kinds import core
from kg.annotate.actors.names import GENERATIONS, generation, surname
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
    """Single names ("Pompeo", "Kim") to the person first named in full with it as surname, or else as first name."""
    out: dict[str, str] = {}
    people = [(c, doc[c.start : c.end].text) for c in candidates if c.type == "Person" and c.kind == "name"]
    full = [(c, name) for c, name in people if len(_plain(name)) > 1]
    by_last: dict[tuple[str, str], tuple[Candidate, str]] = {}
    by_first: dict[str, Candidate] = {}
    for c, name in full:
        by_last.setdefault((surname(name), generation(name)), (c, name))
        by_first.setdefault(_plain(name)[0], c)
    for c, name in people:
        if c.entry is not None or c.key in out or not words(name):
            continue
        owner = _namesake(name, by_last) if len(_plain(name)) > 1 else _bearer(name, by_last, by_first)
        if owner is not None and owner.key != c.key:
            out[c.key] = owner.key
    return out


def _plain(name: str) -> list[str]:
    """The words of a person's name without Jr and the like."""
    return [w for w in words(name) if w not in GENERATIONS]


def _namesake(name: str, by_last: dict[tuple[str, str], tuple[Candidate, str]]) -> Candidate | None:
    """The person first named in full with the same first and last name; Jr may be left out later, but not added."""
    ages = [generation(name)] if generation(name) else ["", *sorted(a for s, a in by_last if s == surname(name) and a)]
    found = next((by_last[surname(name), a] for a in ages if (surname(name), a) in by_last), None)
    return found[0] if found is not None and _plain(found[1])[0] == _plain(name)[0] else None


def _bearer(
    name: str, by_last: dict[tuple[str, str], tuple[Candidate, str]], by_first: dict[str, Candidate]
) -> Candidate | None:
    """The person whose surname, or else first name, the single name is."""
    last, age = surname(name), generation(name)
    ages = [age] if age else ["", *sorted(a for s, a in by_last if s == last and a)]
    found = next((by_last[last, a][0] for a in ages if (last, a) in by_last), None)
    return found or (None if age else by_first.get(last))


def _organisations(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Acronyms, names without their legal form, and shortened names to the organisation named in full."""
    names: dict[str, list[str]] = {}
    keys: dict[str, Candidate] = {}
    for c in candidates:
        if c.kind == "name" and not c.modifier and c.type not in ("Person", "State", "People"):
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
    described = [c for c in candidates if c.type == "Coalition" and c.kind == "description"]
    over = covered([c for c in candidates if c.kind == "name"])
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
