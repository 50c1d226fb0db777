"""Which reader an input gets: by the ending of its name, or by how its bytes begin. All are entry points."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath

from kg.errors import KgError, ReadError
from kg.readers.source import Reader, Source
from kg.records import Article

log = logging.getLogger(__name__)
GROUP = "kg.readers"
#: Bytes that are enough to tell what an input is.
HEAD = 4096

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (rb"\x1f\x8b", "gz"),
    (rb"BZh[1-9]1AY&SY", "bz2"),
    (rb"\xfd7zXZ\x00", "xz"),
    (rb"PK\x03\x04", "zip"),
    (rb"%PDF-", "pdf"),
    (rb"PAR1", "parquet"),
    (rb"WARC/\d", "warc"),
    (rb"(?s).{257}ustar", "tar"),
    (rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", "html"),
    (rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<\?xml-stylesheet[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", "rss"),
    (rb"(?i)(?:from|received|return-path|mime-version|date|message-id|delivered-to): [^\n]*\r?\n[\w-]+:", "eml"),
    (rb"\s*\[", "json"),
)  # fmt: skip


@cache
def readers() -> dict[str, EntryPoint]:
    """The readers that are installed, by the endings (without a dot) of the files they read."""
    return {point.name: point for point in sorted(entry_points(group=GROUP))}


def ending(name: str) -> str:
    """The ending of a file's name, in small letters and without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def is_readable(name: str) -> bool:
    """Whether there is a reader for files of this name."""
    return ending(name) in readers()


def endings() -> str:
    """The endings that can be read, for messages."""
    return ", ".join(f".{name}" for name in readers())


def guessed(head: bytes) -> str | None:
    """The ending that an input would have that begins with ``head``; None for what is no known format (plain text)."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    for sign, name in _SIGNS:
        if re.match(sign, head):
            return name
    return _json_or_lines(head) if head.lstrip()[:1] == b"{" else None


def _json_or_lines(head: bytes) -> str:
    """JSON Lines where the first line is complete, or longer than what we see; else JSON over several lines."""
    first, newline, _ = head.lstrip().partition(b"\n")
    try:
        json.loads(first)
    except ValueError:
        return "json" if newline else "jsonl"
    return "jsonl"


def articles(source: Source, kind: str) -> Iterator[Article | KgError]:
    """What the reader for the ending ``kind`` finds; whatever goes wrong in it becomes a ReadError of this input."""
    try:
        yield from _load(kind, source.where)(source)
    except KgError as error:
        yield error
    except Exception as error:  # a damaged file may break any parser anyhow, and the next file must be read
        log.info("%s: the reader for %s failed", source.where, kind, exc_info=True)
        yield ReadError(f"{source.where}: cannot be read as .{kind} ({type(error).__name__}: {error}). Is it damaged?")


def _load(kind: str, where: str) -> Reader:
    """The reader for an ending.

    Raises:
        ReadError: there is none.
    """
    point = readers().get(kind)
    if point is None:
        have = endings() or "none, so Hearsay is not installed as a package (pip install .)"
        raise ReadError(
            f"{where}: no reader for {f'.{kind}' if kind else 'files without an ending'}. Readable: {have}."
        )
    return point.load()  # type: ignore[no-any-return]


def needs(extra: str, error: ImportError, where: str) -> ReadError:
    """The message for a file whose reader wants a package that is not installed."""
    return ReadError(f"{where}: reading it needs {error.name}. Install it with: pip install 'hearsay-kg[{extra}]'")
