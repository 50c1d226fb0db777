"""``kg mcp``: the graph as tools for assistants."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option
from kg.store import View


@click.command("mcp")
@graph_option
@click.option("--http", is_flag=True, help="Over HTTP, at /mcp, instead of standard input and output.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="With --http.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: 0.0.0.0 for other machines.")
def command(graph: str, *, http: bool, port: int, host: str) -> None:
    """Give an assistant GRAPH as read-only tools (Model Context Protocol; pip install 'hearsay-kg[mcp]').

    It can find an actor, friends and foes, claims between two, disputes and evidence, and ask named queries and SPARQL;
    every answer has its sentences and where they stand.

    \b
    Examples:
      kg mcp -g news.kg
      kg mcp -g news.kg --http --port 8001
    """
    from kg.assistant import server

    @contextmanager
    def opening() -> Iterator[View]:
        with reading(graph) as store:
            yield store.view()

    with opening():
        pass  # a graph that is not there is said now, and not when somebody asks
    found = server(opening)
    if http:
        found.run("streamable-http", host=host, port=port)
    else:
        found.run()
