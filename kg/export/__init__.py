"""A graph as files: Turtle, TriG, N-Quads, JSON-LD, and JSON Lines of the records. Stable in order, without ontology.

The ontology is published with its namespace, and is put in again when a store reads such a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.export import jsonl, jsonld, nquads, trig, turtle
from kg.store import View

__all__ = ["FORMATS", "export", "format_of"]

#: Name of each format -> its file suffix.
FORMATS = {"turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "jsonld": ".jsonld", "jsonl": ".jsonl"}
#: Other names by which people call them.
_ALIASES = {"ttl": "turtle", "nq": "nquads", "n-quads": "nquads", "json-ld": "jsonld"}
_LINES: dict[str, Callable[[View], Iterator[str]]] = {
    "turtle": turtle.lines,
    "trig": trig.lines,
    "nquads": nquads.lines,
    "jsonld": jsonld.lines,
    "jsonl": jsonl.lines,
}


def export(view: View, target: str | PathLike[str] | BinaryIO, form: str | None = None) -> None:
    """Write ``view`` to a file or a binary stream; a file is written under a temporary name and then renamed.

    Args:
        view: the graph.
        target: where to.
        form: one of ``FORMATS``; guessed from the name of a file.

    Raises:
        KgError: an unknown format, or one that cannot be guessed.
        OSError: the file cannot be written.
    """
    if not isinstance(target, str | PathLike):
        _write(view, target, _known(form))
        return
    path = Path(target)
    chosen = _known(form) if form else format_of(path)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        _write(view, out, chosen)
    part.replace(path)


def format_of(path: Path) -> str:
    """Name of the format that the suffix of ``path`` stands for.

    Raises:
        KgError: it stands for none.
    """
    for name, suffix in FORMATS.items():
        if path.suffix.lower() == suffix:
            return name
    raise KgError(f"{path}: its suffix names no format. Suffixes: {' '.join(FORMATS.values())}; or say --format.")


def _known(form: str | None) -> str:
    name = _ALIASES.get(form or "", form or "")
    if name not in FORMATS:
        raise KgError(f"No export format {form!r}. There are: {', '.join(sorted(FORMATS))}.")
    return name


def _write(view: View, out: BinaryIO, form: str) -> None:
    for line in _LINES[form](view):
        out.write(line.encode("utf-8"))
        out.write(b"\n")
