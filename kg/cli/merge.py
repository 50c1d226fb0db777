"""``kg merge``: the decisions that make one actor of many, done again, shown or taken back."""

from __future__ import annotations

import click

from kg.cli.options import graph_option


@click.command("merge")
@graph_option
@click.option("--undo", is_flag=True, help="Drop every merge: only what was found in each article is left.")
@click.option("--part", metavar="LOCAL", help="Part this actor of an article (IRI) from the actor it was taken to be.")
@click.option("--rejoin", metavar="LOCAL", help="Take a parting back.")
@click.option("--reason", default="judged different", show_default=True, help="Why; it is recorded with the decision.")
@click.pass_context
def command(ctx: click.Context, graph: str, undo: bool, part: str | None, rejoin: str | None, reason: str) -> None:
    """Recognise the same actors and propositions across the articles of GRAPH.

    `kg build` does this by itself. What was found in the articles is never edited: merges are decisions in a graph of
    their own, each with its reason, and can be taken back.

    \b
    Examples:
      kg merge -g news.kg --undo
      kg merge -g news.kg
      kg merge -g news.kg --part https://w3id.org/hearsay/id/article/a03/actor/a7 --reason "another Davis"
    """
    from kg import merge as merger
    from kg.store import open_store

    with open_store(graph) as store:
        if undo:
            merger.reset(store)
            report = None
        elif part:
            report = merger.unmerge(store, part, reason=reason)
        elif rejoin:
            report = merger.rejoin(store, rejoin)
        else:
            report = merger.merge(store)
    if ctx.obj["quiet"]:
        return
    if report is None:
        click.echo(f"{graph}: every merge is undone. 'kg merge' makes them again.", err=True)
    else:
        click.echo(
            f"{graph}: {report.local_actors:,} actors of articles are {report.actors:,} actors; "
            f"{report.propositions:,} propositions, {report.contested:,} contested.",
            err=True,
        )
