"""``kg serve``: a graph over HTTP."""

from __future__ import annotations

import os
import signal
import sys
from urllib.parse import quote

import click

from kg.cli.options import graph_option


@click.command("serve")
@graph_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 for any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to be reached from other machines.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds a query may take."
)
@click.option("--limit-rows", type=click.IntRange(1), help="Rows or triples an answer may have. [default: any number]")
@click.option(
    "--limit-memory", default=1024, show_default=True, type=click.IntRange(256), help="Megabytes a query may take."
)
@click.option(
    "--workers",
    default=4,
    show_default=True,
    type=click.IntRange(1),
    help="Long queries at a time; two more processes answer short ones.",
)
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Sites whose pages may ask, or * for all. Repeatable.")
@click.option("--allow-update", is_flag=True, help="Allow changes to who sends the token of KG_SERVE_TOKEN.")
@click.pass_context
def command(
    ctx: click.Context,
    graph: str,
    port: int,
    host: str,
    timeout: float,
    limit_rows: int | None,
    limit_memory: int,
    workers: int,
    cors: tuple[str, ...],
    allow_update: bool,
) -> None:
    """Serve GRAPH: its pages at /, the SPARQL 1.1 Protocol at /sparql, its graphs at /data.

    What IRIs of the data name is answered at their path (/id/actor/..., /id/article/..., /id/proposition/...): a page
    to a browser, Turtle to a program.

    Only reads, and only for this machine, unless told otherwise. `kg build` may write GRAPH at the same time: what is
    served follows within seconds. Ctrl-C ends it.

    \b
    Examples:
      kg serve -g news.kg
      kg serve -g news.kg --host 0.0.0.0 --port 80 --timeout 10 --limit-rows 100000
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?c a kg:Claim } LIMIT 9' localhost:8000/sparql
    """
    from kg.serve.app import Settings, serve
    from kg.serve.graph import Graph
    from kg.serve.running import Limits

    token = os.environ.get("KG_SERVE_TOKEN") if allow_update else None
    if host == "::1":
        raise click.UsageError("--host ::1 cannot be kept from other sites' pages; use 127.0.0.1.")
    if allow_update and not token:
        raise click.UsageError("--allow-update needs a token: set the environment variable KG_SERVE_TOKEN.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what is open is closed
    settings = Settings(host, port, cors, Limits(timeout, limit_rows, limit_memory, workers))
    served = Graph(graph, token=token)

    def ready(address: str) -> None:
        if not ctx.obj["quiet"]:
            page = f"{address}#token={quote(token)}" if token else address
            click.echo(f"{graph} is served at {page} (SPARQL at {address}sparql). Ctrl-C ends it.", err=True)

    try:
        serve(served, settings, ready)
    finally:
        served.close()
