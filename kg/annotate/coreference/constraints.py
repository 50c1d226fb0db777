"""What no antecedent can get around: he is no woman and no state, it is nobody, and Chad's army is not Sudan's."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from kg.annotate.actors.kinds import first_names, titles
from kg.annotate.reader.features import PRONOUNS, Look
from kg.annotate.reader.mentions import ENDING, one_head
from kg.gazetteer import fold
from kg.records import Span

_HE, _SHE, _IT = PRONOUNS["he"], PRONOUNS["she"], PRONOUNS["it"]
#: Types that he and she may stand for; it stands for any other.
PERSONAL = frozenset(("Person", "Unnamed"))
#: A word that may stand before the state in a description: an article or a quality, but nothing that it could be of.
_BEFORE = re.compile(r"(?:The|An?|(?!(?:of|for|in|on|by|from|with|to|at|against|and|or|who|that)\b)[a-z-]+) ")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of one who is mentioned: gender (m, f or unknown), whether it is somebody, and whose it is."""

    gender: str | None = None
    personal: bool | None = None
    owner: str | None = None

    def agree(self, other: Traits) -> bool:
        """Whether nothing speaks against their being one."""
        both = ((self.gender, other.gender), (self.personal, other.personal), (self.owner, other.owner))
        return all(None in (one, another) or one == another for one, another in both)

    def joined(self, other: Traits) -> Traits:
        """What is known of both together."""
        personal = self.personal if self.personal is not None else other.personal
        return Traits(self.gender or other.gender, personal, self.owner or other.owner)


def owner(text: str, span: Span, states: Mapping[int, tuple[int, str]]) -> str | None:
    """The state that a mention begins with or ends in, as its owner: "a senior Chadian official", "the army of Chad".

    Of 36 actors of annotated articles that are mentioned in such words more than once, 34 had one owner; the other two
    were a government that is also called others' client, and the forces of two together.

    Args:
        text: the article's.
        span: the mention.
        states: mentions of states, by where each begins: its end and who it is.
    """
    start, end = span
    at = start
    while at not in states and (before := _BEFORE.match(text, at, end)):
        at = before.end()
    first = states.get(at)
    if first is not None and first[0] < end and text[first[0]] in " '’":
        return first[1]
    of = text.rfind(" of ", start, end)
    last = states.get(of + 4) or states.get(of + 8) if of > 0 else None
    return last[1] if last is not None and last[0] == end else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What keeps mentions apart, whatever the head says.

    Args:
        text: the article's.
        spans: the mentions.
        told: what is known of each.
        keys: the named actors that bear them.
        listed: the keys of whom a list knows, so that no two of them are one.
    """

    text: str
    spans: Sequence[Span]
    told: Sequence[Traits]
    keys: Sequence[str | None]
    listed: Collection[str]

    def allow(self, mention: int, members: Sequence[int]) -> bool:
        """Whether a mention may stand for what the members of a cluster stand for."""
        own = self.spans[mention]
        others = [self.spans[m] for m in members]
        if any(within(self.text, each, own) or within(self.text, own, each) for each in others):
            return False
        known = reduce(Traits.joined, (self.told[m] for m in members))
        return self.told[mention].agree(known) and self._may_share_a_name(mention, members)

    def _may_share_a_name(self, mention: int, members: Sequence[int]) -> bool:
        """Whether a name is one of a cluster's names, or may be another of theirs."""
        key, names = self.keys[mention], [m for m in members if self.keys[m]]
        keys = {self.keys[m] for m in names}
        if key is None or not keys or key in keys:
            return True
        if key in self.listed or any(k in self.listed for k in keys):
            return False
        return any(alike(self._words(mention), self._words(m)) for m in names)

    def _words(self, mention: int) -> str:
        return self.text[slice(*self.spans[mention])]


def alike(one: str, other: str) -> bool:
    """Whether a name may be the other in fewer words or in letters: "Acosta" or "OFAC"."""
    a, b = (Look(words, 0, quoted=False, opens=False) for words in (one, other))
    fewer = a.words & b.words in (a.words, b.words) and bool(a.words and b.words)
    return fewer or a.plain == b.acronym or b.plain == a.acronym


def within(text: str, one: Span, other: Span) -> bool:
    """Whether a mention is a part of another that is not about it.

    "Ruiz" in "Ruiz's spokesman" is somebody else, but not in "President Ruiz", "Ruiz, the president" or "the Grain
    Council (GC)".
    """
    if not (other[0] <= one[0] and one[1] + ENDING < other[1]):
        return False
    leads = text[other[0] : one[0]].lower() in ("", "the ", "a ", "an ")
    apposed = leads and text[one[1] : one[1] + 2].lstrip()[:1] in (",", ":", "(")
    return not (apposed or one_head(text, one, other))


def traits(words: str, kind: str) -> Traits:
    """The traits of a mention, by its words and the type that is most probable for it."""
    pronoun = PRONOUNS.get(words.casefold(), 0)
    if pronoun:
        gender = {_HE: "m", _SHE: "f"}.get(pronoun)
        return Traits(gender, True if gender else False if pronoun == _IT else None)
    parts = [fold(w).rstrip(".") for w in words.split()]
    named = kind == "Person" and bool(parts) and words.rsplit(maxsplit=1)[-1][:1].isupper()
    return Traits(_gender(parts) if named else None, None if kind == "Unnamed" else kind in PERSONAL)


def _gender(parts: list[str]) -> str | None:
    """The gender that a title tells, or else the first name of a full one."""
    known = [titles()[p] for p in parts[:-1] if titles().get(p)]
    untitled = [p for p in parts if p not in titles()]
    return known[0] if known else first_names().get(untitled[0]) if len(untitled) > 1 else None
