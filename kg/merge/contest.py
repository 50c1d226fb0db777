"""Propositions, what they entail, and who contradicts whom, kept in step one article at a time.

Everything here is a function of pairs: of two propositions that are spoken of, or of two claims. So what an article
brings can be added and taken out without a look at anything but what it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import cast

from pyoxigraph import NamedNode, Quad

from kg.ids import Ids, digest
from kg.merge.entail import broader, by_organs, by_state, narrower
from kg.merge.read_stands import StandReader
from kg.merge.resolve import Resolution
from kg.merge.scope import Scope
from kg.merge.stands import Stand, opposed, score
from kg.merge.wording import Wording, wording
from kg.rdf.to_quads import claim_keys, score_literal
from kg.records import Extraction, Span
from kg.store import Store
from kg.vocab import KG, RDF

#: How surely a claim that is said to dispute another contradicts it: that reading can be wrong.
_DISPUTED = 0.9
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claim ``assertion`` asserts what claim ``denial`` denies; of ``contests``, the last is the denied proposition."""

    assertion: NamedNode
    denial: NamedNode
    basis: NamedNode
    contests: tuple[NamedNode, ...]

    @property
    def sides(self) -> tuple[NamedNode, NamedNode]:
        """The two claims."""
        return self.assertion, self.denial

    def quads(self, value: float, base: str, graph: NamedNode) -> Iterator[Quad]:
        """Its node, the marks of what it contests, and the plain triple between the claims."""
        names = [n.value for n in (self.assertion, self.denial, *self.contests)]
        node = NamedNode(f"{base}id/contradiction/{digest(*names)}")
        yield Quad(node, RDF.type, KG.Contradiction, graph)
        yield Quad(node, KG.assertion, self.assertion, graph)
        yield Quad(node, KG.denial, self.denial, graph)
        yield Quad(node, KG.basis, self.basis, graph)
        yield Quad(node, KG.score, score_literal(value), graph)
        yield Quad(self.assertion, KG.contradicts, self.denial, graph)
        for proposition in dict.fromkeys(self.contests):
            yield Quad(node, KG.contests, proposition, graph)
            yield Quad(proposition, RDF.type, KG.ContestedProposition, graph)


class Contest:
    """Keeps the propositions graph of a store in step with the claims of its articles."""

    def __init__(self, store: Store) -> None:
        """For ``store``, which must be open for writing."""
        self.store, self.ids, self.graph = store, store.ids, store.graphs.propositions

    def admit(
        self, resolution: Resolution, own: list[Quad], worded: dict[NamedNode, Wording], scope: Scope
    ) -> Iterator[Quad]:
        """An article's propositions, what they entail, and its claims' contradictions, as far as ``scope`` goes.

        ``own`` is the article's claims graph as it will be, ``worded`` the wordings of its claims.
        """
        shared = resolution.shared_propositions()
        content = {node: _content(quads) for node, quads in shared.items()}
        chosen = {node: content[node] for node in shared if scope.speaks_of(node)}
        for node in chosen:
            yield from shared[node]
        yield from dict.fromkeys(self._entailments(chosen, content, resolution.graph))
        reader = StandReader(self.store, resolution.graph, own)
        found = self._contradictions(reader, content, _pointing(resolution.extraction, self.ids), scope)
        for others in (self._same_words(reader, worded, scope), self._disputes(reader, resolution, scope)):
            known = {contradiction.sides for contradiction in found}
            found |= {
                contradiction: value for contradiction, value in others.items() if contradiction.sides not in known
            }
        for contradiction, value in found.items():
            yield from contradiction.quads(value, self.ids.base, self.graph)

    def _entailments(
        self, chosen: dict[NamedNode, Triple], content: dict[NamedNode, Triple], own: NamedNode
    ) -> Iterator[Quad]:
        """What the ``chosen`` propositions entail, and what entails them, of those that are spoken of."""
        for node, triple in chosen.items():
            for other in broader(*triple, self.ids):
                if other in content or self._spoken_of(other, own):
                    yield Quad(node, KG.entails, other, self.graph)
            for other in narrower(*triple, self.ids):
                if other in content or self._spoken_of(other, own):
                    yield Quad(other, KG.entails, node, self.graph)

    def _spoken_of(self, node: NamedNode, but: NamedNode) -> bool:
        """Whether an article, the one with the claims graph ``but`` apart, words the proposition."""
        return any(quad.graph_name != but for quad in self.store.match(None, KG.expresses, node))

    def _contradictions(
        self,
        reader: StandReader,
        content: dict[NamedNode, Triple],
        pointing: set[tuple[NamedNode, NamedNode]],
        scope: Scope,
    ) -> dict[Contradiction, float]:
        """Contradictions that the article's own stands in ``scope`` are part of, with their scores.

        ``pointing`` holds claims that the article says to be denied by others: the denial is of what they tell,
        whenever and wherever that is.
        """
        found: dict[Contradiction, float] = {}
        for stand in reader.owned(scope):
            opposite = KG.asserts if stand.denies else KG.denies
            for proposition, basis in self._reach(stand, content[stand.proposition]).items():
                for other in (*reader.mine(opposite, proposition), *reader.others(opposite, proposition)):
                    yes, no = (other, stand) if stand.denies else (stand, other)
                    value = score(yes, no, self.ids, stand_in=basis == KG.ByStandIn)
                    if not value and (yes.claim, no.claim) in pointing and opposed(yes, no):
                        value = _DISPUTED
                    if value:
                        pair = _contradiction(yes, no, basis)
                        found[pair] = max(value, found.get(pair, 0.0))
        return found

    def _reach(self, stand: Stand, content: Triple) -> dict[NamedNode, NamedNode]:
        """Propositions on which the opposite stance contradicts ``stand``, each with the basis of that."""
        entailing, stood_for = (narrower, by_organs) if stand.denies else (broader, by_state)
        found = dict.fromkeys(stood_for(*content, self.ids), KG.ByStandIn)
        found |= dict.fromkeys(entailing(*content, self.ids), KG.ByEntailment)
        return {stand.proposition: KG.SameProposition} | found

    def _same_words(
        self, reader: StandReader, worded: dict[NamedNode, Wording], scope: Scope
    ) -> dict[Contradiction, float]:
        """Contradictions of one claim of the article and another of the same words, in whatever article."""
        found: dict[Contradiction, float] = {}
        for node, words in worded.items():
            near = [n for n, other in worded.items() if words.denied_of(other) and scope.holds(node, n)]
            far = reader.of_words(words.key, denies=not words.denies) if words.key and scope.holds(node) else ()
            for claim in (*near, *far):
                yes = reader.of_claim(claim if words.denies else node, denies=False)
                no = reader.of_claim(node if words.denies else claim, denies=True)
                if yes is not None and no is not None and (value := score(yes, no, self.ids)):
                    found[Contradiction(yes.claim, no.claim, KG.SameWords, ())] = value
        return found

    def _disputes(self, reader: StandReader, resolution: Resolution, scope: Scope) -> dict[Contradiction, float]:
        """Contradictions of denials without a proposition, each with the claim of the article that it disputes."""
        extraction, found = resolution.extraction, dict[Contradiction, float]()
        nodes = {k: NamedNode(v) for k, v in claim_keys(extraction, self.ids).items()}
        stances = {c.id: c.stance for c in extraction.claims}
        for claim in extraction.claims:
            if claim.stance == "denies" and not claim.propositions and stances.get(claim.disputes or "") == "asserts":
                pair = nodes[claim.disputes or ""], nodes[claim.id]
                yes, no = reader.of_claim(pair[0], denies=False), reader.of_claim(pair[1], denies=True)
                if scope.holds(*pair) and yes is not None and no is not None and yes.source != no.source:
                    found[Contradiction(yes.claim, no.claim, KG.ByDispute, ())] = _DISPUTED
        return found

    def retract(
        self, old: list[Quad], graph: NamedNode, remove: list[Quad], kept: Set[NamedNode] = frozenset()
    ) -> None:
        """Add to ``remove`` what only the claims graph ``graph``, which holds ``old``, supported.

        The propositions in ``kept`` stay, whoever else speaks of them.
        """
        gone = dict.fromkeys(self._contradicting(q.subject for q in _with(old, KG.source)))
        freed: dict[NamedNode, None] = {}
        for node in gone:
            for quad in self.store.match(node, None, None, self.graph):
                remove.append(quad)
                if quad.predicate == KG.contests:
                    freed[cast(NamedNode, quad.object)] = None
        for claim in dict.fromkeys(cast(NamedNode, q.subject) for q in _with(old, KG.source)):
            remove += self.store.match(claim, KG.contradicts, None, self.graph)
            remove += self.store.match(None, KG.contradicts, claim, self.graph)
        for node in freed:
            if all(quad.subject in gone for quad in self.store.match(None, KG.contests, node)):
                remove += self.store.match(node, RDF.type, KG.ContestedProposition, self.graph)
        for node in dict.fromkeys(cast(NamedNode, q.object) for q in _with(old, KG.expresses)):
            if node not in kept and not self._spoken_of(node, graph):
                remove += self.store.match(node, None, None, self.graph)
                remove += self.store.match(None, KG.entails, node, self.graph)

    def _contradicting(self, claims: Iterable[object]) -> Iterator[NamedNode]:
        """Contradictions in which one of ``claims`` stands."""
        for claim in dict.fromkeys(claims):
            for side in (KG.assertion, KG.denial):
                for quad in self.store.match(None, side, cast(NamedNode, claim), self.graph):
                    yield cast(NamedNode, quad.subject)


def wordings(resolution: Resolution, wrong: Set[str]) -> dict[NamedNode, Wording]:
    """The wordings of claims, by IRI; not of those that a person found ``wrong``, or that repeat others."""
    extraction, names = resolution.extraction, _names(resolution)
    iris = claim_keys(extraction, resolution.ids)
    said = (claim for claim in extraction.claims if claim.id not in resolution.repeats)
    found = ((iris[claim.id], wording(extraction.article, claim, names)) for claim in said)
    return {NamedNode(iri): words for iri, words in found if words is not None and iri not in wrong}


def _names(resolution: Resolution) -> dict[Span, str]:
    """Where actors are named, with the last part of their IRIs; of names in names the longest."""
    actors = (*resolution.extraction.actors, *resolution.extraction.bystanders)
    named = [(m, resolution.actor[a.id].value) for a in actors if a.id in resolution.actor for m in a.mentions]
    spans = sorted((m.start, -m.end, iri.rpartition("/")[2]) for m, iri in named if m.kind == "name")
    found: dict[Span, str] = {}
    reached = 0
    for start, end, name in spans:
        if -end > reached:
            found[start, -end], reached = name, -end
    return found


def _pointing(extraction: Extraction, ids: Ids) -> set[tuple[NamedNode, NamedNode]]:
    """Claims with the claims of the same article that dispute them."""
    nodes = {k: NamedNode(v) for k, v in claim_keys(extraction, ids).items()}
    return {(nodes[c.disputes], nodes[c.id]) for c in extraction.claims if c.disputes in nodes and c.stance == "denies"}


def _contradiction(yes: Stand, no: Stand, basis: NamedNode) -> Contradiction:
    return Contradiction(yes.claim, no.claim, basis, tuple(dict.fromkeys((yes.proposition, no.proposition))))


def _content(quads: Iterable[Quad]) -> Triple:
    """Subject, relation and object of a proposition, from the quads that describe it."""
    values = {q.predicate: cast(NamedNode, q.object) for q in quads}
    return values[RDF.subject].value, KG.name_of(values[RDF.predicate]), values[RDF.object].value


def _with(quads: Iterable[Quad], predicate: NamedNode) -> Iterator[Quad]:
    return (quad for quad in quads if quad.predicate == predicate)
