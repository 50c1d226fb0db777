"""Whatever an article does to the pipeline, or the system to its processes, the other articles are read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import LONGEST_WORD, extract, prepared
from kg.records import Article
from kg.watch import TooSlowError, Watch

KG = [sys.executable, "-m", "kg"]
PATIENCE = 150


@Language.component("dawdling")
def dawdling(doc: Doc) -> Doc:
    """Never ends on an article that says so, and fails on another."""
    while "endless" in doc.text:
        pass
    if "failing" in doc.text:
        raise ZeroDivisionError
    return doc


class Batches:
    """Takes all docs of a batch before it gives one, as spaCy's own components do, and never ends on some."""

    def __call__(self, doc: Doc) -> Doc:
        while "endless" in doc.text:
            pass
        return doc

    def pipe(self, stream: Iterator[Doc], batch_size: int = 0) -> Iterator[Doc]:
        docs = list(stream)[: batch_size or None]
        yield from map(self, docs)


@Language.factory("batches")
def batches(nlp: Language, name: str) -> Batches:  # noqa: ARG001
    return Batches()


TEXTS = ("Iran spoke.", "It is endless.", "It is failing.", "Syria spoke.")


@pytest.mark.parametrize("component", ["dawdling", "batches"])
def test_what_takes_too_long_is_left_out_with_its_reason(component: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(component)
    failures: list[str] = []
    articles = [{"id": str(n), "text": text} for n, text in enumerate(TEXTS)]
    found = [e.article.id for e in extract(nlp, articles, failures, timeout=0.5)]
    assert sorted(found) == (["0", "3"] if component == "dawdling" else ["0", "2", "3"])
    (slow,) = (said for said in failures if "longer" in said)
    assert slow.startswith("article '1': it takes longer than 0.5 s, in ")
    assert slow.endswith("Give it more with --article-timeout, or leave it out")


def test_what_others_do_meanwhile_does_not_count() -> None:
    with Watch(0.2) as watch:
        with watch.off():
            until = time.thread_time() + 1
            while time.thread_time() < until:
                pass
        watch.begin(10**6)  # a long article has more time
        until = time.thread_time() + 1
        while time.thread_time() < until:
            pass
        watch.done()
        with pytest.raises(TooSlowError):
            dawdling(spacy.blank("en")("endless"))


@pytest.mark.parametrize("text", ["(" * 10_000, "said “" * 3000 + "x" * 5000 + " no", "Iran" + "’s" * 4000 + " spoke"])
def test_no_token_is_a_monster_and_every_character_keeps_its_place(text: str) -> None:
    doc = prepared(spacy.blank("en"), Article("a", text))
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)
    assert max(map(len, doc)) <= LONGEST_WORD


def test_the_work_of_the_tokenizer_grows_with_the_text() -> None:
    calls: list[int] = []
    for size in (2_000, 20_000):
        nlp = spacy.blank("en")
        search, seen = nlp.tokenizer.prefix_search, [0]  # type: ignore[union-attr]

        def counted(text: str, search: object = search, seen: list[int] = seen) -> object:
            seen[0] += len(text)
            return search(text)  # type: ignore[operator]

        nlp.tokenizer.prefix_search = counted  # type: ignore[union-attr]
        prepared(nlp, Article("a", "(" * size))
        calls.append(seen[0])
    assert calls[1] < 15 * calls[0], "characters looked at, for ten times the text"


def test_half_a_character_fails_by_itself() -> None:
    failures: list[str] = []
    nlp = spacy.blank("en")
    articles = [{"id": "a", "text": "Iran \ud800 spoke."}, {"id": "b", "text": "Iran spoke."}]
    found = [e.article.id for e in extract(nlp, articles, failures)]
    assert "b" in found
    assert found == ["a", "b"] or len(failures) == 1


def _articles(folder: Path, count: int) -> Path:
    path = folder / "news.jsonl"
    rows = ({"id": f"a{n}", "text": "Iran denied on Tuesday that it had attacked Syria. " * 20} for n in range(count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def _children(pid: int) -> list[int]:
    """Processes that work for ``pid``."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(child) for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def _wait(run: subprocess.Popen[str], count: int) -> list[int]:
    until = time.monotonic() + PATIENCE
    while len(children := _children(run.pid)) < count and run.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    return children


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


@linux
@pytest.mark.model
def test_a_killed_worker_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [*KG, "extract", "--jobs", "2", str(_articles(tmp_path, 40)), "-o", str(out)]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    os.kill(_wait(run, 2)[1], signal.SIGKILL)
    _, said = run.communicate(timeout=PATIENCE)
    assert "A worker process was killed" in said
    assert "Traceback" not in said
    assert (run.returncode, len(out.read_text("utf-8").splitlines())) == (0, 40)


@linux
@pytest.mark.model
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_end_with_the_one_that_started_them(tmp_path: Path, number: int) -> None:
    command = [*KG, "extract", "--jobs", "2", str(_articles(tmp_path, 200)), "-o", os.devnull]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL, text=True)
    children = _wait(run, 2)
    assert len(children) == 2
    run.send_signal(number)
    run.wait(PATIENCE)
    until = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{child}/fd").exists() for child in children) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(_alive(child) for child in children)


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
    except OSError:
        return False
