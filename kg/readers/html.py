"""Web pages as a browser saves them (HTML, XHTML, MHTML): the article without the page around it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from kg.errors import KgError, PassedOver, ReadError
from kg.readers.asides import is_notice, prune, unfold
from kg.readers.encoding import decode
from kg.readers.fronts import is_front_page
from kg.readers.page import Page
from kg.readers.source import Source
from kg.records import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

#: Dates only from where a page states them, never guessed from its text; and none refused for lying in the future,
#: which would make the same page read differently on another day.
_DATES = {"extensive_search": False, "max_date": "9999-12-31"}
#: The message that we give says enough; without a handler, trafilatura's own words would go to the terminal.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
#: Characters in which the head of a page ends.
_HEAD = 1 << 16
#: A tag of so many attributes is none that a page needs: parsing them takes time that grows with their square.
_ATTRIBUTES, _LONG_TAG = 500, re.compile(r"<[a-zA-Z][^<>]{2000,}>")


def read_html(source: Source) -> Iterator[Article | KgError]:
    """The one article of a page; offsets index the extracted text, whose paragraphs are lines.

    Menus, footers, comments, notices about cookies and calls to subscribe are left out. Title, outlet, address and the
    full time are what the page says of itself (``page``).
    """
    data = source.read()
    declared = _CHARSET.search(data[:4096])
    charset = source.charset or (declared[1].decode("ascii") if declared else None)
    yield _article(decode(data, source.where, charset), source.where)


def read_mhtml(source: Source) -> Iterator[Article | KgError]:
    """The article of a page that was saved in one file together with its pictures."""
    message = message_from_bytes(source.read(), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            data = part.get_payload(decode=True)
            found = _article(decode(bytes(data), source.where, part.get_content_charset()), source.where)
            address = part["Content-Location"] or message["Snapshot-Content-Location"]
            yield _with_address(found, str(address or ""))
            return
    raise ReadError(f"{source.where}: no page is in this file. Save it as .html.")


def _with_address(found: Article | KgError, address: str) -> Article | KgError:
    known = isinstance(found, Article) and not found.url and address.startswith("http")
    return replace(found, url=address) if known and isinstance(found, Article) else found


def _article(html: str, where: str) -> Article | KgError:
    """The article of a page, or why there is none."""
    tree = _parsed(html)
    none = ReadError(f"{where}: no article was found in this page. Save its text as .txt, or leave the file out.")
    if tree is None:
        return none
    page = Page(tree)
    if not page.is_article and is_front_page(tree, page.url):
        return PassedOver(f"{where}: a front page or a list of articles. Save the pages that it leads to.")
    prune(tree)
    unfold(tree)
    found = _extracted(tree)
    text = "\n".join(line for line in _lines(found, page) if not is_notice(line))
    if not text.strip():
        return none
    date, publisher, url = page.date or found.date, page.publisher or found.sitename, page.url or found.url
    return Article("", text, date, publisher, page.title, url)


def _parsed(html: str) -> HtmlElement | None:
    """The tree of a page, however broken its mark-up."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    cleaned = _LONG_TAG.sub(_shortened, re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\0", "")))
    if "</title" not in cleaned[:_HEAD].lower():  # it would swallow the page
        cleaned = re.sub(r"(<title[^>]*>[^<]*)", r"\1</title>", cleaned, count=1, flags=re.IGNORECASE)
    try:
        return document_fromstring(cleaned, parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, ValueError):  # nothing but white space and comments
        return None


def _shortened(tag: re.Match[str]) -> str:
    """A tag of too many attributes without them; a picture inside one attribute is as long and does no harm."""
    return tag[0] if tag[0].count("=") < _ATTRIBUTES else re.match(r"<[\w:-]+", tag[0])[0] + ">"  # type: ignore[index]


def _extracted(tree: HtmlElement) -> Document:
    """What trafilatura finds: text and metadata; both empty where it finds nothing."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    return found if isinstance(found, Document) else Document()


def _lines(found: Document, page: Page) -> list[str]:
    """The article's lines: what trafilatura found, or what the page's own data hold if that is a good deal more."""
    text, stated = found.text or "", page.text
    return (stated if len(stated) > 2 * len(text) else text).split("\n")
