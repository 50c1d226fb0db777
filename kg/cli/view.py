"""``kg view``: a picture of who stands with and against whom, according to whom."""

from __future__ import annotations

import re

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option


def _date(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """``value``, checked to be an ISO day, month or year."""
    if value is not None and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        raise click.BadParameter(f"{value!r} is no ISO date. Write 2014-12-03, 2014-12 or 2014.")
    return value


@click.command("view")
@graph_option
@click.option(
    "-o", "--output", required=True, metavar="FILE", help="Where to draw: a name ending in .html, .svg or .png."
)
@click.option("--actor", metavar="NAME", help="Only this actor and those it has to do with.")
@click.option("--top", type=click.IntRange(1), help="Actors at most.  [default: 1000 in HTML, 40 in SVG and PNG]")
@click.option("--since", metavar="DATE", callback=_date, help="Only articles of that date (ISO) or later.")
@click.option("--until", metavar="DATE", callback=_date, help="Only articles of that date or earlier.")
@click.pass_context
def command(
    ctx: click.Context,
    graph: str,
    output: str,
    actor: str | None,
    top: int | None,
    since: str | None,
    until: str | None,
) -> None:
    """Draw actors and the propositions between them, signed, with the sentences behind them.

    A line is solid where its proposition is asserted, dashed where it is contested, dotted where it is only denied.
    The HTML file is the whole explorer (network, timeline, contested claims, actors, articles) and needs neither a
    server nor a network; 'kg serve' serves the same with a query editor, and lets you correct the graph.

    \b
    Examples:
      kg view -g news.kg -o news.html
      kg view -g news.kg -o turkey.svg --actor Turkey --since 2018
    """
    from kg.view.formats import TOP, drawn, ending, write
    from kg.view.gather import Choice

    form = ending(output)
    with reading(graph) as store:
        picture = drawn(store.view(), Choice(actor, top or TOP[form], since, until), form)
    write(picture.content, output)
    if not ctx.obj["quiet"]:
        click.echo(f"{output}: {picture.caption}", err=True)
