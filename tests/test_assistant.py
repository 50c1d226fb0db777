"""The graph as tools for assistants, asked through the client that comes with the protocol's own package."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.assistant import server
from kg.store import View, open_store
from tests.query.story import fill

mcp = pytest.importorskip("mcp", reason="needs the extra 'mcp'")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("assistant") / "story.trig"
    with open_store(path) as store:
        fill(store)
    return path


def ask(story: Path, tool: str, **arguments: Any) -> Any:
    """The structured answer of a tool, or the words of its error."""

    @contextmanager
    def opening() -> Iterator[View]:
        with open_store(story, read_only=True) as store:
            yield store.view()

    async def asked() -> Any:
        async with mcp.Client(server(opening)) as client:
            answer = await client.call_tool(tool, arguments)
        return answer.content[0].text if answer.is_error else (answer.structured_content or {}).get("result")

    return run(asked())


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(coroutine)


def test_every_tool_only_reads_and_says_what_it_answers(story: Path) -> None:
    async def listed() -> Any:
        async with mcp.Client(server(lambda: open_store(story).view())) as client:
            return (await client.list_tools()).tools

    tools = run(listed())
    assert {t.name for t in tools} == {
        "find_actor", "friends_and_foes", "claims_between", "contested", "evidence", "named_queries", "named_query",
        "sparql",
    }  # fmt: skip
    assert all(t.description and t.annotations.read_only_hint for t in tools)


def test_an_actor_is_found_by_name(story: Path) -> None:
    (found,) = ask(story, "find_actor", name="Ruritania")
    assert (found["label"], found["type"]) == ("Ruritania", "State")
    assert found["articles"] > 0


def test_friends_and_foes_come_with_a_sentence_and_its_address(story: Path) -> None:
    ties = ask(story, "friends_and_foes", actor="Ruritania")
    assert {t["sign"] for t in ties} <= {"+", "-", "0"}
    assert all("‹" in t["latest"]["sentence"] and t["latest"]["article"]["id"] for t in ties)


def test_claims_between_two_say_whose_they_are_and_with_which_stance(story: Path) -> None:
    claims = ask(story, "claims_between", one="Ruritania", other="Graustark")
    assert claims
    assert {c["stance"] for c in claims} <= {"asserts", "denies", "will not confirm"}
    for claim in claims:
        assert claim["source"]
        assert any({"Ruritania", "Graustark"} <= set(said.split(" ")) for said in claim["that"])


def test_disputes_have_the_words_of_both_sides(story: Path) -> None:
    for row in ask(story, "contested"):
        assert row["assertion"]
        assert row["denial"]


def test_evidence_is_what_kg_explain_prints(story: Path) -> None:
    assert "Ruritania" in ask(story, "evidence", what="Ruritania")


def test_named_queries_are_listed_and_asked(story: Path) -> None:
    names = {q["name"] for q in ask(story, "named_queries")}
    assert "denials" in names
    assert ask(story, "named_query", name="between", parameters={"one": "Ruritania", "other": "Graustark"})


def test_sparql_is_answered_by_column(story: Path) -> None:
    (row,) = ask(story, "sparql", query="SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }")
    assert int(row["n"]) > 0


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("friends_and_foes", {"actor": "Nowhere"}, "No actor is called 'Nowhere'"),
        ("named_query", {"name": "nothing"}, "nothing"),
        ("sparql", {"query": "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"}, "SERVICE is not allowed"),
        ("sparql", {"query": "SELECT * {"}, "Line 1, column 10"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    story: Path, tool: str, arguments: dict[str, Any], words: str
) -> None:
    assert words in ask(story, tool, **arguments)


def test_the_command_speaks_on_standard_input_and_output(story: Path) -> None:
    async def asked() -> Any:
        command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "-g", str(story)])
        async with mcp.Client(command) as client:
            return await client.call_tool("find_actor", {"name": "Graustark"})

    assert run(asked()).structured_content["result"][0]["label"] == "Graustark"
