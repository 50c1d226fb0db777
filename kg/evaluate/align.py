"""Which found actor is which annotated one: by the mentions that they share, then by their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product

from kg.evaluate.words import bare, same_span
from kg.records import Actor, Extraction


def everybody(found: Extraction) -> tuple[Actor, ...]:
    """Those who take part, and the bystanders."""
    return (*found.actors, *found.bystanders)


def align(gold: Extraction, found: Extraction, *, split: bool = False) -> dict[str, str]:
    """Annotated actor of each found one that has a counterpart, one to one.

    With ``split`` several found actors may be the same annotated one, which shows what identity costs.
    """
    shared = shared_mentions(gold, found)
    out: dict[str, str] = {}
    taken: set[str] = set()
    for *_, mine, wanted in sorted(_candidates(gold, found, shared)):
        if mine not in out and (split or wanted not in taken):
            out[mine] = wanted
            taken.add(wanted)
    return out


def shared_mentions(gold: Extraction, found: Extraction) -> Counter[tuple[str, str]]:
    """How many mentions a found and an annotated actor have in common."""
    wanted = [(m, a.id) for a in gold.actors for m in a.mentions]
    mine = [(m, a.id) for a in everybody(found) for m in a.mentions]
    return Counter((f, g) for (a, f), (b, g) in product(mine, wanted) if same_span((a.start, a.end), (b.start, b.end)))


def _candidates(
    gold: Extraction, found: Extraction, shared: Mapping[tuple[str, str], int]
) -> list[tuple[int, int, float, str, str]]:
    """Pairs that may be one actor; the likeliest sorts first."""
    out = []
    names = {a.id: _names(a) for a in gold.actors}
    for actor in found.actors:
        mine = _names(actor)
        for wanted, theirs in names.items():
            common, exact, close = shared.get((actor.id, wanted), 0), len(mine & theirs), _closeness(mine, theirs)
            if common or exact or close >= 0.5:
                out.append((-common, -exact, -close, actor.id, wanted))
    return out


def _names(actor: Actor) -> frozenset[str]:
    return frozenset(map(bare, (*actor.names, actor.name))) - {""}


def _closeness(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """The greatest share of words that a name of one has in common with a name of the other."""
    pairs = ((a.split(), b.split()) for a, b in product(mine, theirs))
    return max((len({*a} & {*b}) / max(len(a), len(b)) for a, b in pairs), default=0.0)
