"""What one article adds to the counts of the names that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from kg.gazetteer import word_list
from kg.merge.homonyms import portrait, profile
from kg.merge.keys import TYPE_CLASS, compared, is_proper, keys, without_article
from kg.merge.names import Tally, add, single
from kg.records import Actor, Extraction
from kg.spelling import words

_YEAR = re.compile(r"(?!0000)[0-9]{4}(?![^-T])")
#: Why a description beside a name was taken for that of its bearer.
BESIDE = "role beside the name"
#: Actors of an article, those mentioned most, that count as the company of the others.
COMPANIONS = 12


def counted(extraction: Extraction, *, without: frozenset[str] = frozenset()) -> dict[str, Tally]:
    """Counts by compared name; the local actors in ``without``, on whom a person decided, count for nothing."""
    found: dict[str, Tally] = {}
    article = Surroundings(extraction)
    for actor in article.actors.values():
        known = keys(actor)
        if actor.id in without or known.name is None:
            continue
        merged = found.setdefault(known.name, {})
        for aspect, counts in article.tally(actor).items():
            merged.setdefault(aspect, {}).update(counts)  # two actors of one name in an article count once
        for person in article.persons(actor, known.name):
            add(merged, single(person=person))
            add(found.setdefault(person, {}), single(alias=known.name))
        for form in article.forms(actor, known.name):
            add(merged, single(alias=form))
            add(found.setdefault(form, {}), single(fuller=known.name))
    return found


def year_of(date: str | None) -> str | None:
    """The year of an ISO date; None for whatever is none.

    >>> year_of("2018-04-15T10:00"), year_of("15 April 2018")
    ('2018', None)
    """
    match = _YEAR.match(date or "")
    return match and match[0]


class Surroundings:
    """An article's actors, and what is said beside each of them."""

    def __init__(self, extraction: Extraction) -> None:
        """Of ``extraction``."""
        self.text = extraction.article.text
        self.actors = {a.id: a for a in (*extraction.actors, *extraction.bystanders)}
        self.year = year_of(extraction.article.date)
        most = sorted(
            (a for a in self.actors.values() if a.wikidata), key=lambda a: (-len(a.mentions), a.wikidata or "")
        )
        self.items = [a.wikidata or "" for a in islice(most, COMPANIONS)]
        self.roles: dict[str, set[str]] = {}
        self.homes: dict[str, set[str]] = {}
        for role in extraction.roles:
            self.roles.setdefault(role.person, set()).add(role.role)
            self.homes.setdefault(role.person, set()).add(role.of)
        for actor in self.actors.values():
            if actor.of is not None:
                self.homes.setdefault(actor.id, set()).add(actor.of)

    def tally(self, actor: Actor) -> Tally:
        """Counts of one for all that the article says of the bearer of a name."""
        states, roles = sorted(self.states(actor)), sorted(self.roles.get(actor.id, ()))
        company = [item for item in self.items if item != actor.wikidata]
        found = single(
            articles="",
            item=actor.wikidata,
            state=iter(states),
            role=iter(roles),
            company=iter(company),
            profile=profile(states, roles, company) if actor.type == "Person" and not actor.wikidata else None,
            portrait=self.portrait(actor),
            year=self.year,
            known="" if keys(actor).known else None,
            named=None if keys(actor).weak else "",
            capitals="" if actor.name.isupper() else None,
        )
        return {aspect: counts for aspect, counts in found.items() if counts}

    def portrait(self, actor: Actor) -> str | None:
        """How the article describes a person whom nothing but the name tells from others; None of anybody else."""
        if actor.type != "Person" or actor.wikidata or keys(actor).weak:
            return None
        beside = {self.text[m.start : m.end].casefold() for m in actor.mentions if m.reason == BESIDE}
        said = [word for each in beside for word in words(each) if word not in word_list("indefinite")]
        return portrait([*self.states(actor)], [*self.roles.get(actor.id, ()), *said])

    def states(self, actor: Actor) -> Iterator[str]:
        """Items of the states that the actor belongs to."""
        for each in self.homes.get(actor.id, ()):
            home = self.actors.get(each)
            if home is not None and home.type == "State" and home.wikidata:
                yield home.wikidata

    def persons(self, actor: Actor, key: str) -> list[str]:
        """Where a body or place of one unknown word is called like one person of the article: that person's name."""
        kind, _, name = key.partition(":")
        if kind not in ("body", "polity") or len(words(name)) > 1 or keys(actor).known:
            return []
        found = {known for known in self.people if words(name)[0] in (words(known)[0], words(known)[-1])}
        return [f"person:{each}" for each in found] if len(found) == 1 else []

    @cached_property
    def people(self) -> list[str]:
        """Folded names of the people whom the article names in full."""
        found = (keys(actor).name for actor in self.actors.values() if actor.type == "Person")
        return [key.partition(":")[2] for key in found if key is not None and " " in key]

    def forms(self, actor: Actor, key: str) -> list[str]:
        """Other compared names by which the article calls the actor; those of a person without their title."""
        kind = TYPE_CLASS[actor.type]
        if kind not in ("person", "body"):
            return []
        spans = (m for m in actor.mentions if m.kind == "name")
        named = {without_article(self.text[m.start : m.end]) for m in spans}
        found = {compared(kind, each) for each in named if is_proper(each)}
        return sorted(found - {key})
