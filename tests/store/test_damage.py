"""What kills, two writers and cut copies do to a store: nothing that is not said, and nothing that stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import BusyError, MissingError, StoreError
from kg.store import disk, open_store, snapshot
from kg.store.advice import DAMAGED, advice
from tests.rdf.samples import samples
from tests.store.contract import dump

KILLED = """
import os, signal, sys
from dataclasses import replace
from kg.store import disk, open_store
from kg.store.articles import ArticleWriter
from tests.rdf.samples import samples
disk.FLUSHED = int(sys.argv[2])
store = open_store(sys.argv[1])
for n in range(40):
    for found in samples():
        article = replace(found.article, id=f"{found.article.id}{n}", text=found.article.text + "x" * 20_000)
        ArticleWriter(store).write(replace(found, article=article))
os.kill(os.getpid(), signal.SIGKILL)
"""


def _killed(path: Path, flushed: int) -> int:
    """Bytes of log that a killed writer leaves."""
    run = subprocess.run([sys.executable, "-c", KILLED, str(path), str(flushed)], check=False)
    assert run.returncode == -signal.SIGKILL
    return sum(log.stat().st_size for log in (path / "quads").glob("*.log"))


def test_a_writer_puts_into_tables_what_it_wrote(tmp_path: Path) -> None:
    assert _killed(tmp_path / "a.kg", 10**9) > snapshot.SMALL
    assert _killed(tmp_path / "b.kg", 500) < snapshot.SMALL
    with open_store(tmp_path / "a.kg", read_only=True) as one, open_store(tmp_path / "b.kg", read_only=True) as other:
        assert dump(one) == dump(other)


def test_the_first_to_read_after_a_kill_repairs_once(tmp_path: Path) -> None:
    path = tmp_path / "g.kg"
    _killed(path, 10**9)
    with open_store(path, read_only=True) as store:
        count = sum(1 for _ in store.match())
    assert not snapshot.has_log(path / "quads")
    with open_store(path, read_only=True) as store:
        assert sum(1 for _ in store.match()) == count


def test_repair_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "g.kg"
    open_store(path).close()
    monkeypatch.setattr(snapshot, "SMALL", -1)
    with open_store(path, read_only=True) as one, open_store(path, read_only=True) as other:
        assert dump(one) == dump(other)


def test_a_directory_that_was_only_begun(tmp_path: Path) -> None:
    path = tmp_path / "g.kg"
    disk._write_mark(path / snapshot.MARK, "https://w3id.org/hearsay/")
    with pytest.raises(MissingError, match="holds nothing yet"):
        open_store(path, read_only=True)
    (path / snapshot.MARK).rename(path / "hearsay.part")
    (path / "lock").touch()
    open_store(path).close()
    assert open_store(path, read_only=True)


@pytest.mark.parametrize("name", ["g.trig", "g.nq", "g.jsonld"])
def test_a_graph_file_has_one_writer(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open_store(path) as store:
        store.writer().__enter__().write(next(iter(samples())))
        with pytest.raises(BusyError, match="in use by another process"):
            open_store(path)
    with open_store(path), open_store(path, read_only=True):
        pass
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["g.trig", "g.nq"])
def test_a_graph_file_that_is_cut_between_lines_is_noticed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open_store(path) as store:
        for extraction in samples():
            store.writer().__enter__().write(extraction)
        content = dump(store)
    with open_store(path, read_only=True) as store:
        assert dump(store) == content
    lines = path.read_text("utf-8").splitlines(keepends=True)
    blocks = [n for n, line in enumerate(lines) if n > 1 and line.rstrip().endswith("}")] or [len(lines) // 2]
    for kept in (lines[: blocks[0] + 1], lines[:-1], [*lines[: blocks[0] + 1], lines[-1]], lines[:1]):
        path.write_text("".join(kept), "utf-8")
        with pytest.raises(StoreError, match="is not whole"):
            open_store(path, read_only=True)
    path.write_text("".join(lines[1:-1]), "utf-8")  # another program's
    with open_store(path, read_only=True) as store:
        assert dump(store) == content


def test_a_link_to_a_graph_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "g.nq"
    link.symlink_to(tmp_path / "there" / "g.nq")
    with open_store(link) as store:
        store.update("INSERT DATA { GRAPH <g> { <a> <b> <c> } }")
    assert link.is_symlink()
    assert (tmp_path / "there" / "g.nq").is_file()


@pytest.mark.parametrize(
    ("number", "says"), [(24, "ulimit -n"), (28, "Make room"), (30, "you may write"), (13, "you may write")]
)
def test_advice_fits_the_cause(number: int, says: str) -> None:
    assert says in advice(OSError(number, os.strerror(number)))
    assert advice(OSError("Corruption: block checksum mismatch")) == DAMAGED
