"""Articles out of whatever was named on the command line; a bad one becomes a Problem and never stops the rest."""

from __future__ import annotations

import glob
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ReadError
from kg.readers.html import is_html, read_html
from kg.readers.jsonlines import read_json, read_json_lines
from kg.readers.text import read_text
from kg.records import Article

#: spaCy's own limit: beyond it the parser may need more memory than a laptop has.
MAX_CHARACTERS = 1_000_000

#: Half of a character of UTF-16, which JSON can name and no file in UTF-8 can hold.
_HALF = re.compile("[\ud800-\udfff]")
Reader = Callable[[bytes, str, str], Iterator[Article | ReadError]]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".html": read_html,
    ".htm": read_html,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that gave no article: what and where, and what to do next."""

    message: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields that the caller knows; they fill what an article leaves out and never overwrite it."""

    date: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None

    def fill(self, article: Article) -> Article:
        """The article with its missing fields filled."""
        known = {k: getattr(self, k) for k in ("date", "publisher", "title", "url") if not getattr(article, k)}
        return replace(article, **known)


def read(inputs: Iterable[str | Path], metadata: Metadata | None = None) -> Iterator[Article | Problem]:
    """Articles of ``inputs`` (files, folders, globs, ``-``) in a stable order, and a Problem for each that fails.

    Two articles with the same id and the same content are one; with different content the second is a Problem.
    """
    fill = (metadata or Metadata()).fill
    seen: dict[str, tuple[Article, str]] = {}
    for where, item in _items(inputs):
        if isinstance(item, ReadError):
            yield Problem(str(item))
            continue
        article = fill(item)
        first, place = seen.setdefault(article.id, (article, where))
        if place != where and first == article:
            continue
        problem = _complaint(article, first, where, place)
        yield Problem(problem) if problem else article


def _complaint(article: Article, first: Article, where: str, place: str) -> str | None:
    if first != article:
        return f"{where}: article id {article.id!r} was already used by {place}. Give each article its own id."
    if any(_HALF.search(value) for value in article.to_dict().values() if value):
        return f"{where}: article {article.id!r} holds half of a character (a lone surrogate). Save it as UTF-8 anew."
    if not article.text.strip():
        return f"{where}: article {article.id!r} has no text."
    if len(article.text) > MAX_CHARACTERS:
        return (
            f"{where}: article {article.id!r} has {len(article.text):,} characters; the limit is {MAX_CHARACTERS:,}. "
            "Split it into its parts."
        )
    return None


def _items(inputs: Iterable[str | Path]) -> Iterator[tuple[str, Article | ReadError]]:
    for given in inputs:
        if str(given) == "-":
            yield from _stdin()
            continue
        for path, article_id in _files(Path(given)):
            yield from _file(path, article_id)


def _stdin() -> Iterator[tuple[str, Article | ReadError]]:
    data = sys.stdin.buffer.read()
    reader = read_json_lines if data.lstrip()[:1] == b"{" else read_html if is_html(data) else read_text
    for n, item in enumerate(reader(data, "<stdin>", "stdin"), 1):
        yield f"<stdin>, article {n}", item


def _file(path: Path | ReadError, article_id: str) -> Iterator[tuple[str, Article | ReadError]]:
    if isinstance(path, ReadError):
        yield article_id, path
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        yield str(path), ReadError(f"{path}: cannot be read ({error.strerror}).")
        return
    for n, item in enumerate(READERS[path.suffix.lower()](data, str(path), article_id), 1):
        yield f"{path}, article {n}", item


def _files(given: Path) -> Iterator[tuple[Path | ReadError, str]]:
    """Readable files under ``given``, each with the id that a plain text takes from its name."""
    if given.is_dir():
        inside = sorted(p for p in given.rglob("*") if p.suffix.lower() in READERS and p.is_file())
        if not inside:
            yield (
                ReadError(f"{given}: no articles in this folder. Readable are {_endings()} files."),
                str(given),
            )
        yield from ((p, p.relative_to(given).with_suffix("").as_posix()) for p in inside)
        return
    matches = [given] if given.is_file() else sorted(Path(p) for p in glob.glob(str(given), recursive=True))  # noqa: PTH207
    if not matches:
        yield ReadError(f"{given}: no such file or folder."), str(given)
    for path in matches:
        if path.is_dir():
            yield from _files(path)
        elif path.suffix.lower() not in READERS:
            yield (
                ReadError(
                    f"{path}: no reader for {path.suffix or 'files without an ending'}. Readable are {_endings()}."
                ),
                str(path),
            )
        else:
            yield path, path.stem


def _endings() -> str:
    return ", ".join(READERS)


__all__ = ["MAX_CHARACTERS", "Metadata", "Problem", "read"]
