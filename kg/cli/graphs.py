"""The graph behind a command that looks: whole, whether a build writes it just now or was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import many

if TYPE_CHECKING:
    from kg.store import Store


def reading(graph: str) -> Store:
    """The graph of that name, opened to be read.

    What a build that was cut off left unmerged is merged first; what a running one has not merged yet is said to be
    missing. Both are told on stderr.

    Raises:
        StoreError: there is no such graph, or it cannot be opened.
    """
    from kg.errors import StoreError
    from kg.merge import unmerged
    from kg.store import open_store
    from kg.store.disk import CopiedStore

    store = open_store(graph, read_only=True)
    waiting = unmerged(store)
    if not waiting:
        return store
    if isinstance(store, CopiedStore):
        click.echo(f"A build is running: {many(waiting, 'articles')} not merged yet.", err=True)
        return store
    store.close()
    try:
        _mend(graph, waiting)
    except StoreError as error:
        click.echo(f"A build was cut off: {many(waiting, 'articles')} not merged yet ({error})", err=True)
    return open_store(graph, read_only=True)


def _mend(graph: str, waiting: int) -> None:
    """Merge what a build that was cut off has left."""
    from kg.merge import finish
    from kg.store import open_store

    with open_store(graph, create=False) as store:
        finish(store)
    click.echo(f"A build was cut off: {many(waiting, 'articles')} not merged yet; now merged.", err=True)
