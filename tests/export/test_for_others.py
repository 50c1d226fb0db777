"""Exports in the formats of other programs, each opened by the library that its users use."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import networkx
import pandas
import pytest
import rdflib
from rdflib.namespace import PROV, RDF

from kg.export import export, format_of
from kg.export.xlsx import CHARACTERS
from kg.store import View
from kg.store.tables import PUBLISHED, TABLES
from tests.graphs import built
from tests.query.story import story
from tests.rdf.samples import north

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def view() -> View:
    first, *rest = story()
    published = replace(first.article, url="https://courier.example/1?a=1&b=2", title="Shells “at” the <border>")
    return built([replace(first, article=published), *rest]).view()


def content(view: View, form: str) -> bytes:
    out = io.BytesIO()
    export(view, out, form)
    return out.getvalue()


def stances(view: View) -> int:
    """How many stances claims take on propositions: each is an edge."""
    return sum(len(claim.propositions) for claim in view.claims())


def test_every_claim_and_edge_says_when_where_and_at_which_address(view: View) -> None:
    articles = {article.id: article for article in view.articles()}
    for name in ("claims", "edges"):
        table = view.to_pandas(name)
        assert len(table) > 10
        for row in table.to_dict("records"):
            article = articles[row["article"]]
            wanted = (article.date, article.publisher, article.title, article.url)
            assert tuple(None if pandas.isna(row[c]) else row[c] for c in PUBLISHED) == wanted
    ids = view.to_pandas("articles")["id"]
    assert list(ids) == sorted(articles)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_are_read_by_networkx(view: View, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"g.{form}"
    export(view, path)
    read = {"graphml": lambda p: networkx.read_graphml(p, force_multigraph=True), "gexf": networkx.read_gexf}[form]
    graph, ours = read(path), view.to_networkx()
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {n: d["label"] for n, d in ours.nodes(data=True)}
    keep = ("relation", "sign", "stance", "source", "quote", "article", *PUBLISHED)
    edges = [
        Counter((s, t, *(d.get("source_label" if k == "source" and g is graph else k) for k in keep))
                for s, t, d in g.edges(data=True))
        for g in (graph, ours)
    ]  # fmt: skip
    assert edges[0] == edges[1]
    assert sum(edges[0].values()) == stances(view)


@pytest.mark.parametrize(("form", "parser"), [("ntriples", "nt"), ("rdfxml", "xml"), ("turtle", "turtle")])
def test_triples_are_read_by_rdflib(view: View, form: str, parser: str) -> None:
    graph = rdflib.Graph().parse(data=content(view, form), format=parser)
    ours = {
        (q.subject, q.predicate, q.object) for q in view.store.match() if q.graph_name != view.store.graphs.ontology
    }
    assert len(graph) == len(ours)


def test_workbooks_are_read_by_pandas_and_are_the_same_bytes_every_time(view: View) -> None:
    pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    book = content(view, "xlsx")
    assert book == content(view, "xlsx")
    sheets = pandas.read_excel(io.BytesIO(book), sheet_name=None, keep_default_na=False)
    assert {name: list(sheet.columns) for name, sheet in sheets.items()} == {
        name: list(table.columns) for name, table in TABLES.items()
    }
    assert list(sheets["claims"]["quote"]) == [claim.quote for claim in view.claims()]
    assert len(sheets["edges"]) == stances(view)


def test_nothing_in_a_workbook_is_a_formula_or_too_long() -> None:
    openpyxl, _ = pytest.importorskip("openpyxl"), pytest.importorskip("xlsxwriter")
    long = replace(north().actors[0], name="=1+1 " + "x" * 40_000, wikidata=None, mentions=())
    view = built([replace(north(), actors=(long, *north().actors[1:]))]).view()
    cells = [c for row in openpyxl.load_workbook(io.BytesIO(content(view, "xlsx")))["actors"].rows for c in row]
    assert all(c.data_type != "f" and c.hyperlink is None for c in cells)
    assert max(len(c.value) for c in cells if isinstance(c.value, str)) == CHARACTERS


def test_followthemoney_entities(view: View) -> None:
    entities = [json.loads(line) for line in content(view, "ftm").decode().splitlines()]
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    kinds = Counter(entity["schema"] for entity in entities)
    assert (kinds["Article"], kinds["UnknownLink"]) == (len(view.articles()), stances(view))
    for entity in entities:
        for values in entity["properties"].values():
            assert values
            assert all(isinstance(value, str) and value for value in values)
        if entity["schema"] == "UnknownLink":
            ends = [by_id[entity["properties"][end][0]]["schema"] for end in ("subject", "object")]
            assert not {"Article", "UnknownLink"} & set(ends)
            assert by_id[entity["properties"]["recordId"][0]]["schema"] == "Article"
    roles = {entity["properties"]["role"][0] for entity in entities if entity["schema"] == "UnknownLink"}
    assert "Anna Weiss denies: attacks" in roles
    assert all(" denies: " in role or " asserts: " in role or " will not confirm: " in role for role in roles)


def test_followthemoney_takes_every_entity_and_value(view: View) -> None:
    model = pytest.importorskip("followthemoney").model
    for line in content(view, "ftm").decode().splitlines():
        data = json.loads(line)
        entity = model.get_proxy(data, cleaned=False)
        entity.schema.validate(data)
        for name, values in data["properties"].items():
            assert entity.get(name), (name, values)


def test_claim_reviews_are_read_by_rdflib_without_the_network(view: View) -> None:
    graph = rdflib.Graph().parse(data=content(view, "claimreview"), format="json-ld")
    reviews = set(graph.subjects(RDF.type, SCHEMA.ClaimReview))
    stating = [claim for claim in view.claims() if claim.propositions]
    assert len(reviews) == len(stating) > 0
    for review in reviews:
        claim = graph.value(review, SCHEMA.itemReviewed)
        assert (claim, RDF.type, SCHEMA.Claim) in graph
        assert graph.value(review, SCHEMA.claimReviewed) == graph.value(claim, SCHEMA.text)
        assert graph.value(graph.value(claim, SCHEMA.author), SCHEMA.name)
        assert (graph.value(claim, SCHEMA.appearance), RDF.type, SCHEMA.NewsArticle) in graph
    ratings = {str(value) for value in graph.objects(None, SCHEMA.alternateName)}
    assert {"Contradicted by Anna Weiss", "Contradicted by nobody in these articles"} <= ratings
    assert not list(graph.objects(None, SCHEMA.ratingValue)), "nobody here gives verdicts"


def test_nanopublications_have_their_four_graphs(view: View) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=content(view, "nanopubs"), format="trig")
    heads = {(s, g) for s, _, _, g in dataset.quads((None, RDF.type, NP.Nanopublication, None))}
    stating = {claim.iri for claim in view.claims() if claim.propositions}
    assert len(heads) == len(stating)
    for node, name in heads:
        head = dataset.graph(name)
        names = ("Assertion", "Provenance", "PublicationInfo")
        parts = [rdflib.URIRef(str(head.value(node, NP[f"has{part}"]))) for part in names]
        assertion, provenance, information = (dataset.graph(part) for part in parts)
        assert len({name, *parts}) == 4
        assert stating & {str(s) for s in assertion.subjects()}
        assert (parts[0], PROV.wasAttributedTo, None) in provenance
        assert (parts[0], PROV.hadPrimarySource, None) in provenance
        assert (node, None, None) in information
    assert len({quad[3] for quad in dataset.quads()}) == 4 * len(stating)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.ttl", "turtle"), ("a.ftm.json", "ftm"), ("A.ClaimReview.jsonld", "claimreview"), ("a.jsonld", "jsonld"),
     ("a.nanopubs.trig", "nanopubs"), ("a.trig", "trig"), ("a.xlsx", "xlsx"), ("a.gexf", "gexf"), ("a.nt", "ntriples")],
)  # fmt: skip
def test_names_of_files_tell_the_format(name: str, form: str) -> None:
    assert format_of(Path(name)) == form
