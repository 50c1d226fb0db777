"""The contract over every backend, and what each adds to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.export import FORMATS, export
from kg.merge import merge
from kg.store import Store, open_store
from tests.graphs import built
from tests.query.story import story
from tests.rdf.samples import samples
from tests.store.contract import StoreContract, dump

ROOT = Path(__file__).resolve().parents[2]


class TestMemory(StoreContract):
    def open(self, folder: Path) -> Store:  # noqa: ARG002
        return open_store(":memory:")


class TestDisk(StoreContract):
    def open(self, folder: Path) -> Store:
        return open_store(folder / "new" / "g.kg")


class TestTrig(StoreContract):
    def open(self, folder: Path) -> Store:
        return open_store(folder / "g.trig")


class TestOtherBase(StoreContract):
    def open(self, folder: Path) -> Store:
        return open_store(folder / "g.kg", base="https://example.org/kg/")


def fill(store: Store) -> None:
    with store.writer() as writer:
        for extraction in samples():
            writer.write(extraction)
    merge(store)


@pytest.mark.parametrize("name", ["g.kg", "g.trig", "g.nq", "g.jsonld"])
def test_a_graph_is_there_again_when_reopened(tmp_path: Path, name: str) -> None:
    with open_store(tmp_path / name) as store:
        fill(store)
        before = dump(store)
    with open_store(tmp_path / name) as store:
        assert dump(store) == before
        merge(store)
        assert dump(store) == before


def test_several_read_at_a_time_and_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "g.kg"
    with open_store(path) as store:
        fill(store)
        with pytest.raises(StoreError, match="in use by another process"):
            open_store(path)
        with pytest.raises(StoreError, match="in use by another process"):
            open_store(path, read_only=True)
    with open_store(path, read_only=True) as one, open_store(path, read_only=True) as two:
        assert dump(one) == dump(two)
        with pytest.raises(StoreError, match="in use"):
            open_store(path)
        with pytest.raises(StoreError, match="reading only"):
            one.apply(add=list(two.match())[:1])


def test_errors_say_what_and_where(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph at"):
        open_store(tmp_path / "none", read_only=True)
    with pytest.raises(StoreError, match="no graph file"):
        open_store(tmp_path / "none.trig", read_only=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("x")
    with pytest.raises(StoreError, match="not a Hearsay graph"):
        open_store(tmp_path / "other")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="not a Hearsay graph"):
        open_store(tmp_path / "file")
    (tmp_path / "bad.trig").write_text("this is no TriG")
    with pytest.raises(StoreError, match="cannot be read as trig"):
        open_store(tmp_path / "bad.trig")


def test_turtle_can_be_read_and_not_changed(tmp_path: Path) -> None:
    from kg.export import export

    with open_store(":memory:") as store:
        fill(store)
        export(store.view(), tmp_path / "g.ttl")
    with open_store(tmp_path / "g.ttl") as turtle:
        assert turtle.query("ASK { ?p a kg:ContestedProposition }")
        with turtle.writer() as writer, pytest.raises(StoreError, match="keeps no articles apart"):
            writer.remove("north-1")


def test_a_damaged_directory_says_so(tmp_path: Path) -> None:
    path = tmp_path / "g.kg"
    with open_store(path) as store:
        fill(store)
    for file in (path / "quads").iterdir():
        if file.name.startswith(("CURRENT", "MANIFEST")):
            file.write_bytes(b"broken")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(path)
    (path / "hearsay.json").write_text("{")
    with pytest.raises(StoreError, match="is damaged"):
        open_store(path)


def test_a_graph_keeps_its_base(tmp_path: Path) -> None:
    open_store(tmp_path / "g.kg", base="https://example.org/").close()
    with pytest.raises(StoreError, match="was made with the base"):
        open_store(tmp_path / "g.kg")


_KILLED = """
import os, signal, sys
from kg.merge import merge
from kg.store import open_store
from tests.rdf.samples import samples
store = open_store(sys.argv[1])
left, apply = int(sys.argv[2]), store.apply
def limited(remove=(), add=()):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    apply(remove, add)
store.apply = limited
with store.writer() as writer:
    for extraction in samples():
        writer.write(extraction)
        merge(store)
"""


@pytest.mark.parametrize("transactions", [0, 1, 2, 3, 4, 5])
def test_killed_while_building_and_built_again_gives_the_same(tmp_path: Path, transactions: int) -> None:
    path = tmp_path / "g.kg"
    command = [sys.executable, "-c", _KILLED, str(path), str(transactions)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    with open_store(path) as store, open_store(":memory:") as whole:
        fill(store)
        fill(whole)
        assert dump(store) == dump(whole)


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml"])
def test_formats_without_graphs_are_graphs_all_the_same(form: str, tmp_path: Path) -> None:
    told = built(story())
    path = tmp_path / f"story{FORMATS[form]}"
    export(told.view(), path)
    with open_store(path, read_only=True) as store:
        assert dump(store) == dump(told)
        assert store.view().find("Ruritania")
