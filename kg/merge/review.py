"""What merging would do, and what a person should look at: lists to read before anything is written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import IO

from kg.merge.cluster import Join, candidates, rivals
from kg.merge.homonyms import AT
from kg.merge.index import NameIndex
from kg.merge.merger import Merger
from kg.merge.names import Name
from kg.store import Store
from kg.store.cells import guarded

#: How sure it is that bearers of one full name are one, of whom all that is said conflicts.
HOMONYM = 0.7


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two names that may be one actor's. ``judgement`` is empty, for a person to fill in.

    ``articles`` is how many know an actor by the rarer name only: so many change hands if the two are the same.
    """

    left: str
    right: str
    judgement: str
    articles: int
    score: float
    why: str
    reason: str = ""


def review(store: Store) -> list[Doubt]:
    """Pairs of names too alike to part and not alike enough to join, those that concern most articles first."""
    index = NameIndex(store)
    found = [doubt for name in index.all() for doubt in _doubts(name, index)]
    return sorted(found, key=lambda doubt: (-doubt.articles, -doubt.score, doubt.left, doubt.right))


def _doubts(name: Name, index: NameIndex) -> Iterator[Doubt]:
    for state in sorted(set(name.parted.values())):
        other = f"{name.key}{AT}{state}"
        if other not in index.judgements.component(name.key) and not index.judgements.apart(other, name.key):
            yield Doubt(name.key, other, "", name.articles, HOMONYM, "same name, other state and office")
    if name.articles and index.decided(name.key) is None:
        for rival in rivals(name, index, candidates(name, index)):
            yield Doubt(name.key, rival.centre, "", name.articles, rival.score, rival.reason)


def write_review(doubts: Iterable[Doubt], file: IO[str]) -> None:
    """Write doubts as CSV: fill in same, different or unsure under ``judgement``, and give it to ``read_csv``."""
    writer = csv.DictWriter(file, [field.name for field in fields(Doubt)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(str(value)) for name, value in asdict(doubt).items()} for doubt in doubts)


def preview(store: Store) -> list[str]:
    """What the next merge would join (+) or part (-), a line a name; nothing is written."""
    merger = Merger(store)
    index = merger.plan(merger.outdated())[0]
    return [line for name, before, after in index.changed() for line in _lines(name, before, after, index)]


def _lines(name: Name, before: Join | None, after: Join | None, index: NameIndex) -> Iterator[str]:
    for sign, join in (("-", before), ("+", after)):
        if join is not None:
            centre = index.name(join.centre)
            yield (
                f"{sign} {name.key} ({name.articles}) is {centre.key} ({centre.articles}): "
                f"{join.score:g}, {join.reason}"
            )
