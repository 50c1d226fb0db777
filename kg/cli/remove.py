"""``kg remove``: articles out of a graph."""

from __future__ import annotations

import click

from kg.cli.options import graph_option


@click.command("remove")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@graph_option
@click.pass_context
def command(ctx: click.Context, articles: tuple[str, ...], graph: str) -> None:
    """Take ARTICLEs (ids) out of GRAPH, with everything that only they supported.

    \b
    Example:
      kg remove guardian-0003 -g news.kg
    """
    from kg.merge import remove
    from kg.store import open_store

    with open_store(graph, create=False) as store:
        report = remove(store, articles)
    if not ctx.obj["quiet"]:
        click.echo(f"{len(articles)} removed; {graph} now holds {report.actors:,} actors.", err=True)
