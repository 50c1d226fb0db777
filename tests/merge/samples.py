"""Articles that name actors and little else, for tests of who is the same; all names are invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.merge import merge
from kg.records import Actor, Article, Claim, Extraction, Mention, Proposition
from kg.store import Store, open_store


def article(name: str, *actors: Actor, date: str | None = None) -> Extraction:
    """An article whose text is the names of its actors, each mentioned once by each of its names."""
    text, placed = "", []
    for actor in actors:
        mentions = []
        for each in actor.names or (actor.name,):
            mentions.append(Mention(len(text), len(text) + len(each)))
            text += each + ". "
        placed.append(replace(actor, mentions=tuple(mentions)))
    return Extraction(Article(name, text, date, "The Northern Courier"), tuple(placed))


def person(name: str, *names: str, of: str | None = None, wikidata: str | None = None) -> Actor:
    """A person, called by ``names`` too."""
    return Actor("p-" + name, name, "Person", (name, *names), wikidata, of)


def body(name: str, *names: str, kind: str = "Organisation", wikidata: str | None = None) -> Actor:
    """A body, called by ``names`` too."""
    return Actor("b-" + name, name, kind, (name, *names), wikidata)


def state(name: str, wikidata: str) -> Actor:
    """A state."""
    return Actor("s-" + name, name, "State", (name,), wikidata)


def several(count: int, *actors: Actor, prefix: str = "m") -> list[Extraction]:
    """So many articles that all name the same actors."""
    return [article(f"{prefix}{n}", *actors) for n in range(count)]


def claiming(  # noqa: PLR0917  (what a claim consists of)
    found: Extraction, subject: Actor, relation: str, obj: Actor, stance: str, source: Actor
) -> Extraction:
    """The article with a claim of ``source`` on a proposition, over its whole text."""
    proposition = Proposition("p1", subject.id, relation, obj.id)
    claim = Claim("c1", source.id, ((0, len(found.article.text)),), propositions=("p1",))
    return replace(found, propositions=(proposition,), claims=(replace(claim, stance=stance),))  # type: ignore[arg-type]


def stored(articles: Iterable[Extraction]) -> Store:
    """A store in memory with the articles, not merged."""
    store = open_store(":memory:")
    with store.writer() as writer:
        for each in articles:
            writer.write(each)
    return store


def merged(articles: Iterable[Extraction]) -> Store:
    """A store in memory with the articles, merged."""
    store = stored(articles)
    merge(store)
    return store


def labels(store: Store) -> list[str]:
    """Labels of the actors, sorted; of two actors with one label there are two."""
    return sorted(actor.label for actor in store.view().actors())
