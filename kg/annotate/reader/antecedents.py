"""Which earlier mention each mention stands for: pairs, their features, and the clusters that the scores make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kg.annotate.reader.features import PAIR_FEATURES, Floats, looks, pair_features
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
    pairs, rows = [np.zeros((0, 2), np.int64)], [np.zeros((0, PAIR_FEATURES), np.float32)]
    for i in range(1, len(spans)):
        first, source = max(0, i - BACK), spoken[i]
        earlier = np.arange(first, i)
        speaks = np.zeros(len(earlier), bool)
        if source is not None:
            speaks[:] = [spans[j][0] < source[1] and source[0] < spans[j][1] for j in earlier.tolist()]
        rows.append(pair_features(seen[i], seen[first:i], i - earlier, speaks))
        pairs.append(np.stack([np.full(len(earlier), i), earlier], 1))
    return np.concatenate(pairs), np.concatenate(rows)


def clusters(keys: Sequence[str | None], pairs: Ints, scores: Floats, agree: Agree) -> list[int]:
    """The number of each mention's cluster.

    Mentions of one key are one cluster, and of two keys never. Each mention joins the cluster of the antecedent that
    scores highest, where that is more than 0 and ``agree`` (a mention, the members of a cluster) allows it; a mention
    with a key takes the cluster of a nameless antecedent along.
    """
    better: list[list[tuple[float, int]]] = [[] for _ in keys]
    for (later, earlier), score in zip(pairs.tolist(), scores.tolist(), strict=True):
        if score > 0:
            better[later].append((score, earlier))
    found = Clusters(agree)
    for i, key in enumerate(keys):
        found.add(i, key, [earlier for _, earlier in sorted(better[i], reverse=True)])
    order = {cluster: n for n, cluster in enumerate(dict.fromkeys(found.number))}
    return [order[cluster] for cluster in found.number]


class Clusters:
    """Clusters of mentions under way; each has at most one key."""

    def __init__(self, agree: Agree) -> None:
        self.agree = agree
        self.number: list[int] = []
        self.members: dict[int, list[int]] = {}
        self.bearer: dict[str, int] = {}

    def add(self, mention: int, key: str | None, antecedents: Sequence[int]) -> None:
        """Put a mention where it belongs; its antecedents come best first."""
        own = self.bearer.get(key) if key else None
        open_to = [self.number[a] for a in antecedents if not (key and self._keyed(self.number[a]))]
        chosen = next((c for c in open_to if self.agree(mention, self.members[c])), None)
        if own is None:
            own = max(self.members, default=-1) + 1 if chosen is None else chosen
        elif chosen is not None and chosen != own and self.agree(self.members[own][0], self.members[chosen]):
            for other in self.members.pop(chosen):
                self.number[other] = own
                self.members[own].append(other)
        self.number.append(own)
        self.members.setdefault(own, []).append(mention)
        if key:
            self.bearer[key] = own

    def _keyed(self, cluster: int) -> bool:
        return cluster in self.bearer.values()
