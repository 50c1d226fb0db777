"""What in a folder may hold articles, and what is passed over: hidden files, graphs, and what Hearsay itself wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kg.errors import PassedOver

#: The file that makes a directory the store of a graph (``kg.store.snapshot.MARK``).
_GRAPH = "hearsay.json"
_EXPLORER = b'<meta name="generator" content="Hearsay">'
#: The file beside tables for Neo4j.
NEO4J = "load.cypher"
#: How files of ours begin, and what they are. Data of others may begin like that, too.
_BEGINNINGS = (
    (re.compile(rb'[^\n]*"pipeline": ?"hearsay '), "records that 'kg extract' or 'kg export' wrote"),
    (re.compile(rb'\{"id": ?"hearsay-[0-9a-f]{24}", ?"schema"'), "entities that 'kg export' wrote"),
    (re.compile(rb'\{"@context".*"https://w3id\.org/hearsay/', re.DOTALL), "JSON-LD that 'kg export' wrote"),
    (re.compile(rb'\s*\{\s*"head" ?: ?\{'), "the answer to a query"),
    (re.compile(rb'\s*\[\s*\{[^{}]*"subject":[^{}]*"relation":[^{}]*"object":'), "the answer to a query"),
    (re.compile(rb'\s*\[\s*\{\s*"id":[^{}]*"words":[^{}]*"claims":'), "the list that 'kg articles' wrote"),
)
#: Bytes of a file in which its first record ends, or that it writes itself first.
_HEAD = 1 << 20


def walk(
    folder: Path, endings: Collection[str], *, follow_links: bool = False, above: tuple[Path, ...] = ()
) -> Iterator[Path | PassedOver]:
    """Files with one of the ``endings`` under ``folder``, sorted, and why something there that may be one is none.

    Links that lead out of the folder, or the first of those ``above`` it, are not followed unless ``follow_links``; one
    that leads to a folder above it never is.
    """
    above = (*above, folder.resolve())
    for path in sorted(folder.iterdir()):
        inside = path.is_dir() and (follow_links or not path.is_symlink())
        if not inside and not (path.suffix.lower() in endings and path.is_file()):
            continue
        if path.name.startswith("."):
            yield PassedOver(f"{path}: hidden. Name it by itself to read it.")
        elif path.is_symlink() and not (follow_links or path.resolve().is_relative_to(above[0])):
            yield PassedOver(f"{path}: a link that leads out of the folder. Name it by itself, or use --follow-links.")
        elif path.is_symlink() and path.resolve() in above:
            yield PassedOver(f"{path}: a link back to a folder that it lies in.")
        elif not inside:
            yield path
        elif (path / _GRAPH).is_file():
            yield PassedOver(f"{path}: a graph of Hearsay, no folder of articles.")
        elif (path / NEO4J).is_file():
            yield PassedOver(f"{path}: tables that 'kg export' wrote.")
        else:
            yield from walk(path, endings, follow_links=follow_links, above=above)


def written_by_us(data: bytes, *, named: bool) -> str | None:
    """What a file is, by its content, if Hearsay wrote it; None for anything else, and for data that was ``named``."""
    head = data[:_HEAD]
    if _EXPLORER in head:
        return "the explorer that 'kg view' wrote"
    if named:
        return None
    found = next((what for beginning, what in _BEGINNINGS if beginning.match(head)), None)
    return f"{found}. Name the file by itself to read it" if found else None
