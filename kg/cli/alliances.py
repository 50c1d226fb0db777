"""``kg alliances``: who stands with whom and against whom, as claims have it."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.merge.alliances import Tie
    from kg.store import View

Rows = list[dict[str, Any]]
#: Width of a name in a table.
NAME = 32


@click.command("alliances")
@graph_option
@click.option("--at", metavar="DATE", help="As of this day (YYYY-MM-DD).")
@click.option("--according-to", metavar="ACTOR", help="Only what this actor says, or others on its behalf.")
@click.option("--triads", "shown", flag_value="triads", help="Threes of friends and foes: who is the ally of an enemy?")
@click.option("--communities", "shown", flag_value="communities", help="Groups of friends.")
@click.option("--least", default=1, show_default=True, help="Leave out ties that rest on fewer stances than this.")
@click.option(
    "-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), help="[default: table, csv if piped]"
)
def command(
    graph: str, at: str | None, according_to: str | None, shown: str | None, least: int, form: str | None
) -> None:
    """Show the ties between actors that the claims in GRAPH make: friendly (+), hostile (-) or mixed (0).

    A tie is no fact: it is the mean of what sources say, and a denial pulls it towards nothing. JSON has the claims
    behind each.

    \b
    Examples:
      kg alliances --at 2018-04-15
      kg alliances --according-to Turkey --format csv
      kg alliances --triads --least 2
    """
    from kg.merge.alliances import alliances
    from kg.store import open_store

    with open_store(graph, read_only=True) as store:
        view = store.view()
        source = None if according_to is None else _actor(view, according_to)
        ties = [t for t in alliances(view, at=at, according_to=source) if t.strength >= least]
        rows = _rows(ties, shown or "ties")
    form = form or ("table" if sys.stdout.isatty() else "csv")
    {"json": _json, "csv": _csv, "table": _table}[form](rows)


def _actor(view: View, name: str) -> str:
    """IRI of the one actor that ``name`` names."""
    found = view.find(name)
    if len(found) != 1:
        many = ", ".join(actor.iri for actor in found)
        raise click.BadParameter(
            f"{len(found)} actors are called {name!r}. {many}".strip(), param_hint="--according-to"
        )
    return found[0].iri


def _rows(ties: Sequence[Tie], shown: str) -> Rows:
    """What is shown, as rows of one shape; lists only where JSON can hold them."""
    from kg.merge.alliances import communities, triads

    if shown == "triads":
        return [
            {"kind": t.kind, "balanced": t.balanced, "strength": t.strength, "signs": " ".join(t.signs),
             **dict(zip(("first", "second", "third"), t.labels, strict=True)), "actors": list(t.actors)}
            for t in triads(ties)
        ]  # fmt: skip
    if shown == "communities":
        labels = {iri: label for t in ties for iri, label in ((t.left, t.left_label), (t.right, t.right_label))}
        groups = enumerate(communities(ties), 1)
        return [
            {"community": n, "actor": labels[iri], "size": len(group), "actors": [iri]}
            for n, group in groups
            for iri in group
        ]
    return [
        {"sign": t.sign, "weight": t.weight, "strength": t.strength, "left": t.left_label, "right": t.right_label,
         "first": t.first, "last": t.last, "actors": [t.left, t.right], "claims": list(t.claims),
         "sources": list(t.sources)}
        for t in ties
    ]  # fmt: skip


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
