"""What a document lets its reader do, step by step: save a file, run a command, type Python.

A fence of ``console`` holds commands behind ``$`` with their output under them; one of ``pycon`` holds Python at its
prompt. Any other fence under a line that ends with a name, as in "Save this as `actors.yaml`:", is a file; the rest is
only to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"`([^`\s]+)`:\s*\Z")


@dataclass(frozen=True, slots=True)
class File:
    """A file to save; ``line`` is where it stands in the document."""

    line: int
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line for the shell, and what it prints."""

    line: int
    command: str
    output: str


@dataclass(frozen=True, slots=True)
class Python:
    """Statements at the prompt of Python, with what they print."""

    line: int
    text: str


Step = File | Command | Python


def steps(text: str) -> Iterator[Step]:
    """The steps of a document in Markdown, in their order."""
    for fence in _FENCE.finditer(text):
        kind, body = fence[1], fence[2]
        line = text.count("\n", 0, fence.start()) + 2
        named = _NAMED.search(text, 0, fence.start())
        if kind == "console":
            yield from _commands(body, line)
        elif kind == "pycon":
            yield Python(line, body)
        elif named:
            yield File(line, named[1], body)


def _commands(body: str, line: int) -> Iterator[Command]:
    """The commands of a fence; a backslash at the end of a line joins it with the next."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = re.sub(r"\\\n\s*", "", part).partition("\n")
        yield Command(line, command, output)
        line += part.count("\n")
