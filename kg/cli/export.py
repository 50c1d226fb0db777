"""``kg export``: a graph in a standard format."""

from __future__ import annotations

import sys

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option, output_option


@click.command("export")
@graph_option
@output_option
@click.option(
    "-f", "--format", "form", metavar="FORMAT", help="Guessed from the file's name; needed on standard output."
)
def command(graph: str, output: str, form: str | None) -> None:
    """Write GRAPH as turtle, trig, nquads, jsonld, jsonl (records with merged actor ids) or graphml.

    As csv, tsv or neo4j it is several files (actors, propositions, claims, edges): a folder, or a zip archive where the
    output ends with .zip or is standard output. neo4j comes with a Cypher script that loads it. In csv and tsv a cell
    that a spreadsheet would run as a formula has an apostrophe in front; every other format has each text as it is.

    \b
    Examples:
      kg export -g news.kg -o news.ttl
      kg export -g news.kg --format jsonl | head -1
      kg export -g news.kg --format csv -o tables/
    """
    from kg.export import export

    with reading(graph) as store:
        export(store.view(), sys.stdout.buffer if output == "-" else output, form)
