"""What the pipeline finds in annotated articles, beside their annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from spacy.language import Language

from kg.annotate.attribution.base import Attribution
from kg.evaluate.attribution import Reading, gold_of
from kg.evaluate.constructions import construction
from kg.extraction import assemble, prepared
from kg.records import NARRATOR, Article, Claim


def readings(nlp: Language, articles: Iterable[Mapping[str, Any]]) -> Iterator[Reading]:
    """Each article with what was found: the outermost claims, each once however many stances it takes."""
    pairs = ((prepared(nlp, Article(str(a["id"]), a["text"])), a) for a in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        claims = assemble(doc, Article(str(article["id"]), doc.text)).claims
        yield Reading(doc.text, gold_of(article), list(dict.fromkeys(_flat(claims))), partial(construction, doc))


def _flat(claims: Iterable[Claim]) -> Iterator[Attribution]:
    for claim in claims:
        if claim.source != NARRATOR and claim.nested_in is None:
            yield Attribution(claim.source_span, claim.cue_span, claim.content, claim.confidence)
