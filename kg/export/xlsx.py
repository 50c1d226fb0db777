"""The tables as one Excel workbook, a sheet each. Every text is a text: nothing in it is run as a formula or a link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import KgError
from kg.store import View
from kg.store.tables import TABLES, Cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: What a sheet of Excel holds: rows, and characters of a cell.
ROWS, CHARACTERS = 1_048_576, 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: Of every workbook: no clock.
_MADE = datetime(1980, 1, 1, tzinfo=UTC)


def write(view: View, out: BinaryIO) -> None:
    """The workbook; texts longer than a cell of Excel are cut.

    Raises:
        KgError: a table has more rows than a sheet holds, or xlsxwriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise KgError(
            "Excel files need xlsxwriter, which is not installed: pip install 'hearsay-kg[formats]'."
        ) from error
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _MADE.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        for name, table in TABLES.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, 0, len(table.columns) - 1)
            sheet.write_row(0, 0, table.columns, bold)
            for number, row in enumerate(table.rows(view), 1):
                _write(sheet, name, number, row)


def _write(sheet: Worksheet, name: str, number: int, row: tuple[Cell, ...]) -> None:
    if number >= ROWS:
        raise KgError(f"There are more {name} than a sheet of Excel holds ({ROWS:,} rows). Export as csv instead.")
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell if len(cell) <= CHARACTERS else f"{cell[: CHARACTERS - 1]}…")
        elif isinstance(cell, bool):
            sheet.write_boolean(number, column, cell)
        elif cell is not None:
            sheet.write_number(number, column, cell)
