"""The SPARQL 1.1 Protocol over a running server: the cases of the W3C's protocol suite, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import open_store
from tests.serve.servers import BEARER, Server, running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UTF16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
UPDATE = {"Content-Type": "application/sparql-update", **BEARER}
ONE, TWO, THREE = (f"https://example.org/{name}" for name in ("one", "two", "three"))
KINDS = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX dct: <http://purl.org/dc/terms/>"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be changed; ``filled`` puts three graphs of one document each into it."""
    path = tmp_path_factory.mktemp("three") / "g.kg"
    open_store(path).close()
    with running(path, "--allow-update", "--workers", "2") as server:
        yield server


@pytest.fixture
def filled(three: Server) -> Server:
    graphs = " ".join(f"GRAPH <{g}> {{ <{g}> a foaf:Document }}" for g in (ONE, TWO, THREE))
    assert three.update(f"{KINDS} CLEAR ALL ; INSERT DATA {{ {graphs} }}").status_code == 204
    return three


def is_true(response: object) -> bool:
    return bool(getattr(response, "json")()["boolean"])  # noqa: B009


def test_query_by_get(server: Server) -> None:
    assert is_true(server.client.get("/sparql", params={"query": "ASK {}"}))


def test_query_by_form(server: Server) -> None:
    assert is_true(server.client.post("/sparql", data={"query": "ASK {}"}))
    assert is_true(server.client.post("/sparql", params={"default-graph-uri": ONE}, data={"query": "ASK {}"}))


def test_query_as_body(server: Server) -> None:
    assert is_true(server.client.post("/sparql", content="ASK {}", headers=QUERY))
    utf8 = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    assert is_true(server.client.post("/sparql/", content="ASK { FILTER(STRLEN('ä“') = 2) }".encode(), headers=utf8))


BOTH = f"ASK {{ <{ONE}> a ?a . <{TWO}> a ?b }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{ONE}> a ?a }} GRAPH ?h {{ <{TWO}> a ?b }} }}"
FULL = f"ASK {{ <{THREE}> a ?c GRAPH ?g {{ <{ONE}> a ?a }} GRAPH ?h {{ <{TWO}> a ?b }} }}"


@pytest.mark.parametrize(
    ("query", "graphs", "answer"),
    [
        (BOTH, {"default-graph-uri": [ONE, TWO]}, True),
        (BOTH, {"default-graph-uri": [ONE]}, False),
        (BOTH, {}, True),
        (NAMED, {"named-graph-uri": [ONE, TWO]}, True),
        (NAMED, {"named-graph-uri": [ONE]}, False),
        (NAMED, {"default-graph-uri": [ONE, TWO]}, False),
        (FULL, {"default-graph-uri": [THREE], "named-graph-uri": [ONE, TWO]}, True),
        (FULL, {"default-graph-uri": [ONE], "named-graph-uri": [ONE, TWO]}, False),
        (NAMED.replace("ASK", f"ASK FROM <{THREE}>"), {"named-graph-uri": [ONE, TWO]}, True),
        (f"ASK FROM <{TWO}> {{ <{TWO}> a ?a }}", {}, True),
        (f"ASK FROM <{TWO}> {{ <{TWO}> a ?a }}", {"default-graph-uri": [ONE]}, False),
    ],
)
@pytest.mark.parametrize("method", ["get", "form", "body"])
def test_dataset_of_the_protocol(
    filled: Server, query: str, graphs: dict[str, list[str]], answer: bool, method: str
) -> None:
    if method == "get":
        response = filled.client.get("/sparql", params={"query": query, **graphs})
    elif method == "form":
        response = filled.client.post("/sparql", data={"query": query, **graphs})
    else:
        response = filled.client.post("/sparql", params=graphs, content=query, headers=QUERY)
    assert is_true(response) is answer


TABLE_TYPES = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
GRAPH_TYPES = ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("SELECT (1 AS ?value) {}", TABLE_TYPES),
        ("ASK {}", TABLE_TYPES[:2]),
        ("DESCRIBE <http://example.org/>", GRAPH_TYPES),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPH_TYPES),
    ],
)
def test_content_types(server: Server, query: str, types: list[str]) -> None:
    assert server.ask(query, "*/*").headers["content-type"].partition(";")[0] == types[0]
    for media in types:
        response = server.ask(query, media)
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media)
    assert server.ask(query, "image/png").status_code == 406
    assert server.ask(query, f"image/png, {types[1]};q=0.2, */*;q=0.1").headers["content-type"] == types[1]


@pytest.mark.parametrize("parameter", ["format", "output"])
@pytest.mark.parametrize(
    ("name", "table", "triples"),
    [
        ("json", "application/sparql-results+json", "application/ld+json"),
        ("xml", "application/sparql-results+xml", "application/rdf+xml"),
        ("text/csv", "text/csv", None),
        ("TSV", "text/tab-separated-values", None),
        ("ttl", None, "text/turtle"),
        ("n-triples", None, "application/n-triples"),
    ],
)
def test_the_address_may_say_the_format(
    server: Server, parameter: str, name: str, table: str | None, triples: str | None
) -> None:
    html = {"Accept": "text/html"}  # of a browser, which cannot be told otherwise
    for query, wanted in (("SELECT (1 AS ?one) {}", table), ("CONSTRUCT { <s> <p> 1 } WHERE {}", triples)):
        response = server.client.get("/sparql", params={"query": query, parameter: name}, headers=html)
        assert response.headers["content-type"].partition(";")[0] == (wanted or "text/plain")
        assert response.status_code == (200 if wanted else 406)
        assert server.client.post("/sparql", data={"query": query, parameter: name}).status_code == response.status_code


def test_a_format_that_does_not_exist_is_named(server: Server) -> None:
    response = server.client.get("/sparql", params={"query": "ASK {}", "format": "docx"})
    assert (response.status_code, "'docx'" in response.text, "json" in response.text) == (400, True, True)
    assert server.client.get("/sparql?format=jsonld").headers["content-type"] == "application/ld+json"


def test_from_in_a_query_and_what_is_wrong_with_one(filled: Server) -> None:
    one = f"SELECT ?d FROM <{ONE}> {{ ?d a <http://xmlns.com/foaf/0.1/Document> }}"
    assert filled.ask(one).text == f"d\r\n{ONE}\r\n"
    wrong = filled.ask("SELECT *\nWHERE { ?x a sko:Concept }")
    assert wrong.status_code == 400
    assert "Did you mean skos:?" in wrong.text
    assert "Line 2, column 14:\n  WHERE { ?x a sko:Concept }\n               ^" in wrong.text


def test_what_answers_hold(server: Server) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("x,y" <http://e.org/>) (UNDEF 1) } }'
    assert server.ask(query, "text/csv").text == 'a,b\r\n"x,y",http://e.org/\r\n,1\r\n'
    assert server.ask(query, "text/tab-separated-values").text == '?a\t?b\n"x,y"\t<http://e.org/>\n\t1\n'
    rows = server.ask(query, "application/json").json()["results"]["bindings"]
    assert [sorted(row) for row in rows] == [["a", "b"], ["b"]]
    assert '<results><result><binding name="a">' in server.ask(query, "text/xml").text
    triples = "CONSTRUCT { <http://e.org/s> rdf:value 1 } WHERE {}"
    assert server.ask(triples, "application/n-triples").text.endswith(
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )
    assert server.ask(triples, "application/ld+json").json()[0]["@id"] == "http://e.org/s"


@pytest.mark.parametrize(
    ("method", "target", "body", "headers", "status"),
    [
        ("PUT", "/sparql?query=ASK%20%7B%7D", b"", FORM, 405),
        ("DELETE", "/sparql", b"", {}, 405),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", b"", {}, 400),
        ("GET", "/sparql?default-graph-uri=http%3A%2F%2Fe.org", b"", {}, 400),
        ("GET", "/sparql?query=%FF%FE", b"", {}, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", b"", BEARER, 400),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", {}, 415),
        ("POST", "/sparql", b"ASK {}", {}, 415),
        ("POST", "/sparql", b"", FORM, 400),
        ("POST", "/sparql", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("POST", "/sparql", b"query=ASK%20%7B%7D&update=CLEAR%20ALL", FORM, 400),
        ("POST", "/sparql?query=ASK%20%7B%7D", b"ASK {}", QUERY, 400),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), UTF16, 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), QUERY, 400),
        ("POST", "/sparql", b"SELECT WHERE", QUERY, 400),
        ("POST", "/sparql?default-graph-uri=not%20an%20IRI", b"ASK {}", QUERY, 400),
        ("POST", "/sparql", b"x" * (17 << 20), QUERY, 413),
        ("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "text/plain", **BEARER}, 415),
        ("POST", "/sparql", b"update=CLEAR%20ALL", BEARER, 415),
        ("POST", "/sparql", "CLEAR ALL".encode("utf-16"), BEARER | UTF16, 415),
        ("POST", "/sparql", b"update=CLEAR%20ALL&update=CLEAR%20ALL", FORM | BEARER, 400),
        ("POST", "/sparql", b"CLEAR XYZ", UPDATE, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_understood(  # noqa: PLR0917
    three: Server, method: str, target: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    response = three.client.request(method, target, content=body, headers=headers)
    assert response.status_code == status
    assert response.text.strip()


def test_update_by_form_and_as_body(filled: Server) -> None:
    assert filled.client.post("/sparql", data={"update": f"CLEAR GRAPH <{ONE}>"}, headers=BEARER).status_code == 204
    assert not is_true(filled.ask(f"ASK {{ <{ONE}> ?p ?o }}", "application/json"))
    assert filled.client.post("/sparql", content=f"CLEAR GRAPH <{TWO}>", headers=UPDATE).status_code == 204
    assert not is_true(filled.ask(f"ASK {{ <{TWO}> ?p ?o }}", "application/json"))


MARK = "INSERT { GRAPH <http://e.org/new> { ?s a dct:BibliographicResource } } WHERE"
MARKED = "SELECT ?s { GRAPH <http://e.org/new> { ?s a dct:BibliographicResource } } ORDER BY ?s"


@pytest.mark.parametrize(
    ("pattern", "graphs", "marked"),
    [
        ("{ ?s a foaf:Document }", {"using-graph-uri": [ONE]}, [ONE]),
        ("{ ?s a foaf:Document }", {"using-graph-uri": [ONE, TWO]}, [ONE, TWO]),
        ("{ GRAPH ?g { ?s a foaf:Document } }", {"using-named-graph-uri": [ONE, TWO]}, [ONE, TWO]),
        (
            "{ { SELECT * WHERE { GRAPH ?g { ?s a foaf:Document } } } UNION { ?s a foaf:Document } } # WHERE",
            {"using-graph-uri": [ONE], "using-named-graph-uri": [TWO]},
            [ONE, TWO],
        ),
    ],
)
def test_update_with_graphs_of_the_protocol(
    filled: Server, pattern: str, graphs: dict[str, list[str]], marked: list[str]
) -> None:
    update = f"{KINDS} {MARK} {pattern}"
    assert filled.client.post("/sparql", params=graphs, content=update, headers=UPDATE).status_code == 204
    assert filled.ask(f"{KINDS} {MARKED}").text.split()[1:] == marked


@pytest.mark.parametrize("own", [f"USING <{TWO}>", f"USING NAMED <{TWO}>"])
def test_update_that_names_graphs_twice(filled: Server, own: str) -> None:
    update = f"{KINDS} {MARK.replace('WHERE', own)} WHERE {{ ?s a foaf:Document }}"
    for text in (update, f"{KINDS} WITH <{TWO}> {MARK} {{ ?s ?p ?o }}", "DELETE WHERE { ?s ?p ?o }"):
        response = filled.client.post("/sparql", params={"using-graph-uri": ONE}, content=text, headers=UPDATE)
        assert response.status_code == 400


def test_relative_iris_have_a_base(filled: Server) -> None:
    filled.update("INSERT DATA { GRAPH <http://e.org/base> { <http://e.org/s> <http://e.org/p> <test> } }")
    found = filled.ask("SELECT ?o { GRAPH <http://e.org/base> { ?s ?p ?o } }").text.split()
    assert found[1].startswith("https://")
    assert found[1].endswith("/test")


def test_an_update_that_fails_changes_nothing(filled: Server) -> None:
    text = f"CLEAR GRAPH <{ONE}> ; CLEAR GRAPH <http://e.org/none>"
    assert filled.update(text).status_code == 400
    assert is_true(filled.ask(f"ASK {{ <{ONE}> ?p ?o }}", "application/json"))


def test_service_description(server: Server) -> None:
    import pyoxigraph as ox

    for media, form in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        response = server.client.get("/sparql", headers={"Accept": media})
        assert response.headers["content-type"].startswith(media)
        terms = {str(quad.object) for quad in ox.parse(response.content, form)}
        assert any("UnionDefaultGraph" in term for term in terms)
        assert any(term.endswith("/sparql>") for term in terms)
        assert not any("SPARQL11Update" in term for term in terms)
    assert server.client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_graph_store(filled: Server) -> None:
    nt = {"Accept": "application/n-triples"}
    one = filled.client.get("/data", params={"graph": ONE}, headers=nt).text
    assert one == f"<{ONE}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document> .\n"
    assert set(one.splitlines()) < set(filled.client.get("/data?default", headers=nt).text.splitlines())
    assert filled.client.get("/data", params={"graph": "http://e.org/none"}).status_code == 404
    assert filled.client.head("/data", params={"graph": ONE}).status_code == 200
    assert filled.client.get("/data").status_code == 400
    assert filled.client.get("/data", params={"graph": [ONE, TWO]}).status_code == 400
    assert filled.client.put("/data", params={"graph": ONE}, content=b"").status_code == 405


def test_answers_as_kg_query_gives_them(server: Server, story: Path) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    with open_store(story, read_only=True) as store:
        assert server.ask(query).content == store.query(query).serialize("csv")
