"""``kg copy``: a graph from one place to another."""

from __future__ import annotations

from collections import deque

import click

from kg.cli.options import progress


@click.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.pass_context
def command(ctx: click.Context, source: str, target: str) -> None:
    """Copy the graph FROM into TO: each a store directory, a file, or the address of a SPARQL server.

    What TO holds besides stays. A server's user and password are taken from KG_USER and KG_PASSWORD, a token from
    KG_TOKEN. A copy that broke off is mended by copying again.

    \b
    Examples:
      kg copy news.kg http://localhost:7878
      KG_USER=dba KG_PASSWORD=... kg copy news.kg http://localhost:8890/sparql
      kg copy http://localhost:7878 news.trig
    """
    from kg.errors import StoreError
    from kg.store import open_store
    from kg.store.copying import cloned, copied, copy

    quiet = ctx.obj["quiet"]
    with open_store(source, read_only=True) as old:
        whole = cloned(old, target)
        with open_store(target) as new:
            if not whole:
                deque(progress(copy(old, new), "Copying", quiet, unit="pieces"), maxlen=0)
            if not copied(old, new):
                changed = "something else changed one of them meanwhile"
                raise StoreError(f"{target} does not hold all of {source}: {changed}.")
        if not quiet:
            done = old.view().counts()["quads"]
            click.echo(f"{target} holds all {done:,} quads of {source}.", err=True)
