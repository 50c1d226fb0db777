"""Which canonical actor each local actor of an article is, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import escape
from kg.merge.counting import Surroundings
from kg.merge.describe import Description, of_actor, of_narrator
from kg.merge.identity import MERGER, Found, Identity
from kg.merge.judgements import bearer
from kg.merge.junk import is_junk
from kg.merge.keys import fold, keys
from kg.rdf.to_quads import score_literal
from kg.records import NARRATOR, Actor, Extraction
from kg.store import Store
from kg.vocab import KG, PROV, RDF


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
    score: float = 1.0
    by: str = MERGER
    probability: float = 1.0
    features: str = ""


class Linker:
    """Links the local actors of one article: by judgements of people, else by item, else by name."""

    def __init__(self, identity: Identity, extraction: Extraction) -> None:
        """A linker for ``extraction``."""
        self.identity, self.ids = identity, identity.ids
        self.extraction = extraction
        self.article = extraction.article.id
        self.actors = (*extraction.actors, *extraction.bystanders)
        self.held = held(identity, extraction)
        self.around = Surroundings(extraction)

    def links(self) -> dict[str, Link]:
        """A link for each local actor that is no junk, and for the narrator where the article speaks, by local id."""
        found = {actor.id: self._link(actor) for actor in self.actors if actor.id in self.held or not is_junk(actor)}
        if any(NARRATOR in (claim.source, *claim.via) for claim in self.extraction.claims):
            found[NARRATOR] = self._narrator()
        return found

    def _link(self, actor: Actor) -> Link:
        local = NamedNode(self.ids.local_actor(self.article, actor.id))
        anchors, found, known = self.held.get(actor.id, []), self._by_rule(actor), keys(actor)
        key = None if known.wikidata is not None else known.name
        judged = next((a for a in anchors if len(self.identity.judgements.component(a)) > 1), None)
        if judged is not None:
            found = self.identity.actor(judged)
        elif found is not None and any(self._denied(anchor, found) for anchor in anchors):
            found = None
        if found is None:
            alone = NamedNode(self.ids.actor(actor.name, local.value))
            return Link(local, alone, None, key, of_actor(actor, alone.value, linked=False))
        linked = known.wikidata is not None and found.anchor == known.wikidata
        return Link(
            local,
            NamedNode(found.iri),
            found.reason,
            key,
            of_actor(actor, found.iri, linked=linked),
            found.score,
            found.by,
            found.probability,
            found.features,
        )

    def _by_rule(self, actor: Actor) -> Found | None:
        """The actor by its item, else by its name, unless that is too weak."""
        known = keys(actor)
        if known.wikidata is not None:
            return self.identity.actor(known.wikidata)
        if known.name is None or (known.weak and not self.identity.tells(known.name)):
            return None
        other = next((at for at in sorted(self.around.states(actor)) if at in self.identity.parted(known.name)), None)
        return self.identity.actor(known.name if other is None else self.identity.other(known.name, other))

    def _denied(self, anchor: str, found: Found) -> bool:
        """Whether a person judged that the bearer of the anchor is not that actor."""
        others = self.identity.judgements.with_verdict(anchor, "different", "unsure")
        return any(self.identity.actor(other).iri == found.iri for other in others)

    def _narrator(self) -> Link:
        publisher = self.extraction.article.publisher
        local = NamedNode(self.ids.local_actor(self.article, NARRATOR))
        key = f"narrator:{fold(publisher)}" if publisher else local.value
        actor = NamedNode(self.ids.actor(f"narrator {publisher or self.article}", key))
        reason = f"same publisher: {publisher}" if publisher else None
        return Link(local, actor, reason, None, of_narrator(publisher, self.article, actor.value))


def held(identity: Identity, extraction: Extraction) -> dict[str, list[str]]:
    """Anchors of judgements by the local actor that they hold."""
    actors = (*extraction.actors, *extraction.bystanders)
    found: dict[str, list[str]] = {}
    for anchor in identity.judgements.anchored(extraction.article.id):
        local = bearer(actors, anchor)
        if local is not None:
            found.setdefault(local, []).append(anchor)
    return found


def decisions(store: Store, links: dict[str, Link]) -> Iterator[Quad]:
    """Quads of the decisions behind ``links``; a local actor that stands alone needs none."""
    for link in links.values():
        if link.reason is not None:
            found = Found(link.actor.value, "", link.reason, link.score, link.by, link.probability, link.features)
            yield from _decision(store, link.local, found)


def stands(store: Store, local: NamedNode, found: Found) -> bool:
    """Whether the store links a local actor to that one already, for that very reason."""
    wanted = set(_decision(store, local, found))
    node = next(iter(wanted)).subject
    return wanted == set(store.match(cast(NamedNode, node), None, None, store.graphs.decisions))


def _decision(store: Store, local: NamedNode, found: Found) -> Iterator[Quad]:
    node = NamedNode(store.ids.decision(local.value, found.iri, KG.Same.value, found.by))
    graph = store.graphs.decisions
    yield Quad(node, RDF.type, KG.IdentityDecision, graph)
    yield Quad(node, KG.decidedOn, local, graph)
    yield Quad(node, KG.actor, NamedNode(found.iri), graph)
    yield Quad(node, KG.judgement, KG.Same, graph)
    yield Quad(node, KG.reason, Literal(found.reason), graph)
    yield Quad(node, KG.score, score_literal(found.score), graph)
    yield Quad(node, KG.probability, score_literal(found.probability), graph)
    if found.features:
        yield Quad(node, KG.features, Literal(found.features), graph)
    yield Quad(node, PROV.wasAttributedTo, NamedNode(f"{store.ids.base}id/agent/{escape(found.by)}"), graph)
