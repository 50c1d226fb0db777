"""An Extraction as quads of its article's evidence graph: local actors, claims and spans, exactly as found."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import Ids, digest
from kg.rdf.entailed import entailed
from kg.rdf.graphs import Graphs
from kg.rdf.normal import normal_form
from kg.records import Actor, Claim, Extraction, Mention, Proposition, Role, Span
from kg.vocab import DCT, FACT, KG, NIF, POLARITY, PRECISION, QUOTE_KIND, RDF, SCHEMA, WD, XSD

#: Digits that a score keeps, so that it compares and prints alike everywhere.
SCORE_DIGITS = 4
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_DATES = (
    (re.compile(r"-?\d{4}-\d{2}-\d{2}"), XSD.date),
    (re.compile(r"-?\d{4}-\d{2}"), XSD.gYearMonth),
    (re.compile(r"-?\d{4}"), XSD.gYear),
)  # fmt: skip


def to_quads(extraction: Extraction, ids: Ids | None = None) -> list[Quad]:
    """Quads of the article's evidence graph: no blank node, no clock, the same for the same extraction.

    What follows by the ontology's sub-properties is stated too.

    ``from_quads`` gives back ``normal_form(extraction)``.
    """
    return list(dict.fromkeys(entailed(_Writer(normal_form(extraction), ids or Ids()).quads())))


def record_digest(extraction: Extraction) -> str:
    """A hash of everything in the extraction but the order of sets: equal digests mean the same evidence graph."""
    return digest(normal_form(extraction).to_dict(), length=32)


def date_literal(value: str) -> Literal:
    """An ISO date as xsd:date, xsd:gYearMonth or xsd:gYear; anything else as a plain string."""
    for pattern, datatype in _DATES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=datatype)
    return Literal(value)


def day_literal(value: str, *, last: bool = False) -> Literal | None:
    """The first, or last, day of an ISO date to the day, the month or the year; None for anything else."""
    if not any(pattern.fullmatch(value) for pattern, _ in _DATES):
        return None
    year, month, day = (int(part) for part in (value + ("-12" if last else "-01") * 2).split("-")[:3])
    if last and value.count("-") < 2:
        day = monthrange(year, month)[1]
    return Literal(f"{year:04d}-{month:02d}-{day:02d}", datatype=XSD.date)


def precision_of(value: str) -> str:
    """How exact an ISO date is."""
    return ("year", "month", "day")[value.count("-")]


def score_literal(value: float) -> Literal:
    """A score as a decimal, rounded to four digits."""
    return Literal(format(Decimal(repr(round(value, SCORE_DIGITS))).normalize(), "f"), datatype=XSD.decimal)


def claim_keys(extraction: Extraction, ids: Ids) -> dict[str, str]:
    """IRI of each claim by its local id. Equal claims of one article are told apart by their number."""
    text, seen, iris = extraction.article.text, Counter[str](), {}
    for claim in extraction.claims:
        spans = (sorted(claim.content), sorted(claim.cue_span), sorted(claim.source_span))
        quotes = [text[start:end] for start, end in spans[0]]
        key = digest(*spans, quotes, claim.stance)
        number = [seen[key]] if seen[key] else []
        seen[key] += 1
        iris[claim.id] = ids.claim(extraction.article.id, *spans, quotes, claim.stance, *number)
    return iris


@dataclass
class _Writer:
    """Builds the quads of one article; every method yields the quads of one record."""

    extraction: Extraction
    ids: Ids

    def __post_init__(self) -> None:
        article = self.extraction.article
        self.id, self.text = article.id, article.text
        self.article = NamedNode(self.ids.article(self.id))
        self.graph = Graphs(self.ids).evidence(self.id)
        self.claims = {k: NamedNode(v) for k, v in claim_keys(self.extraction, self.ids).items()}
        self.sources = {claim.id: claim.source for claim in self.extraction.claims}
        self.mentioned = {p.id for p in self.extraction.propositions}

    def quads(self) -> Iterator[Quad]:
        yield from self._article()
        for actor in (*self.extraction.actors, *self.extraction.bystanders):
            yield from self._actor(actor)
        for actor in self.extraction.bystanders:
            yield self._quad(self._local(actor.id), RDF.type, KG.Bystander)
        for role in self.extraction.roles:
            yield from self._role(role)
        for proposition in self.extraction.propositions:
            yield from self._proposition(proposition)
        for claim in self.extraction.claims:
            yield from self._claim(claim)

    def _quad(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, value, self.graph)

    def _texts(self, subject: NamedNode, values: dict[NamedNode, str | None]) -> Iterator[Quad]:
        """Literal properties; those without a value are left out."""
        for predicate, value in values.items():
            if value is not None:
                yield self._quad(subject, predicate, Literal(value))

    def _article(self) -> Iterator[Quad]:
        article, node = self.extraction.article, self.article
        yield self._quad(node, RDF.type, SCHEMA.NewsArticle)
        yield self._quad(node, RDF.type, NIF.Context)
        texts = {DCT.identifier: article.id, NIF.isString: article.text, DCT.title: article.title}
        texts |= {DCT.publisher: article.publisher, SCHEMA.url: article.url, KG.statedDate: article.stated_date}
        texts |= {DCT.language: article.language}
        yield from self._texts(node, {**texts, KG.pipeline: self.extraction.pipeline or None})
        yield from self._published(article.date or "")
        yield self._quad(node, KG.digest, Literal(digest(self.extraction.to_dict(), length=32)))

    def _published(self, date: str) -> Iterator[Quad]:
        """The day of the article, which compares with every other day; where the moment is known, that too."""
        yield from self._day(self.article, DCT.date, date[:10])
        if _MOMENT.fullmatch(date):
            yield self._quad(self.article, SCHEMA.datePublished, Literal(date, datatype=XSD.dateTime))

    def _day(self, node: NamedNode, predicate: NamedNode, when: str) -> Iterator[Quad]:
        """The day of something; of a month or year the first, with its precision."""
        day = day_literal(when)
        if day is not None:
            yield self._quad(node, predicate, day)
            if precision_of(when) != "day":
                yield self._quad(node, KG.precision, PRECISION[precision_of(when)])

    def _local(self, actor: str) -> NamedNode:
        return NamedNode(self.ids.local_actor(self.id, actor))

    def _actor(self, actor: Actor) -> Iterator[Quad]:
        node = self._local(actor.id)
        yield self._quad(node, RDF.type, KG.LocalActor)
        yield self._quad(node, DCT.isPartOf, self.article)
        yield self._quad(node, KG.actorType, KG[actor.type])
        yield from self._texts(node, {KG.localId: actor.id, KG.localName: actor.name, KG.reason: actor.reason or None})
        for name in actor.names:
            yield self._quad(node, KG.localForm, Literal(name))
        if actor.wikidata is not None:
            yield self._quad(node, KG.wikidata, WD[actor.wikidata])
        if actor.of is not None:
            yield from self._affiliation(NamedNode(f"{node.value}/of"), KG.Affiliation, actor.id, actor.of)
        for mention in actor.mentions:
            yield from self._mention(node, mention)

    def _mention(self, actor: NamedNode, mention: Mention) -> Iterator[Quad]:
        node = NamedNode(f"{actor.value}#char={mention.start},{mention.end}")
        yield self._quad(actor, KG.mention, node)
        yield from self._range(node, (mention.start, mention.end), KG.Mention)
        kind = mention.kind if mention.kind != "name" else None
        yield from self._texts(node, {KG.mentionKind: kind, KG.reason: mention.reason or None})

    def _range(self, node: NamedNode, span: Span, kind: NamedNode) -> Iterator[Quad]:
        yield self._quad(node, RDF.type, kind)
        yield self._quad(node, NIF.referenceContext, self.article)
        yield self._quad(node, NIF.beginIndex, Literal(span[0]))
        yield self._quad(node, NIF.endIndex, Literal(span[1]))
        yield self._quad(node, NIF.anchorOf, Literal(self.text[span[0] : span[1]]))

    def _spans(self, subject: NamedNode, predicate: NamedNode, *spans: Span | None) -> Iterator[Quad]:
        """Links from ``subject`` to character ranges of the article, and the ranges."""
        for span in spans:
            if span is not None:
                node = NamedNode(self.ids.span(self.id, *span))
                yield self._quad(subject, predicate, node)
                yield from self._range(node, span, NIF.RFC5147String)

    def _affiliation(self, node: NamedNode, kind: NamedNode, member: str, whole: str) -> Iterator[Quad]:
        yield self._quad(node, RDF.type, kind)
        yield self._quad(node, KG.localMember, self._local(member))
        yield self._quad(node, KG.localWhole, self._local(whole))

    def _role(self, role: Role) -> Iterator[Quad]:
        node = NamedNode(self.ids.role(self.id, role.person, role.role, role.of, role.evidence))
        yield from self._affiliation(node, KG.Role, role.person, role.of)
        yield self._quad(node, KG.roleText, Literal(role.role))
        yield from self._spans(node, KG.evidence, role.evidence)

    def _proposition(self, proposition: Proposition) -> Iterator[Quad]:
        node = NamedNode(self.ids.proposition_mention(self.id, proposition.id))
        yield self._quad(node, RDF.type, KG.PropositionMention)
        yield self._quad(node, KG.localSubject, self._local(proposition.subject))
        yield self._quad(node, KG.relation, KG[proposition.relation])
        yield self._quad(node, KG.localObject, self._local(proposition.object))
        if proposition.place is not None:
            yield self._quad(node, KG.localPlace, self._local(proposition.place))
        texts = {KG.localId: proposition.id, KG.predicateText: proposition.predicate or None}
        yield from self._texts(node, {**texts, KG.timeText: proposition.time_text})
        yield from self._times(node, proposition)
        yield self._quad(node, KG.confidence, score_literal(proposition.confidence))
        yield from self._spans(node, KG.trigger, proposition.trigger)
        yield from self._spans(node, KG.evidence, proposition.evidence)

    def _times(self, node: NamedNode, proposition: Proposition) -> Iterator[Quad]:
        begin, end = proposition.valid_from, proposition.valid_to
        for predicate, value in ((KG.validFrom, begin), (KG.validTo, end)):
            day = day_literal(value or "", last=predicate == KG.validTo)
            if day is not None:
                yield self._quad(node, predicate, day)
        if proposition.precision is not None:
            yield self._quad(node, KG.precision, PRECISION[proposition.precision])

    def _claim(self, claim: Claim) -> Iterator[Quad]:
        node = self.claims[claim.id]
        yield self._quad(node, RDF.type, KG.Claim)
        yield self._quad(node, KG.reportedIn, self.article)
        yield from self._texts(node, {KG.localId: claim.id, KG.cue: claim.cue})
        yield self._quad(node, KG.polarity, POLARITY[claim.stance])
        yield self._quad(node, KG.quoteKind, QUOTE_KIND[claim.kind])
        yield self._quad(node, KG.speechAct, KG[claim.speech_act])
        yield self._quad(node, KG.certainty, FACT[claim.certainty])
        yield self._quad(node, KG.tense, FACT[claim.tense])
        yield self._quad(node, KG.confidence, score_literal(claim.confidence))
        yield from self._day(node, KG.saidOn, claim.when or "")
        yield from self._speakers(node, claim)
        yield from self._links(node, claim)
        yield from self._spans(node, KG.evidence, *claim.content)
        yield from self._spans(node, KG.sourceSpan, *claim.source_span)
        yield from self._spans(node, KG.cueSpan, *claim.cue_span)

    def _speakers(self, node: NamedNode, claim: Claim) -> Iterator[Quad]:
        if claim.source is not None:
            yield self._quad(node, KG.localSource, self._local(claim.source))
        for actor in claim.via:
            yield self._quad(node, KG.localVia, self._local(actor))
        if len(claim.via) > 1:  # a chain has an order, outermost first, which a set of triples has not
            order = json.dumps(claim.via, ensure_ascii=False, separators=(",", ":"))
            yield self._quad(node, KG.viaOrder, Literal(order, datatype=RDF.JSON))

    def _nesting(self, node: NamedNode, source: str | None, outer: str) -> Quad:
        """The link of a nested claim: nobody quotes himself, so a source's own claim is a clause of the outer one."""
        if source == self.sources[outer]:
            return self._quad(node, KG.clauseOf, self.claims[outer])
        return self._quad(self.claims[outer], KG.quotes, node)

    def _links(self, node: NamedNode, claim: Claim) -> Iterator[Quad]:
        for proposition in claim.propositions:
            if proposition in self.mentioned:
                yield self._quad(node, KG.states, NamedNode(self.ids.proposition_mention(self.id, proposition)))
        if claim.nested_in in self.claims:
            yield self._nesting(node, claim.source, claim.nested_in)
        if claim.disputes in self.claims:
            yield self._quad(node, KG.disputes, self.claims[claim.disputes])
