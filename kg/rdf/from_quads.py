"""An article's evidence graph back as an Extraction: the inverse of ``to_quads``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal as OneOf
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import Ids
from kg.rdf.graphs import cut
from kg.rdf.normal import natural_order, role_order
from kg.records import Actor, Article, Claim, Extraction, Kind, Mention, Proposition, Role, Span, Spans, Stance
from kg.vocab import DCT, FACT, KG, NIF, POLARITY, PRECISION, QUOTE_KIND, RDF, SCHEMA, WD

_STANCES = {term: stance for stance, term in POLARITY.items()}
_KINDS = {term: kind for kind, term in QUOTE_KIND.items()}
_PRECISIONS = {term: precision for precision, term in PRECISION.items()}


def from_quads(quads: Iterable[Quad], ids: Ids | None = None) -> Extraction:
    """The extraction behind the quads of one evidence graph, in normal form.

    Raises:
        ValueError: the quads describe no article.
    """
    return _Reader(quads, ids or Ids()).extraction()


class _Reader:
    """The graph as a table of values, and one method a kind of record."""

    def __init__(self, quads: Iterable[Quad], ids: Ids) -> None:
        self.ids = ids
        self.values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        self.kinds: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        self.outer: dict[NamedNode, NamedNode] = {}
        for quad in quads:
            self._note(cast(NamedNode, quad.subject), quad.predicate, cast(NamedNode | Literal, quad.object))

    def _note(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.values.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if predicate == RDF.type:
            self.kinds[cast(NamedNode, value)].append(subject)
        elif predicate == KG.quotes:
            self.outer[cast(NamedNode, value)] = subject
        elif predicate == KG.clauseOf:
            self.outer[subject] = cast(NamedNode, value)

    def extraction(self) -> Extraction:
        if not self.kinds[SCHEMA.NewsArticle]:
            raise ValueError("the quads describe no schema:NewsArticle")
        node = self.kinds[SCHEMA.NewsArticle][0]
        bystanders = dict.fromkeys(self.kinds[KG.Bystander])
        propositions = [self._proposition(n) for n in self.kinds[KG.PropositionMention]]
        claims = [self._claim(n) for n in self.kinds[KG.Claim]]
        return Extraction(
            self._article(node),
            self._actors(n for n in self.kinds[KG.LocalActor] if n not in bystanders),
            tuple(sorted((self._role(n) for n in self.kinds[KG.Role]), key=role_order)),
            tuple(sorted(propositions, key=lambda p: natural_order(p.id))),
            tuple(sorted(claims, key=lambda c: natural_order(c.id))),
            self._text(node, KG.pipeline) or "",
            self._actors(bystanders),
        )

    def _all(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        return self.values.get(subject, {}).get(predicate, [])

    def _texts(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        return sorted(value.value for value in self._all(subject, predicate))

    def _text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        values = self._all(subject, predicate)
        return values[0].value if values else None

    def _need(self, subject: NamedNode, predicate: NamedNode) -> str:
        return self._all(subject, predicate)[0].value

    def _node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        values = self._all(subject, predicate)
        return cast(NamedNode, values[0]) if values else None

    def _local(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """Local id of the actor or proposition that ``predicate`` leads to."""
        value = self._text(subject, predicate)
        return None if value is None else self.ids.local_id(value)

    def _span(self, node: NamedNode) -> Span:
        return int(self._need(node, NIF.beginIndex)), int(self._need(node, NIF.endIndex))

    def _spans(self, subject: NamedNode, predicate: NamedNode) -> Spans:
        return tuple(sorted(self._span(cast(NamedNode, n)) for n in self._all(subject, predicate)))

    def _article(self, node: NamedNode) -> Article:
        return Article(
            id=self._need(node, DCT.identifier),
            text=self._need(node, NIF.isString),
            date=self._text(node, SCHEMA.datePublished) or self._date(node, DCT.date),
            publisher=self._text(node, DCT.publisher),
            title=self._text(node, DCT.title),
            url=self._text(node, SCHEMA.url),
            stated_date=self._text(node, KG.statedDate),
            language=self._text(node, DCT.language),
        )

    def _actors(self, nodes: Iterable[NamedNode]) -> tuple[Actor, ...]:
        return tuple(sorted(map(self._actor, nodes), key=lambda actor: natural_order(actor.id)))

    def _actor(self, node: NamedNode) -> Actor:
        wikidata = self._node(node, KG.wikidata)
        mentions = (self._mention(cast(NamedNode, n)) for n in self._all(node, KG.mention))
        return Actor(
            id=self._need(node, KG.localId),
            name=self._need(node, KG.localName),
            type=KG.name_of(NamedNode(self._need(node, KG.actorType))),
            names=tuple(self._texts(node, KG.localForm)),
            wikidata=None if wikidata is None else WD.name_of(wikidata),
            of=self._local(NamedNode(f"{node.value}/of"), KG.localWhole),
            mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))),
            reason=self._text(node, KG.reason) or "",
        )

    def _mention(self, node: NamedNode) -> Mention:
        kind = cast(OneOf["name", "description", "pronoun"], self._text(node, KG.mentionKind) or "name")
        return Mention(*self._span(node), kind, self._text(node, KG.reason) or "")

    def _role(self, node: NamedNode) -> Role:
        return Role(
            person=self._local(node, KG.localMember) or "",
            role=self._need(node, KG.roleText),
            of=self._local(node, KG.localWhole) or "",
            evidence=next(iter(self._spans(node, KG.evidence)), None),
        )

    def _proposition(self, node: NamedNode) -> Proposition:
        precision = self._node(node, KG.precision)
        return Proposition(
            id=self._need(node, KG.localId),
            subject=self._local(node, KG.localSubject) or "",
            relation=KG.name_of(NamedNode(self._need(node, KG.relation))),
            object=self._local(node, KG.localObject) or "",
            trigger=next(iter(self._spans(node, KG.trigger)), None),
            evidence=next(iter(self._spans(node, KG.evidence)), None),
            predicate=self._text(node, KG.predicateText) or "",
            place=self._local(node, KG.localPlace),
            time_text=self._text(node, KG.timeText),
            valid_from=self._date(node, KG.validFrom),
            valid_to=self._date(node, KG.validTo),
            precision=None if precision is None else _PRECISIONS[precision],
            confidence=float(self._text(node, KG.confidence) or 1),
        )

    def _date(self, node: NamedNode, predicate: NamedNode) -> str | None:
        precision = self._node(node, KG.precision)
        return cut(self._text(node, predicate), None if precision is None else precision.value)

    def _claim(self, node: NamedNode) -> Claim:
        return Claim(
            id=self._need(node, KG.localId),
            source=self._local(node, KG.localSource),
            content=self._spans(node, KG.evidence),
            stance=cast(Stance, _STANCES[cast(NamedNode, self._node(node, KG.polarity))]),
            cue=self._text(node, KG.cue),
            source_span=self._spans(node, KG.sourceSpan),
            cue_span=self._spans(node, KG.cueSpan),
            kind=cast(Kind, _KINDS[cast(NamedNode, self._node(node, KG.quoteKind))]),
            propositions=tuple(sorted(map(self.ids.local_id, self._texts(node, KG.states)), key=natural_order)),
            via=self._via(node),
            nested_in=self._claim_id(self.outer.get(node)),
            disputes=self._claim_id(self._node(node, KG.disputes)),
            when=self._date(node, KG.saidOn),
            speech_act=KG.name_of(NamedNode(self._need(node, KG.speechAct))),
            certainty=FACT.name_of(NamedNode(self._need(node, KG.certainty))),
            tense=FACT.name_of(NamedNode(self._need(node, KG.tense))),
            confidence=float(self._need(node, KG.confidence)),
        )

    def _claim_id(self, node: NamedNode | None) -> str | None:
        return None if node is None else self._need(node, KG.localId)

    def _via(self, node: NamedNode) -> tuple[str, ...]:
        order = self._text(node, KG.viaOrder)
        if order is not None:
            return tuple(json.loads(order))
        return tuple(map(self.ids.local_id, self._texts(node, KG.localVia)))
