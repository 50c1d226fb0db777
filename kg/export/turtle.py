"""The union of the graph's graphs as Turtle to read: prefixes, sections by kind of thing, stable order."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.export.terms import Namer, Properties, block, prefixes, subjects
from kg.store import View
from kg.vocab import KG, NIF, RDF, SCHEMA

#: Heading of each section, and the classes whose instances stand in it; what fits none comes last.
SECTIONS = (
    ("Articles", (SCHEMA.NewsArticle,)),
    ("Propositions: the content of claims, which asserts nothing by itself", (KG.Proposition,)),
    ("Claims: who takes which stance on what", (KG.Claim,)),
    ("Actors as the articles know them", (KG.LocalActor,)),
    ("Affiliations and roles as the articles state them", (KG.Affiliation, KG.Role)),
    ("Propositions as the articles word them", (KG.PropositionMention,)),
    ("Identity decisions", (KG.IdentityDecision,)),
    ("Evidence: character ranges of the articles", (NIF.RFC5147String, KG.Mention)),
)
_ACTORS = "Actors, and the structure between them"


def lines(view: View) -> Iterator[str]:
    """Lines of the Turtle document."""
    names = prefixes(view.store.ids.base)
    for name in sorted(names):
        yield f"@prefix {name}: <{names[name]}> ."
    namer, merged = Namer(names), _union(view)
    sections: dict[str, list[NamedNode]] = {_ACTORS: [], **{title: [] for title, _ in SECTIONS}}
    for subject, properties in merged.items():
        sections[_section(properties)].append(subject)
    for title, members in sections.items():
        if members:
            yield f"\n# {title}\n"
        for subject in sorted(members, key=_place):
            yield from block(subject, merged[subject], namer)


def _union(view: View) -> dict[NamedNode, Properties]:
    """Properties of each subject, from all graphs."""
    merged: dict[NamedNode, Properties] = {}
    for members in subjects(view).values():
        for subject, properties in members.items():
            mine = merged.setdefault(subject, {})
            for predicate, values in properties.items():
                mine.setdefault(predicate, []).extend(values)
    return {subject: dict(sorted(values.items(), key=_predicate)) for subject, values in merged.items()}


def _predicate(item: tuple[NamedNode, object]) -> tuple[bool, str]:
    return item[0] != RDF.type, item[0].value


def _section(properties: Properties) -> str:
    kinds = properties.get(RDF.type, [])
    return next((title for title, classes in SECTIONS if any(kind in classes for kind in kinds)), _ACTORS)


def _place(subject: NamedNode) -> tuple[str, int, str]:
    """By IRI, character ranges in the order of the text."""
    stem, _, span = subject.value.partition("#char=")
    return stem, int(span.partition(",")[0]) if span else -1, subject.value
