"""Word documents (DOCX): one article a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.errors import KgError, ReadError
from kg.readers.source import MAX_BYTES, Source
from kg.records import Article

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(source: Source) -> Iterator[Article | KgError]:
    """The paragraphs of a document, a line each, with all changes accepted; the title from its properties."""
    with zipfile.ZipFile(io.BytesIO(source.read())) as archive:
        body = _part(archive, "word/document.xml", source.where)
        about = _part(archive, "docProps/core.xml", source.where)
    if body is None:
        raise ReadError(f"{source.where}: no document is in this file. Save it from Word as .docx again.")
    text = "\n".join(filter(None, map(_paragraph, body.iter(f"{_W}p"))))
    title = about.findtext(f"{_DC}title") if about is not None else None
    yield Article("", text, title=(title or "").strip() or None)


def _part(archive: zipfile.ZipFile, name: str, where: str) -> _Element | None:
    """The XML of a part of the document; None where it has no such part."""
    from lxml import etree

    if name not in archive.namelist():
        return None
    with archive.open(name) as part:
        data = part.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReadError(f"{where}: more than {MAX_BYTES >> 20} MiB in one piece. Split it.")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _paragraph(node: _Element) -> str:
    pieces = (n.text or "" if n.tag == f"{_W}t" else _MARKS.get(str(n.tag), "") for n in node.iter())
    return "".join(pieces).strip()
