"""The graph as FollowTheMoney entities, one JSON object a line, for Aleph, OpenAleph and the other tools of that stack.

Actors, articles, and an ``UnknownLink`` for each stance of a claim on a proposition. Nobody has to read it as a fact:
its role begins with who says so and how, as in "Mira Sandal denies: attacks".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from kg.ids import digest
from kg.records import Article
from kg.store import GraphActor, GraphClaim, GraphProposition, View

#: Schema of each type of actor; who is of none of these is some legal entity.
_SCHEMATA = {
    "Person": "Person", "Government": "PublicBody", "Ministry": "PublicBody", "State": "PublicBody",
    "ArmedForce": "PublicBody", "ArmedGroup": "Organization", "Party": "Organization", "Coalition": "Organization",
    "Organisation": "Organization", "Outlet": "Organization",
}  # fmt: skip
_VERB = {"asserts": "asserts", "denies": "denies", "declines_to_confirm": "will not confirm"}
Properties = Mapping[str, str | None]


def lines(view: View) -> Iterator[str]:
    """One line an entity: articles, actors, then links."""
    for article in view.articles():
        yield _entity(_key("article", article.id), "Article", _article(view, article))
    for actor in view.actors():
        yield _actor(actor)
    propositions = {p.iri: p for p in view.propositions()}
    articles = {article.id: article for article in view.articles()}
    for claim in view.each_claim():
        for iri in claim.propositions:
            yield _link(claim, propositions[iri], articles[claim.article])


def _key(*parts: str) -> str:
    return f"hearsay-{digest(*parts, length=24)}"


def _entity(key: str, schema: str, properties: Properties, more: Mapping[str, list[str]] | None = None) -> str:
    """The JSON of an entity; each property is a list of texts, none of them empty."""
    lists = {name: [value] for name, value in properties.items() if value} | {
        k: v for k, v in (more or {}).items() if v
    }
    return json.dumps({"id": key, "schema": schema, "properties": lists}, ensure_ascii=False)


def _article(view: View, article: Article) -> Properties:
    return {
        "title": article.title or article.id, "publisher": article.publisher, "publishedAt": article.date,
        "sourceUrl": article.url, "bodyText": view.text(article.id),
    }  # fmt: skip


def _actor(actor: GraphActor) -> str:
    schema = _SCHEMATA.get(actor.type, "LegalEntity")
    notes = {"name": actor.label, "wikidataId": actor.wikidata, "notes": f"{actor.type}: {actor.iri}"}
    return _entity(_key(actor.iri), schema, notes, {"alias": list(actor.aliases)})


def _link(claim: GraphClaim, proposition: GraphProposition, article: Article) -> str:
    who, what = claim.source_label or "somebody", proposition.words or proposition.relation
    properties = {
        "subject": _key(proposition.subject), "object": _key(proposition.object),
        "role": f"{who} {_VERB[claim.stance]}: {what}", "summary": claim.quote, "date": claim.when or article.date,
        "publisher": article.publisher, "sourceUrl": article.url, "recordId": _key("article", article.id),
        "description": f"{proposition.label} ({claim.iri})",
    }  # fmt: skip
    return _entity(_key(claim.iri, proposition.iri), "UnknownLink", properties)
