"""A headless Chromium, the explorer as a file, and the explorer served; all skipped where there is no Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from kg.store import open_store
from kg.view.explorer import explorer
from kg.view.html import to_html
from tests.browser.graphs import small
from tests.browser.page import Page

TOKEN = "only-for-tests"  # noqa: S105
MISSING = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]


def missing(what: str) -> NoReturn:
    """Skip, saying why; fail where the browser was promised, as in CI."""
    if os.environ.get("KG_TEST_BROWSER"):
        pytest.fail(what)
    pytest.skip(f"{what}; 'make test-browser' installs what is needed")


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    """A page of a browser, kept for all tests."""
    if MISSING:
        missing(f"no {' and no '.join(MISSING)}")
    found = Page()
    yield found
    found.close()


@pytest.fixture(scope="session")
def file_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The explorer in one file."""
    folder = tmp_path_factory.mktemp("explorer")
    with open_store(small(folder / "g.kg"), read_only=True) as store:
        (folder / "page.html").write_bytes(to_html(explorer(store.view()).data))
    return (folder / "page.html").as_uri()


@pytest.fixture(scope="session")
def served_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer served, with changes allowed."""
    graph = small(tmp_path_factory.mktemp("served") / "g.kg")
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", "--allow-update"]
    environment = {**os.environ, "KG_SERVE_TOKEN": TOKEN}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        found = re.search(r"http://[\d.]+:\d+/", process.stderr.readline())
        assert found is not None
        yield found[0]
        process.terminate()


@pytest.fixture(params=["file", "served"])
def address(request: pytest.FixtureRequest) -> str:
    """The explorer, both ways."""
    return str(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture(autouse=True)
def _clean(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test may leave an error in the console, or make the page ask another host."""
    yield
    if "page" in request.fixturenames:
        found: Page = request.getfixturevalue("page")
        assert found.errors() == []
        assert found.foreign() == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    path = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
    if not path.exists():
        missing("no axe-core")
    return path.read_text("utf-8")
