"""Sorting more quads than memory should hold: sorted runs on disk, merged as they are read (an external merge sort).

A quad is a line here: its graph, then its triple, each term as N-Quads writes it. As text it takes a fifth of the
memory, goes to disk and back as it is, and formats write most of its terms as they stand.

A store gives the quads of one subject in one graph together. Such a block is sorted as one, by a key of its first line.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import Quad

#: Quads that are sorted in memory at a time: about 50 MB.
RUN = 100_000
#: Files that are merged, and so open, at a time.
OPEN = 100
#: What stands for the graph of quads that are in none.
NO_GRAPH = "DEFAULT"

#: Where lines stand that have the graph and the subject in common, which it is given.
Key = Callable[[str, str], Any]
Block = tuple[Any, list[str]]


def in_order(quads: Iterable[Quad], key: Key) -> Iterator[list[str]]:
    """Lines of the quads that have ``key`` in common: a list each, in its order; hardly more in memory."""
    for _, blocks in groupby(_sorted(quads, key), key=itemgetter(0)):
        yield [line for _, block in blocks for line in block]


def _sorted(quads: Iterable[Quad], key: Key) -> Iterator[Block]:
    blocks = _blocks((f"{quad.graph_name} {quad.triple}" for quad in quads), key)
    run, following = _run(blocks), _run(blocks)
    if not following:
        yield from run
        return
    with TemporaryDirectory(prefix="kg-") as folder:
        paths = (Path(folder) / str(number) for number in count())
        runs = [_written(next(paths), each) for each in (run, following)]
        del run, following
        runs += (_written(next(paths), each) for each in iter(partial(_run, blocks), []))
        while len(runs) > OPEN:
            runs = [_joined(next(paths), runs[at : at + OPEN], key) for at in range(0, len(runs), OPEN)]
        yield from _merged(runs, key)


def _blocks(lines: Iterable[str], key: Key) -> Iterator[Block]:
    """Lines that stand together with the same graph and subject, and their key."""
    for (graph, subject), block in groupby(lines, key=_graph_and_subject):
        yield key(graph, subject), list(block)


def _graph_and_subject(line: str) -> tuple[str, str]:
    graph, subject, _ = line.split(" ", 2)
    return graph, subject


def _run(blocks: Iterator[Block]) -> list[Block]:
    """The next ``RUN`` quads or a few more, sorted; none where there are no more."""
    found, size = list[Block](), 0
    while size < RUN and (block := next(blocks, None)):
        found.append(block)
        size += len(block[1])
    return sorted(found, key=itemgetter(0))


def _written(path: Path, blocks: Iterable[Block]) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines("\n".join([*block, ""]) for _, block in blocks)
    return path


def _joined(path: Path, runs: list[Path], key: Key) -> Path:
    """One run of several, which are taken away."""
    _written(path, _merged(runs, key))
    for run in runs:
        run.unlink()
    return path


def _merged(runs: list[Path], key: Key) -> Iterator[Block]:
    return heapq.merge(*(_blocks(_read(run), key) for run in runs), key=itemgetter(0))


def _read(path: Path) -> Iterator[str]:
    """The lines of a run. Literals escape line feeds; whatever else parts lines for others stands in them as it is."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line[:-1]
