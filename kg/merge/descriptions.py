"""The actors graph, kept in step with what the articles say of each actor, one article at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge import describe
from kg.merge.describe import Description, of_actor, of_narrator
from kg.merge.link import Link
from kg.rdf.entailed import superproperties
from kg.records import NARRATOR, Actor
from kg.store import Store
from kg.vocab import DCT, KG, STRUCTURAL


class Descriptions:
    """What the shared graphs say of actors: a join of what their bearers' articles say."""

    def __init__(self, store: Store) -> None:
        """For ``store``, which must be open for writing."""
        self.store, self.graphs, self.ids = store, store.graphs, store.ids

    def admit(self, links: Iterable[Link], new: list[Quad]) -> list[Quad]:
        """Join what an article says of its actors to what the store says, into ``new``; the quads that go."""
        described: dict[NamedNode, Description] = {}
        for link in links:
            before = described.get(link.actor)
            described[link.actor] = link.description if before is None else before | link.description
        remove: list[Quad] = []
        for actor, description in described.items():
            quads = list(self.store.match(actor, None, None, self.graphs.actors))
            present = describe.of_quads(quads)
            joined = description if present is None else present | description
            self._replace(quads, joined, actor, remove, new)
        return remove

    def retract(
        self, links: Iterable[Quad], graph: NamedNode, remove: list[Quad], new: list[Quad], *, same: bool
    ) -> None:
        """Describe the actors of ``links``, which the claims graph ``graph`` holds, by what other articles say of them.

        ``same`` says that the article's evidence is still what the links were made from.
        """
        mine: dict[NamedNode, Description | None] = {}
        for quad in links:
            local, actor = cast(NamedNode, quad.subject), cast(NamedNode, quad.object)
            before = mine.get(actor)
            each = self._description(local, actor) if same else None
            mine[actor] = each if before is None or each is None else before | each
        for actor, lost in mine.items():
            quads = list(self.store.match(actor, None, None, self.graphs.actors))
            present = describe.of_quads(quads)
            after = self._elsewhere(actor, graph, lost or present, present)
            self._replace(quads, after, actor, remove, new)

    def _replace(
        self, quads: list[Quad], after: Description | None, actor: NamedNode, remove: list[Quad], new: list[Quad]
    ) -> None:
        wanted = [] if after is None else list(after.quads(actor, self.graphs.actors))
        before, keep = set(quads), set(wanted)
        remove += [quad for quad in quads if quad not in keep]
        new += [quad for quad in wanted if quad not in before]

    def _elsewhere(
        self, actor: NamedNode, graph: NamedNode, lost: Description | None, present: Description | None
    ) -> Description | None:
        """What other articles say of an actor: what stands there, as soon as some of them cover what is lost."""
        found: Description | None = None
        for quad in self.store.match(None, KG.resolvedTo, actor):
            each = self._description(cast(NamedNode, quad.subject), actor) if quad.graph_name != graph else None
            if each is not None:
                found = each if found is None else found | each
                if present is not None and lost is not None and found.covers(lost, present):
                    return present
        return found

    def _description(self, local: NamedNode, actor: NamedNode) -> Description | None:
        """What the evidence says of one local actor, as ``Linker`` described it; nothing where it is gone by now."""
        if self.ids.local_id(local.value) == NARRATOR:
            article = self.ids.article_id(local.value)
            publishers = self.store.match(NamedNode(self.ids.article(article)), DCT.publisher)
            return of_narrator(next((cast(Literal, q.object).value for q in publishers), None), article, actor.value)
        values = {q.predicate: cast(NamedNode | Literal, q.object).value for q in self.store.match(local)}
        if KG.actorType not in values:
            return None
        names = tuple(cast(Literal, q.object).value for q in self.store.match(local, KG.localForm))
        item = values[KG.wikidata].rpartition("/")[2] if KG.wikidata in values else None
        kind = KG.name_of(NamedNode(values[KG.actorType]))
        record = Actor("", values[KG.localName], kind, names, item)
        return of_actor(record, actor.value, linked=item is not None and actor.value == self.ids.wikidata_actor(item))


def _stating(relation: NamedNode) -> list[NamedNode]:
    """The structural properties that state ``relation``: itself, and those below it."""
    return [each for each in STRUCTURAL if relation in (each, *superproperties().get(each, ()))]


class Accepted:
    """The accepted graph: structure between actors, as long as some article supports it."""

    def __init__(self, store: Store) -> None:
        """For ``store``, which must be open for writing."""
        self.store, self.graph = store, store.graphs.accepted

    def retract(self, old: list[Quad], graph: NamedNode, remove: list[Quad]) -> None:
        """Add to ``remove`` what only the claims graph ``graph``, which holds ``old``, supported."""
        for node in dict.fromkeys(cast(NamedNode, q.subject) for q in old if q.predicate == KG.member):
            said = {q.predicate: cast(NamedNode, q.object) for q in old if q.subject == node}
            member, whole, relation = said[KG.member], said[KG.whole], said[KG.acceptedAs]
            for each in (relation, *superproperties().get(relation, ())):
                if not any(self._elsewhere(member, whole, one, graph) for one in _stating(each)):
                    remove += self.store.match(member, each, whole, self.graph)

    def _elsewhere(self, member: NamedNode, whole: NamedNode, relation: NamedNode, graph: NamedNode) -> bool:
        nodes = (q.subject for q in self.store.match(None, KG.member, member) if q.graph_name != graph)
        return any(
            any(self.store.match(cast(NamedNode, n), KG.whole, whole))
            and any(self.store.match(cast(NamedNode, n), KG.acceptedAs, relation))
            for n in nodes
        )
