"""Sorting more quads than memory should hold: sorted runs on disk, merged as they are read (an external merge sort).

A store gives the quads of one subject in one graph together. Such a block is sorted as one, by a key of its first quad.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pyoxigraph as ox
from pyoxigraph import Quad

#: Quads that are sorted in memory at a time: about 100 MB.
RUN = 100_000
#: Files that are merged, and so open, at a time.
OPEN = 100

Key = Callable[[Quad], Any]
Block = tuple[Any, list[Quad]]


def in_order(quads: Iterable[Quad], key: Key) -> Iterator[list[Quad]]:
    """Quads that have ``key``, that of their subject, in common: a list each, in its order; hardly more in memory."""
    for _, blocks in groupby(_sorted(quads, key), key=itemgetter(0)):
        yield [quad for _, block in blocks for quad in block]


def _sorted(quads: Iterable[Quad], key: Key) -> Iterator[Block]:
    blocks = _blocks(quads, key)
    run, following = _run(blocks), _run(blocks)
    if not following:
        yield from run
        return
    with TemporaryDirectory(prefix="kg-") as folder:
        paths = (Path(folder) / f"{number}.nq" for number in count())
        runs = [_written(next(paths), each) for each in (run, following)]
        del run, following
        runs += (_written(next(paths), each) for each in iter(partial(_run, blocks), []))
        while len(runs) > OPEN:
            runs = [_joined(next(paths), runs[at : at + OPEN], key) for at in range(0, len(runs), OPEN)]
        yield from _merged(runs, key)


def _blocks(quads: Iterable[Quad], key: Key) -> Iterator[Block]:
    """Quads that stand together with the same subject and graph, and their key."""
    for _, group in groupby(quads, key=lambda quad: (quad.subject, quad.graph_name)):
        block = list(group)
        yield key(block[0]), block


def _run(blocks: Iterator[Block]) -> list[Block]:
    """The next ``RUN`` quads or a few more, sorted; none where there are no more."""
    found, size = list[Block](), 0
    while size < RUN and (block := next(blocks, None)):
        found.append(block)
        size += len(block[1])
    return sorted(found, key=itemgetter(0))


def _written(path: Path, blocks: Iterable[Block]) -> Path:
    ox.serialize((quad for _, block in blocks for quad in block), str(path), ox.RdfFormat.N_QUADS)
    return path


def _joined(path: Path, runs: list[Path], key: Key) -> Path:
    """One run of several, which are taken away."""
    _written(path, _merged(runs, key))
    for run in runs:
        run.unlink()
    return path


def _merged(runs: list[Path], key: Key) -> Iterator[Block]:
    return heapq.merge(*(_blocks(_read(run), key) for run in runs), key=itemgetter(0))


def _read(path: Path) -> Iterator[Quad]:
    return cast("Iterator[Quad]", ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
