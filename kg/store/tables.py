"""A graph as four flat tables, each with its columns: for CSV, TSV and dataframes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.view import View

Cell = str | int | float | bool | None
#: Between the values of a cell that holds several: no name and no IRI has it.
SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Table:
    """Column names, and how to read the rows out of a view."""

    columns: tuple[str, ...]
    rows: Callable[[View], Iterator[tuple[Cell, ...]]]


def _actors(view: View) -> Iterator[tuple[Cell, ...]]:
    for a in view.actors():
        yield a.iri, a.label, a.type, a.wikidata, SEPARATOR.join(a.aliases), len(a.articles)


def _propositions(view: View) -> Iterator[tuple[Cell, ...]]:
    for p in view.propositions():
        yield p.iri, p.subject, p.relation, p.object, p.subject_label, p.object_label, p.words, p.sign, p.contested


def _claims(view: View) -> Iterator[tuple[Cell, ...]]:
    for c in view.each_claim():
        start, end = (c.evidence[0].start, c.evidence[-1].end) if c.evidence else (None, None)
        lists = (SEPARATOR.join(values) for values in (c.via, c.on_behalf_of, c.propositions))
        yield (
            c.iri, c.article, c.source, c.source_label, *lists, c.stance, c.cue, c.kind, c.speech_act, c.when,
            c.confidence, c.nested_in, c.disputes, start, end, c.quote,
        )  # fmt: skip


def _edges(view: View) -> Iterator[tuple[Cell, ...]]:
    propositions = {p.iri: p for p in view.propositions()}
    for c in view.each_claim():
        for p in (propositions[iri] for iri in c.propositions):
            yield (
                p.subject, p.object, p.subject_label, p.object_label, p.relation, p.sign, c.stance, c.source,
                c.source_label, c.when, c.article, c.iri, p.iri, c.quote,
            )  # fmt: skip


TABLES: Mapping[str, Table] = {
    "actors": Table(("iri", "label", "type", "wikidata", "aliases", "articles"), _actors),
    "propositions": Table(
        ("iri", "subject", "relation", "object", "subject_label", "object_label", "words", "sign", "contested"),
        _propositions,
    ),
    "claims": Table(
        ("iri", "article", "source", "source_label", "via", "on_behalf_of", "propositions", "stance", "cue", "kind",
         "speech_act", "when", "confidence", "nested_in", "disputes", "start", "end", "quote"),
        _claims,
    ),
    "edges": Table(
        ("subject", "object", "subject_label", "object_label", "relation", "sign", "stance", "source", "source_label",
         "when", "article", "claim", "proposition", "quote"),
        _edges,
    ),
}  # fmt: skip
