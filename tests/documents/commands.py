"""The reference of the command line: the help of every command, and the list of named queries."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cli.main import SECTIONS, cli
from kg.query import list_named

_HEAD = """\
# The command line

This page is generated from the help of each command; `python -m tests.documents` writes it anew. Every command takes
`-v` (say more, and show tracebacks) and `-q` (no progress and no summary) in front of its name: `kg -q build news/`.
"""
_QUERIES = """\
## Named queries

`kg query -n NAME -p KEY=VALUE` asks one of these; a parameter in brackets may be left out. `kg query --list` prints
them with an example each.

| query | parameters | what it answers |
|---|---|---|
"""
_WIDTH = 100


def reference() -> str:
    """The page, in Markdown."""
    parts = [_HEAD]
    for title, names in SECTIONS.items():
        parts.append(f"## {title}\n")
        parts += [part for name in names for part in _sections(name)]
    return "\n".join([*parts, _QUERIES]) + "".join(_query_rows())


def _sections(name: str) -> Iterator[str]:
    """The help of a command, and of the commands in it if it is a group."""
    context = click.Context(cli, info_name="kg")
    command = cli.get_command(context, name)
    if command is not None:
        yield from _helps(command, f"kg {name}")


def _helps(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(
        command, info_name=path, terminal_width=_WIDTH, max_content_width=_WIDTH, help_option_names=["-h", "--help"]
    )
    yield f"### {path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _helps(inner, f"{path} {name}")


def _query_rows() -> Iterator[str]:
    for query in list_named():
        params = " ".join(f"`{p.name}`" if p.required else f"`[{p.name}]`" for p in query.params)
        yield f"| `{query.name}` | {params} | {query.title}: {query.description[0].lower()}{query.description[1:]} |\n"
