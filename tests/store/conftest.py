"""Servers that run for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store import servers


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of Oxigraph's own server."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Virtuoso; its user is ``dba``, with the password ``dba``."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address
