"""Somebody who does what a document says, in a folder of their own, and looks whether the output is the one shown.

In what is shown, ``...`` stands for anything, and blanks count once.
"""

from __future__ import annotations

import doctest
import importlib
import io
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from kg.cli.main import main
from kg.readers.registry import readers
from tests.documents.steps import Command, File, Python, Step, steps

_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
#: What only a shell understands.
_SHELL = re.compile(r"[|<>;&*]")
#: Behind a command that is shown to fail.
_ANYHOW = " || true"
_PORT = re.compile(r"localhost:(\d+)")


class Terminal(io.TextIOWrapper):
    """A standard output that takes itself for a terminal, so that commands print tables."""

    def isatty(self) -> bool:
        return True


class Follower:
    """Follows the steps of one document in ``folder``; ``close`` ends the servers that were started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.names = folder, dict[str, Any]()
        self.started: list[subprocess.Popen[bytes]] = []

    def follow_all(self, path: Path, instead: Mapping[str, str]) -> None:
        """Do all that a document says; some words of it are replaced by others, such as a port by a free one.

        Raises:
            AssertionError: what is shown is not what is seen.
        """
        text = path.read_text("utf-8")
        for shown, real in instead.items():
            text = text.replace(shown, real)
        for step in steps(text):
            wrong = self.follow(step)
            assert wrong is None, f"{path.name}, {wrong}"

    def follow(self, step: Step) -> str | None:
        """Do it; what went wrong, or None."""
        match step:
            case File():
                self._save(step)
                return None
            case Command():
                return self._run(step)
            case Python():
                return self._type(step)

    def close(self) -> None:
        for process in self.started:
            process.terminate()
            process.wait(30)

    def _save(self, step: File) -> None:
        path = self.folder / step.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.content, "utf-8")

    def _type(self, step: Python) -> str | None:
        test = doctest.DocTestParser().get_doctest(step.text, {}, "document", None, step.line)
        test.globs = self.names
        said = io.StringIO()
        runner = doctest.DocTestRunner(verbose=False, optionflags=_FLAGS)
        return said.getvalue() if runner.run(test, out=said.write, clear_globs=False).failed else None

    def _run(self, step: Command) -> str | None:
        code, found = self._output(step.command.removesuffix(_ANYHOW))
        as_told = (code != 0) == step.command.endswith(_ANYHOW)
        if as_told and doctest.OutputChecker().check_output(step.output, found, _FLAGS):
            return None
        return f"line {step.line}: $ {step.command}\nexit code {code}; expected:\n{step.output}\nfound:\n{found}"

    def _output(self, command: str) -> tuple[int, str]:
        """Exit code and output of a command; those of ``kg`` alone run here, which saves them their imports."""
        words = shlex.split(command)
        if command.endswith(" &"):
            return self._start(command.removesuffix(" &"))
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            os.environ[name] = value
            return 0, ""
        if words[:2] == ["pip", "install"]:
            return self._install(words[2])
        if words[0] == "kg" and not _SHELL.search(re.sub(r"'[^']*'", "", command)):
            return _kg(words[1:])
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=self.folder)
        return done.returncode, done.stdout + done.stderr

    def _install(self, package: str) -> tuple[int, str]:
        """A package of the document, where only this process finds it."""
        options = ["--quiet", "--no-deps", "--no-build-isolation", "--target", str(self.folder)]
        pip = [sys.executable, "-m", "pip", "install", *options, package]
        done = subprocess.run(pip, capture_output=True, text=True, check=False, cwd=self.folder)
        importlib.invalidate_caches()
        readers.cache_clear()
        return done.returncode, done.stdout + done.stderr

    def _start(self, command: str) -> tuple[int, str]:
        """A server in the background, once it takes connections."""
        self.started.append(subprocess.Popen(shlex.split(command), cwd=self.folder, stderr=subprocess.DEVNULL))
        found = _PORT.search(command)
        for _ in range(300 if found else 0):
            with socket.socket() as probe:
                if found and probe.connect_ex(("localhost", int(found[1]))) == 0:
                    return 0, ""
            time.sleep(0.1)
        return 1, f"{command} does not answer"


def _kg(arguments: list[str]) -> tuple[int, str]:
    """Exit code and output of ``kg`` with these arguments."""
    data, before = io.BytesIO(), sys.argv
    out, complaints = Terminal(data, "utf-8", write_through=True), io.TextIOWrapper(data, "utf-8", write_through=True)
    sys.argv = ["kg", *arguments]
    code: object = 0
    try:
        with redirect_stdout(out), redirect_stderr(complaints):
            main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = before
    return int(str(code or 0)), data.getvalue().decode("utf-8")
