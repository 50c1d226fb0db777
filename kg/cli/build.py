"""``kg build``: articles to a merged graph."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    graph_option,
    input_options,
    many,
    metadata_of,
    pipeline_options,
    progress,
    report_problems,
    settings_of,
)

if TYPE_CHECKING:
    from kg.build import Tally


@click.command("build")
@input_options
@graph_option
@click.option("--again", is_flag=True, help="Extract anew also what the graph already holds.")
@pipeline_options
@click.pass_context
def command(ctx: click.Context, /, inputs: tuple[str, ...], graph: str, **options: Any) -> int:
    """Read articles, find who says what, and merge the same actors and propositions into one graph.

    Adds to what GRAPH holds. An article that is there unchanged is left alone; one that changed replaces the old. A
    run that is cut off loses at most the article at hand: start it again.

    \b
    Examples:
      kg build news/ -g news.kg
      kg build today.jsonl -g news.kg --publisher "The Example" --jobs 2
    """
    from kg.build import Tally, build
    from kg.readers import read
    from kg.store import open_store

    metadata, settings, quiet = metadata_of(options), settings_of(options), ctx.obj["quiet"]
    tally, start = Tally(), time.monotonic()
    with open_store(graph) as store:
        done = build(store, read(inputs, metadata), tally, settings)
        for _ in progress(done, "Building", quiet):
            pass
        if not quiet:
            _summary(store.view().counts(), tally, graph, time.monotonic() - start)
    report_problems(tally.problems)
    return 1 if tally.problems else 0


def _summary(counts: dict[str, int], tally: Tally, graph: str, seconds: float) -> None:
    speed = tally.words / max(seconds, 1e-9)
    there = ", ".join(many(counts[name], name) for name in ("articles", "actors", "claims", "propositions"))
    click.echo(
        f"{many(tally.articles, 'articles')} added, {tally.unchanged} already there: {many(tally.claims, 'claims')}, "
        f"{many(tally.denials, 'denials')} in {seconds:.1f} s ({speed:,.0f} words/s).\n"
        f"{graph} now holds {there} ({counts['contested']:,} contested), {counts['quads']:,} quads.",
        err=True,
    )
