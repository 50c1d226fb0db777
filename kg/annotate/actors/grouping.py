"""Grouping: candidates of one actor put together, by gazetteer entry, name, acronym and surname."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc

from kg.annotate.actors.candidates import Candidate
from kg.annotate.actors.names import surname
from kg.gazetteer import fold, word_list, words

_LEGAL = word_list("legal_forms") | word_list("company_words")
_MINOR = frozenset(("of", "the", "for", "and", "in", "on", "to", "a"))


def same_actor(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Key to the key of the actor it belongs with, for keys that are not on their own."""
    renamed: dict[str, str] = {}
    renamed |= _people(doc, candidates)
    renamed |= _organisations(doc, candidates)
    return renamed


def _people(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Single names ("Pompeo", "Kim") to the person last named in full with it as surname, or else as first name."""
    out: dict[str, str] = {}
    people = [c for c in candidates if c.type == "Person"]
    full = [c for c in people if c.end - c.start > 1 and len(words(doc[c.start : c.end].text)) > 1]
    by_last: dict[str, Candidate] = {}
    by_first: dict[str, Candidate] = {}
    for c in full:
        by_last.setdefault(surname(doc[c.start : c.end].text), c)
        by_first.setdefault(words(doc[c.start : c.end].text)[0], c)
    for c in people:
        parts = words(doc[c.start : c.end].text)
        if c.entry is not None or c.key in out or not parts:
            continue
        if c in full:
            other = by_last.get(surname(doc[c.start : c.end].text))
            if other and other.key != c.key and words(doc[other.start : other.end].text)[0] == parts[0]:
                out[c.key] = other.key
            continue
        owner = by_last.get(surname(doc[c.start : c.end].text)) or by_first.get(parts[0])
        if owner is not None and owner.key != c.key:
            out[c.key] = owner.key
    return out


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


def _bracketed(doc: Doc, candidates: list[Candidate]) -> dict[str, str]:
    """Names in brackets after another name: "the Syrian Democratic Forces (SDF)", "Daesh (IS)"."""
    out: dict[str, str] = {}
    ends = {c.end: c for c in candidates if c.type not in ("Person", "Place") and not c.modifier}
    for c in candidates:
        opened = c.start > 1 and doc[c.start - 1].text == "(" and c.end < len(doc) and doc[c.end].text == ")"
        before = ends.get(c.start - 1) if opened and doc[c.start].shape_.startswith("X") else None
        if before is None or before.key == c.key or (c.entry is not None and before.entry is not None):
            continue
        short, long_ = (before, c) if c.entry is not None else (c, before)
        if short.entry is None:
            out[short.key] = long_.key
    return out


def _acronym(parts: list[str]) -> str:
    return "".join(w[0] for w in parts if w not in _MINOR)


def _core(parts: list[str]) -> list[str]:
    """The words of a name without its legal form ("Apple Inc." is apple)."""
    kept = list(parts)
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return kept


def _longer(key: str, parts: list[str], long: list[tuple[str, list[str]]], keys: dict[str, Candidate]) -> str | None:
    """The one longer name that begins with this one ("Northrop" Grumman) or ends with it (US "Air Force")."""
    core, type_ = _core(parts), keys[key].type
    if type_ == "Place":
        return None
    fits = [
        other
        for other, ws in long
        if other != key and keys[other].type == type_ and len(ws) > len(parts) and _shortens(core, _core(ws))
    ]
    return fits[0] if len(fits) == 1 else None


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
