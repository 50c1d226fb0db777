"""What goes into every store in the same way, whatever is behind it: the ontology, and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from kg import ontology
from kg.errors import MissingError, StoreError
from kg.rdf import to_quads
from kg.rdf.to_quads import record_digest
from kg.records import Article, Extraction
from kg.vocab import DCT, KG, RDF, SCHEMA

if TYPE_CHECKING:
    from kg.store.base import Store


def put_ontology(store: Store) -> None:
    """Put the ontology in where it is missing or another one."""
    triples = ox.parse(ontology.text("kg.ttl"), ox.RdfFormat.TURTLE)
    wanted = {Quad(t.subject, t.predicate, t.object, store.graphs.ontology) for t in triples}
    present = set(store.match(graph=store.graphs.ontology))
    if wanted != present:
        store.apply(present - wanted, wanted - present)


class ArticleWriter:
    """Writes evidence graphs into a store, one article a transaction."""

    def __init__(self, store: Store) -> None:
        """A writer into ``store``."""
        self._store = store

    def write(self, extraction: Extraction) -> bool:
        """Whether the graph changed: an article that is there unchanged stays, one that changed is replaced."""
        article = extraction.article.id
        graph = self._store.graphs.evidence(article)
        node = NamedNode(self._store.ids.article(article))
        before = next(self._store.match(node, KG.digest, None, graph), None)
        if before is not None and cast(Literal, before.object).value == record_digest(extraction):
            return False
        try:
            quads = to_quads(extraction, self._store.ids)
        except UnicodeEncodeError as error:
            raise StoreError(
                f"Article {article!r} holds a broken character ({error.reason}); clean its text."
            ) from error
        old = [] if before is None else list(self._store.match(graph=graph))
        self._store.apply([*old, *self._skipped(article)], quads)
        return True

    def skip(self, article: Article, reason: str) -> None:
        """Note that an article was given but not taken in, and why; what a graph holds of it stays."""
        ids, graph = self._store.ids, self._store.graphs.skipped
        node = NamedNode(ids.skipped(article.id))
        said = {DCT.identifier: article.id, KG.reason: reason, DCT.language: article.language, DCT.title: article.title}
        said |= {SCHEMA.url: article.url}
        quads = [Quad(node, predicate, Literal(value), graph) for predicate, value in said.items() if value]
        self._store.apply(self._skipped(article.id), [Quad(node, RDF.type, KG.SkippedArticle, graph), *quads])

    def _skipped(self, article: str) -> list[Quad]:
        return list(
            self._store.match(NamedNode(self._store.ids.skipped(article)), None, None, self._store.graphs.skipped)
        )

    def remove(self, article: str) -> None:
        """Take the article out.

        Raises:
            StoreError: there is no such article.
        """
        quads = list(self._store.match(graph=self._store.graphs.evidence(article)))
        if not quads:
            raise MissingError(f"No article {article!r} in the graph. 'kg articles' lists what there is.")
        self._store.apply(quads)
