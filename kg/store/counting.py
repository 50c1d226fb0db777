"""How much a graph holds, counted by the store: no quad is read for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.vocab import POLARITY

if TYPE_CHECKING:
    from kg.store.base import Store

_DENIED = f"kg:polarity {POLARITY['denies']}"
#: What is counted, each as a pattern.
_KINDS = {
    "articles": "?s a schema:NewsArticle",
    "actors": "GRAPH ?actors { ?s skos:prefLabel ?name }",
    "claims": "?s a kg:Claim",
    "denials": f"?s {_DENIED}",
    "propositions": "?s a kg:Proposition",
    "contested": "?s a kg:ContestedProposition",
    "contradictions": "?s a kg:Contradiction",
    "sources and others that are no actors": "?s a kg:LocalActor FILTER NOT EXISTS { ?s kg:resolvedTo ?actor }",
}
#: Claims that a copy only repeats, which do not count.
_REPEATED = {"claims": "?s kg:repeats ?other", "denials": f"?s kg:repeats ?other ; {_DENIED}"}


def counted(store: Store) -> dict[str, int]:
    """How much there is of each kind, and how many quads without the ontology's."""
    counts = {name: _count(store, pattern) for name, pattern in _KINDS.items()}
    for name, pattern in _REPEATED.items():
        counts[name] -= _count(store, pattern)
    return {**counts, "quads": store.size() - sum(1 for _ in store.match(graph=store.graphs.ontology))}


def _count(store: Store, pattern: str) -> int:
    place = pattern.replace("?actors", str(store.graphs.actors))
    return int(next(store.query(f"SELECT (COUNT(*) AS ?n) {{ {place} }}").rows())[0] or 0)
