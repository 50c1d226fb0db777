"""``kg explain``: the sentences behind an actor, a proposition or a claim."""

from __future__ import annotations

import click

from kg.cli.options import graph_option


@click.command("explain")
@click.argument("what", metavar="NAME-or-IRI")
@graph_option
def command(what: str, graph: str) -> None:
    """Show who says what about an actor, on a proposition, or in a claim, in which words.

    \b
    Examples:
      kg explain Afkham -g iran.kg
      kg explain https://w3id.org/hearsay/id/claim/0123456789abcdef
    """
    from kg.explain import explain
    from kg.store import open_store

    with open_store(graph, read_only=True) as store:
        for line in explain(store.view(), what):
            click.echo(line)
