"""An annotated article beside what was found in it: what every measure is taken of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

from kg.evaluate.align import align
from kg.evaluate.gold import Gold, attributed
from kg.evaluate.words import OVERLAP, Words, jaccard
from kg.records import NARRATOR, Claim, Extraction

Pair = tuple[Claim, Claim]


@dataclass
class Reading:
    """An annotated article, its Doc, and an extraction of it (the pipeline's or a baseline's)."""

    gold: Gold
    doc: Doc
    found: Extraction
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.gold.text)

    @cached_property
    def aligned(self) -> dict[str, str]:
        """Annotated actor of each found one."""
        return align(self.gold.extraction, self.found)

    @cached_property
    def split(self) -> dict[str, str]:
        """The same, when several found actors may be one annotated actor."""
        return align(self.gold.extraction, self.found, split=True)

    def named(self, actor: str | None, *, split: bool = False) -> str:
        """The annotated actor that a found one is, or a name that no annotated actor has."""
        known = self.split if split else self.aligned
        return NARRATOR if actor == NARRATOR else known.get(actor or "", f"~{actor}")

    @cached_property
    def pairs(self) -> list[Pair]:
        """Annotated and found attributed claims with the same content, one to one, best overlaps first.

        Of equal overlaps those with the same source come first, then those with the same stance.
        """
        gold, found = self.gold.claims(), attributed(self.found)
        theirs, mine = ([self.words(c.content) for c in claims] for claims in (gold, found))
        edges = [
            (-round(share, 2), self._differ(gold[i], found[j]), i, j)
            for i, a in enumerate(theirs)
            for j, b in enumerate(mine)
            if (share := jaccard(a, b)) >= OVERLAP
        ]
        return [(gold[i], found[j]) for i, j in one_to_one(sorted(edges))]

    def _differ(self, gold: Claim, found: Claim) -> int:
        return 2 * (gold.source != self.named(found.source)) + (gold.stance != found.stance)

    def right_source(self, pair: Pair) -> bool:
        """Whether the found claim has the right actor as its source."""
        return pair[0].source == self.named(pair[1].source)


def one_to_one(edges: Iterable[tuple[float, int, int, int]]) -> Sequence[tuple[int, int]]:
    """The edges (cost, tie, i, j) that are taken when each end is taken once, in the order given."""
    left, right, out = set[int](), set[int](), []
    for *_, i, j in edges:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out
