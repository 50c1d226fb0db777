"""Who is who inside an article: B-cubed and links over mentions, and whether a mention leads to the right actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from kg.evaluate.align import everybody
from kg.evaluate.figures import Slices, Tally
from kg.evaluate.reading import Reading, one_to_one
from kg.evaluate.slices import distance
from kg.evaluate.words import mention_kind, same_span
from kg.records import Mention, Span

#: An annotated mention: where, its kind, its actor, and the found actor of the mention that matches it, if any.
Linked = tuple[Mention, str, str | None]


def score(readings: Iterable[Reading]) -> dict[str, Any]:
    """Figures of mentions, of which the annotation holds every name and the pronouns that matter.

    A found mention that matches no annotated one is left out, since not every pronoun is annotated; an annotated one
    that was not found is a cluster of its own.

    Returns:
        ``figures``: ``mentions`` (found at all; P counts only what matches), ``b-cubed``, ``links`` (pairs of mentions
        of one actor), ``who`` (the mention leads to the right actor), and ``ends`` (of positions) that lead there;
        ``by`` kind and distance to the mention before, for ``who``; ``end`` by kind, for ``ends``.
    """
    tally = Tally()
    for reading in readings:
        linked = _linked(reading)
        matched = sum(actor is not None for *_, actor in linked)
        tally.add("mentions", matched, matched, len(linked))
        _b_cubed(tally, linked)
        _links(tally, linked)
        _who(tally, reading, linked)
        _ends(tally, reading)
    return _shares(tally.report(), "b-cubed")


def _linked(reading: Reading) -> list[Linked]:
    gold = sorted(((m, a.id) for a in reading.gold.extraction.actors for m in a.mentions), key=_place)
    mine = [(m, a.id) for a in everybody(reading.found) for m in a.mentions]
    edges = [
        (abs(m.start - g.start) + abs(m.end - g.end), 0 if reading.named(f) == a else 1, i, j)
        for i, (g, a) in enumerate(gold)
        for j, (m, f) in enumerate(mine)
        if same_span((g.start, g.end), (m.start, m.end))
    ]
    found = {i: mine[j][1] for i, j in one_to_one(sorted(edges))}
    return [(m, a, found.get(i)) for i, (m, a) in enumerate(gold)]


def _place(mention: tuple[Mention, str]) -> tuple[int, int, str]:
    return mention[0].start, mention[0].end, mention[1]


def _b_cubed(tally: Tally, linked: list[Linked]) -> None:
    """Sums of the precision and recall of each mention's cluster, in thousandths (counts are whole numbers)."""
    both = Counter((a, f) for _, a, f in linked if f is not None)
    gold, found = Counter(a for _, a, _ in linked), Counter(f for *_, f in linked if f is not None)
    missed = sum(f is None for *_, f in linked)
    precision = sum(n * n / found[f] for (_, f), n in both.items()) + missed
    recall = sum(n * n / gold[a] for (a, _), n in both.items()) + sum(1 / gold[a] for _, a, f in linked if f is None)
    tally.counts.update({"b3 p": round(1000 * precision), "b3 r": round(1000 * recall), "b3 n": 1000 * len(linked)})
    tally.add("b-cubed", 0, len(linked), len(linked))


def _shares(report: dict[str, Any], name: str) -> dict[str, Any]:
    """The report with B-cubed worked out from its sums, which do not fit counts of right and wrong."""
    counts = report["counts"]
    n = max(1, counts.pop("b3 n", 0))
    p, r = counts.pop("b3 p", 0) / n, counts.pop("b3 r", 0) / n
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    report["figures"][name] |= {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4)}
    del report["figures"][name]["right"]
    return report


def _links(tally: Tally, linked: list[Linked]) -> None:
    wanted = mine = right = 0
    for (_, a, f), (_, b, g) in combinations(linked, 2):
        wanted += a == b
        mine += f == g and f is not None
        right += a == b and f == g and f is not None
    tally.add("links", right, mine, wanted)


def _who(tally: Tally, reading: Reading, linked: list[Linked]) -> None:
    last: dict[str, Span] = {}
    for mention, actor, found in linked:
        span = (mention.start, mention.end)
        before = last.get(actor)
        slices = {
            "kind": mention.kind,
            "distance": "first mention" if before is None else distance(reading.words, before, span),
        }
        last[actor] = span
        right = found is not None and reading.named(found) == actor
        tally.add("who", int(right), int(found is not None), 1)
        _sort(tally, slices, right=right, found=found is not None)


def _ends(tally: Tally, reading: Reading) -> None:
    """Ends of annotated positions: a found mention that touches them leads to the right actor."""
    mine = [(m, a.id) for a in everybody(reading.found) for m in a.mentions]
    for s in reading.gold.statements:
        rights = []
        for actor, span in ((s.subject, s.subject_span), (s.object, s.object_span)):
            if span is None:
                continue
            here = [a for m, a in mine if min(m.end, span[1]) > max(m.start, span[0])]
            rights.append(any(reading.named(a) == actor for a in here))
            forgiven = any(reading.named(a, split=True) == actor for a in here)
            tally.add("ends", rights[-1], bool(here), 1)
            tally.add("ends, splits forgiven", forgiven, bool(here), 1)
            _sort(tally, {"end": mention_kind(reading.gold.text[slice(*span)])}, right=rights[-1], found=bool(here))
        tally.add("both ends", int(len(rights) == 2 and all(rights)), len(rights) == 2, 1)


def _sort(tally: Tally, slices: Slices, *, right: bool, found: bool) -> None:
    for what, holds in (("gold", True), ("found", found), ("right", right)):
        if holds:
            tally.sort(what, slices)
