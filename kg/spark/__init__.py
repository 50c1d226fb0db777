"""Extraction on many machines with PySpark (extra ``spark``): articles in, records and N-Quads out.

>>> from pyspark.sql import SparkSession  # doctest: +SKIP
>>> from kg import spark  # doctest: +SKIP
>>> session = SparkSession.builder.getOrCreate()  # doctest: +SKIP
>>> articles = session.read.parquet("s3a://news/2018/")  # doctest: +SKIP
>>> spark.write(spark.extract(articles, fields={"text": "body"}), "s3a://graph/2018/")  # doctest: +SKIP
"""

from kg.spark.extract import COLUMNS, EXTRACTED, extract, frame
from kg.spark.run import extractions, session
from kg.spark.write import write

__all__ = ["COLUMNS", "EXTRACTED", "extract", "extractions", "frame", "session", "write"]
