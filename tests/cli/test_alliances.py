"""``kg alliances``: tables, CSV and JSON of ties, triads and communities."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kg.cli.alliances import command
from kg.merge import merge
from kg.store import open_store
from tests.merge.saying import article


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two friends, and an enemy of one who is a friend of the other."""
    folder = tmp_path_factory.mktemp("alliances") / "g.kg"
    told = (("russia", "alliedWith", "syria"), ("guard", "attacks", "syria"), ("russia", "supports", "guard"))
    with open_store(folder) as store:
        with store.writer() as writer:
            for number, content in enumerate(told):
                writer.write(article(str(number), ("weiss", "hale", "syria")[number], "asserts", *content))
        merge(store)
    return str(folder)


def run(*arguments: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_ties_as_csv(graph: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-g", graph))))
    assert sorted((row["sign"], {row["left"], row["right"]} == {"Russia", "Syria"}) for row in rows) == [
        ("+", False),
        ("+", True),
        ("-", False),
    ]
    assert run("-g", graph, "--least", "2") == ""


def test_json_has_the_claims_behind_each_tie(graph: str) -> None:
    rows = json.loads(run("-g", graph, "-f", "json"))
    assert all(len(row["claims"]) == len(row["sources"]) == 1 for row in rows)


def test_one_source_and_one_day(graph: str) -> None:
    assert len(json.loads(run("-g", graph, "--according-to", "Syria", "-f", "json"))) == 1
    assert json.loads(run("-g", graph, "--at", "2031-05-02", "-f", "json")) == []
    unknown = CliRunner().invoke(command, ["-g", graph, "--according-to", "Zenda"])
    assert unknown.exit_code == 2
    assert "No actor is called 'Zenda'" in unknown.output
    unknown = CliRunner().invoke(command, ["-g", graph, "--according-to", "Siria"])
    assert "Did you mean Syria" in unknown.output


def test_triads_and_communities(graph: str) -> None:
    (triad,) = json.loads(run("-g", graph, "--triads", "-f", "json"))
    assert (triad["kind"], triad["balanced"]) == ("ally of an enemy", False)
    assert {row["actor"] for row in csv.DictReader(io.StringIO(run("-g", graph, "--communities")))} == {
        "Russia",
        "Syria",
        "Blue Guard",
    }


def test_a_table_has_a_header(graph: str) -> None:
    header, *lines = run("-g", graph, "-f", "table").splitlines()
    assert header.split() == ["sign", "weight", "strength", "left", "right", "first", "last"]
    assert len(lines) == 3


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two voices assert what a third denies later, who had asserted it, too."""
    folder = tmp_path_factory.mktemp("histories") / "g.kg"
    said = (("weiss", "asserts", "2031-05-03"), ("hale", "asserts", "2031-05-04"), ("hale", "denies", "2031-05-09"))
    with open_store(folder) as store:
        with store.writer() as writer:
            for number, (who, stance, day) in enumerate(said):
                writer.write(article(str(number), who, stance, "russia", "attacks", "syria", date=day))
        merge(store)
    return str(folder)


def test_what_a_source_took_back(histories: str) -> None:
    (row,) = json.loads(run("-g", histories, "--changes", "-f", "json"))
    assert (row["source"], row["subject"], row["relation"], row["object"]) == ("Ben Hale", "Russia", "attacks", "Syria")
    assert (row["before"], row["on"], row["after"], row["then"]) == ("asserts", "2031-05-04", "denies", "2031-05-09")
    assert row["contradiction"]
    assert run("-g", histories, "--changes", "--according-to", "Anna Weiss") == ""


def test_what_independent_voices_assert(histories: str) -> None:
    (row,) = csv.DictReader(io.StringIO(run("-g", histories, "--agreements")))
    assert (row["voices"], row["subject"]) == ("2", "Russia")
    assert set(row["who"].split("; ")) == {"Anna Weiss", "Ben Hale"}
    assert row["took_back"] == "Ben Hale"
    assert run("-g", histories, "--agreements", "--least", "3") == ""
    assert "--at" in CliRunner().invoke(command, ["-g", histories, "--agreements", "--at", "2031"]).output


def test_the_friends_and_foes_of_one_actor(graph: str) -> None:
    rows = json.loads(run("-g", graph, "--actor", "Syria", "-f", "json"))
    assert {(row["with"], row["sign"], row["say_so"], row["say_not"]) for row in rows} == {
        ("Russia", "+", "Anna Weiss", ""),
        ("Blue Guard", "-", "Ben Hale", ""),
    }
    assert {row["latest"] for row in rows} == {"Anna Weiss asserts: Said", "Ben Hale asserts: Said"}


def test_the_latest_words_of_a_denial_read_as_one(histories: str) -> None:
    (row,) = json.loads(run("-g", histories, "--actor", "Syria", "--according-to", "Ben Hale", "-f", "json"))
    assert row["latest"] == "Ben Hale denies: Said"


def test_what_changed_since_a_day(graph: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("-g", graph, "--since", "2031-01-01"))))
    assert {row["change"] for row in rows} == {"new"}
    assert run("-g", graph, "--since", "2031-12-31", "--at", "2031-12-31") == ""
    assert "--since" in CliRunner().invoke(command, ["-g", graph, "--triads", "--since", "2031"]).output
