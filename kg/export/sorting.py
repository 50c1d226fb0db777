"""Sorting more quads than memory should hold: sorted runs on disk, merged as they are read (an external merge sort)."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pyoxigraph as ox
from pyoxigraph import Quad

#: Quads that are sorted in memory at a time: about 250 MB.
RUN = 400_000


def in_order(quads: Iterable[Quad], key: Callable[[Quad], Any], run: int = RUN) -> Iterator[Quad]:
    """``quads`` sorted by ``key``; never more than ``run`` of them in memory."""
    rest = iter(quads)
    first = sorted(islice(rest, run), key=key)
    if len(first) < run:
        yield from first
        return
    with TemporaryDirectory(prefix="kg-") as folder:
        runs: list[Path] = []
        while first:
            runs.append(_written(Path(folder) / f"{len(runs)}.nq", first))
            first = sorted(islice(rest, run), key=key)
        yield from heapq.merge(*map(_read, runs), key=key)


def _written(path: Path, quads: list[Quad]) -> Path:
    ox.serialize(quads, str(path), ox.RdfFormat.N_QUADS)
    return path


def _read(path: Path) -> Iterator[Quad]:
    return cast("Iterator[Quad]", ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
