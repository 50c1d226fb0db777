"""What the pipeline finds in annotated articles, beside their annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.quotes import kind
from kg.errors import PipelineError
from kg.evaluate import attribution
from kg.evaluate.constructions import construction
from kg.evaluate.gold import Gold, gold_of
from kg.evaluate.reading import Reading
from kg.extraction import assemble, prepared
from kg.records import NARRATOR, Article, Claim

#: The component behind which actors and claims may be given, so that what follows is scored by itself.
WHO = "kg_coreference"


def readings(nlp: Language, articles: Iterable[Mapping[str, Any]]) -> Iterator[attribution.Reading]:
    """Attributions of each article beside those found: the outermost claims, each once whatever stances it takes."""
    pairs = ((prepared(nlp, Article(str(a["id"]), a["text"])), a) for a in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        claims = assemble(doc, Article(str(article["id"]), doc.text)).claims
        yield attribution.Reading(
            doc.text, attribution.gold_of(article), list(dict.fromkeys(_flat(claims))), partial(construction, doc)
        )


def _flat(claims: Iterable[Claim]) -> Iterator[Attribution]:
    for claim in claims:
        if claim.source != NARRATOR and claim.nested_in is None:
            yield Attribution(claim.source_span, claim.cue_span, claim.content, claim.confidence)


def read(nlp: Language, articles: Iterable[Mapping[str, Any]], *, given: bool = False) -> Iterator[Reading]:
    """Each annotated article beside the pipeline's extraction.

    Args:
        nlp: the pipeline.
        articles: annotated articles, as JSON.
        given: hand the annotated actors and claims (not their stances) to the components behind ``kg_coreference``.

    Raises:
        PipelineError: ``given``, and the pipeline has no ``kg_coreference``.
    """
    if given and WHO not in nlp.pipe_names:
        raise PipelineError(f"Annotated mentions are handed over behind {WHO!r}, which this pipeline lacks.")
    for gold in map(gold_of, articles):
        article = gold.extraction.article
        doc = given_to(nlp, gold) if given else nlp(prepared(nlp, article))
        yield Reading(gold, doc, assemble(doc, article))


def given_to(nlp: Language, gold: Gold) -> Doc:
    """The Doc of an article whose actors and claims are the annotated ones from ``kg_coreference`` on."""
    doc = prepared(nlp, gold.extraction.article)
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name == WHO:
            layers.set_actors(doc, gold.extraction.actors)
            layers.set_roles(doc, gold.extraction.roles)
            layers.set_claims(doc, unread(gold))
    return doc


def unread(gold: Gold) -> Iterator[Claim]:
    """The annotated claims as they are before anybody has read their stance: each content once, without positions."""
    seen = set()
    for claim in gold.claims():
        key = (claim.source, claim.cue_span, claim.content)
        if key not in seen:
            seen.add(key)
            yield replace(claim, stance="asserts", propositions=(), kind=kind(gold.text, claim.content))
