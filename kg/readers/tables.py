"""Tables: CSV, TSV, Parquet and Excel, an article a row."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from kg.errors import KgError, PassedOver, ReadError
from kg.ids import BASE
from kg.readers.encoding import decode
from kg.readers.registry import needs
from kg.readers.shapes import Shape
from kg.readers.source import Source
from kg.records import Article

_BATCH = 256
#: Columns of tables and answers of Hearsay's.
_OURS = ({"id", "words", "claims"}, {"subject", "relation", "object"})


def read_csv(source: Source) -> Iterator[Article | KgError]:
    """Articles of a table of values between commas, semicolons or tabs, as the line of names has them."""
    csv.field_size_limit(sys.maxsize)
    text = decode(source.read(), source.where, source.charset)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="more than the header names")
    yield from _rows(source, rows)


def read_parquet(source: Source) -> Iterator[Article | KgError]:
    """Articles of a Parquet file, a batch of rows at a time."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise needs("formats", error, source.where) from error
    batches = ParquetFile(_seekable(source)).iter_batches(batch_size=_BATCH)
    yield from _rows(source, (row for batch in batches for row in batch.to_pylist()))


def read_excel(source: Source) -> Iterator[Article | KgError]:
    """Articles of the sheets of an Excel file, whose first rows name the fields."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise needs("formats", error, source.where) from error
    book = load_workbook(_seekable(source), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        names = [str(name) if name is not None else "" for name in next(rows, ())]
        filled = (dict(zip(names, row, strict=False)) for row in rows if any(cell is not None for cell in row))
        yield from _rows(source, filled, f", sheet {sheet.title!r}")


def _rows(source: Source, rows: Iterable[Mapping[str, Any]], sheet: str = "") -> Iterator[Article | KgError]:
    shape = Shape(source.fields)
    for number, row in enumerate(rows, 2):
        if number == 2 and not source.fields and _is_ours(row):
            yield PassedOver(f"{source.where}{sheet}: a table that 'kg export' or 'kg query' wrote.")
            return
        if number == 2 and not shape.holds_text(row):
            found = ", ".join(map(str, row))
            where = f"{source.where}{sheet}"
            yield ReadError(f"{where}: no column holds a text. Columns: {found}. Name it: --field text=NAME")
            return
        yield shape.article(row, f"{source.where}{sheet}, row {number}")


def _is_ours(row: Mapping[str, Any]) -> bool:
    """Whether a row stands in a table of Hearsay's: of articles, with counts; of claims; or of what has an IRI."""
    iris = any(str(cell).startswith(f"{BASE}id/") for cell in row.values())
    return iris or any(names <= row.keys() for names in _OURS)


def _seekable(source: Source) -> BinaryIO:
    return source.stream if source.stream.seekable() else cast("BinaryIO", io.BytesIO(source.read()))
