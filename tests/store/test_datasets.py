"""Which graphs a query is about: FROM and FROM NAMED as the specification has them, in kg, rdflib and Oxigraph."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.query
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.store import Store, open_store
from kg.store.base import Dataset
from kg.vocab import PREFIXES
from tests.graphs import sample_graph

#: The four graphs of the W3C's tests of the dataset (SPARQL 1.0, ``dataset-01`` to ``-12b``, which SPARQL 1.1 keeps).
W3C = "http://w3.example/"
X, A, P, Q = (NamedNode(f"{W3C}{name}") for name in "xapq")
_ONE, _TWO, _NINE = Literal(1), Literal(2), Literal(9)
_GRAPHS: dict[str, tuple[tuple[NamedNode | BlankNode, NamedNode, Literal], ...]] = {
    "g1": ((X, P, _ONE), (A, P, _NINE)),
    "g2": ((X, Q, _TWO),),
    "g3": ((BlankNode("x"), P, _ONE), (BlankNode("a"), P, _NINE)),
    "g4": ((BlankNode("y"), Q, _TWO),),
}
ANY, NAMED = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
EITHER, JOINED = f"{{ {ANY} }} UNION {{ {NAMED} }}", f"{ANY} GRAPH ?g {{ ?s ?q ?v }}"


@pytest.fixture(scope="module")
def w3c() -> Store:
    store = open_store(":memory:")
    store.apply(add=[Quad(*t, NamedNode(f"{W3C}{g}")) for g, triples in _GRAPHS.items() for t in triples])
    return store


@pytest.mark.parametrize(
    ("clauses", "pattern", "rows"),
    [
        pytest.param("FROM <g1>", ANY, 2, id="dataset-01"),
        pytest.param("FROM NAMED <g1>", ANY, 0, id="dataset-02"),
        pytest.param("FROM NAMED <g1>", NAMED, 2, id="dataset-03"),
        pytest.param("FROM <g1>", NAMED, 0, id="dataset-04"),
        pytest.param("FROM <g1> FROM NAMED <g2>", ANY, 2, id="dataset-05"),
        pytest.param("FROM <g1> FROM NAMED <g2>", NAMED, 1, id="dataset-06"),
        pytest.param("FROM <g1> FROM NAMED <g2>", EITHER, 3, id="dataset-07"),
        pytest.param("FROM <g1> FROM NAMED <g2>", JOINED, 1, id="dataset-08"),
        pytest.param("FROM <g1> FROM NAMED <g1> FROM NAMED <g2> FROM NAMED <g3> FROM NAMED <g4>", EITHER, 8, id="11"),
        pytest.param("FROM <g3> FROM NAMED <g4>", JOINED, 0, id="dataset-09b"),
        pytest.param("FROM <g1> FROM <g2> FROM <g3> FROM <g4> FROM NAMED <g1> FROM NAMED <g2>", EITHER, 9, id="12b"),
    ],
)
def test_dataset_clauses_of_the_w3c(w3c: Store, clauses: str, pattern: str, rows: int) -> None:
    found = list(w3c.query(f"BASE <{W3C}> SELECT * {clauses} {{ {pattern} }}").rows())
    assert len(found) == rows


SPELLINGS = [
    "SELECT * FROM <g1>{ ?s ?p ?o }",
    "select ?s ?p ?o\nfrom # a graph\n <g1>\nwhere { ?s ?p ?o }",
    "PREFIX from: <> SELECT * FROM from:g1 { ?s ?p ?o }",
    "SELECT (COUNT(?s) AS ?n) FROM <g1> { ?s ?p ?o } HAVING (?n = 2)",
    "CONSTRUCT { ?s ?p ?o } FROM <g1> WHERE { ?s ?p ?o }",
    "CONSTRUCT FROM <g1> WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", SPELLINGS)
def test_a_clause_counts_however_it_is_spelt(w3c: Store, query: str) -> None:
    own = ox.Store()
    own.extend(w3c.match())
    wanted = {str(row) for row in own.query(query, base_iri=W3C)}  # type: ignore[union-attr]
    assert {str(row) for row in w3c.query(f"BASE <{W3C}> {query}").answer} == wanted  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "query", ["SELECT ?from { ?from <p> ?o }", "SELECT * { ?s ?p ?o FILTER(?p != <FROM>) } # FROM <g1>"]
)
def test_a_name_with_from_in_it_is_no_clause(w3c: Store, query: str) -> None:
    assert w3c.query(f"BASE <{W3C}> {query}")


def test_the_dataset_of_a_request_wins_over_the_clauses(w3c: Store) -> None:
    query = f"SELECT * FROM <{W3C}g1> {{ {ANY} }}"
    assert len(list(w3c.query(query, dataset=Dataset((f"{W3C}g2",))).rows())) == 1
    assert not w3c.query(query, dataset=Dataset(named=(f"{W3C}g1",)))


_G = "https://w3id.org/hearsay/graph/"
NORTH, THIRD = f"<{_G}article/north-1>", f"<{_G}article/north-3>"
SAID, ACTORS, PROPOSITIONS, TERMS = (f"<{_G}{g}>" for g in ("claims/north-1", "actors", "propositions", "ontology"))
LABEL, CLAIM = "?a skos:prefLabel ?label", "?c a kg:Claim ; kg:cue ?cue"
QUERIES = [
    f"SELECT ?label FROM {ACTORS} {{ {LABEL} }}",
    f"SELECT ?label FROM {NORTH} {{ {LABEL} }}",
    f"SELECT ?cue FROM {NORTH} {{ {CLAIM} }}",
    f"SELECT ?cue FROM {NORTH} FROM {THIRD} {{ {CLAIM} }}",
    f"SELECT ?cue FROM NAMED {NORTH} {{ {CLAIM} }}",
    f"SELECT ?g ?cue FROM NAMED {NORTH} {{ GRAPH ?g {{ {CLAIM} }} }}",
    f"SELECT ?g ?cue FROM NAMED {NORTH} FROM NAMED {THIRD} {{ GRAPH ?g {{ {CLAIM} }} }}",
    f"SELECT ?cue FROM NAMED {NORTH} {{ GRAPH {THIRD} {{ {CLAIM} }} }}",
    f"SELECT ?cue ?label FROM {ACTORS} FROM {SAID} FROM NAMED {NORTH} "
    f"{{ ?c kg:source ?a . {LABEL} GRAPH ?g {{ {CLAIM} }} }}",
    f"SELECT ?cue ?label {{ GRAPH {NORTH} {{ {CLAIM} }} GRAPH {SAID} {{ ?c kg:source ?a }} "
    f"GRAPH {ACTORS} {{ {LABEL} }} }}",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    f"SELECT ?g (COUNT(*) AS ?n) FROM {NORTH} {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g",
    f"SELECT (COUNT(*) AS ?n) FROM {NORTH} FROM {SAID} FROM {ACTORS} {{ ?s ?p ?o }}",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"ASK FROM {ACTORS} {{ ?c a kg:Claim }}",
    f"ASK FROM {NORTH} {{ ?c a kg:Claim }}",
    f"SELECT ?r ?sup FROM {PROPOSITIONS} FROM {TERMS} {{ ?p rdf:predicate ?r . ?r rdfs:subPropertyOf+ ?sup }}",
    f"SELECT ?r ?sup FROM {PROPOSITIONS} {{ ?p rdf:predicate ?r . ?r rdfs:subPropertyOf+ ?sup }}",
    f"SELECT ?c FROM {NORTH} FROM NAMED {SAID} {{ {CLAIM} FILTER NOT EXISTS {{ GRAPH ?g {{ ?c kg:source ?a }} }} }}",
    f"SELECT ?c FROM {NORTH} FROM NAMED {SAID} {{ {CLAIM} MINUS {{ GRAPH ?g {{ ?c kg:denies ?p }} }} }}",
    f"SELECT ?quote FROM {NORTH} {{ ?c kg:evidence/nif:anchorOf ?quote }}",
]


@pytest.fixture(scope="module")
def dataset() -> rdflib.Dataset:
    return sample_graph().view().to_rdflib()


def _in_kg(query: str) -> Counter[tuple[str | None, ...]]:
    return Counter(sample_graph().query(query).rows())


def _in_oxigraph(query: str) -> Counter[tuple[str | None, ...]]:
    store = ox.Store()
    store.extend(sample_graph().match())
    answer = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union="FROM" not in query)
    if isinstance(answer, ox.QueryBoolean):
        return Counter([(str(bool(answer)).lower(),)])
    assert isinstance(answer, ox.QuerySolutions)
    return Counter(tuple(None if term is None else term.value for term in row) for row in answer)


def _in_rdflib(dataset: rdflib.Dataset, query: str) -> Counter[tuple[str | None, ...]]:
    answer = dataset.query(query, initNs=dict(PREFIXES))
    if answer.type == "ASK":
        return Counter([(str(answer.askAnswer).lower(),)])
    return Counter(tuple(None if cell is None else str(cell) for cell in row) for row in answer)  # type: ignore[union-attr]


@pytest.mark.parametrize("query", QUERIES)
def test_twenty_queries_answer_alike_in_three_engines(dataset: rdflib.Dataset, query: str) -> None:
    ours = _in_kg(query)
    assert ours == _in_oxigraph(query)
    assert ours == _in_rdflib(dataset, query)


def test_the_twenty_queries_find_something() -> None:
    assert len(QUERIES) >= 20
    assert sum(bool(_in_kg(query)) for query in QUERIES) >= 15


def test_broader_properties_and_english_labels_answer() -> None:
    store = sample_graph()

    def count(pattern: str) -> str | None:
        return next(store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows())[0]

    assert count("?c kg:takesStanceOn ?p") == count("?c kg:asserts|kg:denies|kg:declinesToConfirm ?p") != "0"
    assert count("?c a kg:Claim ; prov:wasAttributedTo ?a") == count("?c kg:source ?a") != "0"
    assert count("?c a kg:Claim ; dct:isPartOf ?a") == count("?c kg:reportedIn ?a") != "0"
    assert count('?a rdfs:label "Ruritania"@en') == count('?a skos:prefLabel "Ruritania"') == "1"
    assert count('?a skos:prefLabel ?x ; rdfs:label ?l FILTER(LANG(?l) = "en")') == count("?a skos:prefLabel ?l")
    assert count('kg:denies rdfs:label "denies"@en') == "1"
