"""One writer, or several readers, at a time: advisory locks on the directory of a graph, or beside its file."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import BusyError

try:
    import fcntl
except ImportError:  # no advisory locks on Windows: Oxigraph's own lock still keeps a second writer out
    fcntl = None  # type: ignore[assignment]


def lock(path: Path, shared: bool) -> int:
    """A descriptor that holds the lock of the directory: shared for readers, exclusive for a writer.

    Raises:
        BusyError: somebody else holds it.
    """
    try:
        descriptor = os.open(path / "lock", os.O_CREAT | os.O_RDWR)
    except OSError:  # a reader of a directory that it may not write in
        descriptor = os.open(path, os.O_RDONLY)
    _take(descriptor, path, shared=shared)
    return descriptor


def lock_file(path: Path) -> int | None:
    """A descriptor that keeps other writers off the graph file ``path``, which is replaced when it is written.

    It locks a file beside it; None where none can be made, so that the graph cannot be written either.

    Raises:
        BusyError: another process writes it.
    """
    beside = _beside(path)
    while True:
        try:
            descriptor = os.open(beside, os.O_CREAT | os.O_RDWR)
        except OSError:
            return None
        _take(descriptor, path, shared=False)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)  # the one before has taken it away just now


def unlock_file(path: Path, descriptor: int) -> None:
    """Let others write the graph file ``path``."""
    _beside(path).unlink(missing_ok=True)
    os.close(descriptor)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def _take(descriptor: int, path: Path, *, shared: bool) -> None:
    """Lock ``descriptor``, or close it."""
    if fcntl is None:
        return
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise BusyError(
            f"The graph {path} is in use by another process. Wait until it ends, or name another."
        ) from error
