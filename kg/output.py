"""Output files: the whole of what was to be written, or what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A name to write under. A file becomes ``path`` once all is written; else nothing stays of it.

    Where ``path`` is a link, the file that it leads to is replaced, and the link stays. A device or a pipe is written
    into as it is.

    Raises:
        OSError: it cannot be written there.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        yield path
        return
    target = path.resolve() if path.is_symlink() else path
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
