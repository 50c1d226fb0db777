"""Attributions against annotated articles: precision, recall and F1, with recall by form."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.annotate.attribution.base import Attribution

_WORD = re.compile(r"\w+")
ROLES = ("source", "cue", "content")
#: Share of words that two contents must have in common (Jaccard), as in the PARC and PolNeAR literature.
OVERLAP = 0.5


class Words:
    """Maps character spans to the words that they touch, so that punctuation neither helps nor hurts."""

    def __init__(self, text: str) -> None:
        found = [m.span() for m in _WORD.finditer(text)]
        self.starts, self.ends = [s for s, _ in found], [e for _, e in found]

    def __call__(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Indices of the words in ``spans``; the characters themselves (negative) where there is no word."""
        spans = list(spans)
        out: set[int] = set()
        for start, end in spans:
            i = bisect.bisect_right(self.ends, start)
            while i < len(self.starts) and self.starts[i] < end:
                out.add(i)
                i += 1
        return frozenset(out or {-1 - i for s, e in spans for i in range(s, e)})


Roles = dict[str, frozenset[int]]


def _pairs(gold: list[Roles], found: list[Roles]) -> list[tuple[int, int]]:
    """(found, gold) matches, one to one and as many as possible, best overlaps first."""
    edges = []
    for g, a in enumerate(gold):
        for f, b in enumerate(found):
            common = len(a["content"] & b["content"])
            if common and common / len(a["content"] | b["content"]) >= OVERLAP:
                edges.append((-common / len(a["content"] | b["content"]), f, g))
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


def _figures(right: int, found: int, gold: int) -> dict[str, float]:
    p, r = right / max(1, found), right / max(1, gold)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r) if p + r else 0.0, 4)}


def form(text: str, content: Sequence[Sequence[int]]) -> str:
    """``direct`` (all inside quotation marks), ``mixed`` or ``indirect``."""
    parts = [text[max(0, s - 1) : e + 1] for s, e in content]
    if not any(re.search(r'["“”«»]', p) for p in parts):
        return "indirect"
    bare = re.sub(r'["“«][^"“”«»]*(["”»]|$)', " ", " ".join(text[s - 1 : e + 1].strip() for s, e in content))
    return "direct" if len(_WORD.findall(bare)) <= 2 else "mixed"


def score(articles: Iterable[Mapping[str, Any]], found: Mapping[str, Sequence[Attribution]]) -> dict[str, Any]:
    """Figures over all articles.

    Args:
        articles: dicts with ``id``, ``text`` and ``attributions`` (character spans of source, cue and content).
        found: attributions by article id; a missing article counts as empty.

    Returns:
        ``content`` and ``full`` (source and cue right as well) with ``p``, ``r``, ``f1``; ``recall`` by form.
    """
    n: Counter[str] = Counter()
    for article in articles:
        words = Words(article["text"])
        gold = [{r: words(a[r]) for r in ROLES} for a in article["attributions"] if a["content"]]
        forms = [form(article["text"], a["content"]) for a in article["attributions"] if a["content"]]
        mine = [{r: words(getattr(a, r)) for r in ROLES} for a in found.get(article["id"], ())]
        pairs = _pairs(gold, mine)
        n.update(gold=len(gold), found=len(mine), content=len(pairs))
        n["source"] += sum(_right(gold[g]["source"], mine[f]["source"]) for f, g in pairs)
        n["full"] += sum(all(_right(gold[g][r], mine[f][r]) for r in ("source", "cue")) for f, g in pairs)
        n.update(f"gold {x}" for x in forms)
        n.update(f"found {forms[g]}" for _, g in pairs)
    recall = {x: round(n[f"found {x}"] / max(1, n[f"gold {x}"]), 4) for x in ("direct", "mixed", "indirect")}
    return {
        "content": _figures(n["content"], n["found"], n["gold"]),
        "full": _figures(n["full"], n["found"], n["gold"]),
        "source_accuracy": round(n["source"] / max(1, n["content"]), 4),
        "recall": recall,
        "gold": n["gold"],
        "found": n["found"],
    }
