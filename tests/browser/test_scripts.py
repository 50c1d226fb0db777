"""The explorer's own scripts, joined as the page joins them: no name is unknown, unused or defined twice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from kg.view.html import SCRIPTS, asset
from tests.browser.conftest import missing

HERE = Path(__file__).parent


def test_scripts_pass_eslint() -> None:
    if not (HERE / "node_modules/eslint").exists() or shutil.which("node") is None:
        missing("no ESLint")
    joined = "".join(f"{asset(name)}\n" for name in SCRIPTS if not name.startswith("vendor/"))
    command = ["node", "node_modules/eslint/bin/eslint.js", "--stdin", "--stdin-filename", "explorer.js"]
    found = subprocess.run(command, cwd=HERE, input=joined, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
