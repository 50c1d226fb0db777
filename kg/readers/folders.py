"""What in a folder may hold articles, and what is passed over: hidden files, graphs, and what Hearsay itself wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kg.errors import PassedOver

#: The file that makes a directory the store of a graph (``kg.store.snapshot.MARK``).
_GRAPH = "hearsay.json"
_RECORDS = re.compile(rb'"pipeline": ?"hearsay ')
_EXPLORER = b'<meta name="generator" content="Hearsay">'
#: Bytes of a file in which its first record ends, or that it writes itself first.
_HEAD = 1 << 20


def walk(folder: Path, endings: Collection[str], root: Path | None = None) -> Iterator[Path | PassedOver]:
    """Files with one of the ``endings`` under ``folder``, sorted, and why something there that may be one is none.

    Links that lead out of the folder, or out of ``root``, are not followed.
    """
    for path in sorted(folder.iterdir()):
        inside = path.is_dir() and not path.is_symlink()
        if not inside and not (path.suffix.lower() in endings and path.is_file()):
            continue
        if path.name.startswith("."):
            yield PassedOver(f"{path}: hidden. Name it by itself to read it.")
        elif path.is_symlink() and not path.resolve().is_relative_to(root or folder.resolve()):
            yield PassedOver(f"{path}: a link that leads out of the folder. Name it by itself to read it.")
        elif not inside:
            yield path
        elif (path / _GRAPH).is_file():
            yield PassedOver(f"{path}: a graph of Hearsay, no folder of articles.")
        else:
            yield from walk(path, endings, root or folder.resolve())


def written_by_us(data: bytes, *, named: bool) -> str | None:
    """What a file is, by its content, if Hearsay wrote it; None for anything else, and records that were ``named``."""
    if _EXPLORER in data[:_HEAD]:
        return "the explorer that 'kg view' wrote"
    first = data[:_HEAD].split(b"\n", 1)[0]
    ours = not named and _RECORDS.search(first)
    return "records that 'kg extract' or 'kg export' wrote. Name the file by itself to read it" if ours else None
