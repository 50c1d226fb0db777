"""Where a served graph comes from, and how a frozen copy of it is made."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from kg.errors import MissingError, StoreError
from kg.store import Store, open_store, snapshot
from kg.store.file import FORMATS

T = TypeVar("T")
#: Seconds that a change waits for a copy that is being made.
PATIENCE = 3.0


def opened(graph: str) -> Store:
    """The graph of this name, open for writing.

    Raises:
        StoreError: another process writes it.
    """
    return _opened(graph, open_store)


def opened_as(graph: str, source: Source) -> tuple[Store, object]:
    """The same, with the signature of the ``source`` behind it just before.

    Raises:
        StoreError: another process writes it.
    """

    def signed(name: str) -> tuple[Store, object]:
        signature = source.signature()
        return open_store(name), signature

    return _opened(graph, signed)


def _opened(graph: str, opening: Callable[[str], T]) -> T:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return opening(graph)
        except StoreError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Source(Protocol):
    """A graph that others may change."""

    def signature(self) -> object:
        """Something that differs when the graph changed."""

    def take(self, number: int) -> str | None:
        """Address of a copy that nobody changes; None where a writer was asked for one: call it again until it is."""

    def cancel(self, number: int) -> None:
        """The copy that was asked for under this number is not wanted any more."""

    def drop(self, address: str) -> None:
        """The copy at this address is no longer needed."""

    def close(self) -> None:
        """No copy is needed any more."""


def source_of(graph: str) -> Source:
    """The source behind the graph of this name.

    Raises:
        StoreError: it can only be read by the process that made it.
    """
    if graph == ":memory:":
        raise StoreError("A graph in memory cannot be served. Name a directory or a file with -g.")
    if graph.startswith(("http://", "https://")):
        return RemoteSource(graph)
    path = Path(graph)
    return FileSource(path) if path.suffix in FORMATS and not path.is_dir() else DirectorySource(path)


class DirectorySource:
    """A store directory; copies are hard links beside it, or files elsewhere where it cannot be written."""

    def __init__(self, path: Path) -> None:
        """The source in ``path``, without what servers that died have left.

        Raises:
            StoreError: there is no graph.
        """
        self.path = path
        if not (path / snapshot.MARK).is_file():
            raise MissingError(f"There is no graph at {path}. Make one with 'kg build INPUT... -g {path}'.")
        self._elsewhere: tempfile.TemporaryDirectory[str] | None = None
        self.folder = path / snapshot.FOLDER
        try:
            self.folder.mkdir(exist_ok=True)
            snapshot.sweep(self.folder)
        except OSError:
            self._elsewhere = tempfile.TemporaryDirectory(prefix="hearsay-")
            self.folder = Path(self._elsewhere.name)

    def signature(self) -> object:
        """Names, sizes and times of the database's files."""
        return snapshot.signature(self.path)

    def take(self, number: int) -> str | None:
        """Address of a copy, or None where a writer was asked for one."""
        target = self.folder / f"{os.getpid()}-{number}"
        return str(target) if snapshot.take(self.path, target) else None

    def cancel(self, number: int) -> None:
        """Take the note back, and a copy that came of it."""
        for path in self.folder.glob(f"{os.getpid()}-{number}*"):
            snapshot.drop(path)

    def drop(self, address: str) -> None:
        """Remove the copy."""
        snapshot.drop(Path(address))

    def close(self) -> None:
        """Remove every copy, and the folder where it is empty."""
        for path in self.folder.glob(f"{os.getpid()}-*"):
            snapshot.drop(path)
        if self._elsewhere is not None:
            self._elsewhere.cleanup()
        elif not any(self.folder.iterdir()):
            self.folder.rmdir()


class FileSource:
    """A graph in a file; a copy is a store directory that holds the same, loaded once for all workers."""

    def __init__(self, path: Path) -> None:
        """The source in ``path``.

        Raises:
            StoreError: there is no such file.
        """
        self.path = path
        if not path.is_file():
            raise MissingError(f"There is no graph file at {path}. Make one with 'kg build INPUT... -g {path}'.")
        self._folder = tempfile.TemporaryDirectory(prefix="hearsay-")

    def signature(self) -> object:
        """Size and time of the file."""
        stat = self.path.stat()
        return stat.st_size, stat.st_mtime_ns

    def take(self, number: int) -> str:
        """Address of a copy."""
        target = Path(self._folder.name) / str(number)
        with open_store(self.path, read_only=True) as store, open_store(target) as copy:
            copy.apply(add=store.match())
        return str(target)

    def cancel(self, number: int) -> None:
        """Nothing to do: a file is there at once."""

    def drop(self, address: str) -> None:
        """Remove the copy."""
        snapshot.drop(Path(address))

    def close(self) -> None:
        """Remove every copy."""
        self._folder.cleanup()


class RemoteSource:
    """A graph on another server, which keeps its readers and writers apart by itself."""

    def __init__(self, address: str) -> None:
        """The source at ``address``."""
        self.address = address

    def signature(self) -> object:
        """Always the same: the pages ask anew each time."""
        return self.address

    def take(self, number: int) -> str:  # noqa: ARG002
        """The address itself."""
        return self.address

    def cancel(self, number: int) -> None:
        """Nothing to do."""

    def drop(self, address: str) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""
