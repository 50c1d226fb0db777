"""What merging would do, and what a person should look at: lists to read before anything is written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import IO, cast

from pyoxigraph import Literal, NamedNode

from kg.merge.cluster import Join, candidates, rivals
from kg.merge.counting import Surroundings
from kg.merge.homonyms import AT, strangers
from kg.merge.index import NameIndex
from kg.merge.judgements import name_anchor
from kg.merge.merger import Merger
from kg.merge.names import PORTRAIT, Name
from kg.rdf import from_quads
from kg.store import Store
from kg.store.cells import guarded
from kg.vocab import KG

#: How likely bearers of one full name are one of whom all that is said conflicts, and those described otherwise.
HOMONYM, STRANGER = 0.3, 0.6
#: Articles of one name that are asked about.
ASKED = 5


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
    probability: float = 0.5
    reason: str = ""


def review(store: Store) -> list[Doubt]:
    """Pairs of names too alike to part and not alike enough to join, and namesakes; the most valuable to decide first.

    What a decision is worth is in how many articles an actor would change hands, times how likely what is so now is
    wrong.
    """
    index = NameIndex(store)
    found = [doubt for name in index.all() for doubt in (*_doubts(name, index), *_namesakes(name, index))]
    return sorted(found, key=lambda doubt: (-_worth(doubt), doubt.left, doubt.right))


def _worth(doubt: Doubt) -> float:
    return round(doubt.articles * min(doubt.probability, 1 - doubt.probability), 6)


def _doubts(name: Name, index: NameIndex) -> Iterator[Doubt]:
    for state in sorted(set(name.parted.values())):
        other = f"{name.key}{AT}{state}"
        if other not in index.judgements.component(name.key) and not index.judgements.apart(other, name.key):
            yield Doubt(name.key, other, "", name.articles, HOMONYM, "same name, other state and office", HOMONYM)
    if name.articles and index.decided(name.key) is None:
        for rival in rivals(name, index, candidates(name, index)):
            yield Doubt(name.key, rival.centre, "", name.articles, rival.score, rival.reason, rival.probability)


def _namesakes(name: Name, index: NameIndex) -> Iterator[Doubt]:
    """Articles in which somebody of the name is described in quite another way than in most."""
    odd = set(() if name.items or name.parted else strangers(name.counts(PORTRAIT)))
    if not odd or index.decided(name.key) is not None:
        return
    why, asked = "same name, described otherwise", 0
    for quad in sorted(index.store.match(None, KG.nameKey, Literal(name.key)), key=lambda quad: str(quad.subject)):
        article = index.ids.article_id(cast(NamedNode, quad.subject).value)
        said = _portrait(cast(NamedNode, quad.subject), article, index)
        anchor = name_anchor(name.key.partition(":")[2], article, index.ids)
        if said in odd and asked < ASKED and not any(other == anchor for other, _ in index.judgements.of(name.key)):
            asked += 1
            yield Doubt(name.key, anchor, "", 1, STRANGER, why, STRANGER)


def _portrait(local: NamedNode, article: str, index: NameIndex) -> str | None:
    """How an article describes one of its actors."""
    found = from_quads(index.store.match(graph=index.store.graphs.evidence(article)), index.ids)
    around, mine = Surroundings(found), index.ids.local_id(local.value)
    return around.portrait(around.actors[mine]) if mine in around.actors else None


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
