"""A running ``kg serve``, as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

TOKEN = "a token of the tests"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True)
class Server:
    """Its process, and a client whose addresses are relative to it."""

    process: subprocess.Popen[str]
    address: str
    client: httpx.Client

    def ask(self, query: str, accept: str = "text/csv") -> httpx.Response:
        return self.client.post(
            "/sparql", content=query, headers={"Content-Type": "application/sparql-query", "Accept": accept}
        )

    def update(self, update: str, **headers: str) -> httpx.Response:
        return self.client.post("/sparql", data={"update": update}, headers=BEARER | headers)


def launch(graph: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "KG_SERVE_TOKEN": TOKEN})


@contextmanager
def running(graph: Path, *options: str) -> Iterator[Server]:
    """``kg serve`` of ``graph``, once it answers; it is asked to end after."""
    process = launch(graph, *options)
    assert process.stderr is not None
    line = process.stderr.readline()
    address = re.search(r"(?<=served at )http://[^/]+/", line)
    assert address, line + process.stderr.read()
    try:
        with httpx.Client(base_url=address[0], timeout=60) as client:
            yield Server(process, address[0], client)
    finally:
        process.terminate()
        process.wait(60)
        process.stderr.close()
