"""One writer, or several readers, at a time: an advisory lock on the directory of a graph."""

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
    if fcntl is None:
        return descriptor
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise BusyError(
            f"The graph {path} is in use by another process. Wait until it ends, or name another."
        ) from error
    return descriptor
