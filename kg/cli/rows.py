"""Rows of one shape on standard output: as an aligned table, CSV without formulas, or JSON with what CSV leaves out."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from typing import Any

import click

Rows = list[dict[str, Any]]
#: Width of a name in a table.
NAME = 32

format_option = click.option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), help="[default: table, csv if piped]"
)


def show(rows: Rows, form: str | None) -> None:
    """Write ``rows``; values that are lists stand in JSON only. That there are none is said on stderr."""
    if not rows:
        click.echo("There is nothing of the kind in the graph.", err=True)
    form = form or ("table" if sys.stdout.isatty() else "csv")
    {"json": _json, "csv": _csv, "table": _table}[form](rows)


def _flat(rows: Rows) -> Rows:
    """Rows without their lists."""
    return [{k: "" if v is None else v for k, v in row.items() if not isinstance(v, list)} for row in rows]


def _json(rows: Rows) -> None:
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1))


def _csv(rows: Rows) -> None:
    from kg.store.cells import guarded

    flat = _flat(rows)
    writer = csv.DictWriter(sys.stdout, list(flat[0]) if flat else [], lineterminator="\n")
    if flat:
        writer.writeheader()
        writer.writerows({k: guarded(v) if isinstance(v, str) else v for k, v in row.items()} for row in flat)


def _table(rows: Rows) -> None:
    """Aligned columns; names are cut."""
    cells = [[str(cell)[:NAME] for cell in row.values()] for row in _flat(rows)]
    if not cells:
        return
    cells.insert(0, list(_flat(rows[:1])[0]))
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    room = shutil.get_terminal_size((180, 24)).columns
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()[:room])
