"""``kg evaluate``: score an engine against annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kg.errors import ReadError

ENGINES = ("encoder", "linear", "lexicon")


@click.group("evaluate")
def command() -> None:
    """Score what Hearsay finds against annotated articles."""


@command.command("attribution")
@click.option("--gold", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON Lines.")
@click.option("--engine", type=click.Choice(ENGINES), default="encoder", show_default=True)
@click.option("--fast", "engine", flag_value="linear", help="The same as --engine linear.")
@click.option("--bootstrap", type=click.IntRange(0), default=0, help="95 % intervals from N samples of articles.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def attribution(gold: Path, engine: str, bootstrap: int, as_json: bool) -> None:
    """Precision, recall and F1 of sources, cues and contents, by form of speech and by construction.

    GOLD holds an article a line: {"id", "text", "attributions": [{"source": [[s, e]], "cue": ..., "content": ...}]}.
    "content" asks for a share of common words (Jaccard) of at least 0.5; "full" for source and cue as well.
    """
    from kg.annotate.pipeline import load_pipeline
    from kg.evaluate.attribution import score
    from kg.evaluate.run import readings

    figures = score(readings(load_pipeline(engine=engine), _articles(gold)), bootstrap)
    click.echo(json.dumps(figures, indent=1) if as_json else "\n".join(_table(figures)))


def _table(figures: dict[str, Any]) -> Iterator[str]:
    """The figures as lines to read."""
    for name in ("content", "full"):
        low, high = figures.get("interval", {}).get(name, (None, None))
        around = "" if low is None else f"  (95 %: {low:.3f} to {high:.3f})"
        yield f"{name:10} " + "  ".join(f"{k} {v:.3f}" for k, v in figures[name].items()) + around
    yield "recall     " + "  ".join(f"{k} {v:.3f}" for k, v in figures["recall"].items())
    yield f"\n{'construction':34} {'gold':>5} {'found':>5}   {'content p':>9} {'r':>5} {'f1':>5}   {'full f1':>7}"
    for name, row in figures["constructions"].items():
        c, full = row["content"], row["full"]["f1"]
        yield f"{name:34} {row['gold']:5} {row['found']:5}   {c['p']:9.3f} {c['r']:5.3f} {c['f1']:5.3f}   {full:7.3f}"


def _articles(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise ReadError(f"{path}, line {number}: not valid JSON ({error.msg}).") from error
            if "attributions" not in rows[-1]:
                raise ReadError(f"{path}, line {number}: no 'attributions' field to score against.")
    return rows
