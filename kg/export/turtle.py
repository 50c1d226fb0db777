"""The union of the graph's graphs as Turtle to read: prefixes, sections by kind of thing, stable order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import TextIO

from kg.export.sorting import in_order
from kg.export.terms import Namer, Properties, block, described, prefixes
from kg.store import View
from kg.store.view import quads
from kg.vocab import KG, NIF, RDF, SCHEMA

#: Heading of each section, and the classes whose instances stand in it; what fits none comes last.
SECTIONS = (
    ("Articles", (SCHEMA.NewsArticle,)),
    ("Propositions: the content of claims, which asserts nothing by itself", (KG.Proposition,)),
    ("Claims: who takes which stance on what", (KG.Claim,)),
    ("Contradictions: who denies what another asserts", (KG.Contradiction,)),
    ("Actors as the articles know them", (KG.LocalActor,)),
    ("Affiliations and roles as the articles state them", (KG.Affiliation, KG.Role)),
    ("Propositions as the articles word them", (KG.PropositionMention,)),
    ("Names as they are compared", (KG.Name,)),
    ("Identity decisions", (KG.IdentityDecision,)),
    ("Judgements of people", (KG.ActorJudgement, KG.ClaimJudgement)),
    ("Evidence: character ranges of the articles", (NIF.RFC5147String, KG.Mention)),
)
_KINDS = tuple((title, frozenset(map(str, classes))) for title, classes in SECTIONS)
_TYPE = str(RDF.type)
#: Characters of a section that are written at a time.
PIECE = 1 << 16
_ACTORS = "Actors, and the structure between them"


def lines(view: View) -> Iterator[str]:
    """Lines of the Turtle document. Sections are kept in temporary files until their turn comes."""
    names = prefixes(view.store.ids.base)
    for name in sorted(names):
        yield f"@prefix {name}: <{names[name]}> ."
    with ExitStack() as files:
        titles = (_ACTORS, *(title for title, _ in SECTIONS))
        sections = {title: files.enter_context(TemporaryFile("w+", encoding="utf-8", newline="")) for title in titles}
        namer = Namer(names)
        for members in in_order(quads(view), lambda _, subject: _place(subject)):
            subject, properties = described(members)
            text = "\n".join(block(subject, properties, namer))
            sections[_section(properties)].write(f"{text}\n")
        for title, section in sections.items():
            if section.tell():
                section.seek(0)
                yield f"\n# {title}\n"
                yield from _pieces(section)


def _pieces(file: TextIO) -> Iterator[str]:
    """The lines of a file, many at a time."""
    while some := file.readlines(PIECE):
        yield "".join(some).removesuffix("\n")


def _section(properties: Properties) -> str:
    kinds = properties.get(_TYPE, [])
    return next((title for title, classes in _KINDS if not classes.isdisjoint(kinds)), _ACTORS)


def _place(subject: str) -> tuple[str, int, str]:
    """Where a subject stands: by its IRI, character ranges in the order of the text."""
    stem, _, span = subject[1:-1].partition("#char=")
    return stem, int(span.partition(",")[0]) if span else -1, span
