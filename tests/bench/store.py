"""``python -m tests.bench.store [ARTICLES]``: a store on disk with the quads of made-up news, beside rdflib.

Without a number, 600 articles: 2.1 million quads. Each line says CPU seconds, which other work on the machine does not
change. rdflib answers over a twentieth of the articles, in memory, and only the queries that have parameters of their
own; the store answers over all of them, from disk.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Literal, NamedNode

from kg.merge import merge
from kg.query import NamedQuery, list_named
from kg.rdf.to_quads import date_literal
from kg.store import Store, View, open_store
from kg.store.base import Term
from kg.store.bindings import bound
from kg.validate import validate
from kg.vocab import KG
from tests.bench.graph import extractions

ARTICLES = 600
#: Part of the articles that rdflib gets.
SHARE = 20


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds that ``run`` takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


def fill(store: Store, articles: int) -> None:
    """Write and merge that many articles."""
    with store.writer() as writer:
        for extraction in extractions(articles):
            writer.write(extraction)
    merge(store)


def calls(store: Store) -> Iterator[tuple[str, NamedQuery, dict[str, Term]]]:
    """Every named query with the least parameters, and with those of its example: the most frequent actors."""
    known: dict[str, Term] = {
        "outlet": Literal("Outlet 0"), "article": Literal("article-7"), "date": date_literal("2018-10-01"),
        "role": Literal("spokesman"), "relation": KG.attacks,
    }  # fmt: skip
    one, other = (NamedNode(store.ids.wikidata_actor(f"Q{960000 + n}")) for n in (0, 1))
    for query in list_named():
        terms = {p: known.get(p.name, other if p.name in ("other", "about") else one) for p in query.params}
        needed = {p.variable: term for p, term in terms.items() if p.required}
        example = {p.variable: term for p, term in terms.items() if p.name in query.example}
        yield query.name, query, needed
        if example != needed:
            yield f"{query.name} with parameters", query, example


def queries(store: Store, small: View) -> Iterator[str]:
    """A line a query: the store over everything, rdflib over its share."""
    dataset = small.to_rdflib()
    for name, query, values in calls(store):
        ours = cpu(lambda: list(store.query(query.sparql, values).rows()))  # noqa: B023
        line = f"{name:42} {ours:8.3f} s"
        if values:
            theirs = cpu(lambda: list(dataset.query(bound(query.sparql, values))))  # noqa: B023
            line += f"   rdflib, a {SHARE}th of the graph {theirs:8.3f} s"
        yield line


def reads(view: View) -> Iterator[str]:
    """A line a method of the view, and SHACL."""
    methods = (view.actors, view.propositions, view.claims, view.articles, view.counts, lambda: validate(view))
    for name, method in zip(("actors", "propositions", "claims", "articles", "counts", "SHACL"), methods, strict=True):
        yield f"{name:42} {cpu(method):8.3f} s"


def measurements(folder: Path, articles: int) -> Iterator[str]:
    """A line a measurement."""
    path = folder / "bench.kg"
    with open_store(path) as store:
        took = cpu(lambda: fill(store, articles))
        count = store.view().counts()["quads"]
    yield f"{'write and merge':42} {took:8.1f} s   {count:,} quads, {count / took:,.0f} a second"
    yield f"{'reopen':42} {cpu(lambda: open_store(path, read_only=True).close()):8.3f} s"
    with open_store(path, read_only=True) as store, open_store(":memory:") as small:
        fill(small, max(1, articles // SHARE))
        yield from queries(store, small.view())
        yield from reads(store.view())


def main() -> None:
    """Print every measurement."""
    with TemporaryDirectory() as folder:
        for line in measurements(Path(folder), int(sys.argv[1]) if sys.argv[1:] else ARTICLES):
            print(line, flush=True)
    print(f"{'peak memory':42} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
