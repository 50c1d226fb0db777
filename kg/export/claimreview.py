"""The claims in the shape of schema.org's ClaimReview, as JSON-LD, for fact-checkers: who said what where.

No rating is given: what stands where a verdict would be is only whether another source contradicts the claim.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.export.jsonld import listed
from kg.records import Article
from kg.store import GraphActor, GraphClaim, View

_AGAINST = """SELECT DISTINCT ?claim ?who WHERE {
  { ?claim kg:contradicts ?other } UNION { ?other kg:contradicts ?claim } ?other kg:source/skos:prefLabel ?who }"""
_CONTEXT = '{"@vocab": "https://schema.org/"}'


def lines(view: View) -> Iterator[str]:
    """Lines of the JSON-LD document: one for each claim that takes a stance on a proposition."""
    against: Mapping[str | None, set[str]] = defaultdict(set)
    for claim, who in view.store.query(_AGAINST).rows():
        against[claim].add(who or "")
    actors = {actor.iri: actor for actor in view.actors()}
    articles = {article.id: article for article in view.articles()}
    stating = (claim for claim in view.each_claim() if claim.propositions)
    yield f'{{"@context": {_CONTEXT},\n"@graph": ['
    yield from listed(
        json.dumps(
            {
                "@type": "ClaimReview",
                "claimReviewed": claim.quote,
                "itemReviewed": _claim(view, claim, actors, articles[claim.article]),
                "reviewRating": {"@type": "Rating", "alternateName": _standing(sorted(against[claim.iri]))},
            },
            ensure_ascii=False,
        )
        for claim in stating
    )
    yield "]}"


def _standing(others: list[str]) -> str:
    return f"Contradicted by {', '.join(others)}" if others else "Contradicted by nobody in these articles"


def _claim(view: View, claim: GraphClaim, actors: Mapping[str, GraphActor], article: Article) -> dict[str, Any]:
    who = actors.get(claim.source or "")
    author = {"@id": who.iri, "@type": _kind(who), "name": who.label} if who else None
    publisher = {"@type": "Organization", "name": article.publisher} if article.publisher else None
    appearance = {
        "@id": view.store.ids.article(article.id), "@type": "NewsArticle", "headline": article.title,
        "datePublished": article.date, "url": article.url, "publisher": publisher,
    }  # fmt: skip
    said = {
        "@id": claim.iri, "@type": "Claim", "text": claim.quote, "author": author,
        "datePublished": claim.when or article.date, "appearance": _given(appearance),
    }  # fmt: skip
    return _given(said)


def _kind(actor: GraphActor) -> str:
    return "Person" if actor.type in ("Person", "Unnamed") else "Organization"


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
