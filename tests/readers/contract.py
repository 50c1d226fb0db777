"""What every reader keeps to; whoever writes one subclasses ``ReaderContract`` in its test."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256
from typing import BinaryIO, ClassVar, cast

import pytest

from kg.errors import KgError, ReadError
from kg.readers import Source
from kg.readers.registry import articles, guessed, readers
from kg.records import Article


class Pipe(io.RawIOBase):
    """A stream that can only be read on, a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._rest = memoryview(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self._rest[: min(len(view), 1000)]
        view[: len(piece)], self._rest = piece, self._rest[len(piece) :]
        return len(piece)


def source(data: bytes, fields: Mapping[str, str] | None = None, where: str = "a.file") -> Source:
    """An input of these bytes."""
    return Source(cast("BinaryIO", io.BufferedReader(Pipe(data))), where, fields or {})


def found(ending: str, data: bytes, fields: Mapping[str, str] | None = None) -> list[Article]:
    """The articles that the reader for ``ending`` finds in these bytes, and no complaint."""
    items = list(articles(source(data, fields, f"a.{ending}"), ending))
    assert not [str(item) for item in items if isinstance(item, KgError)]
    return [item for item in items if isinstance(item, Article)]


def complaint(ending: str, data: bytes) -> str:
    """What the reader for ``ending`` says of bytes that hold no article."""
    (item,) = articles(source(data, where=f"a.{ending}"), ending)
    assert isinstance(item, ReadError)
    return str(item)


class ReaderContract:
    """The reader for files with ``ending``, and bytes in which it finds at least one article."""

    ending: ClassVar[str]
    good: ClassVar[bytes]
    #: What the beginning of such bytes is recognised as, where no name tells; None for plain text.
    recognised: ClassVar[str | None] = ""

    def test_it_is_an_entry_point(self) -> None:
        assert self.ending in readers()

    def test_it_gives_articles_with_a_text_the_same_each_time(self) -> None:
        first = found(self.ending, self.good)
        assert first
        assert all(article.text.strip() for article in first)
        assert found(self.ending, self.good) == first

    def test_it_is_recognised_without_a_name(self) -> None:
        assert guessed(self.good[:4096]) == (self.ending if self.recognised == "" else self.recognised)

    def test_nothing_at_all_is_a_complaint_that_names_the_input(self) -> None:
        (item,) = articles(source(b"", where="empty.file"), self.ending)
        assert isinstance(item, ReadError)
        assert str(item).startswith("empty.file")

    @pytest.mark.parametrize("tenths", range(1, 10))
    def test_a_file_that_is_cut_off_stops_nobody(self, tenths: int) -> None:
        cut = self.good[: len(self.good) * tenths // 10]
        assert all(isinstance(item, Article | KgError) for item in articles(source(cut), self.ending))

    @pytest.mark.parametrize("seed", range(12))
    def test_no_bytes_whatever_stop_anybody(self, seed: int) -> None:
        noise = b"".join(sha256(bytes([seed, n])).digest() for n in range(6))
        for item in articles(source(self.good[: 25 * seed] + noise), self.ending):
            assert isinstance(item, Article | KgError)
