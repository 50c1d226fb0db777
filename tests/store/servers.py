"""Real SPARQL servers, started for the tests and ended after them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode

from kg.store import Store, open_store

#: Set where a missing server is a failure, not a reason to skip (``make test-servers``).
NEEDED = "KG_TEST_SERVERS"
_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 1000
[Plugins]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def process(command: list[str], folder: Path, answers: str) -> Iterator[None]:
    """``command``, once a query at ``answers`` is answered."""
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(answers, server)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait(answers: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            if httpx.get(answers, params={"query": "ASK {}"}).status_code == 200:
                return
        except httpx.TransportError:
            assert server.poll() is None, "the server ended"
        time.sleep(0.2)
    raise AssertionError("the server does not answer")


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator[str]:
    """Address of an ``oxigraph serve`` (of the package of that name) with its data in ``folder``."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        _missing("oxigraph is not installed: pip install oxigraph")
    port = port or free_port()
    bind = f"127.0.0.1:{port}"
    command = [str(program), "serve", "--bind", bind, "--location", str(folder / "data")]
    with process(command, folder, f"http://{bind}/query"):
        yield f"http://{bind}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Address of a Virtuoso 7 that cuts tables at 1,000 rows; its user is ``dba``."""
    program = shutil.which("virtuoso-t")
    if program is None:
        _missing("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    ports = {"sql": free_port(), "http": free_port()}
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format_map(ports), "utf-8")
    address = f"http://127.0.0.1:{ports['http']}/sparql"
    with process([str(program), "+foreground", "+configfile", "virtuoso.ini"], folder, address):
        yield address


def emptied(address: str) -> Store:
    """The graph on a server of ours, with nothing but the ontology in it."""
    with open_store(address) as store:
        for graph in {quad.graph_name for quad in store.match()} | {NamedNode("https://example.org/g")}:
            store.update(f"CLEAR SILENT GRAPH {graph}")
    return open_store(address)


def _missing(what: str) -> None:
    if os.environ.get(NEEDED):
        pytest.fail(what)
    pytest.skip(what)
