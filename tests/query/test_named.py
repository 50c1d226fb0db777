"""The named queries: headers, parameters, and equal answers in Oxigraph and rdflib."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib.query

from kg.errors import QueryError
from kg.merge import merge
from kg.query import NamedQuery, list_named, named, run, run_named
from kg.query.named_queries import parse
from kg.query.run import bindings
from kg.records import Extraction
from kg.store import View, open_store
from kg.store.bindings import bound
from tests.rdf.samples import samples

#: Parameters with which each query that needs some is tried on the samples.
VALUES = {"alliances-at": {"date": "2031-05-03"}, "supporters-of-opponents": {"actor": "Ruritania"}}


def view_of(extractions: list[Extraction]) -> View:
    store = open_store(":memory:")
    with store.writer() as writer:
        for extraction in extractions:
            writer.write(extraction)
    merge(store)
    return store.view()


@pytest.fixture(scope="module")
def view() -> View:
    return view_of(samples())


def same_in_rdflib(view: View, query: NamedQuery, values: dict[str, str]) -> None:
    ours = sorted(run_named(view, query.name, values).rows(), key=str)
    dataset = view.to_rdflib()
    theirs = set()
    for chosen in bindings(view, query, values):
        for row in dataset.query(bound(query.sparql, chosen)):
            assert isinstance(row, rdflib.query.ResultRow)
            theirs.add(tuple(None if cell is None else str(cell) for cell in row))
    assert ours == sorted(theirs, key=str)


def test_there_are_fourteen() -> None:
    assert len(list_named()) == 14
    assert all(q.title and q.description.endswith(".") for q in list_named())


@pytest.mark.parametrize("query", list_named(), ids=lambda q: q.name)
def test_named_queries_answer_alike_in_rdflib(view: View, query: NamedQuery) -> None:
    same_in_rdflib(view, query, VALUES.get(query.name, {}))


@pytest.mark.shared
@pytest.mark.parametrize("query", list_named(), ids=lambda q: q.name)
def test_named_queries_answer_alike_on_the_seed_article(shared: Path, query: NamedQuery) -> None:
    path = shared / "gold" / "articles" / "iran-no-involvement.json"
    seed = view_of([Extraction.from_dict(json.loads(path.read_text("utf-8")))])
    values = {"alliances-at": {"date": "2014-10-01"}, "supporters-of-opponents": {"actor": "Islamic State"}}
    same_in_rdflib(seed, query, values.get(query.name, {}))


@pytest.mark.parametrize("query", list_named(), ids=lambda q: q.name)
def test_every_parameter_narrows_the_answer(view: View, query: NamedQuery) -> None:
    rows = set(run_named(view, query.name, VALUES.get(query.name, {})).rows())
    for param in query.params:
        value = {"actor": "Blue Guard", "relation": "attacks", "date": "2031-05-03"}[param.kind]
        narrowed = set(run_named(view, query.name, {**VALUES.get(query.name, {}), param.name: value}).rows())
        assert narrowed <= rows or param.required


def test_denials_names_source_content_and_words(view: View) -> None:
    answer = run_named(view, "denials", {"source": "Anna Weiss", "relation": "attacks"})
    assert answer.variables[:6] == ("who", "via", "act", "subject", "relation", "object")
    assert [row[:7] for row in answer.rows()] == [
        ("Anna Weiss", None, "Denial", "Ruritania", "attacks", "Blue Guard", "Ruritania had attacked the Blue Guard"),
    ]


def test_contested_shows_both_sides_across_articles(view: View) -> None:
    rows = {(row[3], row[5], row[6]) for row in run_named(view, "contested").rows()}
    assert rows == {
        ("senior Ruritanian official", "north-1", "Anna Weiss"),
        ("The Southern Star (narrator)", "south/2 “ä”", "Anna Weiss"),
    }


def test_said_about_follows_offices_to_the_state(view: View) -> None:
    rows = run_named(view, "said-about", {"speaker": "Q900001", "about": "Blue Guard"}).rows()
    assert {(row[1], row[2]) for row in rows} == {("Anna Weiss", "denies"), ("senior Ruritanian official", "asserts")}


def test_bare_content_finds_nothing(view: View) -> None:
    assert not run_named(view, "bare-content")


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("nothing", {}, "No named query"),
        ("denials", {"who": "x"}, "has no parameter 'who'"),
        ("alliances-at", {}, "needs its parameter 'date'"),
        ("denials", {"source": "Ana Weis"}, "Did you mean Anna Weiss"),
        ("denials", {"relation": "hits"}, "No relation is called"),
    ],
)
def test_wrong_parameters_say_so(view: View, name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_named(view, name, values)


def test_parameters_are_bound_not_pasted(view: View) -> None:
    with pytest.raises(QueryError, match="No actor is called"):
        run_named(view, "denials", {"source": '" } UNION { ?claim ?x ?y } #'})
    with pytest.raises(QueryError, match="is no date"):
        run_named(view, "alliances-at", {"date": '0001" || true) #'})


def test_answers_serialize(view: View) -> None:
    answer = run_named(view, "most-denied")
    assert answer.serialize("csv").decode().splitlines()[0] == "actor,denials,propositions"
    assert json.loads(answer.serialize("json"))[0]["denials"] == "1"
    with pytest.raises(QueryError, match="no answer as 'ttl'"):
        answer.serialize("ttl")


def test_run_gives_results_of_each_kind(view: View) -> None:
    assert run(view, "ASK { ?p a kg:ContestedProposition }")
    labels = run(view, "CONSTRUCT { ?a skos:prefLabel ?l } WHERE { ?a skos:prefLabel ?l }")
    assert b"skos:prefLabel" in labels.serialize("ttl")
    assert run(view, "SELECT (COUNT(*) AS ?n) WHERE { ?c a kg:Claim }").serialize("csv") == b"n\r\n7\r\n"
    with pytest.raises(QueryError, match="no answer as 'csv'"):
        run(view, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").serialize("csv")


def test_a_query_without_its_header_says_so() -> None:
    with pytest.raises(QueryError, match="no header line for params, title"):
        parse("x", "# description: y\nSELECT * WHERE { ?s ?p ?o }")
    assert named("denials").params[0].variable == "sourceIri"


def test_chains_follow_nesting_and_dispute(view: View) -> None:
    rows = {row[:3] for row in run_named(view, "chains").rows()}
    assert rows == {
        ("Anna Weiss", "Blue Guard", "denies"),
        ("Anna Weiss", "senior Ruritanian official", "asserts"),
    }
