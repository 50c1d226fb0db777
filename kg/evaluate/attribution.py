"""Attributions against annotated articles: precision, recall and F1, by form and by construction."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.annotate.attribution.base import Attribution
from kg.evaluate.baselines import attributions
from kg.evaluate.calibration import Outcome, calibration
from kg.evaluate.constructions import CONSTRUCTIONS
from kg.evaluate.figures import rates
from kg.evaluate.intervals import intervals
from kg.evaluate.words import OVERLAP, WORD, Words, jaccard

ROLES, FORMS = ("source", "cue", "content"), ("direct", "mixed", "indirect")


Roles = dict[str, frozenset[int]]


def _pairs(gold: list[Roles], found: list[Roles]) -> list[tuple[int, int]]:
    """(found, gold) matches, one to one and as many as possible, best overlaps first."""
    edges = []
    for g, a in enumerate(gold):
        for f, b in enumerate(found):
            share = jaccard(a["content"], b["content"])
            if share >= OVERLAP:
                edges.append((-share, f, g))
    return _matching(sorted(edges))


def _matching(edges: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """A maximum matching that takes light edges first (Kuhn's augmenting paths)."""
    near: dict[int, list[int]] = defaultdict(list)
    owner: dict[int, int] = {}
    for _, f, g in edges:
        near[f].append(g)
        if g not in owner and f not in owner.values():
            owner[g] = f

    def augment(f: int, seen: set[int]) -> bool:
        for g in near[f]:
            if g not in seen:
                seen.add(g)
                if g not in owner or augment(owner[g], seen):
                    owner[g] = f
                    return True
        return False

    for f in sorted(near):
        if f not in owner.values():
            augment(f, set())
    return [(f, g) for g, f in owner.items()]


def _right(gold: frozenset[int], found: frozenset[int]) -> bool:
    return bool(gold & found) if gold else not found


def form(text: str, content: Sequence[Sequence[int]]) -> str:
    """``direct`` (all inside quotation marks), ``mixed`` or ``indirect``."""
    parts = [text[max(0, s - 1) : e + 1] for s, e in content]
    if not any(re.search(r'["“”«»]', p) for p in parts):
        return "indirect"
    bare = re.sub(r'["“«][^"“”«»]*(["”»]|$)', " ", " ".join(text[s - 1 : e + 1].strip() for s, e in content))
    return "direct" if len(WORD.findall(bare)) <= 2 else "mixed"


@dataclass(frozen=True, slots=True)
class Reading:
    """An annotated article, what was found in it, and how each attribution is constructed ("" where unknown)."""

    text: str
    gold: Sequence[Attribution]
    found: Sequence[Attribution]
    construction: Callable[[Attribution], str] = field(default=lambda _: "")


def gold_of(article: Mapping[str, Any]) -> list[Attribution]:
    """The annotated attributions of an article (character spans of source, cue and content), those with a content."""
    rows = [[tuple((s, e) for s, e in a.get(r) or ()) for r in ROLES] for a in article["attributions"]]
    return [Attribution(source, cue, content) for source, cue, content in rows if content]


def count(reading: Reading) -> Counter[str]:
    """What one article adds to the figures."""
    words, n = Words(reading.text), Counter[str]()
    gold, mine = ([{r: words(getattr(a, r)) for r in ROLES} for a in found] for found in (reading.gold, reading.found))
    pairs = _pairs(gold, mine)
    sources = {g: _right(gold[g]["source"], mine[f]["source"]) for f, g in pairs}
    whole = {g: sources[g] and _right(gold[g]["cue"], mine[f]["cue"]) for f, g in pairs}
    forms = [form(reading.text, a.content) for a in reading.gold]
    kinds = [reading.construction(a) for a in reading.gold]
    n.update(gold=len(gold), found=len(mine), content=len(pairs), source=sum(sources.values()))
    n["full"] += sum(whole.values())
    for g, (shape, made) in enumerate(zip(forms, kinds, strict=True)):
        n.update((f"gold {shape}", f"gold {made}"))
        if g in sources:
            n.update((f"right {shape}", f"right {made}", *([f"full {made}"] if whole[g] else [])))
    return n + _precision(reading, pairs, kinds)


def _precision(reading: Reading, pairs: list[tuple[int, int]], kinds: list[str]) -> Counter[str]:
    """Found attributions by construction; a match has the construction of its gold."""
    of = {f: kinds[g] for f, g in pairs}
    return Counter(f"found {of.get(i) or reading.construction(a)}" for i, a in enumerate(reading.found))


def figures(n: Mapping[str, int]) -> dict[str, Any]:
    """Precision, recall and F1 of summed counts.

    Returns:
        ``content`` and ``full`` (source and cue right as well) with ``p``, ``r``, ``f1``; ``recall`` by form; and
        ``constructions``, each with ``gold``, ``found``, ``content`` and ``full``.
    """
    get = Counter(n)
    return {
        "content": rates(get["content"], get["found"], get["gold"]),
        "full": rates(get["full"], get["found"], get["gold"]),
        "source_accuracy": round(get["source"] / max(1, get["content"]), 4),
        "recall": {x: round(get[f"right {x}"] / max(1, get[f"gold {x}"]), 4) for x in FORMS},
        "constructions": {x: _row(get, x) for x in CONSTRUCTIONS if get[f"gold {x}"] + get[f"found {x}"]},
        "gold": get["gold"],
        "found": get["found"],
    }


def _row(n: Counter[str], made: str) -> dict[str, Any]:
    gold, found = n[f"gold {made}"], n[f"found {made}"]
    content, full = (rates(n[f"{x} {made}"], found, gold) for x in ("right", "full"))
    return {"gold": gold, "found": found, "content": content, "full": full}


def score(readings: Iterable[Reading], bootstrap: int = 0) -> dict[str, Any]:
    """Figures over all articles.

    Returns:
        those of ``figures``; ``calibration`` of the confidence that a content is right; ``baseline``, content and full
        of a naive reading; with ``bootstrap``, ``interval``: 95 % of both F1 over so many samples of articles.
    """
    readings = list(readings)
    counts = [count(r) for r in readings]
    naive = figures(sum((count(replace(r, found=attributions(r.text))) for r in readings), Counter()))
    out = figures(sum(counts, Counter()))
    out["calibration"] = calibration(o for r in readings for o in _outcomes(r))
    out["baseline"] = {part: naive[part] for part in ("content", "full")}
    if bootstrap and counts:
        out["interval"] = intervals([_by_figure(n) for n in counts], bootstrap)
    return out


def _outcomes(reading: Reading) -> Iterator[Outcome]:
    words = Words(reading.text)
    gold, mine = ([{"content": words(a.content)} for a in found] for found in (reading.gold, reading.found))
    right = {f for f, _ in _pairs(gold, mine)}
    return ((a.confidence, i in right) for i, a in enumerate(reading.found))


def _by_figure(n: Counter[str]) -> dict[str, dict[str, float]]:
    return {part: {"right": n[part], "found": n["found"], "gold": n["gold"]} for part in ("content", "full")}
