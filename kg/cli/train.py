"""``kg train``: learn weights anew; needs the extra ``train``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.errors import PipelineError

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("train")
def command() -> None:
    """Learn the weights anew from an annotated corpus (pip install 'hearsay-kg[train]')."""


@command.command("attribution")
@click.option("--corpus", required=True, type=_file, help="Annotated articles, JSON Lines, as for kg evaluate.")
@click.option("--engine", type=click.Choice(["encoder", "linear"]), default="encoder", show_default=True)
@click.option("--directed", type=_file, help="The directed-sentiment set, for the encoder's relation head.")
@click.option("--plover", type=_file, help="The PLV table, for the encoder's relation head.")
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write."
)
def attribution(corpus: Path, engine: str, directed: Path | None, plover: Path | None, output: Path) -> None:
    """Train an attribution engine: the encoder in hours on two cores, the linear one in minutes on one."""
    if engine == "linear":
        from kg.train.linear import train as train_linear

        train_linear(corpus, output)
        return
    try:
        from kg.train.attribution import train
    except ImportError as error:
        raise PipelineError(f"Training needs {error.name}: pip install 'hearsay-kg[train]'.") from error
    train(corpus, output, directed=directed, plover=plover)
