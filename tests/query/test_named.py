"""The named queries: headers, parameters, and equal answers in Oxigraph and rdflib."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import rdflib
import rdflib.query

from kg.errors import QueryError
from kg.merge.alliances import SCALE, alliances
from kg.query import NamedQuery, list_named, named, run, run_named, whole
from kg.query.named_queries import parse
from kg.query.run import bindings
from kg.records import Extraction
from kg.store import View
from kg.store.bindings import bound
from tests.graphs import built, sample_graph
from tests.query.story import Case, cases, story


@pytest.fixture(scope="module")
def view() -> View:
    return sample_graph().view()


@pytest.fixture(scope="module")
def told() -> View:
    return built(story()).view()


@pytest.fixture(scope="module")
def dataset(told: View) -> rdflib.Dataset:
    return told.to_rdflib()


def same_in_rdflib(view: View, dataset: rdflib.Dataset, query: NamedQuery, values: Mapping[str, str]) -> None:
    ours = sorted(run_named(view, query.name, values).rows(), key=str)
    theirs = set()
    for chosen in bindings(view, query, values):
        for row in dataset.query(bound(query.sparql, chosen)):
            assert isinstance(row, rdflib.query.ResultRow)
            theirs.add(tuple(None if cell is None else str(cell) for cell in row))
    assert ours == sorted(theirs, key=str)


def test_every_query_says_what_it_is() -> None:
    assert len(list_named()) >= 30
    for query in list_named():
        assert query.title
        assert query.description.endswith(".")
        assert set(query.example) <= {p.name for p in query.params}
        assert {p.name for p in query.params if p.required} <= set(query.example)


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_the_story_gives_the_expected_answer(told: View, case: Case) -> None:
    assert run_named(told, case.query.name, case.values).table == list(case.rows)


@pytest.mark.parametrize("query", list_named(), ids=lambda q: q.name)
def test_every_example_finds_something(told: View, query: NamedQuery) -> None:
    assert bool(run_named(told, query.name, query.example)) is (query.name != "bare-content")


@pytest.mark.parametrize("case", cases(), ids=lambda c: c.name)
def test_named_queries_answer_alike_in_rdflib(told: View, dataset: rdflib.Dataset, case: Case) -> None:
    same_in_rdflib(told, dataset, case.query, case.values)


@pytest.fixture(scope="module")
def seed(shared: Path) -> View:
    path = shared / "gold" / "articles" / "iran-no-involvement.json"
    return built([Extraction.from_dict(json.loads(path.read_text("utf-8")))]).view()


@pytest.fixture(scope="module")
def seed_dataset(seed: View) -> rdflib.Dataset:
    return seed.to_rdflib()


@pytest.mark.shared
@pytest.mark.parametrize("query", list_named(), ids=lambda q: q.name)
def test_named_queries_answer_alike_on_the_seed_article(
    seed: View, seed_dataset: rdflib.Dataset, query: NamedQuery
) -> None:
    needed = {"date": "2014-10-01", "actor": "Islamic State", "article": "iran-no-involvement", "speaker": "Iran"}
    needed |= {"one": "Iran", "other": "Islamic State", "about": "Islamic State", "outlet": "Financial Tribune"}
    same_in_rdflib(seed, seed_dataset, query, {p.name: needed[p.name] for p in query.params if p.required})


@pytest.mark.parametrize("query", list_named(), ids=lambda q: q.name)
def test_every_parameter_narrows_the_answer(told: View, query: NamedQuery) -> None:
    needed = {p.name: query.example[p.name] for p in query.params if p.required}
    rows = run_named(told, query.name, needed).table
    for param in query.params:
        values = {"actor": "Blue Guard", "relation": "attacks", "date": "2031-05-03", "text": "The Zenda Herald"}
        narrowed = run_named(told, query.name, {**needed, param.name: values[param.kind]}).table
        assert len(narrowed) <= len(rows) or param.required


@pytest.mark.parametrize("source", [None, "Graustark"])
def test_friends_and_foes_are_those_of_kg_alliances(told: View, source: str | None) -> None:
    (actor,) = told.find("Ruritania")
    by = told.find(source)[0].iri if source else None
    expected = {
        (tie.right_label if tie.left == actor.iri else tie.left_label, round(100 * tie.weight), tie.strength)
        for tie in alliances(told, actor=actor.iri, according_to=by)
    }
    values = {"actor": "Ruritania", **({"source": source} if source else {})}
    found = run_named(told, "allies-and-foes", values).rows()
    assert {(row[0], int(row[1] or 0), int(row[2] or 0)) for row in found} == expected


def test_friends_and_foes_weigh_relations_as_kg_alliances_does() -> None:
    scale = dict(re.findall(r"\(kg:(\w+) (\d\.\d)\)", named("allies-and-foes").sparql))
    assert {name: float(value) for name, value in scale.items()} == SCALE


def test_denials_names_source_content_and_words(view: View) -> None:
    answer = run_named(view, "denials", {"source": "Anna Weiss", "relation": "attacks"})
    assert answer.variables[:6] == ("who", "via", "act", "subject", "relation", "object")
    assert [row[:7] for row in answer.rows()] == [
        ("Anna Weiss", None, "Denial", "Ruritania", "attacks", "Blue Guard", "Ruritania had attacked the Blue Guard"),
    ]


def test_contested_shows_both_sides_across_articles(told: View) -> None:
    rows = {(row[3], row[5], row[6], row[8]) for row in run_named(told, whole("contested")).rows()}
    assert rows == {
        ("senior Ruritanian official", "north-1", "Anna Weiss", "north-1"),
        ("Borderwire", "courier-6", "Flavia Elphberg", "courier-6"),
        ("Rudolf Rassendyll", "star-5", "Flavia Elphberg", "courier-6"),
    }


def test_contested_has_one_row_a_dispute(told: View) -> None:
    disputes = run_named(told, "contested").table
    pairs = run_named(told, whole("contested")).table
    assert sorted(str(row[0]) for row in disputes) == sorted({f"{row[0]} {row[1]} {row[2]}" for row in pairs})
    for dispute, yes, no, first, last, assertion, denial in disputes:
        mine = [row for row in pairs if f"{row[0]} {row[1]} {row[2]}" == dispute]
        assert (yes, no) == (str(len({row[3] for row in mine})), str(len({row[6] for row in mine})))
        assert assertion in {f"{row[3]}: {row[4]}" for row in mine}
        assert denial in {f"{row[6]}: {row[7]}" for row in mine}
        assert first <= last  # type: ignore[operator]
    with pytest.raises(QueryError, match="shows all there is already"):
        whole("denials")


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
    with pytest.raises(QueryError, match="is no text"):
        run_named(view, "article-claims", {"article": "\ud800"})
    assert not run_named(view, "article-claims", {"article": 'x") } #'})
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
    with pytest.raises(QueryError, match="no header line for example, params, title"):
        parse("x", "# description: y\nSELECT * WHERE { ?s ?p ?o }")
    assert named("denials").params[0].variable == "sourceIri"


def test_chains_follow_nesting_and_dispute(view: View) -> None:
    rows = {row[:3] for row in run_named(view, "chains").rows()}
    assert rows == {
        ("Anna Weiss", "Blue Guard", "denies"),
        ("Anna Weiss", "senior Ruritanian official", "asserts"),
    }
