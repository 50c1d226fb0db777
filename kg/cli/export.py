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
    """Write GRAPH as RDF, records, tables or networks, or in the shapes of other programs.

    turtle, trig, nquads, ntriples, rdfxml, jsonld; jsonl (records with merged actor ids); graphml, gexf; xlsx; ftm
    (FollowTheMoney), claimreview (schema.org), nanopubs.

    As csv, tsv or neo4j it is several files (actors, articles, propositions, claims, edges): a folder, or a zip archive
    where the output ends with .zip or is standard output. neo4j comes with a Cypher script that loads it. In csv and
    tsv a cell that a spreadsheet would run as a formula has an apostrophe in front; every other format has each text as
    it is.

    \b
    Examples:
      kg export -g news.kg -o news.ttl
      kg export -g news.kg --format jsonl | head -1
      kg export -g news.kg --format csv -o tables/
      kg export -g news.kg -o news.ftm.json
    """
    from kg.export import export

    with reading(graph) as store:
        export(store.view(), sys.stdout.buffer if output == "-" else output, form)
