"""The embedded store on disk: its directory, its lock, and snapshots of it for those who read while it is written."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

import pyoxigraph as ox

from kg.errors import BusyError, MissingError, StoreError
from kg.ids import BASE
from kg.store import snapshot
from kg.store.advice import advice
from kg.store.articles import ArticleWriter
from kg.store.locking import lock
from kg.store.oxigraph import OxigraphStore

log = logging.getLogger(__name__)

#: Quads after which what was written is put into tables: some fifty articles. Until then it is held in memory, and
#: read from the log again after a crash.
FLUSHED = 75_000
#: Version of the layout of a store's directory.
FORMAT = 1
#: What a directory may hold before it is a graph: what a writer that was killed at once leaves.
_BEGUN = {"hearsay.part", "lock"}
#: Seconds between two looks for readers that want a copy.
LISTEN = 0.2


class DiskStore(OxigraphStore):
    """A graph in a directory: one writer, or several readers, at a time."""

    def __init__(self, path: Path, base: str = BASE, *, read_only: bool = False) -> None:
        """The graph in ``path``, created where there is none and writing is allowed.

        Raises:
            StoreError: the directory holds something else, is locked, damaged, or has another base.
        """
        self.path, self._giving = path, Lock()
        _check_directory(path, base, read_only)
        if read_only:
            _repair(path)
        self._unflushed = 0
        self._lock: int | None = lock(path, shared=read_only)
        try:
            quads = str(path / "quads")
            store = ox.Store.read_only(quads) if read_only else ox.Store(quads)
            super().__init__(store, base, read_only=read_only)
        except (OSError, RuntimeError) as error:
            self.close()
            raise StoreError(f"The graph {path} cannot be opened ({error}). {advice(error)}") from error

    @contextmanager
    def writer(self) -> Iterator[ArticleWriter]:
        """A writer; while it is open, a thread gives copies to readers, however long an article takes."""
        ended = Event()
        thread = Thread(target=self._serve, args=(ended,), daemon=True)
        thread.start()
        try:
            with super().writer() as writer:
                yield writer
        finally:
            ended.set()
            thread.join()

    def _serve(self, ended: Event) -> None:
        while not ended.wait(LISTEN):
            self._give()

    def _changed(self, quads: int) -> None:
        """Put what was written into tables now and then; give a copy to who waits for one."""
        self._unflushed += quads
        if self._unflushed >= FLUSHED:
            self._store.flush()
            self._unflushed = 0
        self._give()

    def _give(self) -> None:
        """Give a copy to whoever waits for one: a server, or a command, that shows the graph while it is built."""
        with self._giving:
            for target in snapshot.wanted(self.path):
                try:
                    self._store.backup(str(target / "quads"))
                    snapshot.give(self.path, target)
                except OSError as error:  # the graph itself is whole: only the copy failed
                    log.warning("No snapshot could be made in %s: %s", target, error)

    def close(self) -> None:
        """Give the graph free for others. What was written is put into tables: else every reader replays the log."""
        store = self.__dict__.pop("_store", None)
        if store is not None and not self.read_only:
            store.flush()
        del store
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


class CopiedStore(DiskStore):
    """A graph in a directory that another process writes, as it was a moment ago."""

    def __init__(self, path: Path, base: str = BASE) -> None:
        """A copy of the graph in ``path``, which closing it takes away.

        Raises:
            BusyError: the writer gives none.
        """
        self._copy = snapshot.copy_of(path)
        super().__init__(self._copy, base, read_only=True)

    def close(self) -> None:
        """Take the copy away."""
        super().close()
        snapshot.drop_copy(self._copy)


def _check_directory(path: Path, base: str, read_only: bool) -> None:
    """See that ``path`` is, or can become, the directory of a store; note format and base in a new one."""
    mark = path / snapshot.MARK
    if mark.is_file():
        _check_mark(mark, base)
        if read_only and not (path / "quads" / "CURRENT").is_file():
            raise MissingError(f"{path} was begun, and holds nothing yet. Fill it with 'kg build INPUT... -g {path}'.")
    elif path.exists() and (not path.is_dir() or any(p.name not in _BEGUN for p in path.iterdir())):
        raise StoreError(f"{path} is not a Hearsay graph (it holds no {snapshot.MARK}). Name another with -g.")
    elif read_only:
        raise MissingError(f"There is no graph at {path}. Make one with 'kg build INPUT... -g {path}'.")
    else:
        _write_mark(mark, base)


def _repair(path: Path) -> None:
    """Put what a killed writer left in the log into tables, once, lest every reader replays it; if nobody reads now."""
    try:
        if snapshot.has_log(path / "quads"):
            held = lock(path, shared=False)
            try:
                ox.Store(str(path / "quads")).flush()
            finally:
                os.close(held)
    except (BusyError, OSError, RuntimeError) as error:  # read as it is: whatever is wrong with it is said then
        log.info("%s could not be repaired: %s", path, error)


def _write_mark(mark: Path, base: str) -> None:
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        part = mark.with_suffix(".part")
        part.write_text(json.dumps({"format": FORMAT, "base": base}) + "\n", "utf-8")
        part.replace(mark)
    except OSError as error:
        raise StoreError(
            f"No graph can be made at {mark.parent} ({error.strerror}). Name another place with -g."
        ) from error


def _check_mark(mark: Path, base: str) -> None:
    try:
        note = json.loads(mark.read_text("utf-8"))
        form, written_base = note["format"], note["base"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{mark} is damaged ({error}). Build the graph again in a new place.") from error
    if form != FORMAT:
        raise StoreError(
            f"{mark.parent} has format {form}, this version reads {FORMAT}. Export it with the old version."
        )
    if written_base != base:
        raise StoreError(f"{mark.parent} was made with the base {written_base}, not {base}. Open it with its own base.")
