"""What was extracted to files, a shard a partition."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def write(extracted: DataFrame, folder: str) -> None:
    """Write what ``extract`` found under ``folder`` (a path, or any address that Spark knows).

    ``records/`` holds JSON Lines, ``quads/`` N-Quads (packed: bulk loaders read ``.nq.gz``), ``problems/`` what failed
    and why. The articles are read once; the shards are those of the partitions.
    """
    kept = extracted.persist()
    try:
        done = kept.where("problem is null")
        done.select("record").write.mode("overwrite").text(f"{folder}/records", compression="gzip")
        quads = done.selectExpr("rtrim('\\n', quads) as quads")
        quads.write.mode("overwrite").text(f"{folder}/quads", compression="gzip")
        kept.where("problem is not null").select("id", "problem").write.mode("overwrite").json(f"{folder}/problems")
    finally:
        kept.unpersist()
