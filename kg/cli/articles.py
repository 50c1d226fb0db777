"""``kg articles``: what a graph was built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.graphs import reading
from kg.cli.options import graph_option
from kg.cli.rows import Rows, format_option, show

if TYPE_CHECKING:
    from kg.store import View


@click.command("articles")
@graph_option
@click.option("--about", metavar="ACTOR", help="Only those that name this actor.")
@click.option("--skipped", is_flag=True, help="Instead: what was not taken in, and why.")
@format_option
def command(graph: str, about: str | None, skipped: bool, form: str | None) -> None:
    """List the articles in GRAPH: id, date, outlet, title, words, claims, and of which other each is a copy.

    The id is what `kg explain` and `kg remove` take. A copy says again what an article says that was published before;
    its claims are those that it has beside them.

    \b
    Examples:
      kg articles -g news.kg
      kg articles --about Iran --format csv
      kg articles --skipped
    """
    with reading(graph) as store:
        view = store.view()
        rows: Rows = [dict(row) for row in view.skipped()] if skipped else _rows(view, about)
    show(rows, form)


def _rows(view: View, about: str | None) -> Rows:
    from kg.errors import QueryError

    articles = view.articles()
    if about is not None:
        actors = view.find(about)
        if not actors:
            raise QueryError(f"No actor is called {about!r}. 'kg explain NAME' looks actors up.")
        wanted = {article for actor in actors for article in actor.articles}
        articles = [article for article in articles if article.id in wanted]
    claims, copies = view.claims_by_article(), view.copies()
    return [
        {"id": a.id, "date": a.date, "outlet": a.publisher, "title": a.title, "words": len(view.text(a.id).split()),
         "claims": claims[a.id], "copy of": copies.get(a.id, [""])[0], "url": [a.url]}
        for a in articles
    ]  # fmt: skip
