"""``make bench [FILE]``: speed of the whole extraction beside the bare spaCy pipe, engine by engine, and of the store.

Prints one line a measurement: words/s, the ratio to the bare pipe (same texts, same run, alternating, median of
three), peak memory. FILE holds articles as JSON Lines; without one, the examples' articles are read thirty times over.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import spacy

from kg.annotate.pipeline import DEFAULT_PIPELINE, load_pipeline
from kg.extraction import extract
from kg.merge import merge
from kg.readers import read
from kg.records import Article
from kg.store import open_store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def articles(paths: list[str]) -> list[Article]:
    """The articles to measure on, at most sixty."""
    if paths:
        return [a for a in read(paths) if isinstance(a, Article)][:60]
    found = [a for a in read(sorted(EXAMPLES.glob("*/articles"))) if isinstance(a, Article)]
    return [replace(a, id=f"{a.id}-{n}") for n in range(30) for a in found]


def seconds(run: Callable[[], object]) -> float:
    """Wall-clock seconds of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def speeds(corpus: list[Article]) -> Iterator[str]:
    """Words/s of the extraction and the ratio to the bare spaCy pipe."""
    words = sum(len(a.text.split()) for a in corpus)
    bare, nlp = spacy.load(DEFAULT_PIPELINE), load_pipeline()
    runs = (lambda: sum(1 for _ in bare.pipe(a.text for a in corpus)), lambda: sum(1 for _ in extract(nlp, corpus)))
    times = [[seconds(run) for run in runs] for _ in range(4)][1:]
    ratio = statistics.median(a / b for a, b in times)
    rate = words / statistics.median(b for _, b in times)
    yield f"extract           {rate:8,.0f} words/s   {ratio:.2f} of bare spaCy"


def storing(corpus: list[Article]) -> Iterator[str]:
    """Quads/s into a store in memory, merging included."""
    found = list(extract(load_pipeline(), corpus))
    with open_store(":memory:") as store:

        def fill() -> None:
            with store.writer() as writer:
                for extraction in found:
                    writer.write(extraction)
            merge(store)

        took = seconds(fill)
        quads = store.view().counts()["quads"]
    yield f"store and merge     {quads / took:8,.0f} quads/s   {quads:,} quads of {len(corpus)} articles"


def main() -> None:
    """Print every measurement."""
    corpus = articles(sys.argv[1:])
    for line in (*speeds(corpus), *storing(corpus)):
        print(line, flush=True)
    print(f"peak memory         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")


if __name__ == "__main__":
    main()
