"""``kg merge``: what it would do, what a person should decide, and judgements in files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.store import open_store
from tests.merge.samples import article, labels, person, several


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A graph that is not merged yet: a slip, and an initial that fits two people."""
    path = tmp_path / "g.kg"
    harrows = [*several(3, person("Michael Harrow"), prefix="n"), *several(3, person("Mona Harrow"), prefix="o")]
    with open_store(path) as store, store.writer() as writer:
        for each in (*several(3, person("Marta Hallberg")), article("x", person("Marta Hallbreg")), *harrows):
            writer.write(each)
        writer.write(article("y", person("M. Harrow")))
    return path


def run(*args: str | Path) -> str:
    """What a command prints to both streams; it must not fail."""
    done = CliRunner().invoke(cli, ["merge", *map(str, args)])
    assert done.exit_code == 0, done.output
    return done.output


def test_dry_run_shows_scores_and_writes_nothing(graph: Path) -> None:
    line = "+ person:marta hallbreg (1) is person:marta hallberg (3): 0.93, spelled alike\n"
    assert run("-g", graph, "--dry-run") == line
    assert run("-g", graph, "--dry-run") == line
    run("-g", graph)
    assert run("-g", graph, "--dry-run") == ""


def test_a_review_is_filled_in_taken_over_exported_and_undone(graph: Path, tmp_path: Path) -> None:
    run("-g", graph)
    assert "2 pairs to decide" in run("-g", graph, "--review", tmp_path / "doubts.csv")
    rows = (tmp_path / "doubts.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("left,right,judgement,")
    same = [row.replace("person:mona harrow,,", "person:mona harrow,same,") for row in rows]
    (tmp_path / "doubts.csv").write_text("\n".join(same) + "\n", "utf-8")
    assert "1 judgements taken over" in run("-g", graph, "--judgements", tmp_path / "doubts.csv", "--by", "anna")
    with open_store(graph) as store:
        assert labels(store) == ["Marta Hallberg", "Michael Harrow", "Mona Harrow"]
    assert "1 judgements" in run("-g", graph, "--export-judgements", tmp_path / "all.csv")
    known = (tmp_path / "all.csv").read_text("utf-8")
    assert "person:m. harrow,person:mona harrow,same,anna" in known
    (tmp_path / "all.csv").write_text(known.replace(",same,", ",undo,"), "utf-8")
    run("-g", graph, "--judgements", tmp_path / "all.csv")
    with open_store(graph) as store:
        assert "M. Harrow" in labels(store)


def test_judgements_outlive_undoing_every_merge(graph: Path, tmp_path: Path) -> None:
    run("-g", graph)
    line = "person:marta hallberg,person:marta hallbreg,different\n"
    (tmp_path / "j.csv").write_text("left,right,judgement\n" + line, "utf-8")
    run("-g", graph, "--judgements", tmp_path / "j.csv")
    run("-g", graph, "--undo")
    run("-g", graph)
    with open_store(graph) as store:
        assert "Marta Hallbreg" in labels(store)


def test_a_file_that_cannot_be_read_is_said_so(graph: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["merge", "-g", str(graph), "--judgements", str(tmp_path / "none.csv")])
    assert done.exit_code != 0


def test_a_judgement_of_nobody_is_told_and_fails(graph: Path, tmp_path: Path) -> None:
    run("-g", graph)
    known = "person:marta hallberg,person:mona harrow,different\n"
    (tmp_path / "some.csv").write_text(f"left,right,judgement\n{known}person:mona harrow,Q424242,same\n", "utf-8")
    command = ["merge", "-g", str(graph), "--judgements", str(tmp_path / "some.csv")]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.return_value == 1
    assert "1 judgements taken over" in done.output
    assert "Not found: The graph holds nobody known as Q424242" in done.output
