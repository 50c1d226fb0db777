"""The sentences behind an actor, a proposition or a claim, as lines of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from kg.errors import QueryError
from kg.records import Article
from kg.store import GraphActor, GraphClaim, GraphProposition, View

VERB = {"asserts": "asserts", "denies": "denies", "declines_to_confirm": "will not confirm"}
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+|\n+")
_MENTIONS = """SELECT ?article ?name ?kind ?why WHERE {
  ?local kg:resolvedTo ?actor ; kg:mention ?m ; dct:isPartOf/dct:identifier ?article . ?m nif:anchorOf ?name .
  OPTIONAL { ?m kg:mentionKind ?kind } OPTIONAL { ?m kg:reason ?why } }"""
_DECISIONS = """SELECT ?local ?judgement ?why ?who ?score ?likely ?features WHERE {
  ?local kg:resolvedTo ?actor . ?d kg:decidedOn ?local ; kg:judgement ?judgement ; kg:reason ?why ;
    kg:score ?score ; prov:wasAttributedTo ?who .
  OPTIONAL { ?d kg:probability ?likely } OPTIONAL { ?d kg:features ?features } } ORDER BY ?local ?judgement ?why"""

_AGAIN = "SELECT ?in WHERE { ?copy kg:repeats ?claim ; kg:reportedIn/dct:identifier ?in } ORDER BY ?in"
_AGAINST = "SELECT ?other WHERE { ?claim kg:contradicts|^kg:contradicts ?other }"


def explain(view: View, what: str) -> Iterator[str]:
    """Lines about the actor named ``what``, the article with that id or address, or whatever has that IRI.

    Of the IRI of an actor, a proposition or a claim the last part is enough.

    Raises:
        QueryError: nothing is called that; the message names what comes close.
    """
    articles = {article.id: article for article in view.articles()}
    for article in articles.values():
        if what in (article.id, article.url, view.store.ids.article(article.id)):
            yield from _article(view, article, articles)
            return
    claims = view.claims()
    propositions = {p.iri: p for p in view.propositions()}
    for claim in claims:
        if _is(claim.iri, what):
            yield from _claim(view, claim, claims, propositions)
            return
    for proposition in propositions.values():
        if _is(proposition.iri, what):
            yield from _proposition(view, proposition, claims)
            return
    found = view.find(what)
    if not found:
        raise QueryError(_nobody(view, what))
    for actor in found:
        yield from _actor(view, actor, claims, propositions)


def _article(view: View, article: Article, articles: Mapping[str, Article]) -> Iterator[str]:
    """What an article is, where else its text was published, and what it says."""
    yield article.title or article.id
    yield f"  {view.store.ids.article(article.id)}"
    yield f"  {_publication(article)}"
    copies = view.copies()
    for original in copies.get(article.id, ())[:1]:
        yield f"  copy of {_publication(articles[original])}"
    for copy in (copy for copy, originals in copies.items() if originals[0] == article.id):
        yield f"  also published as {_publication(articles[copy])}"
    claims = list(view.each_claim(article.id))
    yield f"claims ({len(claims)}, of {len(view.text(article.id).split()):,} words):"
    for claim in claims:
        yield f"  {claim.source_label or 'somebody'} {VERB[claim.stance]}: {sentence(view, claim)}  [{where(claim)}]"


def _publication(article: Article) -> str:
    stated = article.date or (f"without a date ({article.stated_date})" if article.stated_date else None)
    return ", ".join(filter(None, (article.id, stated, article.publisher, article.url)))


def _is(iri: str, what: str) -> bool:
    return what in (iri, iri.rpartition("/")[2])


def _nobody(view: View, what: str) -> str:
    names = {name for a in view.actors() for name in (a.label, *a.aliases)}
    close = get_close_matches(what, sorted(names), 3)
    hint = f" Did you mean {', '.join(close)}?" if close else " 'kg info' says what the graph holds."
    return f"Nothing in the graph is called {what!r}.{hint}"


def _actor(
    view: View, actor: GraphActor, claims: list[GraphClaim], propositions: dict[str, GraphProposition]
) -> Iterator[str]:
    item = f", Wikidata {actor.wikidata}" if actor.wikidata else ""
    yield f"{actor.label} ({actor.type}{item})"
    yield f"  {actor.iri}"
    if actor.aliases:
        yield f"  also: {', '.join(actor.aliases)}"
    yield from _identity(view, actor)
    said = [c for c in claims if c.source == actor.iri]
    yield f"says ({len(said)}):"
    for claim in said:
        yield from _stance(view, claim, propositions)
    about = [p for p in propositions.values() if actor.iri in (p.subject, p.object)]
    yield f"is said to ({len(about)}):"
    for proposition in about:
        yield from _proposition(view, proposition, claims)


def _identity(view: View, actor: GraphActor) -> Iterator[str]:
    mentions = Counter(tuple(x or "" for x in row) for row in view.query(_MENTIONS, actor=actor.iri).rows())
    for (article, name, kind, why), n in sorted(mentions.items()):
        note = ", ".join(x for x in (kind, why) if x)
        yield f"  {article}: “{name}” ×{n}" + (f" ({note})" if note else "")
    for row in view.query(_DECISIONS, actor=actor.iri).rows():
        local, judgement, because, who, score, likely, features = (x or "" for x in row)
        sure = f", probability {likely}: {features}" if features else ""
        yield f"  {judgement.rpartition('#')[2]}: {local}: {because} (by {who.rpartition('/')[2]}, score {score}{sure})"


def _stance(view: View, claim: GraphClaim, propositions: dict[str, GraphProposition]) -> Iterator[str]:
    what = "; ".join(propositions[p].label for p in claim.propositions if p in propositions)
    yield f"  {VERB[claim.stance]}{': ' + what if what else ''}"
    yield f"    {sentence(view, claim)}  [{where(claim)}]"


def _proposition(view: View, proposition: GraphProposition, claims: list[GraphClaim]) -> Iterator[str]:
    yield f"{proposition.label}{' — contested' if proposition.contested else ''}"
    yield f"  {proposition.iri}"
    for claim in claims:
        if proposition.iri in claim.propositions:
            who = claim.source_label or "somebody"
            yield f"  {who} {VERB[claim.stance]}: {sentence(view, claim)}  [{where(claim)}]"


def _claim(
    view: View, claim: GraphClaim, claims: list[GraphClaim], propositions: dict[str, GraphProposition]
) -> Iterator[str]:
    labels = view.labels()
    yield f"source   {claim.source_label}" + "".join(f", via {labels.get(v, v)}" for v in claim.via)
    yield f"cue      {claim.cue or '(none)'}"
    yield f"stance   {VERB[claim.stance]} ({claim.speech_act}, {claim.kind}, confidence {claim.confidence:g})"
    yield f"content  {sentence(view, claim)}"
    also = [row[0] or "" for row in view.query(_AGAIN, claim=claim.iri).rows()]
    yield from (f"also in  {article}" for article in also)
    yield f"article  {where(claim)}, made by {view.pipelines().get(claim.article, 'an unknown pipeline')}"
    for iri in claim.propositions:
        yield f"about    {propositions[iri].label}  {iri}"
    against = {row[0] for row in view.query(_AGAINST, claim=claim.iri).rows()}
    for other in claims:
        if other.iri in against:
            yield f"against  {other.source_label} {VERB[other.stance]}: {sentence(view, other)}  [{where(other)}]"


def where(claim: GraphClaim) -> str:
    """Article and character range of a claim's content."""
    spans = ",".join(f"{e.start}-{e.end}" for e in claim.evidence)
    return f"{claim.article}:{spans}"


def sentence(view: View, claim: GraphClaim) -> str:
    """The sentence or sentences around the content, the content between ‹ and ›, on one line."""
    text = view.text(claim.article)
    begin, end = claim.evidence[0].start, claim.evidence[-1].end
    before = [m.end() for m in _SENTENCE_END.finditer(text, 0, begin)]
    after = _SENTENCE_END.search(text, end)
    left, right = (before[-1] if before else 0), (after.start() + 1 if after else len(text))
    marked, at = "", left
    for span in claim.evidence:
        marked += text[at : span.start] + "‹" + text[span.start : span.end] + "›"
        at = span.end
    return " ".join((marked + text[at:right]).split())
