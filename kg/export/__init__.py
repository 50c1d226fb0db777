"""A graph as files, in stable order, without the ontology; no format needs the whole graph in memory.

Turtle, TriG, N-Quads, N-Triples, RDF/XML and JSON-LD hold the graph, JSON Lines the records; GraphML and GEXF the
actors and what is said between them; ClaimReview, nanopublications and FollowTheMoney the claims in the shapes of
others. An Excel workbook has the tables; CSV, TSV and Neo4j's CSV are several files: a folder, or a zip archive.

The ontology is published with its namespace, and is put in again when a store reads such a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError
from kg.export import (
    claimreview,
    ftm,
    gexf,
    graphml,
    jsonl,
    jsonld,
    nanopubs,
    neo4j,
    nquads,
    tables,
    trig,
    triples,
    turtle,
    xlsx,
)
from kg.export.package import into_folder, into_zip
from kg.output import whole
from kg.store import View

__all__ = ["FOLDERS", "FORMATS", "export", "format_of"]

#: Name of each format of one file -> its suffix.
FORMATS = {
    "turtle": ".ttl", "trig": ".trig", "nquads": ".nq", "ntriples": ".nt", "rdfxml": ".rdf", "jsonld": ".jsonld",
    "jsonl": ".jsonl", "graphml": ".graphml", "gexf": ".gexf", "xlsx": ".xlsx", "ftm": ".ftm.json",
    "claimreview": ".claimreview.jsonld", "nanopubs": ".nanopubs.trig",
}  # fmt: skip
#: Formats of several files, which no suffix gives away.
FOLDERS = ("csv", "tsv", "neo4j")
#: Other names by which people call them.
_ALIASES = {
    "ttl": "turtle", "nq": "nquads", "n-quads": "nquads", "json-ld": "jsonld", "nt": "ntriples", "rdf": "rdfxml",
    "excel": "xlsx", "followthemoney": "ftm",
}  # fmt: skip
_LINES: dict[str, Callable[[View], Iterator[str]]] = {
    "turtle": turtle.lines,
    "trig": trig.lines,
    "nquads": nquads.lines,
    "jsonld": jsonld.lines,
    "jsonl": jsonl.lines,
    "graphml": graphml.lines,
    "gexf": gexf.lines,
    "ntriples": triples.lines,
    "ftm": ftm.lines,
    "claimreview": claimreview.lines,
    "nanopubs": nanopubs.lines,
}
_WHOLE: dict[str, Callable[[View, BinaryIO], None]] = {"rdfxml": triples.write_xml, "xlsx": xlsx.write}
_FILES: dict[str, Callable[[View], Iterator[tuple[str, Iterator[str]]]]] = {
    "csv": tables.csv_files,
    "tsv": tables.tsv_files,
    "neo4j": neo4j.files,
}


def export(view: View, target: str | PathLike[str] | BinaryIO, form: str | None = None) -> None:
    """Write ``view`` to a file, a folder or a binary stream; a file is written under a temporary name, then renamed.

    Args:
        view: the graph.
        target: where to. A format of several files goes into a folder of this name, or into a zip archive where
            the name ends with ``.zip`` or ``target`` is a stream.
        form: one of ``FORMATS`` or ``FOLDERS``; guessed from the name of a file.

    Raises:
        KgError: an unknown format, or one that cannot be guessed.
        OSError: the file cannot be written.
    """
    if not isinstance(target, str | PathLike):
        _write(view, target, _known(form))
        return
    path = Path(target)
    chosen = _known(form) if form else format_of(path)
    if chosen in FOLDERS and path.suffix.lower() != ".zip":
        into_folder(_FILES[chosen](view), path)
        return
    with whole(path) as part, part.open("wb") as out:
        _write(view, out, chosen)


def format_of(path: Path) -> str:
    """Name of the format that the suffix of ``path`` stands for.

    Raises:
        KgError: it stands for none.
    """
    fitting = [(suffix, name) for name, suffix in FORMATS.items() if path.name.lower().endswith(suffix)]
    if fitting:
        return max(fitting, key=lambda pair: len(pair[0]))[1]
    raise KgError(f"{path}: its suffix names no format. Suffixes: {' '.join(FORMATS.values())}; or say --format.")


def _known(form: str | None) -> str:
    known = ", ".join(sorted((*FORMATS, *FOLDERS)))
    if form is None:
        raise KgError(f"No file name says which format to write. Say --format: {known}.")
    name = _ALIASES.get(form, form)
    if name not in (*FORMATS, *FOLDERS):
        raise KgError(f"No export format {form!r}. There are: {known}.")
    return name


def _write(view: View, out: BinaryIO, form: str) -> None:
    if form in FOLDERS:
        into_zip(_FILES[form](view), out)
        return
    if form in _WHOLE:
        _WHOLE[form](view, out)
        return
    for line in _LINES[form](view):
        out.write(line.encode("utf-8"))
        out.write(b"\n")
