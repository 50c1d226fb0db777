"""A run from start to end: a session, and the records of articles in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.building import Settings, Tally, readable
from kg.errors import PipelineError
from kg.readers import Problem
from kg.records import Article
from kg.spark.extract import extract, frame

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Partitions for each core: what is left at the end of a run is then a small part of it.
_PER_CORE = 4


def session(master: str | None = None) -> SparkSession:
    """A Spark session on ``master`` (``local[4]``, ``yarn``, ``k8s://...``); workers run this same Python.

    Raises:
        PipelineError: PySpark is not installed, or no Java is found.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise PipelineError(f"Spark needs {error.name}. Install it with: pip install 'hearsay-kg[spark]'") from error
    builder = SparkSession.builder.appName("hearsay").config("spark.ui.enabled", "false")
    try:
        return (builder.master(master) if master else builder).getOrCreate()
    except (PySparkException, FileNotFoundError) as error:
        raise PipelineError(f"Spark did not start ({error}). It needs Java 17 or newer (JAVA_HOME).") from error


def extractions(
    articles: Iterable[Article | Problem], tally: Tally, settings: Settings | None = None, master: str | None = None
) -> Iterator[str]:
    """The records of articles that were read here, each a line of JSON, in the order given.

    What gave none is counted in ``tally``.
    """
    running = session(master)
    read = list(readable(articles, tally))
    parts = min(len(read), _PER_CORE * running.sparkContext.defaultParallelism)
    if not parts:
        return
    made = frame(running, read).coalesce(parts)
    for row in extract(made, settings).select("record", "problem").toLocalIterator(prefetchPartitions=True):
        if row["problem"]:
            tally.problems.append(row["problem"])
        else:
            tally.articles += 1
            yield row["record"]
