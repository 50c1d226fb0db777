"""Star clustering of names: the rarer form joins the one centre that fits it best. No chain of likenesses is followed.

What a name joins is a function of the counts of the names in its blocks, and of nothing else: neither the order in
which articles came nor what was decided before makes a difference. (Of transitive closure over a million names 1 in
1,000 pairs were right, of stars more than 4 in 5; tests/bench/merge.py measures it.)
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.merge.candidates import opposite
from kg.merge.model import model, probability
from kg.merge.names import ALIAS, FULLER, PERSON, Name, Names
from kg.merge.scoring import NOTHING, explained, score


@dataclass(frozen=True, slots=True)
class Join:
    """The name that a form joins, how strong the evidence is, what it is, and how likely the two are one.

    ``features`` says what each feature of the pair model adds; of a centre that is only considered it says nothing.
    """

    centre: str
    score: float
    reason: str
    probability: float = 1.0
    features: str = ""


def join(name: Name, names: Names, near: Iterable[str]) -> Join | None:
    """What ``name`` joins: the best of the centres among ``near``, if it is good enough and the only one so good."""
    ranked = rivals(name, names, near)
    if not ranked or ranked[0].probability < model().same:
        return None
    first = ranked[0]
    tied = len(ranked) > 1 and _log_odds(ranked[1]) > _log_odds(first) - model().close
    return None if tied else replace(first, features=explained(name, names.name(first.centre)))


def _log_odds(found: Join) -> float:
    """The inverse of the probability's rounded form."""
    return math.log(found.probability / (1.0001 - found.probability))


def rivals(name: Name, names: Names, near: Iterable[str]) -> list[Join]:
    """Centres among ``near`` that ``name`` may be a form of, best first, those that are not worth a look left out."""
    if name.items or names.settled(name.key):
        return []
    found = (rival(name, names.name(key), names) for key in near)
    return sorted(
        (each for each in found if each is not None), key=lambda each: (-each.probability, -each.score, each.centre)
    )


def rival(name: Name, other: Name, names: Names) -> Join | None:
    """``other`` as a centre that ``name`` may be a form of; None where it is none, or not worth a look."""
    if other.order <= name.order or not other.articles or other.weak or names.joined(other.key) is not None:
        return None
    scored = score(name, other)
    if scored is NOTHING:
        return None
    likely = probability(scored.log_odds)
    if likely < model().unsure or names.apart(name.key, other.key):
        return None
    return Join(other.key, scored.value, scored.reason, likely)


def candidates(name: Name, names: Names) -> set[str]:
    """Keys of names that share a block with ``name``, or are used beside it for one actor."""
    found = set[str]()
    for block in name.blocks:
        other = opposite(block)
        if other == block or names.block(block):  # it stands there itself, so the block is empty where it is too large
            found.update(names.block(other))
    found.update(name.counts(ALIAS), name.counts(FULLER), name.counts(PERSON))
    found.discard(name.key)
    return found


class Changing(Names):
    """Names whose joins are being decided."""

    def decided(self, key: str) -> Join | None:
        """The join that is on record."""
        raise NotImplementedError

    def record(self, key: str, joined: Join | None) -> None:
        """Put a join on record, or take it off."""
        raise NotImplementedError


def decide(keys: Iterable[str], names: Changing) -> set[str]:
    """The names whose centre changed, when those in ``keys`` are decided anew, and what hangs on them.

    From the highest rank down, so that whether a candidate is a centre is known before it is asked; where a name
    becomes a centre, or ceases to be one, its neighbours are decided too.
    """
    waiting = set(keys)
    queue = sorted((names.name(key).order, key) for key in waiting)
    changed: set[str] = set()
    while queue:
        key = queue.pop()[1]
        name, before = names.name(key), names.decided(key)
        near = candidates(name, names)
        after = join(name, names, near) if name.articles else None
        if after == before:
            continue
        names.record(key, after)
        changed.add(key)
        if (before is None) != (after is None):
            for other in near:
                if other not in waiting and names.name(other).order < name.order:
                    waiting.add(other)
                    insort(queue, (names.name(other).order, other))
    return changed
