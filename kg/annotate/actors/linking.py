"""Linking: which gazetteer entry a known name stands for here, decided by the rest of the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.gazetteer import Entry, Gazetteer, Match, Reading

_ORDER = {"name": 0, "adjective": 1, "people": 2, "capital": 3}


@dataclass(slots=True)
class Context:
    """What the text says beyond doubt: entries and countries with an unambiguous name, and its words."""

    entries: set[int] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    text: str = ""


def context_of(text: str, gazetteer: Gazetteer, matches: list[Match]) -> Context:
    """The context that ``matches`` with one certain reading give."""
    context = Context(text=text)
    for match in matches:
        certain = {r.entry for r in match.readings if not r.ambiguous}
        if len(certain) == 1:
            (entry,) = certain
            context.entries.add(entry)
            if gazetteer.entries[entry].country:
                context.countries.add(str(gazetteer.entries[entry].country))
    return context


def _support(reading: Reading, entry: Entry, context: Context) -> str | None:
    """Why an ambiguous name may be believed, or None."""
    if reading.entry in context.entries:
        return "also under an unambiguous name"
    if entry.type != "State" and entry.country in context.countries:
        return f"its country, {entry.country}, is in the text"
    word = next((w for w in entry.context if w in context.text), None)
    return f"context: {word}" if word else None


def choose(match: Match, gazetteer: Gazetteer, context: Context) -> tuple[Reading | None, str]:
    """The reading of ``match`` that the text supports, and why; no reading where nothing does."""
    best: tuple[tuple[int, int, int], Reading, str] | None = None
    for reading in match.readings:
        entry = gazetteer.entries[reading.entry]
        support = _support(reading, entry, context)
        if reading.ambiguous and not support:
            continue
        reason = f"gazetteer {reading.role} of {entry.name}" + (f" ({support})" if reading.ambiguous else "")
        rank = (not support, reading.ambiguous, _ORDER[reading.role])
        if best is None or rank < best[0]:
            best = (rank, reading, reason)
    return (best[1], best[2]) if best else (None, "ambiguous, and nothing in the text decides")
