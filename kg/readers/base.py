"""Articles out of whatever was named on the command line; a bad one becomes a Problem and never stops the rest."""

from __future__ import annotations

import glob
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.dates import NO_DATE, dated
from kg.errors import KgError, PassedOver, ReadError
from kg.ids import article_id, digest
from kg.readers.folders import walk, written_by_us
from kg.readers.languages import NAMES, foreign
from kg.readers.letters import legible
from kg.readers.registry import HEAD, articles, ending, endings, guessed, is_readable, readers
from kg.readers.source import Source
from kg.records import Article

#: Longest article unless told otherwise: spaCy's parser takes some 3 MB for a thousand characters.
MAX_CHARACTERS = 1_000_000

#: Half of a character of UTF-16, which JSON can name and no file in UTF-8 can hold.
_HALF = re.compile("[\ud800-\udfff]")
#: Bytes of a file that are looked at before it is read: a record of ours may be as long.
_BUFFER = 1 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """An input that gave no article: what and where, and what to do next."""

    message: str


class Skip(Problem):
    """An input that is no article, and is left out on purpose: what, where and why."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Foreign(Skip):
    """An article that is not English; its ``language`` (ISO 639-1) is noted in it."""

    article: Article


class Note(Problem):
    """Something about an article that is taken all the same, without what is wrong with it."""

    __slots__ = ()


class Repeat(Problem):
    """An article that the same inputs gave already, word for word."""

    __slots__ = ()


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


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is read.

    Args:
        any_language: also what is not English.
        follow_links: also what links that lead out of a folder point at.
        max_characters: of an article; one that is longer is a Problem.
    """

    any_language: bool = False
    follow_links: bool = False
    max_characters: int = MAX_CHARACTERS


def read(
    inputs: Iterable[str | Path],
    metadata: Metadata | None = None,
    fields: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
) -> Iterator[Article | Problem]:
    """Articles of ``inputs`` (files, folders, globs, ``-``) in a stable order, and a Problem for each that fails.

    ``fields`` says where foreign data keeps what an article needs: ``{"text": "body.content"}``.
    An article without an id gets one from what it says and how it was published, so that two articles never share it.
    Two with the same id and the same content are one (the second is a Repeat); with different content the second is a
    Problem. What is no article at all is a Skip; so is what is out of ``bounds``. Dates become ISO 8601; of what is
    none there is a Note.
    """
    fill, bounds = (metadata or Metadata()).fill, bounds or Bounds()
    seen: dict[str, tuple[str, str]] = {}
    for where, item in _items(inputs, fields or {}, follow_links=bounds.follow_links):
        if isinstance(item, KgError):
            yield Skip(str(item)) if isinstance(item, PassedOver) else Problem(str(item))
            continue
        article = settled(fill(item))
        if article.stated_date:
            yield Note(f"{where}: taken without a date, since {article.stated_date!r} {NO_DATE}")
        if problem := _complaint(article, where, bounds.max_characters):
            yield problem
        elif article.id in seen:
            yield _again(article, where, *seen[article.id])
        else:
            seen[article.id] = (_content(article), where)
            yield article if bounds.any_language or not article.language else _foreign(article, where)


def settled(article: Article) -> Article:
    """The article with what its reader left open: an id, its date as ISO has it, its language if not English."""
    return _spoken(_identified(dated(article)))


def _identified(article: Article) -> Article:
    """The article as people read it, without white space at its end, with an id."""
    seen = {name: legible(value) for name in ("title", "publisher") if (value := getattr(article, name))}
    whole = replace(article, text=legible(article.text).rstrip(), **seen)
    published = (whole.title, whole.publisher, whole.date or whole.stated_date, whole.url)
    return whole if whole.id else replace(whole, id=article_id(whole.text, *published))


def _spoken(article: Article) -> Article:
    """The article with its language, unless that is English."""
    language = article.language or foreign(article.text)
    return replace(article, language=None if language and language.startswith("en") else language)


def _foreign(article: Article, where: str) -> Foreign:
    name = NAMES.get(article.language or "", article.language)
    return Foreign(f"{where}: in {name}. Only English is understood; --any-language takes it all the same.", article)


def _content(article: Article) -> str:
    return digest(article.to_dict(), length=32)


def _again(article: Article, where: str, content: str, place: str) -> Problem:
    """What to say of an article whose id was used before, by one with this content."""
    if _content(article) == content:
        return Repeat(f"{where}: the same article as {place}.")
    return Problem(f"{where}: article id {article.id!r} was already used by {place}. Give each article its own id.")


def _complaint(article: Article, where: str, longest: int) -> Problem | None:
    message = None
    if any(_HALF.search(value) for value in article.to_dict().values() if isinstance(value, str)):
        message = f"article {article.id!r} holds half of a character (a lone surrogate). Save it as UTF-8 anew."
    elif not article.text:
        message = f"article {article.id!r} has no text."
    elif len(article.text) > longest:
        message = (
            f"article {article.id!r} has {len(article.text):,} characters; the limit is {longest:,}. "
            "Split it into its parts, or raise the limit with --max-chars."
        )
    return None if message is None else Problem(f"{where}: {message}")


def _items(
    inputs: Iterable[str | Path], fields: Mapping[str, str], *, follow_links: bool
) -> Iterator[tuple[str, Article | KgError]]:
    for given in inputs:
        if str(given) == "-":
            yield from _stdin(fields)
            continue
        for item in _files(Path(given), follow_links=follow_links):
            if isinstance(item, Path):
                yield from _file(item, fields, named=item == Path(given))
            else:
                yield str(given), item


def _stdin(fields: Mapping[str, str]) -> Iterator[tuple[str, Article | KgError]]:
    stream = io.BufferedReader(sys.stdin.buffer, _BUFFER)  # type: ignore[type-var]
    try:
        yield from _numbered(Source(stream, "<stdin>", fields), guessed(stream.peek(HEAD)) or "txt")
    finally:
        stream.detach()


def _file(path: Path, fields: Mapping[str, str], *, named: bool) -> Iterator[tuple[str, Article | KgError]]:
    """The articles of a file; records that Hearsay itself wrote are some only where the file was ``named``."""
    try:
        with path.open("rb", buffering=_BUFFER) as stream:
            head = stream.peek(_BUFFER)  # type: ignore[attr-defined]
            ours = written_by_us(head, named=named)
            kind = ending(path.name) if is_readable(path.name) else guessed(head) or ending(path.name)
            if ours is not None:
                yield str(path), PassedOver(f"{path}: {ours}.")
            else:
                yield from _numbered(Source(stream, str(path), fields), kind)
    except OSError as error:
        yield str(path), ReadError(f"{path}: cannot be read ({error.strerror}).")


def _numbered(source: Source, kind: str) -> Iterator[tuple[str, Article | KgError]]:
    return ((f"{source.where}, article {n}", item) for n, item in enumerate(articles(source, kind), 1))


def _files(given: Path, *, follow_links: bool) -> Iterator[Path | KgError]:
    """Readable files under ``given``."""
    if given.is_dir():
        yield from _folder(given, follow_links=follow_links)
        return
    matches = [given] if given.is_file() else sorted(Path(p) for p in glob.glob(str(given), recursive=True))  # noqa: PTH207
    if not matches:
        yield ReadError(f"{given}: no such file or folder.")
    for path in matches:
        if path.is_dir():
            yield from _folder(path, follow_links=follow_links)
        elif path.is_fifo() and path.parts[1:2] != ("dev",):
            yield ReadError(f"{path}: a pipe. Read it from standard input: - < {path}")
        elif path.is_char_device() or path.is_block_device() or path.is_socket():
            yield ReadError(f"{path}: a device or a socket, no file. Read what it gives from standard input: -")
        else:
            yield path


def _folder(folder: Path, *, follow_links: bool) -> Iterator[Path | KgError]:
    inside = list(walk(folder, {f".{name}" for name in readers()}, follow_links=follow_links))
    yield from inside
    if not any(isinstance(item, Path) for item in inside):
        yield ReadError(f"{folder}: no articles in this folder. Readable are {endings()} files.")


__all__ = ["MAX_CHARACTERS", "Bounds", "Foreign", "Metadata", "Note", "Problem", "Repeat", "Skip", "read"]
