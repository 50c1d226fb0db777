"""``kg evaluate``: score what Hearsay finds against annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

_gold = click.option(
    "--gold",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="Annotated articles: a folder of .json files, or one .json or .jsonl file.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
_bootstrap = click.option(
    "--bootstrap", type=click.IntRange(0), default=0, help="95 % intervals from N samples of articles."
)
_mentions = click.option(
    "--mentions",
    type=click.Choice(["found", "gold"]),
    default="found",
    show_default=True,
    help="gold: hand over the annotated actors and claims, to score what comes behind them.",
)


@click.group("evaluate")
def command() -> None:
    """Score what Hearsay finds against annotated articles, beside a naive baseline."""


@command.command("attribution")
@_gold
@_bootstrap
@_json
def attribution(gold: Path, bootstrap: int, as_json: bool) -> None:
    """Precision, recall and F1 of sources, cues and contents, by form of speech and by construction.

    An article holds {"id", "text", "attributions": [{"source": [[s, e]], "cue": ..., "content": ...}]}, or claims with
    spans. "content" asks for a share of common words (Jaccard) of at least 0.5; "full" for source and cue as well.
    """
    from kg.annotate.pipeline import load_pipeline
    from kg.evaluate.attribution import score
    from kg.evaluate.gold import flat, read_gold
    from kg.evaluate.run import readings

    articles = map(flat, read_gold(gold))
    figures = score(readings(load_pipeline(), articles), bootstrap)
    click.echo(json.dumps(figures, indent=1) if as_json else "\n".join(_table(figures)))


@command.command("claims")
@_gold
@_bootstrap
@_json
def claims(gold: Path, bootstrap: int, as_json: bool) -> None:
    """Who says what: contents, sources and stances of claims, and denials; how far confidence can be trusted."""
    _measure("claims", gold, bootstrap, as_json)


@command.command("stance")
@_gold
@_mentions
@_bootstrap
@_json
def stance(gold: Path, mentions: str, bootstrap: int, as_json: bool) -> None:
    """Stances of the claims whose content was found, and of positions on the right edge."""
    _measure("stance", gold, bootstrap, as_json, given=mentions == "gold")


@command.command("relations")
@_gold
@_mentions
@_bootstrap
@_json
def relations(gold: Path, mentions: str, bootstrap: int, as_json: bool) -> None:
    """Who takes which stance on which edge: by relation, stance, construction and distance; calibration."""
    _measure("relations", gold, bootstrap, as_json, given=mentions == "gold")


@command.command("coreference")
@_gold
@_bootstrap
@_json
def coreference(gold: Path, bootstrap: int, as_json: bool) -> None:
    """Who is who inside an article: B-cubed, links, and where names, descriptions and pronouns lead."""
    _measure("coreference", gold, bootstrap, as_json)


@command.command("actors")
@_gold
@_bootstrap
@_json
def actors(gold: Path, bootstrap: int, as_json: bool) -> None:
    """Actors found, their types and Wikidata items."""
    _measure("actors", gold, bootstrap, as_json)


def _measure(name: str, gold: Path, bootstrap: int, as_json: bool, *, given: bool = False) -> None:
    from kg.annotate.pipeline import load_pipeline
    from kg.evaluate.gold import read_gold
    from kg.evaluate.measures import measure
    from kg.evaluate.run import read
    from kg.evaluate.tables import table

    articles = read_gold(gold)
    report = measure(name, read(load_pipeline(), articles, given=given), bootstrap)
    click.echo(json.dumps(report, indent=1) if as_json else "\n".join(table(report)))


def _table(figures: dict[str, Any]) -> Iterator[str]:
    """The figures of attribution as lines to read."""
    from kg.evaluate.tables import reliability

    for name in ("content", "full"):
        low, high = figures.get("interval", {}).get(name, (None, None))
        around = "" if low is None else f"  (95 %: {low:.3f} to {high:.3f})"
        naive = f"  (baseline f1 {figures['baseline'][name]['f1']:.3f})"
        yield f"{name:10} " + "  ".join(f"{k} {v:.3f}" for k, v in figures[name].items()) + naive + around
    yield "recall     " + "  ".join(f"{k} {v:.3f}" for k, v in figures["recall"].items())
    yield f"\n{'construction':34} {'gold':>5} {'found':>5}   {'content p':>9} {'r':>5} {'f1':>5}   {'full f1':>7}"
    for name, row in figures["constructions"].items():
        c, full = row["content"], row["full"]["f1"]
        yield f"{name:34} {row['gold']:5} {row['found']:5}   {c['p']:9.3f} {c['r']:5.3f} {c['f1']:5.3f}   {full:7.3f}"
    yield from reliability(figures["calibration"])
