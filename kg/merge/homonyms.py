"""Different people of one full name: told apart where all that is said of them conflicts, and never by less.

Two are taken for different people when articles describe them as belonging to different states, no office of theirs
has a word in common, and nobody known is named beside both. Whoever is described by less is taken for the one of whom
most articles speak. A person may judge otherwise: each of them has a name of its own (``person:anna weiss @Q794``).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

#: Between a compared name and the state that tells its bearer from others.
AT = " @"


@dataclass(slots=True)
class _Bearer:
    """What articles say of somebody: states, words of offices, known actors beside, and in how many articles."""

    states: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    articles: int = 0

    def may_be(self, other: _Bearer) -> bool:
        """Whether anything that is said of the two is the same."""
        return bool(self.states & other.states or self.offices & other.offices or self.company & other.company)

    def take_in(self, other: _Bearer) -> None:
        """Add what is said of another, who is the same."""
        self.states |= other.states
        self.offices |= other.offices
        self.company |= other.company
        self.articles += other.articles


def portrait(states: Collection[str], offices: Collection[str]) -> str | None:
    """Which states an article says that a person belongs to, and by which words it describes him, as one value."""
    words = {word for office in offices for word in office.split()}
    return json.dumps([sorted(states), sorted(words)], ensure_ascii=False, separators=(",", ":")) if words else None


def strangers(portraits: Mapping[str, int]) -> list[str]:
    """Portraits that have nothing in common with that of most articles, and belong to another state or to none.

    >>> envoy, judge = portrait(["Q1"], ["envoy"]), portrait([], ["judge"])
    >>> strangers({envoy: 2, judge: 1}) == [judge], strangers({envoy: 2, portrait(["Q1"], ["judge"]): 1})
    (True, [])
    """
    found: list[tuple[_Bearer, list[str]]] = []
    for said, articles in sorted(portraits.items()):
        states, words = map(set, json.loads(said))
        bearer, mine = _Bearer(states, words, set(), articles), [said]
        for same in [each for each in found if each[0].may_be(bearer) or not (each[0].states | bearer.states)]:
            bearer.take_in(same[0])
            mine += same[1]
            found.remove(same)
        found.append((bearer, mine))
    ranked = sorted(found, key=lambda each: (-each[0].articles, min(each[1])))
    return sorted(said for _, mine in ranked[1:] for said in mine)


def profile(states: Collection[str], offices: Collection[str], company: Iterable[str]) -> str | None:
    """What an article says of a person, as one value to count; None where a state, an office or company is missing."""
    beside = sorted(company)
    if not (states and offices and beside):
        return None
    words = {word for office in offices for word in office.split()}
    return json.dumps([sorted(states), sorted(words), beside], ensure_ascii=False, separators=(",", ":"))


def parted(profiles: Mapping[str, int]) -> dict[str, str]:
    """The state that each of those who are not the best known bearer is told by, by each of their states.

    >>> north = profile(["Q1"], ["envoy"], ["Q5"]), profile(["Q2"], ["judge"], ["Q6"])
    >>> parted({north[0]: 3, north[1]: 1}), parted({north[0]: 3})
    ({'Q2': 'Q2'}, {})
    """
    found: list[_Bearer] = []
    for said, articles in sorted(profiles.items()):
        states, offices, company = map(set, json.loads(said))
        bearer = _Bearer(states, offices, company, articles)
        for same in [each for each in found if each.may_be(bearer)]:
            bearer.take_in(same)
            found.remove(same)
        found.append(bearer)
    ranked = sorted(found, key=lambda each: (-each.articles, min(each.states)))
    return {state: min(other.states) for other in ranked[1:] for state in sorted(other.states)}
