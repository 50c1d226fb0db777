"""What the graphs should hold of an article: a function of its evidence, of who is who, and of what people judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.merge.contest import wordings
from kg.merge.identity import Identity
from kg.merge.judgements import marks
from kg.merge.link import Linker, decisions
from kg.merge.resolve import Resolution
from kg.merge.wording import Wording
from kg.rdf.entailed import entailed
from kg.rdf.to_quads import claim_keys
from kg.records import Claim, Extraction
from kg.store import Store
from kg.vocab import KG


@dataclass(frozen=True, slots=True)
class Share:
    """An article's claims graph, the decisions on it, and the wordings of its claims."""

    resolution: Resolution
    own: list[Quad]
    decided: list[Quad]
    worded: dict[NamedNode, Wording]


def share(  # noqa: PLR0913, PLR0917  (what it is a function of)
    store: Store,
    identity: Identity,
    extraction: Extraction,
    digest: str,
    repeats: Mapping[str, NamedNode],
    copied: Iterable[Quad],
) -> Share:
    """The share of one article; ``repeats`` are the claims that it repeats of others, ``copied`` says of whom."""
    wrong = marks(store, extraction.article.id).keys()
    links = Linker(identity, extraction).links()
    believed = _believed(extraction, claim_keys(extraction, store.ids), wrong)
    resolution = Resolution(_new_in(believed, repeats.keys()), links, store.ids, digest, repeats)
    worded = wordings(resolution, wrong)
    made = [*entailed(resolution.claims_graph()), *copied, *decisions(store, links)]
    made += [Quad(node, KG.wording, Literal(w.key), resolution.graph) for node, w in worded.items() if w.key]
    own = [quad for quad in made if quad.graph_name == resolution.graph]
    return Share(resolution, own, [quad for quad in made if quad.graph_name != resolution.graph], worded)


def _believed(extraction: Extraction, iris: dict[str, str], wrong: Set[str]) -> Extraction:
    """The extraction with no proposition of, and no dispute about, claims that a person found wrong."""
    if not wrong:
        return extraction
    bad = {claim for claim, iri in iris.items() if iri in wrong}
    return replace(extraction, claims=tuple(_without(claim, bad) for claim in extraction.claims))


def _new_in(copy: Extraction, repeats: Set[str]) -> Extraction:
    """A copy with no proposition of, and no dispute by, claims that repeat those of an original."""
    if not repeats:
        return copy
    said = (replace(c, propositions=(), disputes=None) if c.id in repeats else c for c in copy.claims)
    return replace(copy, claims=tuple(said))


def _without(claim: Claim, bad: Set[str]) -> Claim:
    disputes = None if {claim.id, claim.disputes} & bad else claim.disputes
    return replace(claim, propositions=() if claim.id in bad else claim.propositions, disputes=disputes)
