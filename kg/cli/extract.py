"""``kg extract``: articles to records, one a line."""

from __future__ import annotations

import json
from typing import Any

import click

from kg.cli.options import (
    input_options,
    metadata_of,
    output_option,
    pipeline_options,
    progress,
    report,
    settings_of,
)


@click.command("extract")
@input_options
@output_option
@pipeline_options
@click.pass_context
def command(ctx: click.Context, /, inputs: tuple[str, ...], output: str, **options: Any) -> int:
    """Write who says what, with which stance, as JSON Lines: one article a line.

    INPUT is a file of text, a page, feed, table, mail, PDF or archive, a folder, a glob, or - for standard input.

    \b
    Examples:
      kg extract news/ -o records.jsonl
      kg extract article.txt --date 2014-12-03 --publisher Reuters
      cat articles.jsonl | kg extract -
    """
    from kg.building import Tally, extractions
    from kg.cli.files import writing
    from kg.readers import read

    metadata = metadata_of(options)
    tally = Tally()
    articles = read(inputs, metadata, options.pop("fields"), any_language=options.pop("any_language"))
    found = extractions(articles, tally, settings_of(options))
    with writing(output) as out:
        for extraction in progress(found, "Extracting", ctx.obj["quiet"]):
            out.write(json.dumps(extraction.to_dict(), ensure_ascii=False, sort_keys=False) + "\n")
    return report(tally)
