"""``kg extract``: articles to records, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    articles_of,
    input_options,
    output_option,
    pipeline_options,
    progress,
    report,
    settings_of,
)

if TYPE_CHECKING:
    from kg.building import Settings, Tally
    from kg.readers import Problem
    from kg.records import Article


@click.command("extract")
@input_options
@output_option
@pipeline_options
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where to run: this machine's processes, or Spark (extra: spark).",
)
@click.option("--master", help="Spark's master: local[4], yarn, k8s://...; by default what its own settings say.")
@click.pass_context
def command(
    ctx: click.Context, /, inputs: tuple[str, ...], output: str, engine: str, master: str | None, **options: Any
) -> int:
    """Write who says what, with which stance, as JSON Lines: one article a line.

    INPUT is a file of text, a page, feed, table, mail, PDF or archive, a folder, a glob, or - for standard input.

    \b
    Examples:
      kg extract news/ -o records.jsonl
      kg extract article.txt --date 2014-12-03 --publisher Reuters
      cat articles.jsonl | kg extract -
      kg extract news/ -o records.jsonl --engine spark --master "local[4]"
    """
    from kg.building import Tally
    from kg.cli.files import writing

    tally, articles = Tally(), articles_of(inputs, options)
    found = (_on_spark if engine == "spark" else _here)(articles, tally, settings_of(options), master)
    with writing(output) as out:
        for record in progress(found, "Extracting", ctx.obj["quiet"]):
            out.write(record + "\n")
    return report(tally)


def _here(
    articles: Iterable[Article | Problem], tally: Tally, settings: Settings, _master: str | None
) -> Iterator[str]:
    from kg.building import extractions

    return (extraction.to_json() for extraction in extractions(articles, tally, settings))


def _on_spark(
    articles: Iterable[Article | Problem], tally: Tally, settings: Settings, master: str | None
) -> Iterator[str]:
    from kg.spark import extractions

    return extractions(articles, tally, settings, master)
