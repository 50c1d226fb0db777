"""``kg copy``, and the other commands over the address of a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.merge import merge
from kg.store import open_store
from kg.store.copying import cloned
from tests.cli.test_cli import STORY, kg
from tests.rdf.samples import samples
from tests.store import servers


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("local") / "g.kg"
    with open_store(path) as store:
        with store.writer() as writer:
            for extraction in samples():
                writer.write(extraction)
        merge(store)
    return str(path)


def dump(graph: str) -> str:
    run = kg("export", "-g", graph, "--format", "nquads")
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_copy_to_a_server_and_back(local: str, address: str, tmp_path: Path) -> None:
    run = kg("copy", local, address)
    assert run.returncode == 0, run.stderr
    assert run.stderr.startswith(f"{address} holds all ")
    assert kg("copy", address, tmp_path / "back.trig").returncode == 0
    assert dump(local) == dump(address) == dump(str(tmp_path / "back.trig"))
    for command in (["query", "-n", "denials"], ["explain", "Ruritania"], ["validate"]):
        there, here = (kg(*command, "-g", graph) for graph in (address, local))
        assert (there.returncode, there.stdout) == (here.returncode, here.stdout), there.stderr


def test_a_directory_is_copied_without_reading_its_quads(
    local: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "folder" / "copy.kg")
    with open_store(local, read_only=True) as source:
        monkeypatch.setattr(source, "match", lambda *_, **__: pytest.fail("a quad was read"))
        assert cloned(source, target)
        assert not cloned(source, target), "what is there is added to"
        assert not cloned(source, str(tmp_path / "copy.trig"))
    assert dump(target) == dump(local)
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["copy.kg"]
    with open_store(target) as copy, copy.writer() as writer:
        writer.remove("north-1")
    assert len(dump(target)) < len(dump(local))


def test_a_copy_says_how_much_there_is(local: str, tmp_path: Path) -> None:
    said = [kg("copy", local, tmp_path / name).stderr.split("holds all ")[1] for name in ("a.kg", "a.kg", "a.nq")]
    assert len({*said}) == 1


def test_copy_says_what_is_missing(tmp_path: Path) -> None:
    run = kg("copy", tmp_path / "none", tmp_path / "other")
    assert run.returncode == 1
    assert "no graph at" in run.stderr


@pytest.mark.model
def test_build_on_a_server(address: str, tmp_path: Path) -> None:
    local = str(tmp_path / "g.kg")
    article = STORY / "articles/harbour-post.json"
    for extraction in samples():
        assert kg("remove", extraction.article.id, "-g", address).returncode == 0
    for graph in (local, address):
        run = kg("build", article, "-g", graph, "--gazetteer", STORY / "gazetteer.yaml")
        assert run.returncode == 0, run.stderr
    assert dump(address) == dump(local)
