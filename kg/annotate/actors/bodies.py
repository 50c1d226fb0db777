"""Bodies of states: a ministry, an army or a parliament is that of the state which the text names, or of none.

Many states have a "Ministry of Defence" or a "House of Commons", so such a name tells nobody by itself. Its state
stands before it ("Chile's", "Chilean"), behind it ("of Chile"), at another mention, or is the only one in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from kg.annotate.actors.candidates import Candidate
from kg.gazetteer import Entry, Gazetteer, Match, Reading, is_generic, words
from kg.lexicon import load

#: What the recogniser calls a body that a state may own.
_OWNED = frozenset(("Organisation", "Government", "Ministry", "ArmedForce"))
#: Last words of the names of armed forces.
_ARMS = frozenset(("army", "navy", "forces", "force", "military"))
_SUFFIXES = ("'s", "’s", "'", "’")


# Known names: which state's, where several have one of that name


def owner_of(text: str, match: Match, around: dict[int, Match], gazetteer: Gazetteer) -> Entry | None:
    """The state that the text names right before or behind a match; ``around`` holds matches by both of their ends."""
    end = match.start - 1 if text[match.start - 1 : match.start].isspace() else match.start
    ending = next((each for each in _SUFFIXES if text.endswith(each, 0, end)), "")
    link = next((each for each in (" of the ", " of ") if text.startswith(each, match.end)), None)
    before = around.get(len(ending) - end) if end else None
    near = (before, around.get(match.end + len(link)) if link else None)
    return next((state for m in near if m is not None and (state := _state(m, gazetteer)) is not None), None)


def ends(matches: list[Match]) -> dict[int, Match]:
    """Matches by where they begin, and by where they end, negative."""
    return {m.start: m for m in matches} | {-m.end: m for m in matches}


def _state(match: Match, gazetteer: Gazetteer) -> Entry | None:
    found = (gazetteer.entries[r.entry] for r in match.readings)
    return next((entry for entry in found if entry.type == "State"), None)


def states_of(matches: list[Match], gazetteer: Gazetteer) -> set[str | None]:
    """Codes of the states that a text names."""
    return {state.country for m in matches if (state := _state(m, gazetteer)) is not None}


def fits(reading: Reading, gazetteer: Gazetteer, owner: Entry | None, states: set[str | None]) -> bool:
    """Whether a reading may be meant: the name of a body that tells nobody by itself needs its state and no other."""
    entry = gazetteer.entries[reading.entry]
    if entry.type == "State" or not is_generic(reading.surface):
        return True
    if owner is not None:
        return owner.country == entry.country
    return not reading.ambiguous or not entry.country or states <= {entry.country}


# Names and descriptions of bodies that the gazetteer may know


def owned(doc: Doc, found: list[Candidate], gazetteer: Gazetteer) -> None:
    """Give the generic names among ``found`` their state, if the text tells one (changed in place)."""
    states = [c for c in found if c.type == "State"]
    by_end, by_start = {c.end: c for c in states}, {c.start: c for c in states}
    unknown = [c for c in found if c.entry is None and c.type in _OWNED]
    bodies = [c for c in unknown if is_generic(doc[_start(c, by_start) : c.end].text)]
    for body in bodies:
        state = _inside(body, by_start) or _beside(doc, body, by_end, by_start)
        if state is not None:
            _give(doc, body, state, gazetteer)
    _context(doc, [b for b in bodies if b.of is None], bodies, found, gazetteer)


def _inside(body: Candidate, by_start: dict[int, Candidate]) -> Candidate | None:
    """The state at the beginning of the name: "Chilean Supreme Court"."""
    first = by_start.get(body.start)
    return first if first is not None and first.end < body.end else None


def _start(body: Candidate, by_start: dict[int, Candidate]) -> int:
    first = _inside(body, by_start)
    return body.start if first is None else first.end


def _beside(
    doc: Doc, body: Candidate, by_end: dict[int, Candidate], by_start: dict[int, Candidate]
) -> Candidate | None:
    """The state right before the name, or behind it after "of"."""
    end = body.start - 1 if body.start and doc[body.start - 1].lower_ in _SUFFIXES else body.start
    before = by_end.get(end)
    if before is not None or body.end >= len(doc) or doc[body.end].lower_ != "of":
        return before
    return by_start.get(body.end + 1) or by_start.get(body.end + 2)


def _give(doc: Doc, body: Candidate, state: Candidate, gazetteer: Gazetteer) -> None:
    """Make the body the state's."""
    start = state.end if body.start <= state.start < body.end else body.start
    kind = kind_of(doc[start : body.end].text)
    body.of, body.entry = state.key, known(gazetteer, state, kind)
    body.key, body.name = key_of(state, kind, body.entry), label_of(gazetteer, state, kind)
    body.reason = f"{body.reason}; of {state.key}"
    body.type = _type(kind, body.type) if body.entry is None else gazetteer.entries[body.entry].type


def _type(kind: str, read: str) -> str:
    """The type of a body of that kind, which was read as ``read``."""
    last = kind.rpartition(" ")[2]
    return "Ministry" if last == "ministry" else "ArmedForce" if last in _ARMS else read


def _context(
    doc: Doc, rest: list[Candidate], bodies: list[Candidate], found: list[Candidate], gazetteer: Gazetteer
) -> None:
    """Bodies without a state beside them: that of another mention of the name, else the only one in the text."""
    states = {c.key: c for c in found if c.type == "State"}
    for body in rest:
        kind = kind_of(doc[body.start : body.end].text)
        said = {b.of for b in bodies if b.of is not None and b.key.endswith(f":{kind}")} & states.keys()
        one = said if said else states.keys()
        if len(one) == 1:
            _give(doc, body, states[next(iter(one))], gazetteer)


@cache
def _portfolios() -> dict[str, str]:
    """What a ministry may be for to the one word by which it is known: "external affairs" is foreign."""
    return {name: e["portfolio"] for e in load("en/portfolios") for name in (e["portfolio"], *e["names"])}


def kind_of(name: str) -> str:
    """What kind of body a generic name is of, whatever its wording: "Ministry of External Affairs", "Foreign Office".

    >>> kind_of("Ministry of External Affairs"), kind_of("House of Commons")
    ('foreign ministry', 'house of commons')
    """
    said = words(name)
    rest = " ".join(w for w in said if w not in _MINISTRIES and w not in ("of", "for", "the", "and"))
    portfolio = _portfolios().get(rest)
    return f"{portfolio} ministry" if portfolio and _MINISTRIES & set(said) else " ".join(said)


_MINISTRIES = frozenset(("ministry", "ministries", "department", "office", "mod"))


def key_of(state: Candidate, kind: str, entry: int | None) -> str:
    """The key of a state's body."""
    return f"body:{state.key}:{kind}" if entry is None else f"entry:{entry}"


def label_of(gazetteer: Gazetteer, state: Candidate, kind: str) -> str:
    """The name of a state's body, the same in every article: "foreign ministry of Chile"."""
    return f"{kind} of {gazetteer.entries[state.entry].name}" if state.entry is not None else ""


def known(gazetteer: Gazetteer, state: Candidate, kind: str) -> int | None:
    """The gazetteer's entry of a state's body of that kind."""
    if state.entry is None:
        return None
    country = gazetteer.entries[state.entry].country
    for surface in gazetteer.surfaces(state.entry):
        for said in _wordings(kind):
            for form in (f"{surface} {said}", f"{said} of {surface}"):
                for number in gazetteer.named(form):
                    entry = gazetteer.entries[number]
                    if entry.type != "State" and country in (entry.stands_for, entry.country):
                        return number
    return None


def _wordings(kind: str) -> Iterator[str]:
    """Names of a kind of body."""
    yield kind
    portfolio, _, noun = kind.rpartition(" ")
    if noun == "ministry":
        for name, known_as in _portfolios().items():
            if known_as == portfolio:
                yield from (f"{name} ministry", f"ministry of {name}", f"department of {name}", f"{name} department")
