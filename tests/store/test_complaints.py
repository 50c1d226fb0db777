"""What is wrong with a query, where, in words that no grammar has to be known for."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store.complaints import unknown_terms
from tests.graphs import sample_graph


def said(query: str) -> tuple[str, str]:
    """The sentence, and the characters from the caret on."""
    with pytest.raises(QueryError) as caught:
        sample_graph().query(query)
    sentence, line, caret = str(caught.value).rsplit("\n", 2)
    assert caret.strip() == "^"
    return sentence, line[caret.index("^") :]


@pytest.mark.parametrize(
    ("query", "sentence", "at"),
    [
        ("SELEC ?x { ?x a kg:Claim }", "cannot begin with SELEC. Did you mean SELECT?", "SELEC ?x"),
        ("INSERT DATA { kg:a a kg:Claim }", "INSERT changes the graph", "INSERT"),
        ("{ ?x a kg:Claim }", "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE.", "{ ?x"),
        ("", "A query begins with SELECT", ""),
        ("SELECT ?x { ?x a sko:Concept }", "prefix sko: is not declared. Did you mean skos:?", "sko:Concept"),
        ("SELECT ?x { ?x a foo:Claim }", "prefix foo: is not declared. Known: dct:, fact:, kg:", "foo:Claim"),
        ("SELECT ?x { ?x a :Claim }", "The prefix : is not declared.", ":Claim"),
        ("SELECT ?x { ?x a kg:Claim OPTINAL { ?x ?y 1 } }", "no word of SPARQL. Did you mean OPTIONAL?", "OPTINAL"),
        ('SELECT ?x { ?x ?y ?z FILTER(REGX(?z, "a")) }', "Did you mean REGEX?", "REGX("),
        ("SELECT ?x { ?x a kg:Claim", "This { is never closed: a } is missing.", "{ ?x"),
        ("SELECT ?x { ?x a kg:Claim }}", "Nothing is open that this } would close.", "}"),
        ("SELECT ?x { FILTER(?x = 1] }", "Nothing is open that this ] would close.", "] }"),
        ('SELECT ?x { ?x kg:cue "said ; a kg:Claim }', 'A text begins here and never ends: a " is missing.', '"said'),
        ("SELECT ?x { ?x a kg:Claim } ORDER ?x", "Here could stand: BY.", "?x"),
        ("SELECT ?x { ?x a kg:Claim } LIMIT -1", "Here could stand: a number.", "-1"),
        ("SELECT ?x { ?y a kg:Claim . ?x ?p }", "not understood from here on.", "?x ?p }"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", "a variable that is unbound", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(query: str, sentence: str, at: str) -> None:
    what, rest = said(query)
    assert sentence in what
    assert rest.startswith(at)
    assert "\\u{" not in what


def test_the_line_and_column_are_those_of_the_writer() -> None:
    what, _ = said("PREFIX ex: <http://example.org/>\nSELECT *\nWHERE {\n\t?x a exx:Thing\n}")
    assert what.endswith("Line 4, column 7:")


def test_values_that_are_bound_do_not_move_the_place() -> None:
    with pytest.raises(QueryError, match="Line 2, column 12"):
        sample_graph().view().query("SELECT *\n{ ?x ?y ?z FILTR(?x) }", y="said")


def test_what_is_no_slip_is_not_complained_of() -> None:
    query = """BASE <http://example.org/> PREFIX : <x#> # a comment with a { and "
        SELECT (GROUP_CONCAT(?n; SEPARATOR=", ") AS ?all) WHERE {
          ?a a kg:State ; skos:prefLabel ?n . FILTER(?n NOT IN ("a", 'b') && isIRI(?a) && STRLEN(?n) < 1e3 && true)
          VALUES (?u) { (UNDEF) (:b) (<c>) ("x"@en-GB) ("1"^^xsd:integer) } }"""
    assert sample_graph().query(query)


def test_terms_that_the_ontology_does_not_have() -> None:
    slips = list(
        unknown_terms("SELECT * { ?c a kg:Clam ; kg:denys ?p ; skos:nolabel ?x ; kg:cue ?y . ?d kg:denys ?q }")
    )
    assert [slip.what for slip in slips] == [
        "The ontology has no term kg:Clam. Did you mean kg:Claim?",
        "The ontology has no term kg:denys. Did you mean kg:denies?",
    ]
    assert [slip.start for slip in slips] == [16, 26]
    assert not list(unknown_terms("PREFIX kg: <http://example.org/> ASK { ?x a kg:Clam }"))
    assert list(unknown_terms("ASK { ?x a <https://w3id.org/hearsay/ns#Clam> }"))
