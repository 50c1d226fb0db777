"""What an article says, over canonical actors and propositions: its claims graph, and what that supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import Ids
from kg.merge.keys import fold
from kg.merge.link import Link
from kg.merge.structure import office, parthood, voices
from kg.rdf.graphs import Graphs
from kg.rdf.to_quads import claim_keys
from kg.records import SYMMETRIC, Claim, Extraction, Proposition
from kg.vocab import KG, RDF, STANCE


@dataclass
class Resolution:
    """One article's extraction with its links, and which of its claims (local ids) repeat those of an original."""

    extraction: Extraction
    links: dict[str, Link]
    ids: Ids
    digest: str
    repeats: Mapping[str, NamedNode] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.article = self.extraction.article.id
        self.graph = Graphs(self.ids).claims(self.article)
        self.actor = {local: link.actor for local, link in self.links.items()}

    @cached_property
    def propositions(self) -> dict[str, NamedNode]:
        """Canonical proposition of each proposition whose subject and object are known, by local id."""
        return {
            p.id: NamedNode(self.ids.proposition(*self._content(p), open_words(p)))
            for p in self.extraction.propositions
            if p.subject in self.actor and p.object in self.actor
        }

    def _content(self, p: Proposition) -> tuple[str, str, str]:
        """Subject, relation and object; the two actors of a symmetric relation in the order of their IRIs."""
        subject, object_ = self.actor[p.subject].value, self.actor[p.object].value
        if p.relation in SYMMETRIC and object_ < subject:
            subject, object_ = object_, subject
        return subject, p.relation, object_

    def claims_graph(self) -> Iterator[Quad]:
        """Quads of the article's claims graph."""
        yield self._quad(NamedNode(self.ids.article(self.article)), KG.resolvedDigest, Literal(self.digest))
        for link in self.links.values():
            yield self._quad(link.local, KG.resolvedTo, link.actor)
            if link.key is not None:
                yield self._quad(link.local, KG.nameKey, Literal(link.key))
        for p in self.extraction.propositions:
            yield from self._mention(p)
        claims, spoken_for = claim_keys(self.extraction, self.ids), voices(self.extraction)
        for claim in self.extraction.claims:
            node = NamedNode(claims[claim.id])
            if claim.id in self.repeats:
                yield self._quad(node, KG.repeats, self.repeats[claim.id])
            else:
                yield from self._claim(node, claim, spoken_for.get(claim.source or "", ()))
        for node, member, whole, relation in self.affiliations():
            yield self._quad(node, KG.member, self.actor[member])
            yield self._quad(node, KG.whole, self.actor[whole])
            yield self._quad(node, KG.acceptedAs, relation)

    def shared_propositions(self) -> dict[NamedNode, list[Quad]]:
        """Quads that the propositions graph holds about each canonical proposition, its contestedness apart."""
        graph, found = Graphs(self.ids).propositions, {}
        for p in self.extraction.propositions:
            if p.id not in self.propositions:
                continue
            node, (subject, relation, object_) = self.propositions[p.id], self._content(p)
            found[node] = [
                Quad(node, RDF.type, KG.Proposition, graph),
                Quad(node, RDF.subject, NamedNode(subject), graph),
                Quad(node, RDF.predicate, KG[relation], graph),
                Quad(node, RDF.object, NamedNode(object_), graph),
            ]
            if open_words(p):
                found[node].append(Quad(node, KG.predicateText, Literal(open_words(p)), graph))
        return found

    def accepted(self) -> Iterator[Quad]:
        """Structural triples that the article supports."""
        graph = Graphs(self.ids).accepted
        for _, member, whole, relation in self.affiliations():
            if self.actor[member] != self.actor[whole]:
                yield Quad(self.actor[member], relation, self.actor[whole], graph)

    def affiliations(self) -> Iterator[tuple[NamedNode, str, str, NamedNode]]:
        """Evidence node, member, whole (local ids) and structural property of what belongs together."""
        for actor in (*self.extraction.actors, *self.extraction.bystanders):
            if actor.of in self.actor and actor.id in self.actor:
                node = NamedNode(f"{self.ids.local_actor(self.article, actor.id)}/of")
                yield node, actor.id, actor.of, parthood(actor)
        for role in self.extraction.roles:
            if role.person in self.actor and role.of in self.actor:
                node = NamedNode(self.ids.role(self.article, role.person, role.role, role.of, role.evidence))
                yield node, role.person, role.of, office(role.role).relation

    def _quad(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, value, self.graph)

    def _mention(self, p: Proposition) -> Iterator[Quad]:
        node = NamedNode(self.ids.proposition_mention(self.article, p.id))
        if p.id in self.propositions:
            yield self._quad(node, KG.expresses, self.propositions[p.id])
        if p.place in self.actor:
            yield self._quad(node, KG.place, self.actor[p.place])

    def _claim(self, node: NamedNode, claim: Claim, spoken_for: tuple[str, ...]) -> Iterator[Quad]:
        if claim.source in self.actor:
            yield self._quad(node, KG.source, self.actor[claim.source])
        for actor in claim.via:
            if actor in self.actor:
                yield self._quad(node, KG.via, self.actor[actor])
        for actor in spoken_for:
            if actor in self.actor:
                yield self._quad(node, KG.onBehalfOf, self.actor[actor])
        for proposition in claim.propositions:
            if proposition in self.propositions:
                yield self._quad(node, STANCE[claim.stance], self.propositions[proposition])


def open_words(p: Proposition) -> str:
    """The predicate's words where the relation is open and they are all there is to it, else nothing."""
    return fold(p.predicate) if p.relation == "relatedTo" else ""
