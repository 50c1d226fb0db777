"""PDF with a text layer: one article a file."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator

from kg.errors import KgError, ReadError
from kg.readers.registry import needs
from kg.readers.source import Source
from kg.readers.wrapping import rejoined
from kg.records import Article


def read_pdf(source: Source) -> Iterator[Article | KgError]:
    """The text of all pages, without the lines that stand at the edge of most of them; words are whole again."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise needs("formats", error, source.where) from error
    document = PdfReader(io.BytesIO(source.read()))
    if document.is_encrypted and not document.decrypt(""):
        raise ReadError(f"{source.where}: needs a password. Save it without one (qpdf --decrypt).")
    pages = [page.extract_text().strip().split("\n") for page in document.pages]
    text = rejoined("\n".join(_without_running(pages)))
    if not text.strip():
        raise ReadError(f"{source.where}: has no text layer. Put one in first, for example with ocrmypdf.")
    title = (document.metadata.title if document.metadata else None) or ""
    yield Article("", text, title=title.strip() or None)


def _without_running(pages: list[list[str]]) -> Iterator[str]:
    """The lines of the pages without running heads and page numbers."""
    edges = Counter(_key(lines[i]) for lines in pages for i in {0, len(lines) - 1})
    running = {key for key, count in edges.items() if count > max(2, len(pages) // 2)}
    for lines in pages:
        inner = lines[1:-1]
        yield from (line for line in lines[:1] if _key(line) not in running)
        yield from inner
        yield from (line for line in lines[1:][-1:] if _key(line) not in running)


def _key(line: str) -> str:
    """A line that differs from page to page only by its number."""
    return re.sub(r"\d+", "#", line).strip()
