"""``kg merge``: the decisions that make one actor of many, done again, shown, overridden or taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.files import writing
from kg.cli.options import duplicates_option, graph_option, report_problems

if TYPE_CHECKING:
    from kg.merge import MergeReport
    from kg.store import Store


@click.command("merge")
@graph_option
@click.option("--dry-run", is_flag=True, help="Show which names would be joined or parted, with scores; write nothing.")
@click.option("--review", metavar="FILE", help="Write the pairs to decide by hand to this CSV, most valuable first.")
@click.option("--judgements", metavar="FILE", help="Take over the judgements of this CSV; they override every score.")
@click.option("--export-judgements", "exported", metavar="FILE", help="Write all judgements to this CSV.")
@duplicates_option
@click.option("--undo", is_flag=True, help="Drop every merge: only what was found in each article is left.")
@click.option("--part", metavar="LOCAL", help="Part this actor of an article (IRI) from the actor it was taken to be.")
@click.option("--rejoin", metavar="LOCAL", help="Take a parting back.")
@click.option("--by", default="user", show_default=True, help="Who judges; it is recorded with the decision.")
@click.option("--reason", default="judged different", show_default=True, help="Why; it is recorded with the decision.")
@click.pass_context
def command(ctx: click.Context, /, graph: str, **options: str | bool | None) -> int:
    """Recognise the same actors and propositions across the articles of GRAPH.

    `kg build` does this by itself. What was found in the articles is never edited: merges are decisions in a graph of
    their own, each with its score and reason, and can be taken back.

    A file of judgements has the columns left, right and judgement (same, different, unsure, or undo), and may have by,
    when and reason. Left and right are Wikidata items, names as in person:anna weiss, or ranges of articles. The file
    that --review writes becomes one when its column judgement is filled in.

    \b
    Examples:
      kg merge -g news.kg --review doubts.csv
      kg merge -g news.kg --judgements doubts.csv --by anna
      kg merge -g news.kg --undo
      kg merge -g news.kg
      kg merge -g news.kg --part https://w3id.org/hearsay/id/article/a03/actor/a7 --reason "another Davis"
    """
    from kg.store import open_store

    problems: list[str] = []
    unmatched: list[str] = []
    reading = bool(options["dry_run"] or options["review"] or options["exported"])
    with open_store(graph, read_only=reading, create=False) as store:
        lines = list(_read(store, options) if reading else _write(store, graph, options, problems, unmatched))
    for line in lines:
        if options["dry_run"]:
            click.echo(line)
        elif not ctx.obj["quiet"]:
            click.echo(line, err=True)
    for message in unmatched:
        click.echo(f"Not found: {message}", err=True)
    report_problems(problems, "articles")
    return 1 if problems or unmatched else 0


def _read(store: Store, options: dict[str, str | bool | None]) -> list[str]:
    """Show or write what merging knows; lines to print."""
    from kg.merge import judgements
    from kg.merge.judgements import write_csv
    from kg.merge.review import preview, review, write_review

    if options["dry_run"]:
        return preview(store)
    said: list[str] = []
    if options["review"]:
        doubts = review(store)
        with writing(str(options["review"])) as file:
            write_review(doubts, file)
        said.append(f"{options['review']}: {len(doubts):,} pairs to decide.")
    if options["exported"]:
        known = judgements(store)
        with writing(str(options["exported"])) as file:
            write_csv(known, file)
        said.append(f"{options['exported']}: {len(known):,} judgements.")
    return said


def _write(
    store: Store, graph: str, options: dict[str, str | bool | None], problems: list[str], unmatched: list[str]
) -> list[str]:
    """Merge, judge or undo; lines to print.

    Among ``problems`` is what could not be merged, among ``unmatched`` what was judged of nobody in the graph.
    """
    from kg import merge as merger

    by, reason = str(options["by"]), str(options["reason"])
    if options["undo"]:
        merger.reset(store)
        return [f"{graph}: every merge is undone. 'kg merge' makes them again."]
    if options["part"]:
        return [_said(graph, merger.unmerge(store, str(options["part"]), by=by, reason=reason))]
    if options["rejoin"]:
        return [_said(graph, merger.rejoin(store, str(options["rejoin"])))]
    said: list[str] = []
    if options["keep_duplicates"] is not None:
        settled = merger.count_copies(store, apart=bool(options["keep_duplicates"]))
        said.append(f"{settled:,} publications are counted anew.")
    if options["judgements"]:
        said.append(f"{_judge(store, Path(str(options['judgements'])), by, unmatched):,} judgements taken over.")
    report = merger.merge(store)
    problems += report.problems
    return [*said, _said(graph, report)]


def _judge(store: Store, path: Path, by: str, unmatched: list[str]) -> int:
    """How many judgements of a file were taken over; those of nobody in the graph are told in ``unmatched``."""
    from kg.errors import StoreError
    from kg.merge.judgements import read_csv
    from kg.merge.judging import apply

    try:
        with path.open(encoding="utf-8", newline="") as file:
            return apply(store, list(read_csv(file, by=by, where=str(path))), unmatched)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The judgements cannot be read from {path}: {error}.") from error


def _said(graph: str, report: MergeReport) -> str:
    return (
        f"{graph}: {report.local_actors:,} actors of articles are {report.actors:,} actors; "
        f"{report.propositions:,} propositions, {report.contested:,} contested."
    )
