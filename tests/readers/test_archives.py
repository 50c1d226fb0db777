"""Compressed files and archives: read as if unpacked, within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from kg.errors import KgError
from kg.readers import archives
from kg.readers.registry import articles
from tests.readers.contract import ReaderContract, complaint, found, source

LINES = b"".join(json.dumps({"text": f"Ruritania denied report {n}."}).encode() + b"\n" for n in range(3))

PACKED: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(**files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


class TestGzip(ReaderContract):
    ending = "gz"
    good = gzip.compress(LINES, mtime=0)


class TestBzip2(ReaderContract):
    ending = "bz2"
    good = bz2.compress(LINES)


class TestXz(ReaderContract):
    ending = "xz"
    good = lzma.compress(LINES)


class TestZip(ReaderContract):
    ending = "zip"
    good = zipped(**{"a.txt": b"Ruritania denied it."})


class TestTar(ReaderContract):
    ending = "tar"
    good = tarred(**{"a.txt": b"Ruritania denied it."})


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_a_packed_file_is_read_by_its_inner_name_or_else_by_its_content(ending: str) -> None:
    for where in (f"news.jsonl.{ending}", f"news.{ending}"):
        items = list(articles(source(PACKED[ending](LINES), where=where), ending))
        assert [item.text[-2] for item in items if not isinstance(item, KgError)] == ["0", "1", "2"]


@pytest.mark.parametrize("made", [zipped, tarred])
def test_the_files_of_an_archive_are_read_and_those_that_nobody_can_read_are_left_out(made: object) -> None:
    data = (zipped if made is zipped else tarred)(
        **{
            "b/news.jsonl.gz": gzip.compress(LINES),
            "a.txt": b"Ruritania denied it.",
            "picture.png": b"\x89PNG",
            "__MACOSX/a.txt": b"junk",
            ".hidden.txt": b"junk",
        }
    )
    texts = [article.text for article in found("zip" if made is zipped else "tar", data)]
    assert sorted(texts) == ["Ruritania denied it.", *(f"Ruritania denied report {n}." for n in range(3))]


def test_a_bad_file_in_an_archive_leaves_the_rest_unharmed() -> None:
    items = list(articles(source(zipped(**{"a.json": b"{", "b.txt": b"Fine."}), where="x.zip"), "zip"))
    assert [isinstance(item, KgError) for item in items] == [True, False]
    assert str(items[0]).startswith("x.zip, a.json")


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz"])
def test_a_bomb_is_refused(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ALLOWANCE", 2**20)
    assert "unfolds to more than 200 times its size" in complaint(ending, PACKED[ending](bytes(2**24)))


def test_a_bomb_in_an_archive_is_refused_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ALLOWANCE", 2**20)
    items = list(articles(source(zipped(**{"a.txt": b" " * 2**24, "b.txt": b"Fine."})), "zip"))
    assert "unfolds to more than 200 times" in str(items[0])
    assert not isinstance(items[1], KgError)


def test_archives_in_archives_end_somewhere() -> None:
    data = b"Fine."
    for _ in range(6):
        data = zipped(**{"a.zip" if data[:2] == b"PK" else "a.txt": data})
    assert "an archive in an archive" in complaint("zip", data)


def test_an_archive_without_articles_says_so() -> None:
    assert "no articles are in this archive" in complaint("zip", zipped(**{"a.png": b"x"}))
    assert "no articles are in this archive" in complaint("tar", tarred(**{"a.png": b"x"}))
