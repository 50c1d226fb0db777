"""``kg train``: learn weights anew; needs the extra ``train``."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.errors import PipelineError

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("train")
def command() -> None:
    """Learn the weights anew from annotated corpora (pip install 'hearsay-kg[train]')."""


@command.command("reader")
@click.option("--gold", required=True, type=_folder, help="Annotated articles with spans, one JSON file each.")
@click.option("--attributed", required=True, type=_file, help="Articles with flat attributions, JSON Lines.")
@click.option("--directed", type=_file, help="The directed-sentiment set.")
@click.option("--plover", type=_file, help="The PLV table.")
@click.option("--teacher", type=_folder, help="An unpacked all-mpnet-base-v2; without it nothing is distilled.")
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    type=_file,
    help="Articles (JSON Lines) or sentences whose annotation comes with the program; may be given again.",
)
@click.option("--texts", type=_file, help="Records of unannotated articles for the teacher, as kg extract prints them.")
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write."
)
def reader(
    gold: Path, attributed: Path, directed: Path | None, plover: Path | None, teacher: Path | None,
    corpora: tuple[Path, ...], texts: Path | None, output: Path,
) -> None:  # fmt: skip
    """Train the reader: the encoder and all its heads, some six hours on two cores."""
    try:
        from kg.train.run import Sources, train
    except ImportError as error:
        raise PipelineError(f"Training needs {error.name}: pip install 'hearsay-kg[train]'.") from error
    logging.getLogger("kg.train").setLevel(logging.INFO)
    train(Sources(gold, attributed, plover, directed, texts, teacher, corpora), output)
