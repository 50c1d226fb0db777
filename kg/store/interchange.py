"""A view in the shapes of other libraries: an rdflib Dataset, a networkx graph, a pandas dataframe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import KgError
from kg.store.results import frame
from kg.store.tables import PUBLISHED, TABLES
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.records import Article
    from kg.store.view import View


def to_rdflib(view: View) -> rdflib.Dataset:
    """The whole graph as an rdflib Dataset whose default graph is the union; terms are made once each."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    known: dict[object, Any] = {}

    def term(node: object) -> Any:
        if node not in known:
            known[node] = rdflib_term(node)
        return known[node]

    graphs: dict[object, rdflib.Graph] = {}
    for quad in view.store.match():
        name = quad.graph_name
        if name not in graphs:
            graphs[name] = dataset.default_graph if isinstance(name, DefaultGraph) else dataset.graph(term(name))
        graphs[name].add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return dataset


def rdflib_term(node: object) -> Any:
    """The term as rdflib has it, its text unchanged."""
    import rdflib

    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        plain = node.datatype.value == str(rdflib.XSD.string)
        return rdflib.Literal(
            node.value, datatype=None if plain else rdflib.URIRef(node.datatype.value), normalize=False
        )
    return rdflib.BNode(cast(Any, node).value)


def to_networkx(view: View) -> networkx.MultiDiGraph[str]:
    """Actors as nodes, and an edge for each stance of a claim on a proposition."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for actor in view.actors():
        graph.add_node(actor.iri, label=actor.label, type=actor.type)
    propositions = {p.iri: p for p in view.propositions()}
    articles = {article.id: article for article in view.articles()}
    for claim in view.each_claim():
        for iri in claim.propositions:
            p = propositions[iri]
            graph.add_edge(
                p.subject,
                p.object,
                key=f"{claim.iri} {iri}",
                relation=p.relation,
                sign=p.sign,
                stance=claim.stance,
                source=claim.source_label,
                proposition=iri,
                claim=claim.iri,
                quote=claim.quote,
                article=claim.article,
                **_published(articles[claim.article]),
            )
    return graph


def _published(article: Article) -> dict[str, str]:
    """When, where, under which title and at which address the article was published, as far as it says."""
    values = zip(PUBLISHED, (article.date, article.publisher, article.title, article.url), strict=True)
    return {name: value for name, value in values if value is not None}


def to_pandas(view: View, table: str) -> pandas.DataFrame:
    """One of ``TABLES`` as a dataframe.

    Raises:
        KgError: there is no such table, or pandas is not installed.
    """
    if table not in TABLES:
        raise KgError(f"There is no table {table!r}. Tables: {', '.join(sorted(TABLES))}.")
    return frame(TABLES[table].rows(view), TABLES[table].columns)
