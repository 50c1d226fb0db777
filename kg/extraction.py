"""Docs to records: the last place that sees a spaCy object."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.annotate import layers
from kg.annotate.pipeline import BATCH, VERSION, abandon
from kg.dates import dated
from kg.records import NARRATOR, Actor, Article, Claim, Extraction, Proposition

log = logging.getLogger(__name__)


def extract(
    nlp: Language, articles: Iterable[Article | Mapping[str, Any]], failures: list[str] | None = None
) -> Iterator[Extraction]:
    """One Extraction an article, in the order given.

    An article that makes a component fail gives no Extraction: it is logged, and its message is appended to
    ``failures`` when a list is given.
    """
    version = pipeline_version(nlp)
    pairs = ((prepared(nlp, a), a) for a in map(_article, articles))
    # The attribute, not nlp.set_error_handler: spaCy 3.8.18's compiled parser refuses a handler of its own.
    nlp.default_error_handler = _error_handler([] if failures is None else failures)
    try:
        for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield assemble(doc, article, version)
    finally:
        abandon(nlp)


def pipeline_version(nlp: Language) -> str:
    """What decides the output, in one line (see ``annotate.pipeline.version_of``): it is part of the evidence."""
    meta = nlp.meta
    return str(meta.get(VERSION) or f"hearsay {kg.__version__}; {meta['lang']}_{meta['name']} {meta['version']}")


def assemble(doc: Doc, article: Article, version: str = "") -> Extraction:
    """The Extraction of an annotated Doc: only propositions that a claim uses; actors and bystanders apart."""
    claims = tuple(_numbered_claims(layers.claims(doc)))
    used = {p for c in claims for p in c.propositions}
    propositions = tuple(p for p in layers.propositions(doc) if p.id in used)
    roles = tuple(layers.roles(doc))
    actors = tuple(layers.actors(doc))
    takes_part = _participants(actors, claims, propositions) | {a.id for a in actors if a.wikidata}
    taking = tuple(a for a in actors if a.id in takes_part)
    bystanders = tuple(a for a in actors if a.id not in takes_part)
    known = {a.id for a in actors}
    return Extraction(
        article,
        taking,
        tuple(r for r in roles if {r.person, r.of} <= known),
        propositions,
        claims,
        version,
        bystanders,
    )


def _article(given: Article | Mapping[str, Any]) -> Article:
    return dated(given if isinstance(given, Article) else Article.from_dict(given))


def prepared(nlp: Language, article: Article) -> Doc:
    """The article's tokens, which know the article that they come from."""
    doc = nlp.make_doc(article.text)
    layers.set_article(doc, article)
    return doc


def _error_handler(failures: list[str]) -> Any:
    def handle(name: str, _proc: Any, docs: list[Doc], error: Exception) -> None:
        for doc in docs:
            failures.append(f"article {layers.article_id(doc)!r}: {name} failed ({type(error).__name__}: {error})")
            log.error(failures[-1], exc_info=error)

    return handle


def _numbered_claims(claims: list[Claim]) -> Iterator[Claim]:
    """Claims that have a source, with scores rounded so that the same input gives the same bytes."""
    kept = {c.id for c in claims if c.source}
    for claim in claims:
        if claim.source:
            yield replace(
                claim,
                confidence=round(claim.confidence, 2),
                nested_in=claim.nested_in if claim.nested_in in kept else None,
                disputes=claim.disputes if claim.disputes in kept else None,
            )


def _participants(
    actors: tuple[Actor, ...], claims: tuple[Claim, ...], propositions: tuple[Proposition, ...]
) -> set[str]:
    """Ids of actors that speak, pass something on, or stand in a proposition, and of those they belong to."""
    ids = {x for c in claims for x in (c.source, *c.via) if x and x != NARRATOR}
    ids |= {x for p in propositions for x in (p.subject, p.object, p.place) if x}
    owner = {a.id: a.of for a in actors}
    return ids | {of for i in ids if (of := owner.get(i))}
