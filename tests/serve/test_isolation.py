"""A worker reaches nobody, whatever its engine is made to try."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import socket, sys
import pyoxigraph
from kg.serve.isolation import forbid_network
listener = socket.create_server(("127.0.0.1", 0))
listener.settimeout(0.5)
port = listener.getsockname()[1]
if not forbid_network():
    sys.exit(77)
for act in (
    socket.socket,
    lambda: list(pyoxigraph.Store().query("SELECT * { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }" % port)),
    lambda: pyoxigraph.Store().update("LOAD <http://127.0.0.1:%d/>" % port),
):
    try:
        act()
        sys.exit("it could")
    except OSError:
        pass
try:
    listener.accept()
    sys.exit("somebody called")
except TimeoutError:
    print("nobody called")
"""


def test_no_connection_leaves_the_process() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    if run.returncode == 77:
        pytest.skip("this system cannot take the network from a process")
    assert (run.stdout, run.returncode) == ("nobody called\n", 0), run.stderr
