"""``kg query``: SPARQL, or a named query."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.query import Answer, NamedQuery
    from kg.store import Result

#: Width of a table's columns is cut so that a row fits; a cell keeps at least this many characters.
NARROWEST = 12
#: Width of a table that is not shown on a terminal.
WIDTH = 180


@click.command("query")
@click.argument("sparql", required=False, metavar="[SPARQL|FILE.rq]")
@graph_option
@click.option("-n", "--named", metavar="NAME", help="A query that comes with Hearsay; --list shows them.")
@click.option("-p", "--param", "params", multiple=True, metavar="KEY=VALUE", help="A parameter of the named query.")
@click.option(
    "-l", "--list", "listing", is_flag=True, help="The named queries: parameters, what they answer, an example."
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "ttl"]),
    help="[default: table, csv if piped]",
)
@click.option("--all", "everything", is_flag=True, help="Each single row that a named query sums up: contested.")
@click.option("--exit-status", is_flag=True, help="Exit with 1 when the answer is false or empty.")
def command(
    sparql: str | None,
    graph: str,
    named: str | None,
    params: tuple[str, ...],
    listing: bool,
    form: str | None,
    everything: bool,
    exit_status: bool,
) -> int:
    """Ask GRAPH in SPARQL (written out, in a file, or - for standard input), or by a named query.

    Queries see the union of all graphs, or those that they name with FROM and FROM NAMED; the prefixes kg, rdf, skos,
    prov, nif ... are known. In csv and tsv of a named
    query, a cell that a spreadsheet would run as a formula has an apostrophe in front; in json it is as it is.

    \b
    Examples:
      kg query -n denials -p source=Iran
      kg query -n contested --format json
      kg query --list
      kg query 'SELECT ?name { ?a a kg:ArmedGroup ; skos:prefLabel ?name }'
      kg query mine.rq --format json
    """
    from kg.query import list_named, run, run_named, whole
    from kg.query import named as find_named
    from kg.store.view import unheard_of

    if listing:
        for query in list_named() if named is None else [find_named(named)]:
            _print_entry(query)
        return 0
    if (sparql is None) == (named is None):
        raise click.UsageError("Give either a SPARQL query or --named NAME. 'kg query --list' shows the names.")
    if named and everything:
        named = whole(named)
    with reading(graph) as store:
        view = store.view()
        text, values = _text(sparql or ""), _pairs(params)
        for note in () if named else unheard_of(view, text):
            click.echo(f"Note: {note}", err=True)

        def ask() -> Answer | Result:
            return run_named(view, named, values) if named else run(view, text)

        empty = exit_status and not ask()  # an answer is read once, so it is asked for twice
        answer = ask()
        form = form or ("table" if sys.stdout.isatty() else "csv")
        if form == "table" and answer.variables:
            rows = [tuple(cell or "" for cell in row) for row in answer.rows()]
            _print_table(answer.variables, rows)
        else:
            sys.stdout.buffer.write(answer.serialize("csv" if form == "table" else form))
    return int(empty)


def _text(sparql: str) -> str:
    """The query: as it is, or what stands in the file of that name or on standard input."""
    if sparql == "-":
        return sys.stdin.read()
    if sparql.endswith((".rq", ".sparql")) and not any(mark in sparql for mark in "{\n"):
        try:
            return Path(sparql).read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            raise click.UsageError(f"{sparql} is not UTF-8 ({error.reason}). Save it as UTF-8.") from error
    return sparql


def _pairs(params: Iterable[str]) -> dict[str, str]:
    pairs = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals:
            raise click.UsageError(f"--param {param!r} is not KEY=VALUE.")
        pairs[key] = value
    return pairs


def _print_entry(query: NamedQuery) -> None:
    """Name and parameters (those in brackets may be left out), what the query answers, and how to ask it."""
    params = " ".join(p.name if p.required else f"[{p.name}]" for p in query.params)
    example = "".join(f" -p {shlex.quote(f'{name}={value}')}" for name, value in query.example.items())
    click.echo(f"{query.name} {params}".rstrip())
    click.echo(f"    {query.title}: {query.description[0].lower()}{query.description[1:]}")
    click.echo(f"    kg query -n {query.name}{example}\n")


def _print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Aligned columns; the widest are cut so that a row fits the terminal (``COLUMNS`` where there is none)."""
    cells = [[" ".join(cell.split()) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    room = shutil.get_terminal_size((WIDTH, 24)).columns
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths) > NARROWEST:
        widths[widths.index(max(widths))] -= 1
    for row in cells:
        click.echo("  ".join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _fit(cell: str, width: int) -> str:
    return cell.ljust(width) if len(cell) <= width else cell[: width - 1] + "…"
