"""Each example reproduces its expected graph and answers byte for byte.

``python -m tests.test_examples`` writes them anew after a change that was meant; read the difference before you commit.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kg.building import Settings, Tally, build
from kg.export import export
from kg.merge.judgements import read_csv
from kg.merge.judging import apply
from kg.query import run_named
from kg.readers import read
from kg.store import Store, open_store

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
STORIES = ("iran", "phone-call")
QUERIES = ("denials", "unconfirmed", "contested")


def outputs(story: str, folder: Path) -> dict[str, bytes]:
    """The files of ``expected/``, by name."""
    own = EXAMPLES / story / "gazetteer.yaml"
    settings = Settings(gazetteer=str(own) if own.exists() else None)
    tally = Tally()
    with open_store(folder / "g.kg") as store:
        list(build(store, read([EXAMPLES / story / "articles"]), tally, settings))
        assert not tally.problems
        view = store.view()
        export(view, folder / "graph.ttl")
        answers = {f"{name}.csv": run_named(view, name).serialize("csv") for name in QUERIES}
        answers |= judged(store, EXAMPLES / story, settings)
    return {"graph.ttl": (folder / "graph.ttl").read_bytes(), **answers}


def judged(store: Store, story: Path, settings: Settings) -> dict[str, bytes]:
    """What is contested when the article that came late is in, before people judged who is who and after."""
    if not (story / "judgements.csv").exists():
        return {}
    list(build(store, read([story / "late"]), Tally(), settings))
    before = run_named(store.view(), "contested").serialize("csv")
    with (story / "judgements.csv").open(encoding="utf-8", newline="") as file:
        apply(store, read_csv(file, by="editor", where="judgements.csv"))
    return {"late.csv": before, "judged.csv": run_named(store.view(), "contested").serialize("csv")}


@pytest.mark.model
@pytest.mark.parametrize("story", STORIES)
def test_example_gives_what_is_expected(story: str, tmp_path: Path) -> None:
    for name, content in outputs(story, tmp_path).items():
        assert content.decode() == (EXAMPLES / story / "expected" / name).read_text("utf-8"), name


def rewrite() -> None:
    """Write ``expected/`` of every story anew."""
    for story in STORIES:
        with TemporaryDirectory() as folder:
            for name, content in outputs(story, Path(folder)).items():
                (EXAMPLES / story / "expected" / name).write_bytes(content)


if __name__ == "__main__":
    rewrite()
