"""What another judgement changes of an article's share of the merged graphs, its evidence being the same as before.

The claims graph as it should be is compared with the one that is there. Only the actors, propositions and claims of
quads that differ are taken out of the shared graphs and put in again; what is the same is not even read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import NamedNode, Quad

from kg.merge.contest import Contest
from kg.merge.descriptions import Accepted, Descriptions
from kg.merge.scope import Scope
from kg.merge.share import Share
from kg.rdf.entailed import entailed
from kg.rdf.to_quads import claim_keys
from kg.records import Claim, Extraction, Mention
from kg.store import Store
from kg.vocab import KG


class Amendment:
    """The difference between what the graphs hold of an article and what they should."""

    def __init__(self, share: Share, old: list[Quad], decided: list[Quad], extraction: Extraction) -> None:
        """From ``old``, the claims graph, and ``decided``, what is on record; ``extraction`` is all that is said."""
        self.share, self.old, self.extraction = share, old, extraction
        self.gone, self.come = _difference(old, share.own)
        self.overruled, self.decided = _difference(decided, share.decided)
        self.changed = [*self.gone, *self.come]
        self.subjects = {quad.subject for quad in self.changed}
        self.actors = {cast(NamedNode, quad.object) for quad in _with(self.changed, KG.resolvedTo)}

    @property
    def any(self) -> bool:
        """Whether there is any."""
        return bool(self.changed or self.overruled or self.decided)

    def retract(self, store: Store, contest: Contest, descriptions: Descriptions, accepted: Accepted) -> None:
        """Take out what differs; the article counts as not merged until ``admit``."""
        graph, new = self.share.resolution.graph, list[Quad]()
        remove = [*self.gone, *self.overruled, *_with(self.old, KG.resolvedDigest)]
        links = [quad for quad in _with(self.old, KG.resolvedTo) if quad.object in self.actors]
        descriptions.retract(links, graph, remove, new, same=True)
        contest.retract([*self._claimed(), *_with(self.gone, KG.expresses)], graph, remove, self._spoken_of)
        accepted.retract([quad for quad in self.old if quad.subject in self._belonging], graph, remove)
        store.apply(dict.fromkeys(remove), new)

    def admit(self, store: Store, contest: Contest, descriptions: Descriptions) -> None:
        """Put in what is to stand in its place."""
        resolution = self.share.resolution
        new = [*self.come, *self.decided, *_with(self.share.own, KG.resolvedDigest)]
        new += contest.admit(resolution, self.share.own, self.share.worded, self.scope)
        new += entailed(resolution.accepted()) if self._belonging else ()
        links = [link for link in resolution.links.values() if link.actor in self.actors]
        remove = descriptions.admit(links, new)
        store.apply(remove, dict.fromkeys(new))

    @property
    def scope(self) -> Scope:
        """The claims that may contradict others now, or no longer, and the propositions that are new."""
        come = {cast(NamedNode, quad.object) for quad in _with(self.come, KG.expresses)}
        return Scope(frozenset(self._touched()), frozenset(come))

    def _claimed(self) -> list[Quad]:
        """What the claims graph held of the claims in ``scope``."""
        claims = self.scope.claims or frozenset()
        return [quad for quad in self.old if quad.subject in claims]

    @property
    def _spoken_of(self) -> set[NamedNode]:
        return {cast(NamedNode, quad.object) for quad in _with(self.share.own, KG.expresses)}

    @property
    def _belonging(self) -> set[object]:
        """Nodes of who belongs to whom that differ."""
        return {quad.subject for quad in self.changed if quad.predicate in {KG.member, KG.whole, KG.acceptedAs}}

    def _touched(self) -> Iterator[NamedNode]:
        """Claims that say something else now, name other actors, or dispute each other."""
        iris = {local: NamedNode(iri) for local, iri in claim_keys(self.extraction, self.share.resolution.ids).items()}
        reworded, named, disputing = self._reworded(), self._renamed(), _disputing(self.extraction.claims)
        for claim in self.extraction.claims:
            other = iris[claim.id] in self.subjects or reworded.intersection(claim.propositions)
            if other or claim.id in disputing or any(_within(mention, claim) for mention in named):
                yield iris[claim.id]

    def _reworded(self) -> set[str]:
        """Local ids of the propositions that are about others now, or elsewhere."""
        ids, article = self.share.resolution.ids, self.extraction.article.id
        nodes = {p.id: NamedNode(ids.proposition_mention(article, p.id)) for p in self.extraction.propositions}
        return {name for name, node in nodes.items() if node in self.subjects}

    def _renamed(self) -> list[Mention]:
        """Where the article names those whom it is now known to mean somebody else by."""
        ids, article = self.share.resolution.ids, self.extraction.article.id
        actors = (*self.extraction.actors, *self.extraction.bystanders)
        other = (a for a in actors if NamedNode(ids.local_actor(article, a.id)) in self.subjects)
        return [mention for actor in other for mention in actor.mentions]


def _difference(old: Iterable[Quad], new: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """What is only in the one, and what only in the other."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    return [quad for quad in before if quad not in after], [quad for quad in after if quad not in before]


def _with(quads: Iterable[Quad], predicate: NamedNode) -> list[Quad]:
    return [quad for quad in quads if quad.predicate == predicate]


def _disputing(claims: Iterable[Claim]) -> set[str | None]:
    """Local ids of the claims that dispute others, and of those others."""
    return {name for claim in claims if claim.disputes is not None for name in (claim.id, claim.disputes)}


def _within(mention: Mention, claim: Claim) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in claim.content)
