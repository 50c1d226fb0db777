"""Compressed files and archives: what is in them is read as if it lay there unpacked, within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import KgError, PassedOver, ReadError
from kg.readers.folders import NEO4J
from kg.readers.registry import HEAD, articles, ending, guessed, is_readable
from kg.readers.source import Source
from kg.records import Article

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

#: How far an archive may unfold: so many bytes in any case, and beyond them so many times its own size. News packs to
#: a tenth; what unfolds a thousandfold is made to fill a disk.
ALLOWANCE, RATIO = 64 * 2**20, 200
#: How many archives may lie in one another (a packed archive, and packed files in it).
DEPTH = 3
#: What makes an archive a document.
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


class _Counted(io.RawIOBase):
    """A stream that knows how much was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Bounded(_Counted):
    """What a packed stream unfolds to; refuses to give more than it should."""

    def __init__(self, unpacked: BinaryIO, packed: Callable[[], int], where: str) -> None:
        super().__init__(unpacked)
        self._packed, self._where = packed, where

    def readinto(self, buffer: Buffer) -> int:
        got = super().readinto(buffer)
        if self.count > ALLOWANCE + RATIO * self._packed():
            raise ReadError(
                f"{self._where}: unfolds to more than {RATIO} times its size. Unpack it yourself, if you trust it."
            )
        return got


def read_gzip(source: Source) -> Iterator[Article | KgError]:
    """The articles of a file that gzip packed."""
    return _packed(source, lambda stream: cast("BinaryIO", gzip.GzipFile(fileobj=stream)))


def read_bzip2(source: Source) -> Iterator[Article | KgError]:
    """The articles of a file that bzip2 packed."""
    return _packed(source, lambda stream: cast("BinaryIO", bz2.BZ2File(stream)))


def read_xz(source: Source) -> Iterator[Article | KgError]:
    """The articles of a file that xz packed."""
    return _packed(source, lambda stream: cast("BinaryIO", lzma.LZMAFile(stream)))


def read_zip(source: Source) -> Iterator[Article | KgError]:
    """The articles of the files in a ZIP archive, by name; those of no known kind are left out."""
    stream = source.stream if source.stream.seekable() else cast("BinaryIO", io.BytesIO(source.read()))
    with zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist())
        office = next((kind for part, kind in _OFFICE.items() if part in names), None)
        if office:
            stream.seek(0)
            yield from articles(replace(source, stream=stream), office)
            return
        if NEO4J in names:
            raise PassedOver(f"{source.where}: tables that 'kg export' wrote.")
        members = {m.filename: m for m in archive.infolist() if not m.is_dir() and _is_article(m.filename)}
        _refuse_empty(source, members)
        for name in sorted(members):
            try:
                content = archive.open(name)
            except (RuntimeError, NotImplementedError) as error:  # a password, or a method that Python does not know
                yield ReadError(f"{source.where}, {name}: cannot be unpacked ({error}).")
            else:
                yield from _member(source, name, content, members[name].compress_size)


def read_tar(source: Source) -> Iterator[Article | KgError]:
    """The articles of the files in a TAR archive, in their order; those of no known kind are left out."""
    held = []
    with tarfile.open(fileobj=source.stream, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() and _is_article(member.name) else None
            if content is not None:
                held.append(member.name)
                yield from _member(source, member.name, content, member.size)
    _refuse_empty(source, held)


def _refuse_empty(source: Source, names: object) -> None:
    if not names:
        raise ReadError(f"{source.where}: no articles are in this archive.")


def _is_article(name: str) -> bool:
    parts = PurePath(name).parts
    return is_readable(name) and "__MACOSX" not in parts and not any(part.startswith(".") for part in parts)


def _member(source: Source, name: str, stream: object, size: int) -> Iterator[Article | KgError]:
    """The articles of one file of an archive."""
    where = f"{source.where}, {name}"
    bounded = io.BufferedReader(_Bounded(cast("BinaryIO", stream), lambda: size, where))
    yield from _inner(source, cast("BinaryIO", bounded), where, ending(name))


def _packed(source: Source, unpack: Callable[[BinaryIO], BinaryIO]) -> Iterator[Article | KgError]:
    """The articles of a packed file, whose kind its name has before its last ending, or its content shows."""
    counted = _Counted(source.stream)
    unpacked = unpack(cast("BinaryIO", counted))
    bounded = io.BufferedReader(_Bounded(unpacked, lambda: counted.count, source.where), HEAD)
    inner = PurePath(source.where).stem
    kind = ending(inner) if is_readable(inner) else guessed(bounded.peek(HEAD)) or "txt"
    yield from _inner(source, cast("BinaryIO", bounded), source.where, kind)


def _inner(source: Source, stream: BinaryIO, where: str, kind: str) -> Iterator[Article | KgError]:
    if source.depth >= DEPTH:
        raise ReadError(f"{where}: an archive in an archive in an archive. Unpack it yourself, if you trust it.")
    yield from articles(replace(source, stream=stream, where=where, depth=source.depth + 1), kind)
