"""Who belongs together: clusters of actors by the ties between them that several sources speak of."""

from __future__ import annotations

from collections import defaultdict

from kg.view.picture import Edge, Picture

#: Smaller clusters than this are no group.
SMALLEST = 3
#: A tie that fewer sources speak of joins and parts nobody.
SOURCES = 2

Pair = tuple[str, str]


def groups(picture: Picture) -> dict[str, int]:
    """Number of the group of each actor that is in one, the largest first; the same picture gives the same groups.

    Signed clustering of the ties that at least ``SOURCES`` sources assert: each counts its sources, against it where it
    is hostile.
    """
    ranked = sorted((sorted(c) for c in clusters(_ties(picture)) if len(c) >= SMALLEST), key=lambda c: (-len(c), c))
    return {actor: number for number, cluster in enumerate(ranked) for actor in cluster}


def _ties(picture: Picture) -> dict[Pair, float]:
    """How many sources more align than oppose the two of each pair, where there are enough of them."""
    sources: dict[Pair, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in picture.edges:
        if edge.sign != "0":
            sources[min(edge.subject, edge.object), max(edge.subject, edge.object)][edge.sign] |= _assert(edge)
    signed = {pair: (said["+"], said["-"]) for pair, said in sources.items()}
    return {pair: len(p) - len(n) for pair, (p, n) in signed.items() if len(p | n) >= SOURCES}


def _assert(edge: Edge) -> set[str]:
    return {evidence.source for evidence in edge.evidence if evidence.stance == "asserts"}


def clusters(ties: dict[Pair, float]) -> list[set[str]]:
    """Clusters of signed, weighted ties: the two that are tied most closely become one, until none are friends.

    Greedy additive edge contraction (Keuper and others, ICCV 2015).
    """
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), weight in sorted(ties.items()):
        near[one][other] = near[other][one] = weight
    members = {name: {name} for name in near}
    while friends := [(-w, a, b) for a, others in near.items() for b, w in others.items() if w > 0 and a < b]:
        _, kept, gone = min(friends)
        members[kept] |= members.pop(gone)
        for other, weight in near.pop(gone).items():
            del near[other][gone]
            if other != kept:
                near[kept][other] = near[other][kept] = near[kept].get(other, 0) + weight
    return list(members.values())
