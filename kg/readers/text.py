"""Plain text files: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import ReadError
from kg.records import Article


def decode(data: bytes, where: str) -> str:
    """``data`` as text, newlines untouched (offsets index it); a leading byte-order mark is not part of it.

    Raises:
        ReadError: the bytes are not UTF-8, or look like a binary file.
    """
    if b"\0" in data[:8192]:
        raise ReadError(f"{where}: looks like a binary file, not text. Convert it to UTF-8 text first.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{where}: not valid UTF-8 (byte {error.start} is 0x{data[error.start]:02x}). Convert it, for example "
            f"with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error


def read_text(data: bytes, where: str, article_id: str) -> Iterator[Article | ReadError]:
    """The one article of a text file, its id taken from the file's name."""
    try:
        text = decode(data, where)
    except ReadError as error:
        yield error
        return
    yield Article(article_id, text) if text.strip() else ReadError(f"{where}: the file is empty.")
