"""Short articles in which one source says one thing, for tests of what follows from several of them."""

from __future__ import annotations

from typing import Any

from kg.merge import merge
from kg.records import Actor, Article, Claim, Extraction, Proposition
from kg.store import Store, open_store

ACTORS = (
    Actor("syria", "Syria", "State", ("Syria",), "Q858"),
    Actor("russia", "Russia", "State", ("Russia",), "Q159"),
    Actor("army", "Syrian Arab Army", "ArmedForce", ("Syrian Arab Army",), "Q3068744"),
    Actor("guard", "Blue Guard", "ArmedGroup", ("Blue Guard",)),
    Actor("douma", "Douma", "Place", ("Douma",)),
    Actor("raqqa", "Raqqa", "Place", ("Raqqa",)),
    Actor("weiss", "Anna Weiss", "Person", ("Anna Weiss",)),
    Actor("hale", "Ben Hale", "Person", ("Ben Hale",)),
)
Fields = dict[str, Any]


def article(  # noqa: PLR0917  (one thing that one source says)
    name: str, source: str, stance: Any, subject: str, relation: str, object_: str, *,
    date: str | None = "2031-05-03", claim: Fields | None = None, event: Fields | None = None,
) -> Extraction:  # fmt: skip
    """An article in which one source takes one stance on one proposition."""
    proposition = Proposition("p1", subject, relation, object_, **(event or {}))
    said = Claim("c1", source, ((0, 4),), stance, propositions=("p1",), **(claim or {}))
    return Extraction(Article(name, "Said so.", date), ACTORS, (), (proposition,), (said,))


def built(*articles: Extraction) -> Store:
    """A merged store of ``articles``."""
    store = open_store(":memory:")
    with store.writer() as writer:
        for each in articles:
            writer.write(each)
    merge(store)
    return store
