"""Merging, one article at a time: the shared graphs follow what the articles' graphs hold, and nothing else.

What the store holds after merging is a function of its evidence graphs and of people's judgements; neither the order in
which articles came nor an interruption changes it. ``admit`` adds an article's claims graph, decisions and share of the
shared graphs; ``retract`` takes them out. Each is one transaction, and touches only what the article mentions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge import describe
from kg.merge.contest import Contest
from kg.merge.describe import Description, of_actor, of_narrator
from kg.merge.keys import keys
from kg.merge.link import Linker, decisions
from kg.merge.resolve import Resolution
from kg.rdf import from_quads
from kg.records import NARRATOR, Actor
from kg.store import Store
from kg.vocab import DCT, KG, XSD

Keys = set[tuple[NamedNode, str]]
_TRUE = Literal("true", datatype=XSD.boolean)


@dataclass(slots=True)
class Counts:
    """What one run of the merger did."""

    articles: int = 0
    removed: int = 0


class Merger:
    """Brings the merged graphs of a store in step with its evidence graphs."""

    def __init__(self, store: Store) -> None:
        """A merger for ``store``, which must be open for writing."""
        self.store, self.graphs, self.ids = store, store.graphs, store.ids
        self.contest = Contest(store)

    def run(self, progress: Callable[[str], None] | None = None) -> Counts:
        """Merge every article that came, changed or went since the last run; ``progress`` hears each id."""
        counts = Counts()
        todo = deque(self.outdated())
        while todo:
            article = todo.popleft()
            counts.removed += not self.settle(article)
            counts.articles += 1
            if progress is not None:
                progress(article)
            if not todo:
                todo.extend(self.outdated())
        return counts

    def outdated(self) -> list[str]:
        """Ids of articles whose merged graph is missing, made from something else, or stale; sorted."""
        found = {q.subject: q.object for q in self.store.match(None, KG.digest)}
        merged = {q.subject: q.object for q in self.store.match(None, KG.resolvedDigest)}
        stale = {q.subject for q in self.store.match(None, KG.stale)}
        nodes = (n for n in found.keys() | merged.keys() if found.get(n) != merged.get(n) or n in stale)
        return sorted(self.ids.article_id(cast(NamedNode, node).value) for node in nodes)

    def settle(self, article: str) -> bool:
        """Retract what the merged graphs hold of an article, then admit what its evidence says; whether any."""
        node = NamedNode(self.ids.article(article))
        digest = self._digest(node, KG.digest)
        merged = self._digest(node, KG.resolvedDigest)
        same = digest is not None and digest == merged  # only its links are out of date: its names stay
        lost = self.retract(article, mark=not same) if merged is not None else set()
        if digest is not None:
            self.admit(article, digest, known=lost if same else set())
        return digest is not None

    def _digest(self, node: NamedNode, predicate: NamedNode) -> str | None:
        return next((cast(Literal, q.object).value for q in self.store.match(node, predicate)), None)

    def admit(self, article: str, digest: str, known: Keys) -> None:
        """Add an article's claims graph, its decisions, and its share of the shared graphs.

        Names that its actors with a Wikidata item bring, those in ``known`` apart, make other articles stale that
        know an actor by that name only.
        """
        extraction = from_quads(self.store.match(graph=self.graphs.evidence(article)), self.ids)
        links = Linker(self.store, extraction).links()
        resolution = Resolution(extraction, links, self.ids, digest)
        add = [*resolution.claims_graph(), *decisions(self.store, links), *resolution.accepted()]
        described: dict[NamedNode, Description] = {}
        for link in links.values():
            before = described.get(link.actor)
            described[link.actor] = link.description if before is None else before | link.description
        remove, gained = self._describe(described, add)
        self.contest.admit(resolution, add)
        self.store.apply(remove, [*dict.fromkeys(add), *self._stale(gained - known, article)])

    def _describe(self, described: dict[NamedNode, Description], add: list[Quad]) -> tuple[list[Quad], Keys]:
        """Join descriptions to those in the store: quads that go, and compared names that are new."""
        remove: list[Quad] = []
        gained: Keys = set()
        for actor, description in described.items():
            before = list(self.store.match(actor, None, None, self.graphs.actors))
            present = describe.of_quads(before)
            joined = description if present is None else present | description
            after = list(joined.quads(actor, self.graphs.actors))
            remove += set(before) - set(after)
            add += after if not before else [quad for quad in after if quad not in set(before)]
            gained |= {(actor, key) for key in joined.keys - (present.keys if present else frozenset())}
        return remove, gained

    def retract(self, article: str, *, mark: bool) -> Keys:
        """Take an article's claims graph and decisions out, and what only they supported of the shared graphs.

        ``mark`` says whether articles that relied on names which are lost with it become stale. The names are returned.
        """
        graph = self.graphs.claims(article)
        old = list(self.store.match(graph=graph))
        remove, add = [*old, *self._decisions(old, article)], list[Quad]()
        lost = self._redescribe(old, graph, remove, add)
        self.contest.retract(old, graph, remove)
        self._unsupported_structure(old, graph, remove)
        self.store.apply(dict.fromkeys(remove), [*add, *(self._stale(lost, article) if mark else ())])
        return lost

    def _decisions(self, old: Iterable[Quad], article: str) -> Iterator[Quad]:
        """Decisions on the article's local actors: the merger's, and when the article is gone everybody's."""
        gone = not any(self.store.match(graph=self.graphs.evidence(article)))
        for link in _with(old, KG.resolvedTo):
            for decided in self.store.match(None, KG.decidedOn, cast(NamedNode, link.subject), self.graphs.decisions):
                quads = list(self.store.match(cast(NamedNode, decided.subject), None, None, self.graphs.decisions))
                if gone or any(q.predicate == KG.judgement and q.object == KG.Same for q in quads):
                    yield from quads

    def _redescribe(self, old: list[Quad], graph: NamedNode, remove: list[Quad], add: list[Quad]) -> Keys:
        """Describe the article's actors anew by what other articles say of them; the compared names that are lost."""
        lost: Keys = set()
        for actor in dict.fromkeys(cast(NamedNode, q.object) for q in _with(old, KG.resolvedTo)):
            before = list(self.store.match(actor, None, None, self.graphs.actors))
            after = self._described_elsewhere(actor, graph)
            wanted = [] if after is None else list(after.quads(actor, self.graphs.actors))
            present = describe.of_quads(before)
            remove += set(before) - set(wanted)
            add += set(wanted) - set(before)
            keys_after = after.keys if after else frozenset()
            lost |= {(actor, key) for key in (present.keys if present else frozenset()) - keys_after}
        return lost

    def _described_elsewhere(self, actor: NamedNode, graph: NamedNode) -> Description | None:
        found: Description | None = None
        for quad in self.store.match(None, KG.resolvedTo, actor):
            if quad.graph_name != graph:
                each = self._description(cast(NamedNode, quad.subject), actor)
                found = each if found is None else found | each
        return found

    def _description(self, local: NamedNode, actor: NamedNode) -> Description:
        """What the evidence says of one local actor, as ``Linker`` described it."""
        if self.ids.local_id(local.value) == NARRATOR:
            article = self.ids.article_id(local.value)
            publishers = self.store.match(NamedNode(self.ids.article(article)), DCT.publisher)
            return of_narrator(next((cast(Literal, q.object).value for q in publishers), None), article)
        values = {q.predicate: cast(NamedNode | Literal, q.object).value for q in self.store.match(local)}
        names = tuple(cast(Literal, q.object).value for q in self.store.match(local, KG.localForm))
        item = values[KG.wikidata].rpartition("/")[2] if KG.wikidata in values else None
        kind = KG.name_of(NamedNode(values[KG.actorType]))
        record = Actor("", values[KG.localName], kind, names, item, reason=values.get(KG.reason, ""))
        linked = item is not None and actor.value == self.ids.wikidata_actor(item)
        return of_actor(record, keys(record).name if linked else None, linked=linked)

    def _unsupported_structure(self, old: list[Quad], graph: NamedNode, remove: list[Quad]) -> None:
        for node in dict.fromkeys(cast(NamedNode, q.subject) for q in _with(old, KG.member)):
            member, whole, relation = (self._one(old, node, p) for p in (KG.member, KG.whole, KG.acceptedAs))
            if not self._affiliated_elsewhere(member, whole, relation, graph):
                remove += self.store.match(member, relation, whole, self.graphs.accepted)

    def _affiliated_elsewhere(self, member: NamedNode, whole: NamedNode, relation: NamedNode, graph: NamedNode) -> bool:
        nodes = (q.subject for q in self.store.match(None, KG.member, member) if q.graph_name != graph)
        return any(
            any(self.store.match(cast(NamedNode, n), KG.whole, whole))
            and any(self.store.match(cast(NamedNode, n), KG.acceptedAs, relation))
            for n in nodes
        )

    def _one(self, quads: Iterable[Quad], subject: NamedNode, predicate: NamedNode) -> NamedNode:
        return next(cast(NamedNode, q.object) for q in quads if q.subject == subject and q.predicate == predicate)

    def _stale(self, names: Keys, but: str) -> Iterator[Quad]:
        """Marks on the articles that know an actor by one of these names only."""
        for key in sorted({key for _, key in names}):
            for quad in self.store.match(None, KG.nameKey, Literal(key)):
                if quad.graph_name == self.graphs.actors:
                    continue
                article = self.ids.article_id(cast(NamedNode, quad.subject).value)
                if article != but:
                    yield Quad(NamedNode(self.ids.article(article)), KG.stale, _TRUE, self.graphs.claims(article))


def _with(quads: Iterable[Quad], predicate: NamedNode) -> Iterator[Quad]:
    return (quad for quad in quads if quad.predicate == predicate)
