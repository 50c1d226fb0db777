"""Which earlier mention each mention stands for: pairs, their features, and the clusters that the scores make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.annotate.reader.features import Floats, looks, pair_features
from kg.annotate.reader.heads import Ints
from kg.annotate.reader.windows import OUTSIDE, quotation_states
from kg.records import Span

#: Whether a mention may join the members of a cluster.
Agree = Callable[[int, Sequence[int]], bool]
#: Earlier mentions that a mention is compared with.
BACK = 80


def antecedent_pairs(text: str, spans: Sequence[Span], spoken: Sequence[Span | None]) -> tuple[Ints, Floats]:
    """Pairs (later, earlier) of mentions in text order (pairs, 2), with their features (pairs, PAIR_FEATURES).

    Args:
        text: the article's.
        spans: the mentions.
        spoken: for each mention, the source of the innermost claim whose content holds it.
    """
    seen = looks(text, spans, quotation_states(text) != OUTSIDE)
    later = np.repeat(np.arange(len(spans)), np.minimum(np.arange(len(spans)), BACK))
    first = np.maximum(0, later - BACK)
    earlier = first + np.arange(len(later)) - np.searchsorted(later, later)
    speaks = _speaks(spans, spoken)[later, earlier]
    pairs = np.stack([later, earlier], 1)
    return pairs, pair_features(seen, pairs, first, speaks)


def _speaks(spans: Sequence[Span], spoken: Sequence[Span | None]) -> NDArray[np.bool_]:
    """Whether a mention stands in a claim of which another (mentions, mentions) is the source."""
    starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
    out = np.zeros((len(spans), len(spans)), bool)
    for i, source in enumerate(spoken):
        if source is not None:
            out[i] = (starts < source[1]) & (source[0] < ends)
    return out


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a text's mentions may stand for.

    Args:
        keys: of the mentions that are names. Mentions of one key are one cluster, and of two keys never.
        several: whether each mention stands for more than one actor.
        pairs: later and earlier mention (pairs, 2).
        scores: of the pairs; no antecedent at all scores 0.
    """

    keys: Sequence[str | None]
    several: Sequence[bool]
    pairs: Ints
    scores: Floats

    def weights(self) -> list[list[tuple[int, float]]]:
        """The earlier mentions of each with their weights; none at all weighs 1."""
        out: list[list[tuple[int, float]]] = [[] for _ in self.keys]
        weight = np.exp(self.scores.astype(np.float64)).tolist()
        for (later, earlier), w in zip(self.pairs.tolist(), weight, strict=True):
            out[later].append((earlier, w))
        return out


def clusters(candidates: Candidates, agree: Agree, least: float) -> list[tuple[int, ...]]:
    """The numbers of each mention's clusters: one, or two for "both sides".

    Args:
        candidates: what each mention may stand for.
        agree: whether a mention may join the members of a cluster.
        least: how much more probable than none the members of a cluster must be together.
    """
    found = Clusters(agree, least)
    for i, (key, several, earlier) in enumerate(
        zip(candidates.keys, candidates.several, candidates.weights(), strict=True)
    ):
        if not (several and key is None and found.add_set(earlier)):
            found.add(i, key, earlier)
    order = {cluster: n for n, cluster in enumerate(dict.fromkeys(c for cs in found.numbers for c in cs))}
    return [tuple(order[cluster] for cluster in cs) for cs in found.numbers]


class Clusters:
    """Clusters of mentions under way; each has at most one key."""

    def __init__(self, agree: Agree, least: float) -> None:
        self.agree, self.least = agree, least
        self.numbers: list[tuple[int, ...]] = []
        self.members: dict[int, list[int]] = {}
        self.bearer: dict[str, int] = {}

    def add(self, mention: int, key: str | None, antecedents: Sequence[tuple[int, float]]) -> None:
        """Put a mention into the best cluster that may hold it, or into one of its own.

        ``antecedents`` have the weight of each, 1 being that of none. A name takes the cluster of a nameless one along.
        """
        own = self.bearer.get(key) if key else None
        named = set(self.bearer.values()) if key else set()
        ranked = [c for c, weight in self._ranked(antecedents) if weight > self.least and c not in named]
        chosen = next((c for c in ranked if self.agree(mention, self.members[c])), None)
        if own is None:
            own = max(self.members, default=-1) + 1 if chosen is None else chosen
        elif chosen is not None and chosen != own and self.agree(self.members[own][0], self.members[chosen]):
            self.members[own] += self.members.pop(chosen)
            self.numbers = [tuple(dict.fromkeys(own if c == chosen else c for c in cs)) for cs in self.numbers]
        self.numbers.append((own,))
        self.members.setdefault(own, []).append(mention)
        if key:
            self.bearer[key] = own

    def add_set(self, antecedents: Sequence[tuple[int, float]]) -> bool:
        """Whether there are two clusters that a mention of several stands for; if so it is put into both.

        It does not count among their members, whose number and kind are not its own.
        """
        best = self._ranked(antecedents)[:2]
        if len(best) < 2:
            return False
        self.numbers.append(tuple(sorted(c for c, _ in best)))
        return True

    def _ranked(self, antecedents: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
        """Clusters of antecedents with the weight of their members together, greatest first."""
        total: dict[int, float] = {}
        for earlier, weight in antecedents:
            for cluster in self.numbers[earlier]:
                total[cluster] = total.get(cluster, 0.0) + weight
        return sorted(total.items(), key=lambda c: (-c[1], c[0]))
