"""The ``kg`` command: a group whose commands are imported only when they are called."""

from __future__ import annotations

import io
import logging
import os
import sys
from difflib import get_close_matches
from importlib import import_module

import click

import kg
from kg.errors import KgError

SECTIONS = {
    "Build": {
        "build": "Articles to a merged graph, in one go",
        "extract": "Articles to records of who said what (JSON Lines)",
        "merge": "Link the same actors and propositions across articles, or undo it",
        "remove": "Take articles out of a graph, and all that came of them",
        "copy": "A graph from one place to another: directory, file, SPARQL server",
    },
    "Look": {
        "query": "Ask in SPARQL, or by a named query",
        "alliances": "Who stands with whom and against whom, as claims have it",
        "articles": "List the articles: date, outlet, title, words, claims",
        "explain": "Show the sentences behind an actor, an article, a proposition or a claim",
        "export": "Write RDF, JSON Lines, tables, Excel, networks, Neo4j or FollowTheMoney",
        "view": "Draw the graph to an HTML, SVG or PNG file",
        "serve": "SPARQL endpoint and pages, for this machine or others",
        "mcp": "Tools over a graph for AI assistants (Model Context Protocol)",
    },
    "Check": {
        "validate": "SHACL shapes over a graph",
        "evaluate": "Score against annotated articles",
        "train": "Learn the attribution weights anew from an annotated corpus",
        "info": "Versions, components and what a graph holds",
    },
}


class LazyGroup(click.Group):
    """A group that finds the command ``X`` as ``kg.cli.X.command``, imported on use so that ``kg --help`` is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the sections."""
        return [name for section in SECTIONS.values() for name in section]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return import_module(f"kg.cli.{cmd_name}").command  # type: ignore[no-any-return]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begin with; of one that does not exist, the nearest is named."""
        names = self.list_commands(ctx)
        close = get_close_matches(args[0], names, 1) if args[0] not in names else None
        if close:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The sections with their one-line summaries, without importing any command."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("-v", "--verbose", is_flag=True, help="Say more, and show tracebacks.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@click.version_option(kg.__version__, prog_name="kg")
@click.pass_context
def cli(ctx: click.Context, verbose: bool, quiet: bool) -> None:
    """Build a knowledge graph of who asserts, denies or will not confirm what, from news."""
    ctx.obj = {"verbose": verbose, "quiet": quiet}
    logging.basicConfig(
        level=logging.INFO if verbose else logging.CRITICAL, format="%(levelname)s %(name)s: %(message)s"
    )


def main() -> None:
    """Run ``kg``: errors become one line on stderr and exit code 1; Ctrl-C gives 130, a closed pipe nothing."""
    _write_utf8()
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if "-v" in sys.argv or "--verbose" in sys.argv:
            raise
        click.echo(f"Error: {_told(error)}", err=True)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _write_utf8() -> None:
    """Data are UTF-8 wherever they go; half of a character, which UTF-8 cannot hold, is written as its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="backslashreplace")


def _told(error: Exception) -> str:
    """What went wrong; of the system's own errors, with which file."""
    if isinstance(error, OSError) and error.strerror:
        file = str(error.filename or "").removesuffix(".part")
        return f"{file}: {error.strerror}." if file else f"{error.strerror}."
    if isinstance(error, KgError | OSError):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory. Give it less at a time, or fewer --jobs."
    said = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return f"this should not have happened ({said}). Run it with -v for the details, and report them."
