"""``python -m tests.bench.serve GRAPH [SECONDS] [CLIENTS]``: load on ``kg serve``, one client with the worst queries.

Prints what was answered, how fast, and the most memory that the server and its workers took together. An answer other
than a whole one, or one of the announced limits, is an error, and the exit code then 1.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import httpx

from kg.query import list_named
from tests.serve.servers import Server, running

#: Cross products, a transitive closure from everywhere, a sort of everything, and a table too long to be sent in time.
WORST = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT ?s ?o { ?s (!<urn:none>)* ?o }",
    "SELECT DISTINCT (CONCAT(STR(?s), STR(?o), STR(?x), STR(?z)) AS ?all) { ?s ?p ?o . ?x ?y ?z } ORDER BY ?all",
    "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?s (GROUP_CONCAT(?o) AS ?all) { ?s ?p ?o . ?x ?y ?z } GROUP BY ?s",
)
#: What most people ask.
LIGHT = (
    "SELECT ?name { ?a skos:prefLabel ?name } ORDER BY ?name LIMIT 20",
    "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }",
    "ASK { ?p a kg:ContestedProposition }",
    "DESCRIBE ?c { ?c a kg:Claim } LIMIT 1",
)
ANNOUNCED = ("longer than", "needed more than", "busy with other queries")


@dataclass
class Tally:
    """What the clients met."""

    seconds: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    megabytes: float = 0.0


def load(graph: Path, seconds: float, clients: int, *options: str) -> Tally:
    """What ``clients`` meet in that time, the last of them with the worst queries."""
    tally, stop = Tally(), threading.Event()
    with running(graph, *options) as server:
        queries = LIGHT + tuple(q.sparql for q in list_named() if not any(p.required for p in q.params))
        threads = [threading.Thread(target=_ask, args=(server, queries[n:], tally, stop)) for n in range(clients - 1)]
        threads.append(threading.Thread(target=_ask, args=(server, WORST, tally, stop, True)))
        threads.append(threading.Thread(target=_weigh, args=(server.process.pid, tally, stop)))
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        stop.set()
        for thread in threads:
            thread.join()
        if server.ask("ASK {}").status_code != 200:
            tally.errors.append("the server does not answer any more")
    return tally


def _ask(server: Server, queries: tuple[str, ...], tally: Tally, stop: threading.Event, worst: bool = False) -> None:
    with httpx.Client(base_url=server.address, timeout=120) as client:
        for query in cycle(queries or LIGHT):
            if stop.is_set():
                return
            begun = time.perf_counter()
            outcome = _outcome(client, query)
            if not worst:
                tally.seconds.append(time.perf_counter() - begun)
            tally.outcomes[f"{'worst' if worst else 'others'}: {outcome}"] += 1
            if outcome != "answered" and not outcome.startswith("limit"):
                tally.errors.append(f"{outcome}: {query[:80]!r}")


def _outcome(client: httpx.Client, query: str) -> str:
    """``answered``, ``limit`` with the status, or what else happened."""
    tail = ""
    try:
        with client.stream("POST", "/sparql", data={"query": query}) as response:
            for piece in response.iter_text():
                tail = (tail + piece)[-300:]
    except httpx.RemoteProtocolError as error:  # the end of the answer is missing
        return "limit, half-way" if "STOPPED" in tail else f"{type(error).__name__} {error}"
    except httpx.HTTPError as error:
        return f"{type(error).__name__} {error}"
    if response.status_code == 200:
        return "answered"
    announced = response.status_code == 503 and any(words in tail for words in ANNOUNCED)
    return f"limit {response.status_code}" if announced else f"{response.status_code} {tail[:80]}"


def _weigh(pid: int, tally: Tally, stop: threading.Event) -> None:
    """The most memory (resident, not shared) that the process and its children took."""
    while not stop.wait(0.2):
        tally.megabytes = max(tally.megabytes, sum(_megabytes(each) for each in _family(pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


def lines(tally: Tally, seconds: float) -> Iterator[str]:
    """The figures."""
    times = sorted(tally.seconds)
    yield f"{len(times) / seconds:8.1f} answers/s to the others"
    late = times[int(len(times) * 0.99)]
    yield f"{statistics.median(times):8.3f} s median, {late:.3f} s for 99 of 100, {times[-1]:.3f} s most"
    yield f"{tally.megabytes:8.0f} MB at most"
    yield from (f"{count:8} {outcome}" for outcome, count in sorted(tally.outcomes.items()))
    yield f"{len(tally.errors):8} errors {tally.errors[:3] or ''}"


def main() -> None:
    """Load a server and print the figures."""
    graph, seconds, clients = [*sys.argv[1:], "60", "20"][:3] if len(sys.argv) == 2 else [*sys.argv[1:], "20"][:3]
    tally = load(Path(graph), float(seconds), int(clients), "--timeout", "10")
    print("\n".join(lines(tally, float(seconds))))
    sys.exit(bool(tally.errors))


if __name__ == "__main__":
    main()
