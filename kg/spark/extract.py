"""Articles in a DataFrame to records and evidence graphs in another. Nothing is shuffled: each article stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.building import Settings, load
from kg.records import Article

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession
    from spacy.language import Language

#: The columns of a DataFrame of articles, all strings.
COLUMNS = ("id", "text", "date", "publisher", "title", "url", "stated_date", "language")
#: The columns of what was extracted: the article's id, its record (a line of JSON, as ``kg extract`` prints it), its
#: evidence graph (N-Quads), and, where it gave none, why (then the other two are null).
EXTRACTED = "id string, record string, quads string, problem string"
#: Articles in a batch of results: a record of a long article has some megabytes.
_BATCH = 16


def frame(session: SparkSession, articles: Iterable[Article], partitions: int | None = None) -> DataFrame:
    """Articles that were read here as a DataFrame; more ``partitions`` than cores, so that none waits for the longest.

    They pass through the driver's memory. On a cluster, let Spark itself read Parquet or JSON where it lies.
    """
    rows = [tuple(getattr(article, name) for name in COLUMNS) for article in articles]
    made = session.createDataFrame(rows, ", ".join(f"{name} string" for name in COLUMNS))
    return made.repartition(partitions) if partitions else made


def extract(
    articles: DataFrame, settings: Settings | None = None, fields: Mapping[str, str] | None = None
) -> DataFrame:
    """What is said in each row of ``articles``, as ``EXTRACTED`` describes it, in the same order and partitions.

    A row is an article by the names of its columns, whatever program wrote it (``kg.readers.shapes``); ``fields`` says
    where another has the text, the date and so on. Each worker loads the pipeline once. The records are the same bytes
    as those of ``kg extract`` on one machine.
    """
    run, given = settings or Settings(), dict(fields or {})

    def extracted(batches: Iterator[RecordBatch]) -> Iterator[RecordBatch]:
        return _batches(_results(batches, run, given))

    return articles.mapInArrow(extracted, EXTRACTED)


@cache
def _pipeline(settings: Settings) -> Language:
    """The pipeline of this worker process."""
    return load(settings)


def _results(
    batches: Iterator[RecordBatch], settings: Settings, fields: Mapping[str, str]
) -> Iterator[dict[str, str | None]]:
    """A row of ``EXTRACTED`` for each row of articles, in their order."""
    from kg.readers.base import settled
    from kg.readers.shapes import Shape

    shape = Shape(fields)
    for number, row in enumerate(row for batch in batches for row in batch.to_pylist()):
        found = shape.article(row, f"row {number + 1}")
        if isinstance(found, Article):
            known = {name: row[name] for name in ("stated_date", "language") if row.get(name)}
            yield _result(settled(Article.from_dict({**found.to_dict(), **known})), settings)
        else:
            yield {"id": row.get("id"), "record": None, "quads": None, "problem": str(found)}


def _result(article: Article, settings: Settings) -> dict[str, str | None]:
    from kg.extraction import extract as extracted
    from kg.rdf import to_quads

    failures: list[str] = []
    for extraction in extracted(_pipeline(settings), [article], failures):
        quads = "".join(sorted(f"{quad} .\n" for quad in to_quads(extraction)))
        return {"id": article.id, "record": extraction.to_json(), "quads": quads, "problem": None}
    return {"id": article.id, "record": None, "quads": None, "problem": " ".join(failures)}


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[RecordBatch]:
    """Rows as Arrow has them, a few at a time."""
    from itertools import islice

    import pyarrow as pa

    schema = pa.schema([(part.split()[0], pa.string()) for part in EXTRACTED.split(", ")])
    while chunk := list(islice(rows, _BATCH)):
        yield pa.RecordBatch.from_pylist(chunk, schema)
