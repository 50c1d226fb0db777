"""A build that is killed again and again, and started again, ends in the graph of one that ran through."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

from kg.store import open_store
from tests.store.contract import dump

ROOT = Path(__file__).resolve().parents[1]
#: Builds a graph of made-up articles that share actors; dies at a moment after so many transactions, if any are given.
BUILD = """
import signal, sys
from types import SimpleNamespace
sys.modules["kg.annotate.pipeline"] = SimpleNamespace(version_of=lambda *_: "test")
from kg import building
from kg.store import open_store
from tests.bench.growing import Generator

path, articles, left, moment = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
generator = Generator()
made = {each.article.id: each for each in map(generator.article, range(articles))}
building.MERGED = 4
building.extractions = lambda wanted, *_: (made[each.id] for each in wanted)
store = open_store(path)
apply = store.apply

def counted(remove=(), add=()):
    global left
    left -= 1
    if left == 0:
        signal.setitimer(signal.ITIMER_PROF, moment)  # of the processor; nobody handles the signal, so it kills
    apply(remove, add)

store.apply = counted
for _ in building.build(store, [each.article for each in made.values()], building.Tally()):
    pass
store.close()
"""
ARTICLES, KILLS = 24, 4


def _build(path: Path, left: int = 0, moment: float = 0.0) -> int:
    """Exit code of a build of ``path``."""
    command = [sys.executable, "-c", BUILD, str(path), str(ARTICLES), str(left), str(moment)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def test_a_build_killed_at_any_moments_ends_as_one_that_ran_through(tmp_path: Path) -> None:
    draw = random.Random(17)  # noqa: S311  (the same moments every time)
    codes = [_build(tmp_path / "killed.kg", draw.randint(1, 16), draw.uniform(0.001, 0.02)) for _ in range(KILLS)]
    assert codes == [-signal.SIGPROF] * KILLS
    assert _build(tmp_path / "killed.kg") == _build(tmp_path / "whole.kg") == 0
    with open_store(tmp_path / "killed.kg") as killed, open_store(tmp_path / "whole.kg") as whole:
        assert dump(killed) == dump(whole)
