"""Names as the articles of a graph use them: a compared name, and what was counted of those who bear it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.merge.candidates import blocks
from kg.merge.homonyms import parted
from kg.spelling import every_word, run_together, words

#: What is counted of a name, article by article.
ARTICLES, ITEM, ALIAS, FULLER, PERSON, STATE, ROLE, COMPANY, PROFILE, YEAR, KNOWN, NAMED, CAPITALS, PORTRAIT = (
    "articles", "item", "alias", "fuller", "person", "state", "role", "company", "profile", "year", "known", "named",
    "capitals", "portrait",
)  # fmt: skip
Tally = dict[str, dict[str, int]]


def add(tally: Tally, other: Tally, sign: int = 1) -> None:
    """Add the counts of ``other`` to ``tally``, or take them away; what is zero goes, so that the inverse is exact."""
    for aspect, counts in other.items():
        mine = tally.setdefault(aspect, {})
        for value, count in counts.items():
            mine[value] = mine.get(value, 0) + sign * count
            if not mine[value]:
                del mine[value]
        if not mine:
            del tally[aspect]


def to_json(tally: object) -> str:
    """Counts as text, the same for the same counts."""
    return json.dumps(tally, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True, eq=False)
class Name:
    """A compared name (``person:anna weiss``) and what was counted of it; neither changes.

    ``kind`` is the class of type: person, body, polity or people; ``articles`` in how many articles somebody bears it;
    ``known`` whether a gazetteer vouches for the spelling; ``weak`` whether nobody bears it as a name that tells who is
    meant (``keys.Keys``). ``order`` is its rank as the centre of a star; a name joins names of higher rank only, so
    that there is no circle. What takes time is found when it is asked for.
    """

    key: str
    tally: Tally = field(default_factory=dict)
    kind: str = field(init=False)
    articles: int = field(init=False)
    known: bool = field(init=False)
    weak: bool = field(init=False)
    order: tuple[bool, bool, int, int, str] = field(init=False)
    _words: tuple[str, ...] | None = field(init=False, default=None)
    _run_together: str | None = field(init=False, default=None)
    _blocks: tuple[str, ...] | None = field(init=False, default=None)
    _parted: Mapping[str, str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.kind = self.key.partition(":")[0]
        self.articles = self.tally.get(ARTICLES, {}).get("", 0)
        self.known = ITEM in self.tally or KNOWN in self.tally
        self.weak = not self.known and NAMED not in self.tally
        self.order = self.known, not self.weak, self.articles, len(self.key), self.key

    @property
    def words(self) -> tuple[str, ...]:
        """Plain words, particles left out."""
        if self._words is None:
            self._words = words(self.key.partition(":")[2])
        return self._words

    @property
    def ordered(self) -> tuple[str, ...]:
        """The words, those of a body sorted."""
        return tuple(sorted(self.words)) if self.kind == "body" else self.words

    @property
    def run_together(self) -> str:
        """The sound of the name, particles included, written as one word."""
        if self._run_together is None:
            self._run_together = run_together(every_word(self.key.partition(":")[2]))
        return self._run_together

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks in which it is compared with others."""
        if self._blocks is None:
            self._blocks = blocks(self)
        return self._blocks

    @property
    def parted(self) -> Mapping[str, str]:
        """Those of its bearers who are somebody else (``homonyms.parted``); of an item's name there is but one."""
        if self._parted is None:
            self._parted = {} if self.items else parted(self.counts(PROFILE))
        return self._parted

    @property
    def items(self) -> tuple[str, ...]:
        """Wikidata items that bear it, sorted."""
        return tuple(sorted(self.tally.get(ITEM, ())))

    @property
    def capitals(self) -> bool:
        """Whether it is written in capitals somewhere."""
        return CAPITALS in self.tally

    def counts(self, aspect: str) -> Mapping[str, int]:
        """What was counted of one aspect, by value."""
        return self.tally.get(aspect, {})


class Names(Protocol):
    """The names of a graph, wherever they are kept."""

    def name(self, key: str) -> Name:
        """The name with its counts."""

    def block(self, block: str) -> Iterable[str]:
        """Keys of the names in a block; none of them where there are too many to compare."""

    def apart(self, key: str, other: str) -> bool:
        """Whether somebody judged two names (or a name and an item of the other) different, or is unsure."""

    def settled(self, key: str) -> bool:
        """Whether somebody judged what the name is the same as."""

    def joined(self, key: str) -> str | None:
        """The name that a name of higher rank was found to be a form of, if any."""


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of all."""
    found: Tally = {}
    for each in tallies:
        add(found, each)
    return found


def single(**aspects: str | Iterator[str] | None) -> Tally:
    """Counts of one for each value given."""
    return {
        aspect: dict.fromkeys([values] if isinstance(values, str) else values, 1)
        for aspect, values in aspects.items()
        if values is not None
    }
