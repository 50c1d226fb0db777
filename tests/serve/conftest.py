"""One server that only reads, for all tests of this folder that need no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.merge import merge
from kg.store import open_store
from tests.rdf.samples import samples
from tests.serve.servers import Server, running


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of three articles."""
    path = tmp_path_factory.mktemp("serve") / "g.kg"
    with open_store(path) as store:
        with store.writer() as writer:
            for extraction in samples():
                writer.write(extraction)
        merge(store)
    return path


@pytest.fixture(scope="session")
def server(story: Path) -> Iterator[Server]:
    with running(story, "--timeout", "5", "--workers", "2") as server:
        yield server
