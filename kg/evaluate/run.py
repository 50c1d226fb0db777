"""What the pipeline finds in annotated articles, in the shape of their annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spacy.language import Language

from kg.annotate.attribution.base import Attribution
from kg.extraction import extract
from kg.records import NARRATOR, Claim


def attributions_of(nlp: Language, articles: Iterable[Mapping[str, Any]]) -> dict[str, list[Attribution]]:
    """Attributions by article id: the outermost claims, each once however many stances it takes."""
    found = extract(nlp, ({"id": a["id"], "text": a["text"]} for a in articles))
    return {e.article.id: list(dict.fromkeys(_flat(e.claims))) for e in found}


def _flat(claims: Iterable[Claim]) -> Iterable[Attribution]:
    for claim in claims:
        if claim.source != NARRATOR and claim.nested_in is None:
            yield Attribution(claim.source_span, claim.cue_span, claim.content, claim.confidence)
