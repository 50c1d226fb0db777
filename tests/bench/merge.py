"""``python -m tests.bench.merge [MENTIONS [ACTORS]]``: clustering of synthetic mentions of synthetic actors.

Prints one line a size: seconds of one core, peak memory, and precision and recall, over pairs of mentions and B-cubed.
The names are decided by ``kg.merge.cluster.decide``, which the merger uses too; here they are kept in memory.

Actors are people and bodies with invented names, so common that many share a surname and some the whole name. Of the
mentions 66 in 100 are the full name; 8 have a letter wrong, missing, added or swapped; 8 are romanised otherwise; 6
have an initial or a short form for the given name; 6 a middle initial; 12 of a body's have a legal form or another
order of words, 6 are acronyms. How often an actor is mentioned follows Zipf's law.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.merge.candidates import limit
from kg.merge.cluster import Changing, Join, decide
from kg.merge.keys import compared
from kg.merge.names import Name, single

_ONSETS = (
    "b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kh", "kr", "l", "m", "n", "p", "pr", "q", "r", "s",
    "sh", "st", "t", "tr", "v", "w", "y", "z",
)  # fmt: skip
_VOWELS = ("a", "a", "e", "e", "i", "i", "o", "o", "u", "ai", "ei", "ou")
_CODAS = ("", "", "", "n", "r", "l", "s", "m", "k", "d", "v", "sh", "th", "ck", "rd", "ns", "ff")
_SOUNDS = (
    ("kh", "h"), ("q", "k"), ("ou", "u"), ("ei", "ey"), ("y", "i"), ("ff", "f"), ("ck", "k"), ("w", "v"), ("th", "t"),
)  # fmt: skip
_SHORT = {"william": "bill", "michael": "mike", "robert": "bob", "james": "jim", "thomas": "tom", "david": "dave"}
_GIVEN = (*_SHORT, "anna", "maria", "sarah", "daniel", "peter", "helen", "ruth", "oscar", "ivan", "olga")
_HEADS = ("bank", "council", "institute", "party", "front", "union", "company", "agency", "brigade", "university")


@dataclass(slots=True)
class Memory(Changing):
    """Names in memory, each mentioned so often."""

    names: dict[str, Name] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    joins: dict[str, Join | None] = field(default_factory=dict)

    def fill(self, keys: Iterable[str], capitals: set[str]) -> None:
        """Count the names and put them into their blocks."""
        plain, written = single(named=""), single(named="", capitals="")
        for key, count in Counter(keys).items():
            tally = written if key in capitals else plain
            name = self.names[key] = Name(key, {**tally, "articles": {"": count}})
            for block in name.blocks:
                self.blocks.setdefault(block, []).append(key)

    def name(self, key: str) -> Name:
        """The name."""
        return self.names[key]

    def block(self, block: str) -> Iterable[str]:
        """Names in a block that is not too large."""
        found = self.blocks.get(block, [])
        return found if len(found) <= limit(block) else ()

    def apart(self, key: str, other: str) -> bool:  # noqa: ARG002
        """Nobody judges here."""
        return False

    def settled(self, key: str) -> bool:  # noqa: ARG002
        """Nobody judges here."""
        return False

    def joined(self, key: str) -> str | None:
        """The centre that a name joins."""
        found = self.joins.get(key)
        return None if found is None else found.centre

    def decided(self, key: str) -> Join | None:
        """What a name joins."""
        return self.joins.get(key)

    def record(self, key: str, joined: Join | None) -> None:
        """Note it."""
        self.joins[key] = joined


def syllables(rng: random.Random, count: int) -> str:
    """An invented word."""
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + (rng.choice(_CODAS) if i else "") for i in range(count))


def actors(rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Class and full name of each actor: two people for each body."""
    given = [*_GIVEN, *(syllables(rng, 2) for _ in range(2000))]
    surnames = [syllables(rng, rng.choice((2, 2, 3))) for _ in range(40_000)]
    found = []
    for i in range(count):
        if i % 3:
            found.append(("person", f"{common(rng, given)} {common(rng, surnames)}"))
        else:
            words = [syllables(rng, 2), syllables(rng, rng.choice((2, 3))), rng.choice(_HEADS)]
            found.append(("body", " ".join(words[rng.randrange(2) :])))
    return found


def common(rng: random.Random, words: list[str]) -> str:
    """One of the words, the first of them much more often than the last."""
    return words[int(len(words) * rng.random() ** 2)]


def mention(rng: random.Random, kind: str, name: str) -> str:
    """One way to write the name."""
    dice = rng.random()
    if dice < 0.66:
        return name
    if dice < 0.74:
        return slip(rng, name)
    if dice < 0.82:
        return romanised(rng, name)
    return person_form(rng, name, dice) if kind == "person" else body_form(name, dice)


def slip(rng: random.Random, name: str) -> str:
    """The name with a letter missing, doubled, swapped or wrong."""
    i, how = rng.randrange(1, len(name) - 1), rng.randrange(4)
    letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
    return (
        name[:i] + name[i + 1 :],
        name[:i] + letter + name[i:],
        name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :],
        name[:i] + letter + name[i + 1 :],
    )[how]


def romanised(rng: random.Random, name: str) -> str:
    """The name with a sound written otherwise."""
    fitting = [(a, b) for pair in _SOUNDS for a, b in (pair, pair[::-1]) if a in name]
    if not fitting:
        return name
    old, new = rng.choice(fitting)
    return name.replace(old, new, 1)


def person_form(rng: random.Random, name: str, dice: float) -> str:
    """The name with an initial, a short given name, or a middle initial."""
    first, last = name.split()
    if dice < 0.88:
        return f"{_SHORT.get(first, first[0] + '.')} {last}"
    return f"{first} {rng.choice('abcdefghj')}. {last}" if dice < 0.94 else name


def body_form(name: str, dice: float) -> str:
    """The name with a legal form, in another order, or as an acronym."""
    words = name.split()
    if dice < 0.88:
        return f"{name} ltd."
    if dice < 0.94:
        return f"{words[-1]} of {' '.join(words[:-1])}"
    return "".join(word[0] for word in words).upper() if len(words) > 2 else name


def mentions(rng: random.Random, known: list[tuple[str, str]], count: int) -> Iterator[tuple[int, str, str]]:
    """Actor, class and written name of each mention."""
    weights = [1 / (rank + 10) ** 0.7 for rank in range(len(known))]
    for actor in rng.choices(range(len(known)), weights, k=count):
        kind, name = known[actor]
        yield actor, kind, mention(rng, kind, name)


def scores(pairs: list[tuple[int, str]]) -> dict[str, float]:
    """Precision and recall over pairs of mentions, and B-cubed, of (actor, cluster) of each mention."""
    both, true, found = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)

    def couples(counts: Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    n = len(pairs)
    return {
        "P": couples(both) / couples(found),
        "R": couples(both) / couples(true),
        "B3 P": sum(c * c / found[b] for (_, b), c in both.items()) / n,
        "B3 R": sum(c * c / true[a] for (a, _), c in both.items()) / n,
    }


def run(count: int, people: int) -> tuple[float, dict[str, float]]:
    """Seconds of one core that merging took, from written names to clusters, and the scores."""
    rng = random.Random(count)  # noqa: S311  (a fixed seed: the same mentions every time)
    written = list(mentions(rng, actors(rng, people), count))
    gc.disable()  # nothing here is garbage, and looking for some takes longer the more there is
    start = time.process_time()
    keys = [compared(kind, name) for _, kind, name in written]
    memory = Memory()
    memory.fill(keys, {key for key, (_, _, name) in zip(keys, written, strict=True) if name.isupper()})
    decide(memory.names, memory)
    clusters = [memory.joined(key) or key for key in keys]
    took = time.process_time() - start
    gc.enable()
    return took, scores([(actor, cluster) for (actor, _, _), cluster in zip(written, clusters, strict=True)])


def lines(count: int = 1_000_000, people: int = 200_000) -> Iterator[str]:
    """A line for a tenth of the size, and one for the whole."""
    before = None
    for share in (10, 1):
        took, found = run(count // share, people // share)
        figures = "  ".join(f"{name} {value:.3f}" for name, value in found.items())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        growth = "" if before is None else f"   {took / before:.1f} times the time of a tenth"
        yield f"merge {count // share:9,} mentions {took:7.1f} s   {memory:6,.0f} MB   {figures}{growth}"
        before = took


if __name__ == "__main__":
    for line in lines(*map(int, sys.argv[1:])):
        print(line, flush=True)
