"""Frozen copies of a graph on disk, for those who read it while it is written.

Nobody may open the files of a database that another process writes. So a reader copies them while nobody does (hard
links, since RocksDB never changes a table file), and else leaves a note, which the writer answers with a backup after
its next transaction.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BusyError, StoreError
from kg.store.locking import lock

FOLDER = "snapshots"
MARK = "hearsay.json"
_IGNORED = ("LOG", "LOCK")
#: Seconds that a reader waits for a copy.
PATIENCE = 10.0
#: Bytes of a log that readers may as well replay.
SMALL = 1 << 20


def signature(graph: Path) -> tuple[tuple[str, int, int], ...]:
    """Something that differs when the files of the graph changed."""
    found = []
    for entry in os.scandir(graph / "quads"):
        try:
            stat = entry.stat()
        except FileNotFoundError:  # compacted away just now
            continue
        if not entry.name.startswith(_IGNORED):
            found.append((entry.name, stat.st_size, stat.st_mtime_ns))
    return tuple(sorted(found))


def take(graph: Path, target: Path) -> bool:
    """Whether ``target`` is a copy of ``graph`` now; if a writer holds the graph, a note asks it for one.

    Call it again until it is: a note is answered after the writer's next transaction, or void when the writer ends.
    """
    if target.is_dir():
        return True
    try:
        held = lock(graph, shared=True)
    except StoreError:
        if target.parent == graph / FOLDER:
            _note(target).touch()
        return False
    try:
        _note(target).unlink(missing_ok=True)
        _copy(graph, target)
    finally:
        os.close(held)
    return True


def copy_of(graph: Path) -> Path:
    """A copy of ``graph`` as it is now, which a writer is asked for; ``drop_copy`` takes it away.

    Raises:
        BusyError: the writer gives none within ``PATIENCE`` seconds, or there is no place for one.
    """
    folder = graph / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        sweep(folder)
        target = folder / f"{os.getpid()}-read"
        until = time.monotonic() + PATIENCE
        while not take(graph, target):
            if time.monotonic() > until:
                break
            time.sleep(0.02)
        else:
            return target
        drop_copy(target)
    except OSError as error:
        raise BusyError(f"The graph {graph} is in use by another process ({error.strerror}).") from error
    raise BusyError(f"The graph {graph} is in use by another process. Wait until it ends, or name another.")


def drop_copy(target: Path) -> None:
    """Take away a copy, or the wish for one, and the folder of copies where it was the last."""
    for path in (target, _note(target), target.with_suffix(".part")):
        drop(path)
    with suppress(OSError):
        target.parent.rmdir()


def wanted(graph: Path) -> Iterator[Path]:
    """Directories that a writer should back the database up into, as ``quads``, and then ``give``."""
    folder = graph / FOLDER
    if folder.is_dir():
        for note in sorted(folder.glob("*.wanted")):
            part = note.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            yield part


def give(graph: Path, part: Path) -> None:
    """Let the backup in ``part`` be seen by who asked for it."""
    shutil.copyfile(graph / MARK, part / MARK)
    part.replace(part.with_suffix(""))
    _note(part).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Take away the copies of processes that are gone; a copy's name begins with the number of its process."""
    for path in folder.glob("*"):
        number = path.name.split("-")[0]
        if number.isdigit() and not _alive(int(number)):
            drop(path)


def drop(path: Path) -> None:
    """Take a copy, or a note for one, away."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _note(target: Path) -> Path:
    return target.with_suffix(".wanted")


def _copy(graph: Path, target: Path) -> None:
    part = target.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "quads").mkdir(parents=True)
    for entry in sorted((graph / "quads").iterdir()):
        if not entry.name.startswith(_IGNORED):
            _link(entry, part / "quads" / entry.name)
    _settle(part / "quads")
    shutil.copyfile(graph / MARK, part / MARK)
    part.replace(target)


def _settle(database: Path) -> None:
    """Put what a killed writer left in the log into tables, once, lest every reader replays it."""
    if has_log(database):
        ox.Store(str(database)).flush()


def has_log(database: Path) -> bool:
    """Whether a killed writer has left more than a little that is in no table yet."""
    return sum(log.stat().st_size for log in database.glob("*.log")) > SMALL


def _link(source: Path, target: Path) -> None:
    try:
        if source.suffix == ".sst":
            os.link(source, target)
            return
    except OSError:  # another file system, or one without hard links
        pass
    shutil.copyfile(source, target)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
