"""``kg explain``: the sentences behind an actor, a proposition or a claim."""

from __future__ import annotations

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option


@click.command("explain")
@click.argument("what", metavar="NAME-or-ID-or-IRI")
@graph_option
def command(what: str, graph: str) -> None:
    """Show who says what about an actor, in an article, on a proposition, or in a claim, in which words.

    \b
    Examples:
      kg explain Afkham -g iran.kg
      kg explain iran-no-involvement -g iran.kg
      kg explain https://w3id.org/hearsay/id/claim/0123456789abcdef
    """
    from kg.explain import explain

    with reading(graph) as store:
        for line in explain(store.view(), what):
            click.echo(line)
