"""Web archives (WARC): an article a page or document in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO, cast

from kg.errors import KgError, ReadError
from kg.readers.registry import articles, needs
from kg.readers.source import MAX_BYTES, Source
from kg.records import Article

_KINDS = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf", "text/plain": "txt"}
_HELD = ("response", "resource", "conversion")


def read_warc(source: Source) -> Iterator[Article | KgError]:
    """The articles of an archive's pages and documents; what else it holds (pictures, scripts) is passed over.

    An article has the address that its record was fetched from, and no date of its own from when that was: a page is
    older than its copy.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise needs("formats", error, source.where) from error
    held = 0
    records = ArchiveIterator(source.stream, arc2warc=True)
    records.INC_RECORD = ""  # else it writes of each such record to standard error
    for number, record in enumerate(records, 1):
        kind, charset = _kind(record)
        if kind:
            held += 1
            yield from _articles(source, record, number, kind, charset)
    if not held:
        raise ReadError(f"{source.where}: no pages are in this archive.")
    if records.err_count:
        longer = f"records that are longer than they say: {records.err_count}"
        raise ReadError(f"{source.where}: {longer}. What is left over of each was not read. Is it damaged?")


def _kind(record: Any) -> tuple[str | None, str | None]:
    """The kind of document in a record, and the encoding that was declared with it."""
    if record.rec_type not in _HELD:
        return None, None
    headers = record.http_headers
    if headers is not None and not headers.get_statuscode().startswith("2"):
        return None, None
    given = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind, _, rest = given.partition(";")
    return _KINDS.get(kind.strip().lower()), rest.lower().partition("charset=")[2].strip(" \"';") or None


def _articles(source: Source, record: Any, number: int, kind: str, charset: str | None) -> Iterator[Article | KgError]:
    url = record.rec_headers.get_header("WARC-Target-URI")
    stream = BytesIO(record.content_stream().read(MAX_BYTES))
    where = f"{source.where}, record {number} ({url})"
    inner = replace(source, stream=cast("BinaryIO", stream), where=where, charset=charset)
    for item in articles(inner, kind):
        yield replace(item, url=item.url or url) if isinstance(item, Article) else item
