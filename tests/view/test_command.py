from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.errors import KgError
from kg.merge import merge
from kg.store import open_store
from kg.view.formats import ending
from tests.view.sample import first, second


@pytest.fixture
def name(tmp_path: Path) -> str:
    """A graph file."""
    with open_store(tmp_path / "g.trig") as store:
        with store.writer() as writer:
            for extraction in (first(), second()):
                writer.write(extraction)
        merge(store)
    return str(tmp_path / "g.trig")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["view", *arguments], catch_exceptions=False, standalone_mode=False)
    return result.output


def test_view_writes_the_page_and_says_what_it_shows(name: str, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert "3 of 3 actors and 2 of 2 propositions" in run("-g", name, "-o", str(out))
    once = out.read_bytes()
    run("-g", name, "-o", str(out))
    assert out.read_bytes() == once
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.trig", "page.html"]


def test_view_draws_svg(name: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    run("-g", name, "-o", str(tmp_path / "g.SVG"), "--actor", "Estmar", "--top", "1", "--until", "2020-12-31")
    assert b"<svg" in (tmp_path / "g.SVG").read_bytes()


def test_view_refuses_an_unknown_ending_before_anything_else() -> None:
    with pytest.raises(KgError, match=r"does not end in one of .html, .svg, .png.*Did you mean '.html'"):
        ending("graph.htm")
    with pytest.raises(KgError, match="does not end in"):
        ending("-")


def test_view_names_a_place_that_cannot_be_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        run("-g", name, "-o", str(tmp_path / "missing" / "page.html"))


def test_view_takes_iso_dates_only(name: str) -> None:
    result = CliRunner().invoke(cli, ["view", "-g", name, "-o", "x.html", "--since", "last week"])
    assert result.exit_code == 2
    assert "is no ISO date" in result.output
