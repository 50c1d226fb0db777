"""Which earlier mention each mention stands for: pairs, their features, and the clusters that the scores make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.annotate.reader.features import DISTANCE, PAIR_FEATURES, Floats, Look, looks, pair_features
from kg.annotate.reader.heads import Ints
from kg.annotate.reader.windows import OUTSIDE, quotation_states
from kg.records import Span

#: Whether a mention may join the members of a cluster.
Agree = Callable[[int, Sequence[int]], bool]
#: Earlier mentions that a mention is compared with.
BACK = 80
#: Mentions whose pairs are worked out at a time.
STRETCH = 500


def antecedent_pairs(text: str, spans: Sequence[Span], spoken: Sequence[Span | None]) -> tuple[Ints, Floats]:
    """Pairs (later, earlier) of mentions in text order (pairs, 2), with their features (pairs, PAIR_FEATURES).

    Each mention is paired with those shortly before it, and with the last in the same words wherever that is.

    Args:
        text: the article's.
        spans: the mentions.
        spoken: for each mention, the source of the innermost claim whose content holds it.
    """
    seen = looks(text, spans, quotation_states(text) != OUTSIDE)
    near, far = _near(len(spans)), _far(seen)
    features = [_features_near(seen, near, _speaks(spans, spoken, near)), _features_far(seen, far)]
    pairs = np.concatenate([near, far])
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], np.concatenate(features)[order]


def _near(mentions: int) -> Ints:
    """Each mention with up to BACK before it."""
    later = np.repeat(np.arange(mentions), np.minimum(np.arange(mentions), BACK))
    earlier = np.maximum(0, later - BACK) + np.arange(len(later)) - np.searchsorted(later, later)
    return np.stack([later, earlier], 1)


def _far(seen: Sequence[Look]) -> Ints:
    """Each mention, but pronouns, with the last in the same words, where that is more than BACK before it."""
    last: dict[str, int] = {}
    out = []
    for number, look in enumerate(seen):
        if look.plain and not look.pronoun:
            if number - last.get(look.plain, number) > BACK:
                out.append((number, last[look.plain]))
            last[look.plain] = number
    return np.array(out, np.int64).reshape(-1, 2)


def _features_near(seen: Sequence[Look], pairs: Ints, speaks: NDArray[np.bool_]) -> Floats:
    later, first = pairs[:, 0], np.maximum(0, pairs[:, 0] - BACK)
    features = [np.zeros((0, PAIR_FEATURES), np.float32)]
    for start in range(0, len(seen), STRETCH):  # mentions by mentions would not fit the memory for a long text
        low, rows = max(0, start - BACK), slice(*np.searchsorted(later, (start, start + STRETCH)))
        some = seen[low : start + STRETCH]
        features.append(pair_features(some, pairs[rows] - low, first[rows] - low, speaks[rows]))
    return np.concatenate(features)


def _features_far(seen: Sequence[Look], pairs: Ints) -> Floats:
    features = [np.zeros((0, PAIR_FEATURES), np.float32)]
    for start in range(0, len(pairs), STRETCH):
        some = pairs[start : start + STRETCH]
        numbers, rows = np.unique(some, return_inverse=True)
        rows = rows.reshape(-1, 2)
        found = pair_features([seen[n] for n in numbers.tolist()], rows, rows[:, 1], np.zeros(len(rows), bool))
        found[:, DISTANCE] = np.log1p(some[:, 0] - some[:, 1])
        features.append(found)
    return np.concatenate(features)


def _speaks(spans: Sequence[Span], spoken: Sequence[Span | None], pairs: Ints) -> NDArray[np.bool_]:
    """Whether the earlier mention of each pair is the source of the claim in which the later one stands."""
    starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
    froms, tos = np.array([source or (0, 0) for source in spoken], np.int64).reshape(-1, 2).T
    later, earlier = pairs.T
    found: NDArray[np.bool_] = (starts[earlier] < tos[later]) & (froms[later] < ends[earlier])
    return found


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Earlier mentions that one may stand for, with the weight of each."""

    earlier: Ints
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a text's mentions may stand for.

    Args:
        keys: of the mentions that are names. Mentions of one key are one cluster.
        several: whether each mention stands for more than one actor.
        pairs: later and earlier mention (pairs, 2), in the order of the later.
        scores: of the pairs; no antecedent at all scores 0.
    """

    keys: Sequence[str | None]
    several: Sequence[bool]
    pairs: Ints
    scores: Floats

    def weights(self) -> Iterator[Antecedents]:
        """The earlier mentions of each with their weights; none at all weighs 1."""
        weight = np.exp(self.scores.astype(np.float64))
        bounds = np.searchsorted(self.pairs[:, 0], np.arange(len(self.keys) + 1)).tolist()
        return (Antecedents(self.pairs[a:b, 1], weight[a:b]) for a, b in pairwise(bounds))


def clusters(candidates: Candidates, agree: Agree, least: float, introduced: float = 0.0) -> list[tuple[int, ...]]:
    """The numbers of each mention's clusters: one, or two for "both sides".

    Args:
        candidates: what each mention may stand for.
        agree: whether a mention may join the members of a cluster.
        least: how much more probable than none the members of a cluster must be together.
        introduced: the same for those who are named after them for the first time, where it is more.
    """
    found = Clusters(len(candidates.keys), agree, least, introduced)
    for i, (key, several, earlier) in enumerate(
        zip(candidates.keys, candidates.several, candidates.weights(), strict=True)
    ):
        if not (several and key is None and found.add_set(i, earlier)):
            found.add(i, key, earlier)
    numbers = [tuple(sorted({c for c in row if c >= 0})) for row in found.of.T.tolist()]
    order = {cluster: n for n, cluster in enumerate(dict.fromkeys(c for cs in numbers for c in cs))}
    return [tuple(order[cluster] for cluster in cs) for cs in numbers]


class Clusters:
    """Clusters of mentions under way.

    ``of`` (2, mentions) has the cluster of each mention, and the second of one that stands for two; else -1.
    """

    def __init__(self, mentions: int, agree: Agree, least: float, introduced: float) -> None:
        self.agree, self.least, self.introduced = agree, least, max(least, introduced)
        self.of = np.full((2, mentions), -1)
        self.members: dict[int, list[int]] = {}
        self.bearer: dict[str, int] = {}

    def add(self, mention: int, key: str | None, antecedents: Antecedents) -> None:
        """Put a mention into the best cluster that may hold it, or into one of its own.

        No antecedent at all weighs 1. A name takes the cluster of another mention along.
        """
        own = self.bearer.get(key) if key else None
        least = self.introduced if key and own is None else self.least
        ranked = [c for c, weight in self._ranked(antecedents) if weight > least]
        chosen = next((c for c in ranked if c == own or self.agree(mention, self.members[c])), None)
        if own is None:
            own = max(self.members, default=-1) + 1 if chosen is None else chosen
        elif chosen is not None and chosen != own and self.agree(self.members[own][0], self.members[chosen]):
            self.members[own] += self.members.pop(chosen)
            self.of[self.of == chosen] = own
            self.bearer = {k: own if c == chosen else c for k, c in self.bearer.items()}
        self.of[0, mention] = own
        self.members.setdefault(own, []).append(mention)
        if key:
            self.bearer[key] = own

    def add_set(self, mention: int, antecedents: Antecedents) -> bool:
        """Whether there are two clusters that a mention of several stands for; if so it is put into both.

        It does not count among their members, whose number and kind are not its own.
        """
        best = self._ranked(antecedents)[:2]
        if len(best) < 2:
            return False
        self.of[:, mention] = [c for c, _ in best]
        return True

    def _ranked(self, antecedents: Antecedents) -> list[tuple[int, float]]:
        """Clusters of antecedents with the weight of their members together, greatest first."""
        of = self.of[:, antecedents.earlier]
        of[1, of[1] == of[0]] = -1
        weights = np.broadcast_to(antecedents.weights, of.shape)
        total = np.bincount(of[of >= 0], weights[of >= 0])
        ranked = np.argsort(-total, kind="stable")[: np.count_nonzero(total)]
        return list(zip(ranked.tolist(), total[ranked].tolist(), strict=True))
