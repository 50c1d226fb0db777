"""The graph as tables: ``actors``, ``propositions``, ``claims`` and ``edges``, with commas or tabs between columns.

They are made for people with spreadsheets: see ``kg.store.cells`` for what keeps a cell from being run as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from kg.store import View
from kg.store.cells import guarded
from kg.store.tables import TABLES, Cell

#: Cells with any of these characters are quoted.
_END = "\r\n"


def csv_files(view: View) -> Iterator[tuple[str, Iterator[str]]]:
    """Name and lines of each file, with commas."""
    return _files(view, ",", "csv")


def tsv_files(view: View) -> Iterator[tuple[str, Iterator[str]]]:
    """Name and lines of each file, with tabs."""
    return _files(view, "\t", "tsv")


def _files(view: View, delimiter: str, suffix: str) -> Iterator[tuple[str, Iterator[str]]]:
    for name, table in TABLES.items():
        safe = ([guarded(c) if isinstance(c, str) else c for c in row] for row in table.rows(view))
        yield f"{name}.{suffix}", rows([table.columns], safe, delimiter)


def rows(header: Iterable[Sequence[Cell]], body: Iterable[Sequence[Cell]], delimiter: str = ",") -> Iterator[str]:
    """Each row as one record of CSV (RFC 4180), without its line end; nothing is an empty cell, truth ``true``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=_END)
    for row in header:
        writer.writerow(row)
        yield _taken(out)
    for row in body:
        writer.writerow([_cell(value) for value in row])
        yield _taken(out)


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue().removesuffix(_END)
    out.seek(0)
    out.truncate()
    return text
