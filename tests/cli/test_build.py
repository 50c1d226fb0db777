"""What ``kg build`` says of what came in, and what it leaves behind when there is nothing, or when it is stopped."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.test_cli import KG, STORY, dump, kg

DENIAL, OTHER = "Iran denied attacking Oman.", "Russia denied attacking Ukraine."


def test_build_says_what_it_added_replaced_and_knew(tmp_path: Path) -> None:
    graph, first, again = tmp_path / "g.kg", tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text("\n".join(json.dumps({"id": i, "text": DENIAL}) for i in ("kept", "changed")))
    rows = ({"id": "kept", "text": DENIAL}, {"id": "changed", "text": OTHER}, {"id": "new", "text": OTHER})
    again.write_text("\n".join(map(json.dumps, rows)))
    assert "2 added, 0 replaced, 0 already there" in kg("build", first, "-g", graph).stderr
    assert "1 added, 1 replaced, 1 already there" in kg("build", again, "-g", graph).stderr
    assert "0 added, 0 replaced, 3 already there" in kg("build", again, "-g", graph).stderr
    assert "3 articles" in kg("info", "-g", graph).stdout


def test_standard_input_twice_is_two_articles(tmp_path: Path) -> None:
    for text in (DENIAL, OTHER):
        assert "1 added, 0 replaced" in kg("build", "-", "-g", tmp_path / "g.kg", stdin=text).stderr
    assert "2 articles" in kg("info", "-g", tmp_path / "g.kg").stdout


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["nosuch/"], "nosuch: no such file or folder"),
        (["empty"], "no articles in this folder"),
        (["empty"], "1 input skipped; nothing was read."),
        (["a.txt", "--pipeline", "none"], "No spaCy pipeline 'none'"),
    ],
)
def test_a_build_of_nothing_leaves_no_graph(tmp_path: Path, args: list[str], says: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(DENIAL)
    run = subprocess.run([*KG, "build", *args, "-g", "g.kg"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert says in run.stderr
    assert not (tmp_path / "g.kg").exists()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_leaves_a_merged_graph(tmp_path: Path, stop: signal.Signals) -> None:
    lines = (json.dumps({"text": f"Iran denied attacking Oman {n} times."}) for n in range(2000))
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    graph = tmp_path / "g.kg"
    process = subprocess.Popen([*KG, "build", tmp_path / "a.jsonl", "-g", graph], stderr=subprocess.PIPE, text=True)
    while not kg("articles", "-g", graph).stdout and process.poll() is None:  # until something is in
        time.sleep(0.5)
    process.send_signal(stop)
    _, says = process.communicate()
    assert process.returncode == 130
    assert "goes on from there" in says
    assert "Traceback" not in says
    denied = kg("query", "-g", graph, "SELECT ?c { ?c kg:denies ?p }").stdout.split()[1:]
    articles = re.search(r"([\d,]+) articles", kg("info", "-g", graph).stdout)
    assert articles is not None
    assert 0 < int(articles[1].replace(",", "")) <= len(denied)  # each is in with its denial; some are read twice


def test_formats_and_folders_change_nothing(tmp_path: Path) -> None:
    texts = [json.loads(path.read_text("utf-8"))["text"] for path in sorted((STORY / "articles").glob("*.json"))]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one/all.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in texts))
    for n, text in enumerate(texts):
        (tmp_path / "two" / f"{n}.txt").write_text(text, "utf-8")
    kg("build", tmp_path / "one", "-g", tmp_path / "one.kg")
    for n in reversed(range(len(texts))):
        kg("build", tmp_path / "two" / f"{n}.txt", "-g", tmp_path / "two.kg")
    assert dump(tmp_path / "one.kg") == dump(tmp_path / "two.kg")


AGENCY = (
    "Iran denied on Tuesday that it had attacked Oman, a spokesman for the foreign ministry said. He told reporters "
    "that the reports of a raid on the port were false and that no ship had left its harbour for a week."
)
SPANISH = "Irán negó el martes que hubiera atacado a Omán, dijo un portavoz del Gobierno en Teherán."


def test_articles_are_listed_and_explained_with_their_copies_and_what_was_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": "wire", "text": AGENCY, "publisher": "The Wire", "date": "Wed, 12 Jun 2019 10:00:00 GMT"},
        {"id": "star", "text": f"ZENDA, June 12 - {AGENCY}", "date": "13 June 2019", "url": "https://star.example/1"},
        {"id": "post", "text": "Russia denied attacking Ukraine.", "date": "06/12/2019"},
        {"id": "diario", "text": SPANISH},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    graph = tmp_path / "g.kg"
    says = kg("build", tmp_path / "a.jsonl", "-g", graph).stderr
    assert "3 added, 0 replaced" in says
    assert "'06/12/2019' is no date, or may be two" in says
    assert "article 4: in Spanish" in says
    listed = {row["id"]: row for row in json.loads(kg("articles", "-g", graph, "-f", "json").stdout)}
    assert {(row["id"], row["date"], row["copy of"]) for row in listed.values()} == {
        ("wire", "2019-06-12T10:00:00Z", ""),
        ("star", "2019-06-13", "wire"),
        ("post", None, ""),
    }
    assert listed["wire"]["words"] == len(AGENCY.split())
    assert listed["wire"]["claims"] > 0
    assert kg("articles", "-g", graph, "--about", "Ukraine").stdout.count("\n") == 2
    assert "diario,es,in Spanish" in kg("articles", "-g", graph, "--skipped").stdout
    assert "also published as star, 2019-06-13, https://star.example/1" in kg("explain", "wire", "-g", graph).stdout
    assert "copy of wire" in kg("explain", "https://star.example/1", "-g", graph).stdout
    dated = "SELECT ?a { ?a dct:date ?d FILTER(?d >= '2019-06-12'^^xsd:date) }"
    assert kg("query", "-g", graph, dated).stdout.count("\n") == 3
    again = kg("build", tmp_path / "a.jsonl", "-g", graph, "--any-language", "--keep-duplicates").stderr
    assert "1 added, 0 replaced, 3 already there" in again
    assert "copy" not in again
    assert kg("articles", "-g", graph, "--skipped").stdout == ""


def test_a_graph_answers_while_it_is_built(tmp_path: Path) -> None:
    from kg.merge import begin, update
    from kg.store import open_store
    from tests.rdf.samples import north, south

    graph = tmp_path / "g.kg"
    with open_store(graph) as store:
        begin(store)
        with store.writer() as writer:
            writer.write(north())
            update(store, ["north-1"])
            writer.write(south())
            run = kg("query", "-g", graph, "SELECT ?name { ?c kg:denies ?p ; kg:source/skos:prefLabel ?name }")
            assert "Anna Weiss" in run.stdout
            assert "A build is running: 1 article not merged yet" in run.stderr
            assert kg("explain", "north-1", "-g", graph).returncode == 0
    assert not list(graph.glob("snapshots/*"))
    run = kg("info", "-g", graph)  # the build was cut off here
    assert "A build was cut off: 1 article not merged yet; now merged" in run.stderr
    assert kg("info", "-g", graph).stderr == ""
