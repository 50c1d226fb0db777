"""``kg validate``: SHACL shapes over a graph."""

from __future__ import annotations

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option


@click.command("validate")
@graph_option
def command(graph: str) -> int:
    """Check GRAPH against the shapes of the ontology; exit code 1 when it does not conform."""
    from kg.validate import validate

    with reading(graph) as store:
        report = validate(store.view())
    for violation in report.violations:
        click.echo(str(violation))
    click.echo("conforms" if report.conforms else f"does not conform: {len(report.violations)} violations", err=True)
    return 0 if report.conforms else 1
