"""Exports of several files: into a folder, or one zip archive that is the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.output import whole

Files = Iterable[tuple[str, Iterator[str]]]
#: Date of every file in an archive, the earliest that the format has: no clock.
_DATE = (1980, 1, 1, 0, 0, 0)


def into_folder(files: Files, folder: Path) -> None:
    """Write ``files``, name and lines of each, into ``folder``, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in files:
        with whole(folder / name) as part, part.open("w", encoding="utf-8", newline="") as out:
            out.writelines(f"{line}\n" for line in lines)


def into_zip(files: Files, out: BinaryIO) -> None:
    """Write ``files`` as a zip archive, line by line."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, lines in files:
            entry = ZipInfo(name, _DATE)
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as target:
                for line in lines:
                    target.write(f"{line}\n".encode())
