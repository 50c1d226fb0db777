"""A graph as five flat tables, each with its columns: for CSV, TSV, XLSX and dataframes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Article
    from kg.store.view import View

Cell = str | int | float | bool | None
#: Between the values of a cell that holds several: no name and no IRI has it.
SEPARATOR = " | "
#: Columns that say of an article when, where, under which title and at which address it was published.
PUBLISHED = ("date", "outlet", "title", "url")


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


def _articles(view: View) -> Iterator[tuple[Cell, ...]]:
    claims = view.claims_by_article()
    for a in view.articles():
        yield a.id, *_published(a), len(view.text(a.id).split()), claims[a.id]


def _published(article: Article | None) -> tuple[Cell, ...]:
    """What a reader has to know of an article: see ``PUBLISHED``."""
    return (None,) * len(PUBLISHED) if article is None else (
        article.date, article.publisher, article.title, article.url,
    )  # fmt: skip


def _claims(view: View) -> Iterator[tuple[Cell, ...]]:
    articles = {a.id: a for a in view.articles()}
    for c in view.each_claim():
        start, end = (c.evidence[0].start, c.evidence[-1].end) if c.evidence else (None, None)
        lists = (SEPARATOR.join(values) for values in (c.via, c.on_behalf_of, c.propositions))
        yield (
            c.iri, c.article, c.source, c.source_label, *lists, c.stance, c.cue, c.kind, c.speech_act, c.when,
            c.confidence, c.nested_in, c.disputes, start, end, c.quote, *_published(articles.get(c.article)),
        )  # fmt: skip


def _edges(view: View) -> Iterator[tuple[Cell, ...]]:
    propositions = {p.iri: p for p in view.propositions()}
    articles = {a.id: a for a in view.articles()}
    for c in view.each_claim():
        for p in (propositions[iri] for iri in c.propositions):
            yield (
                p.subject, p.object, p.subject_label, p.object_label, p.relation, p.sign, c.stance, c.source,
                c.source_label, c.when, c.article, c.iri, p.iri, c.quote, *_published(articles.get(c.article)),
            )  # fmt: skip


TABLES: Mapping[str, Table] = {
    "actors": Table(("iri", "label", "type", "wikidata", "aliases", "articles"), _actors),
    "articles": Table(("id", *PUBLISHED, "words", "claims"), _articles),
    "propositions": Table(
        ("iri", "subject", "relation", "object", "subject_label", "object_label", "words", "sign", "contested"),
        _propositions,
    ),
    "claims": Table(
        ("iri", "article", "source", "source_label", "via", "on_behalf_of", "propositions", "stance", "cue", "kind",
         "speech_act", "when", "confidence", "nested_in", "disputes", "start", "end", "quote", *PUBLISHED),
        _claims,
    ),
    "edges": Table(
        ("subject", "object", "subject_label", "object_label", "relation", "sign", "stance", "source", "source_label",
         "when", "article", "claim", "proposition", "quote", *PUBLISHED),
        _edges,
    ),
}  # fmt: skip
