"""``kg build``: articles to a merged graph."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    articles_of,
    duplicates_option,
    graph_option,
    input_options,
    many,
    pipeline_options,
    progress,
    report,
    settings_of,
)

if TYPE_CHECKING:
    from kg.building import Tally
    from kg.store import Store, View


@click.command("build")
@input_options
@graph_option
@click.option("--again", is_flag=True, help="Extract anew also what the graph already holds.")
@duplicates_option
@pipeline_options
@click.pass_context
def command(ctx: click.Context, /, inputs: tuple[str, ...], graph: str, **options: Any) -> int:
    """Read articles, find who says what, and merge the same actors and propositions into one graph.

    Adds to what GRAPH holds. An article that is there unchanged is left alone; one with an id that is there replaces
    the old. One that comes without an id is known by what it says and how it was published. A run that is cut off
    loses at most the article at hand: start it again. Publications of one text are one voice, and all are kept.

    \b
    Examples:
      kg build news/ -g news.kg
      kg build today.jsonl -g news.kg --publisher "The Example" --jobs 2
    """
    from kg.building import Tally, build, from_first_article
    from kg.merge import count_copies

    settings, quiet = settings_of(options), ctx.obj["quiet"]
    tally, start = Tally(), time.monotonic()
    articles = from_first_article(articles_of(inputs, options), tally)
    if articles is None:
        return report(tally) or 1
    with filled(graph) as store:
        if options["keep_duplicates"] is not None:
            count_copies(store, apart=options["keep_duplicates"])
        whole = _run(build(store, articles, tally, settings), quiet)
        if not quiet:
            _summary(store.view(), tally, graph, time.monotonic() - start)
    code = report(tally)
    if not whole:
        read = tally.articles or tally.unchanged
        said = (
            "What was read is in the graph; the same command goes on from there." if read else "Nothing was read yet."
        )
        click.echo(f"Interrupted. {said}", err=True)
        raise click.Abort
    return code


def _run(done: Generator[str], quiet: bool) -> bool:
    """Whether a build ran to its end; what it put in is merged also where Ctrl-C or a kill ended it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with closing(done):
            for _ in progress(done, "Building", quiet):
                pass
    except KeyboardInterrupt:
        return False
    return True


@contextmanager
def filled(graph: str) -> Iterator[Store]:
    """The graph of that name; one that is made here goes again if nothing was put in."""
    from kg.store import open_store

    path = None if "://" in graph or Path(graph).exists() else Path(graph)
    empty = False
    try:
        with open_store(graph) as store:
            try:
                yield store
            finally:
                empty = path is not None and all(q.graph_name == store.graphs.ontology for q in store.match())
    finally:
        if empty and path is not None and path.is_dir():
            shutil.rmtree(path)


def _summary(view: View, tally: Tally, graph: str, seconds: float) -> None:
    counts, copies = view.counts(), len(view.copies())
    speed = tally.words / max(seconds, 1e-9)
    there = ", ".join(many(counts[name], name) for name in ("articles", "actors", "claims", "propositions"))
    copied = f" Copies of others: {copies:,} ('kg articles' shows which)." if copies else ""
    click.echo(
        f"{tally.added:,} added, {tally.replaced:,} replaced, {tally.unchanged:,} already there: "
        f"{many(tally.claims, 'claims')}, {many(tally.denials, 'denials')} in {seconds:.1f} s ({speed:,.0f} words/s).\n"
        f"{graph} now holds {there} ({counts['contested']:,} contested), {counts['quads']:,} quads.{copied}",
        err=True,
    )
