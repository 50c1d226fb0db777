"""Actors against annotated articles: found at all, of the right type, with the right Wikidata item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.evaluate.figures import Tally
from kg.evaluate.reading import Reading


def score(readings: Iterable[Reading]) -> dict[str, Any]:
    """Figures of actors, aligned one to one by shared mentions, then by names.

    Returns:
        ``figures``: ``actors``; ``type`` and ``wikidata`` (P over the aligned actors, R over those annotated with one);
        ``by`` type (annotated; found where there is no counterpart) and by kind of first mention.
    """
    tally = Tally()
    for reading in readings:
        gold = {a.id: a for a in reading.gold.extraction.actors}
        mine = {a.id: a for a in reading.found.actors}
        pairs = [(gold[reading.aligned[x]], a) for x, a in mine.items() if x in reading.aligned]
        tally.add("actors", len(pairs), len(mine), len(gold))
        tally.add("type", sum(a.type == b.type for a, b in pairs), len(pairs), len(gold))
        right = sum(a.wikidata == b.wikidata for a, b in pairs if a.wikidata)
        said = sum(bool(b.wikidata) for a, b in pairs if a.wikidata)
        tally.add("wikidata", right, said, sum(bool(a.wikidata) for a in gold.values()))
        for wanted in gold.values():
            tally.sort("gold", _slices(wanted.type, wanted.mentions))
        for x, actor in mine.items():
            counterpart = gold.get(reading.aligned.get(x, ""))
            tally.sort("found", _slices((counterpart or actor).type, (counterpart or actor).mentions))
        for wanted, _ in pairs:
            tally.sort("right", _slices(wanted.type, wanted.mentions))
    return tally.report()


def _slices(kind: str, mentions: tuple[Any, ...]) -> dict[str, str]:
    best = [k for k in ("name", "description", "pronoun") if any(m.kind == k for m in mentions)]
    return {"type": kind, "best mention": best[0] if best else "none"}
