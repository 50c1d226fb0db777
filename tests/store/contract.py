"""What every store must do: subclass ``StoreContract`` and say how to open one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import QueryError, StoreError
from kg.rdf import from_quads
from kg.rdf.normal import normal_form
from kg.store import Store
from tests.rdf.samples import north, samples


def dump(store: Store) -> list[str]:
    """Every quad as text, sorted."""
    return sorted(str(quad) for quad in store.match())


class StoreContract:
    """Tests that a backend passes when its subclass gives an empty store."""

    def open(self, folder: Path) -> Store:
        """An empty store, open for writing."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with self.open(tmp_path) as store:
            yield store

    def test_written_articles_come_back(self, store: Store) -> None:
        with store.writer() as writer:
            assert [writer.write(e) for e in samples()] == [True, True, True]
        for extraction in samples():
            graph = store.graphs.evidence(extraction.article.id)
            assert from_quads(store.match(graph=graph), store.ids) == normal_form(extraction)

    def test_its_size_is_all_its_quads(self, store: Store) -> None:
        with store.writer() as writer:
            writer.write(north())
        assert store.size() == len(dump(store))

    def test_writing_again_changes_nothing(self, store: Store) -> None:
        with store.writer() as writer:
            writer.write(north())
            before = dump(store)
            assert not writer.write(north())
        assert dump(store) == before

    def test_a_changed_article_is_replaced(self, store: Store) -> None:
        changed = replace(north(), claims=north().claims[:1])
        with store.writer() as writer:
            writer.write(north())
            assert writer.write(changed)
        assert from_quads(store.match(graph=store.graphs.evidence("north-1")), store.ids) == normal_form(changed)

    def test_removing_leaves_nothing(self, store: Store) -> None:
        empty = dump(store)
        with store.writer() as writer:
            writer.write(north())
            writer.remove("north-1")
        assert dump(store) == empty

    def test_removing_what_is_not_there_says_so(self, store: Store) -> None:
        with store.writer() as writer, pytest.raises(StoreError, match="No article 'x'"):
            writer.remove("x")

    def test_apply_takes_out_and_puts_in(self, store: Store) -> None:
        node, graph = NamedNode("https://example.org/a"), NamedNode("https://example.org/g")
        one, two = Quad(node, node, node, graph), Quad(node, node, graph, graph)
        store.apply(add=[one])
        store.apply(remove=[one], add=[two])
        assert list(store.match(graph=graph)) == [two]

    def test_query_sees_the_union_of_graphs(self, store: Store) -> None:
        with store.writer() as writer:
            writer.write(north())
        result = store.query("SELECT ?title WHERE { ?a a schema:NewsArticle ; dct:title ?title }")
        assert list(result.rows()) == [("Shells at the border",)]

    def test_from_names_the_graphs_of_a_query(self, store: Store) -> None:
        with store.writer() as writer:
            writer.write(north())
        title = "{ ?a a schema:NewsArticle ; dct:title ?title }"
        evidence, other = store.graphs.evidence("north-1"), store.graphs.ontology
        assert list(store.query(f"SELECT ?title FROM {evidence} {title}").rows()) == [("Shells at the border",)]
        assert not store.query(f"SELECT ?title FROM {other} {title}")
        assert store.query(f"SELECT ?title FROM NAMED {evidence} {{ GRAPH ?g {title} }}")

    def test_query_binds_values(self, store: Store) -> None:
        with store.writer() as writer:
            writer.write(north())
        view = store.view()
        query = 'SELECT ?cue WHERE { ?claim kg:cue ?cue FILTER(?cue != "{") }'
        assert list(view.query(query, cue="denied").rows()) == [("denied",)]
        assert not view.query(query, cue='x" ) } #')

    def test_a_wrong_query_says_so(self, store: Store) -> None:
        with pytest.raises(QueryError, match="cannot be run"):
            store.query("SELECT WHERE")
