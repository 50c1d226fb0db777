"""Which canonical actor each local actor of an article is, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge.describe import Description, of_actor, of_narrator
from kg.merge.keys import fold, keys
from kg.rdf.to_quads import score_literal
from kg.records import NARRATOR, Actor, Extraction
from kg.store import Store
from kg.vocab import KG, PROV, RDF

#: Who decides by rule.
MERGER = "merger"


@dataclass(frozen=True, slots=True)
class Link:
    """A local actor, the actor that it is, why, and what the article says of it.

    ``key`` is the compared name by which it may meet actors of other articles; ``reason`` is None where it is alone.
    """

    local: NamedNode
    actor: NamedNode
    reason: str | None
    key: str | None
    description: Description


class Linker:
    """Links the local actors of one article: by judgements of people, else by item, else by name."""

    def __init__(self, store: Store, extraction: Extraction) -> None:
        """A linker that knows the names of the actors in ``store`` and in ``extraction``."""
        self.store, self.ids = store, store.ids
        self.extraction = extraction
        self.article = extraction.article.id
        self.actors = (*extraction.actors, *extraction.bystanders)

    def links(self) -> dict[str, Link]:
        """A link for each local actor, and for the narrator where the article speaks itself, by local id."""
        own = self._items_by_name()
        found = {actor.id: self._link(actor, own) for actor in self.actors}
        if any(NARRATOR in (claim.source, *claim.via) for claim in self.extraction.claims):
            found[NARRATOR] = self._narrator()
        return found

    def _items_by_name(self) -> dict[str, set[NamedNode]]:
        """Actors with a Wikidata item in this article by compared name."""
        items: dict[str, set[NamedNode]] = {}
        for actor in self.actors:
            known = keys(actor)
            if known.wikidata is None or known.name is None:
                continue
            item = NamedNode(self.ids.wikidata_actor(known.wikidata))
            if item not in denied(self.store, NamedNode(self.ids.local_actor(self.article, actor.id))):
                items.setdefault(known.name, set()).add(item)
        return items

    def _link(self, actor: Actor, own: dict[str, set[NamedNode]]) -> Link:
        local, known = NamedNode(self.ids.local_actor(self.article, actor.id)), keys(actor)
        iri, reason = self._by_rule(known.wikidata, known.name, own)
        key = None if known.wikidata is not None else known.name
        if iri is None or iri in denied(self.store, local):
            alone = NamedNode(self.ids.actor(actor.name, local.value))
            return Link(local, alone, None, key, of_actor(actor, None, linked=False))
        return Link(local, iri, reason, key, of_actor(actor, known.name, linked=known.wikidata is not None))

    def _by_rule(
        self, wikidata: str | None, name: str | None, own: dict[str, set[NamedNode]]
    ) -> tuple[NamedNode | None, str | None]:
        """An actor and the reason: the item; else the one item that bears the name; else the name itself."""
        if wikidata is not None:
            return NamedNode(self.ids.wikidata_actor(wikidata)), f"Wikidata item {wikidata}"
        if name is None:
            return None, None
        items = own.get(name, set()) | named(self.store, name)
        if len(items) == 1:
            return next(iter(items)), f"same name as the one item that bears it: {name}"
        return NamedNode(self.ids.actor(name.partition(":")[2], name)), f"same name: {name}"

    def _narrator(self) -> Link:
        publisher = self.extraction.article.publisher
        local = NamedNode(self.ids.local_actor(self.article, NARRATOR))
        key = f"narrator:{fold(publisher)}" if publisher else local.value
        actor = NamedNode(self.ids.actor(f"narrator {publisher or self.article}", key))
        reason = f"same publisher: {publisher}" if publisher else None
        return Link(local, actor, reason, None, of_narrator(publisher, self.article))


def named(store: Store, name: str) -> set[NamedNode]:
    """Actors with a Wikidata item that bear the compared ``name`` in some article."""
    quads = store.match(None, KG.nameKey, Literal(name), store.graphs.actors)
    return {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}


def denied(store: Store, local: NamedNode) -> set[object]:
    """Actors that a person has judged ``local`` not to be."""
    decisions = [q.subject for q in store.match(None, KG.decidedOn, local, store.graphs.decisions)]
    apart = [d for d in decisions if any(store.match(d, KG.judgement, KG.NotSame))]  # type: ignore[arg-type]
    return {quad.object for d in apart for quad in store.match(d, KG.actor)}  # type: ignore[arg-type]


def decision(  # noqa: PLR0913  (what a decision consists of)
    store: Store, local: NamedNode, actor: NamedNode, *, same: bool, reason: str, by: str
) -> Iterator[Quad]:
    """Quads of a recorded decision; ``by`` names who decided."""
    judgement = KG.Same if same else KG.NotSame
    node = NamedNode(store.ids.decision(local.value, actor.value, judgement.value, by))
    judge = NamedNode(f"{store.ids.base}id/agent/{by}")
    graph = store.graphs.decisions
    yield Quad(node, RDF.type, KG.IdentityDecision, graph)
    yield Quad(node, KG.decidedOn, local, graph)
    yield Quad(node, KG.actor, actor, graph)
    yield Quad(node, KG.judgement, judgement, graph)
    yield Quad(node, KG.reason, Literal(reason), graph)
    yield Quad(node, KG.score, score_literal(1.0), graph)
    yield Quad(node, PROV.wasAttributedTo, judge, graph)


def decisions(store: Store, links: dict[str, Link]) -> Iterator[Quad]:
    """Quads of the decisions behind ``links``; a local actor that stands alone needs none."""
    for link in links.values():
        if link.reason is not None:
            yield from decision(store, link.local, link.actor, same=True, reason=link.reason, by=MERGER)
