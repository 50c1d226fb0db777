"""``python -m tests.bench.growing [ARTICLES]``: the time that one more article takes, in a small graph and a large one.

Articles are generated: each names a state, two people and a body, drawn so that some are in many articles and most in
few, with slips in some names; one claim. The same further articles are added to both graphs, one at a time, and the
median time of each is printed: what it takes to write the article, merge it, and settle what hangs on it.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator

from kg.merge import merge, update
from kg.records import Actor, Article, Claim, Extraction, Mention, Proposition
from kg.store import Store, open_store
from tests.bench.merge import common, slip, syllables

#: Articles in the small graph, and how many are added to each.
SMALL, ADDED = 100, 30


class Generator:
    """Articles by number, the same every time."""

    def __init__(self) -> None:
        """Names are made once."""
        rng = random.Random(7)  # noqa: S311  (a fixed seed)
        self.people = [f"{syllables(rng, 2).title()} {syllables(rng, 3).title()}" for _ in range(20_000)]
        self.bodies = [f"{syllables(rng, 3).title()} {rng.choice(('Bank', 'Front', 'Council'))}" for _ in range(5_000)]

    def article(self, number: int) -> Extraction:
        """The article with that number."""
        rng = random.Random(number)  # noqa: S311  (a fixed seed)
        people = [self._written(rng, common(rng, self.people)) for _ in range(2)]
        state, body = rng.randrange(30), common(rng, self.bodies)
        text = f"{people[0]} said that {body} had attacked State {state}, and {people[1]} agreed."
        actors = (
            self._actor("a1", people[0], "Person", text),
            self._actor("a2", people[1], "Person", text),
            self._actor("a3", body, "Organisation", text),
            self._actor("a4", f"State {state}", "State", text, f"Q9000{state:02}"),
        )
        attack = Proposition("p1", "a3", "attacks", "a4")
        stance = "asserts" if number % 3 else "denies"
        claim = Claim("c1", "a1", ((len(people[0]) + 11, len(text)),), stance, "said", propositions=("p1",))  # type: ignore[arg-type]
        return Extraction(
            Article(f"x{number}", text, "2031-05-03", "Borderwire"), actors, (), (attack,), (claim,), "test"
        )

    def _written(self, rng: random.Random, name: str) -> str:
        return slip(rng, name) if rng.random() < 0.1 else name

    def _actor(self, local: str, name: str, kind: str, text: str, item: str | None = None) -> Actor:
        start = text.index(name)
        return Actor(local, name, kind, (name,), item, mentions=(Mention(start, start + len(name)),))


def filled(generator: Generator, count: int) -> Store:
    """A store in memory with so many articles, merged."""
    store = open_store(":memory:")
    with store.writer() as writer:
        for number in range(count):
            writer.write(generator.article(number))
    merge(store)
    return store


def adding(store: Store, generator: Generator, numbers: range) -> list[float]:
    """Seconds of processor time that each further article takes."""
    found = []
    for number in numbers:
        start = time.process_time()
        extraction = generator.article(number)
        with store.writer() as writer:
            writer.write(extraction)
        update(store, [extraction.article.id])
        found.append(time.process_time() - start)
    return found


def growth(large: int) -> tuple[float, float]:
    """Median seconds of one more article in the small graph, and in one of ``large`` articles."""
    generator, numbers = Generator(), range(1_000_000, 1_000_000 + ADDED)
    times = [adding(filled(generator, count), generator, numbers) for count in (SMALL, large)]
    return statistics.median(times[0]), statistics.median(times[1])


def lines(large: int = 10_000) -> Iterator[str]:
    """One line."""
    small, big = growth(large)
    yield (
        f"article {SMALL + 1} takes {small * 1000:.1f} ms, article {large + 1:,} {big * 1000:.1f} ms: "
        f"{big / small:.2f} times as long"
    )


if __name__ == "__main__":
    for line in lines(*map(int, sys.argv[1:])):
        print(line, flush=True)
