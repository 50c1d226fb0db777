"""``python -m tests.bench.capacity FILE [ARTICLES ...]``: what an article costs, by stage and size of the graph.

FILE holds articles as JSON Lines; the numbers say after how many of them a line is printed: milliseconds of the
processor an article so far for reading it, writing its evidence and merging it, what the graph takes on disk, and the
most memory so far. Sizes and times are those of ``kg build`` in one process.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.annotate.pipeline import load_pipeline
from kg.building import MERGED
from kg.extraction import extract
from kg.merge import update
from kg.readers import read
from kg.records import Article, Extraction
from kg.store import Store, open_store

STAGES = ("extract", "evidence", "merge")
SIZES = (125, 500)


class Costs:
    """Seconds of the processor by stage."""

    def __init__(self) -> None:
        """Nothing was done yet."""
        self.seconds, self._since = dict.fromkeys(STAGES, 0.0), time.process_time()

    def add(self, stage: str | None) -> None:
        """What was used since the last call belongs to ``stage``; to none of them, if it is None."""
        now = time.process_time()
        if stage is not None:
            self.seconds[stage] += now - self._since
        self._since = now


def filling(store: Store, extractions: Iterator[Extraction], costs: Costs) -> Iterator[int]:
    """Articles that are in ``store`` and merged, after every ``MERGED`` of them and at the end."""
    done = 0
    while some := list(islice(extractions, MERGED)):
        costs.add("extract")
        with store.writer() as writer:
            for extraction in some:
                writer.write(extraction)
        costs.add("evidence")
        update(store, [extraction.article.id for extraction in some])
        costs.add("merge")
        done += len(some)
        yield done
        costs.add(None)


def _line(done: int, costs: Costs, path: Path) -> str:
    stages = "  ".join(f"{stage} {1000 * took / done:5.0f} ms" for stage, took in costs.seconds.items())
    disk = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / done / 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{done:7,} articles  {stages}  {disk:6,.0f} kB an article  {memory:6,.0f} MB of memory"


def lines(file: str, sizes: tuple[int, ...]) -> Iterator[str]:
    """A line for each size, when it is reached or the articles end."""
    articles = (each for each in read([file]) if isinstance(each, Article))
    found, waiting = extract(load_pipeline(), islice(articles, max(sizes))), sorted(sizes)
    with TemporaryDirectory() as folder, open_store(Path(folder) / "g.kg") as store:
        costs, done = Costs(), 0
        for done in filling(store, found, costs):
            if done >= waiting[0]:
                yield _line(done, costs, Path(folder))
                waiting = [size for size in waiting if size > done] or [sys.maxsize]
        if done and waiting[0] != sys.maxsize:
            yield _line(done, costs, Path(folder))


if __name__ == "__main__":
    for line in lines(sys.argv[1], tuple(map(int, sys.argv[2:])) or SIZES):
        print(line, flush=True)
