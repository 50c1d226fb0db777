"""Linking: which gazetteer entry a known name stands for here, decided by the rest of the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.annotate.actors.bodies import ends, fits, owner_of, states_of
from kg.gazetteer import Entry, Gazetteer, Match, Reading

#: Reasons to believe an ambiguous name, the best first; without any, what is unambiguous is believed too.
_STRENGTH = (
    "its state stands beside it",
    "also under an unambiguous name",
    "its country is in the text",
    "context",
    "",
)
_ORDER = {"name": 0, "adjective": 1, "people": 2, "capital": 3}


@dataclass(slots=True)
class Context:
    """What the text says beyond doubt: entries and countries with an unambiguous name, and its words."""

    entries: set[int] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    states: set[str | None] = field(default_factory=set)
    around: dict[int, Match] = field(default_factory=dict)
    text: str = ""


def context_of(text: str, gazetteer: Gazetteer, matches: list[Match]) -> Context:
    """The context that ``matches`` with one certain reading give."""
    context = Context(text=text, states=states_of(matches, gazetteer), around=ends(matches))
    for match in matches:
        certain = {r.entry for r in match.readings if not r.ambiguous}
        if len(certain) == 1:
            (entry,) = certain
            context.entries.add(entry)
            if gazetteer.entries[entry].country:
                context.countries.add(str(gazetteer.entries[entry].country))
    return context


def _support(reading: Reading, entry: Entry, context: Context, owner: Entry | None) -> str:
    """Why an ambiguous name may be believed; nothing where no reason is known."""
    if owner is not None and entry.type != "State" and owner.country == entry.country:
        return "its state stands beside it"
    if reading.entry in context.entries:
        return "also under an unambiguous name"
    if entry.type != "State" and entry.country in context.countries:
        return f"its country is in the text: {entry.country}"
    word = next((w for w in entry.context if w in context.text), None)
    return f"context: {word}" if word else ""


def choose(match: Match, gazetteer: Gazetteer, context: Context) -> tuple[Reading | None, str]:
    """The reading of ``match`` that the text supports, and why; no reading where nothing does."""
    best: tuple[tuple[int, bool, int], Reading, str] | None = None
    owner = owner_of(context.text, match, context.around, gazetteer)
    for reading in match.readings:
        entry = gazetteer.entries[reading.entry]
        support = _support(reading, entry, context, owner)
        if (reading.ambiguous and not support) or not fits(reading, gazetteer, owner, context.states):
            continue
        reason = f"gazetteer {reading.role} of {entry.name}" + (f" ({support})" if reading.ambiguous else "")
        rank = (_STRENGTH.index(support.partition(":")[0]), reading.ambiguous, _ORDER[reading.role])
        if best is None or rank < best[0]:
            best = (rank, reading, reason)
    return (best[1], best[2]) if best else (None, "ambiguous, and nothing in the text decides")
