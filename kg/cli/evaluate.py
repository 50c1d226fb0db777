"""``kg evaluate``: score an engine against annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.errors import ReadError


@click.group("evaluate")
def command() -> None:
    """Score what Hearsay finds against annotated articles."""


@command.command("attribution")
@click.option("--gold", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON Lines.")
@click.option("--engine", type=click.Choice(["encoder", "lexicon"]), default="encoder", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def attribution(gold: Path, engine: str, as_json: bool) -> None:
    """Precision, recall and F1 of sources, cues and contents, and recall by form of speech.

    GOLD holds an article a line: {"id", "text", "attributions": [{"source": [[s, e]], "cue": ..., "content": ...}]}.
    """
    from kg.annotate.pipeline import load_pipeline
    from kg.evaluate.attribution import score
    from kg.evaluate.run import attributions_of

    articles = _articles(gold)
    nlp = load_pipeline(engine=engine)
    figures = score(articles, attributions_of(nlp, articles))
    if as_json:
        click.echo(json.dumps(figures, indent=1))
        return
    for name in ("content", "full"):
        click.echo(f"{name:10} " + "  ".join(f"{k} {v:.3f}" for k, v in figures[name].items()))
    click.echo("recall     " + "  ".join(f"{k} {v:.3f}" for k, v in figures["recall"].items()))


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
