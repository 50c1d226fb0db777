"""Whether a graph holds whom a judgement is about: one that names nobody there changes nothing, and should say so."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.ids import escape
from kg.merge.homonyms import AT
from kg.merge.judgements import Judgement, Judgements, bearer, is_item, is_name
from kg.rdf import from_quads
from kg.store import Store
from kg.vocab import KG, WD


def unfound(store: Store, judgement: Judgement, *, undo: bool = False) -> str | None:
    """What a judgement names that the graph does not hold, in words; with ``undo``, that it is not on record."""
    ends = judgement.left, judgement.right
    node = Judgements(store).node(*ends)
    if undo:
        recorded = any(store.match(node, None, None, store.graphs.decisions))
        return None if recorded else f"No judgement on {ends[0]} and {ends[1]} is on record, so none can be taken back."
    absent = missing(store, ends)
    if not absent:
        return None
    return f"The graph holds nobody known as {' nor '.join(absent)}. 'kg explain NAME' shows who it holds."


def missing(store: Store, anchors: Iterable[str]) -> list[str]:
    """Those of the anchors that no actor of an article has."""
    return [anchor for anchor in anchors if not _held(store, anchor)]


def _held(store: Store, anchor: str) -> bool:
    if is_item(anchor):
        return any(store.match(None, KG.wikidata, WD[anchor]))
    return _borne(store, anchor.partition(AT)[0]) if is_name(anchor) else _mentioned(store, anchor)


def _borne(store: Store, name: str) -> bool:
    """Whether some article calls an actor by the name."""
    node = NamedNode(f"{store.ids.base}id/name/{escape(name)}")
    counted = any(store.match(node, KG.tally, None, store.graphs.decisions))
    return counted or any(store.match(None, KG.nameKey, Literal(name)))


def _mentioned(store: Store, span: str) -> bool:
    """Whether an actor of the article stands in the range, or has the name."""
    quads = list(store.match(graph=store.graphs.evidence(store.ids.article_id(span))))
    if not quads:
        return False
    extraction = from_quads(quads, store.ids)
    return bearer((*extraction.actors, *extraction.bystanders), span) is not None
