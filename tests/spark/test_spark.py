"""Extraction on Spark: the same bytes as on one machine, whatever the partitions."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.building import Settings, Tally
from kg.building import extractions as here
from kg.cli.main import cli
from kg.rdf import to_quads
from kg.records import Article

pyspark = pytest.importorskip("pyspark", reason="needs the extra: pip install 'hearsay-kg[spark]'")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("needs Java: apt-get install openjdk-17-jre-headless", allow_module_level=True)

from kg import spark  # noqa: E402

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.model
SETTINGS = Settings()
PLACES = ("Ruritania", "Graustark", "Axphain", "Dawsbergen", "Syldavia", "Borduria")
ARTICLES = [
    Article(
        f"a{n}", f"{one} denied on Tuesday that it had attacked {two}. {two} did not confirm the report.", "2031-05-02"
    )
    for n, (one, two) in enumerate((one, two) for one in PLACES for two in PLACES if one != two)
]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    running = spark.session("local[2]")
    running.sparkContext.setLogLevel("ERROR")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def alone() -> list[str]:
    return [extraction.to_json() for extraction in here(ARTICLES, Tally(), SETTINGS)]


@pytest.mark.usefixtures("session")
def test_the_records_are_those_of_one_machine_in_the_same_order(alone: list[str]) -> None:
    tally = Tally()
    assert list(spark.extractions(ARTICLES, tally, SETTINGS, "local[2]")) == alone
    assert (tally.articles, tally.problems) == (len(ARTICLES), [])


def test_columns_of_other_names_are_read_and_written_in_shards(
    session: SparkSession, alone: list[str], tmp_path: Path
) -> None:
    rows = [(a.id, a.text, a.date, "noted by nobody") for a in ARTICLES] + [("empty", None, None, "")]
    dump = session.createDataFrame(rows, "id string, prose string, published string, note string").repartition(3)
    spark.write(spark.extract(dump, SETTINGS, {"text": "prose"}), str(tmp_path))
    assert sorted(lines(tmp_path / "records")) == sorted(alone)
    expected = {f"{quad} ." for extraction in here(ARTICLES, Tally(), SETTINGS) for quad in to_quads(extraction)}
    assert set(lines(tmp_path / "quads")) == expected
    (problem,) = map(json.loads, lines(tmp_path / "problems"))
    assert problem["id"] == "empty"
    assert "no text" in problem["problem"]


@pytest.mark.usefixtures("session")
def test_the_command_line_writes_the_same_bytes_on_spark(tmp_path: Path) -> None:
    given = tmp_path / "articles.jsonl"
    given.write_text("".join(json.dumps(a.to_dict()) + "\n" for a in ARTICLES[:8]), "utf-8")
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    for out, engine in ((here, []), (there, ["--engine", "spark", "--master", "local[2]"])):
        assert CliRunner().invoke(cli, ["--quiet", "extract", str(given), "-o", str(out), *engine]).exit_code == 0
    assert there.read_bytes() == here.read_bytes()


def lines(shards: Path) -> list[str]:
    files = [*shards.glob("part-*")]
    texts = (gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes() for f in files)
    return [line for text in texts for line in text.decode().splitlines()]
