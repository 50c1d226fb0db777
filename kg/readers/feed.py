"""Feeds (RSS, Atom): an article an entry."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from kg.errors import KgError, ReadError
from kg.readers.encoding import decode
from kg.readers.markup import plain
from kg.readers.source import Source
from kg.records import Article


def read_feed(source: Source) -> Iterator[Article | KgError]:
    """The articles of a feed, each with its whole text where the feed has it, else with its summary."""
    import feedparser

    data = source.read()
    feed = feedparser.parse(data, response_headers={"content-type": f"text/xml; charset={source.charset or ''}"})
    if not feed.entries:
        decode(data, source.where)  # says so if this is a binary file
        raise ReadError(f"{source.where}: no entries are in this feed. Is it RSS or Atom?")
    for number, entry in enumerate(feed.entries, 1):
        text = _text(entry)
        where = f"{source.where}, entry {number}"
        yield _article(entry, feed.feed, text) if text else ReadError(f"{where}: no text. Save {entry.get('link')}.")


def _text(entry: Any) -> str:
    """The longest text of an entry; a feed may give a teaser and the whole."""
    given = [content.get("value") or "" for content in entry.get("content", ())]
    return max((plain(html) for html in (*given, entry.get("summary") or "")), key=len)


def _article(entry: Any, feed: Any, text: str) -> Article:
    source = entry.get("source") or {}
    publisher = source.get("title") or feed.get("title")
    return Article("", text, _date(entry), publisher, plain(entry.get("title") or "") or None, entry.get("link"))


def _date(entry: Any) -> str | None:
    """The time of publication; feedparser's reading of it (in UTC) where it is not a form that keeps its zone."""
    given, parsed = entry.get("published") or entry.get("updated"), entry.get("published_parsed")
    try:
        return parsedate_to_datetime(given or "").isoformat()
    except ValueError:
        pass
    if given and given[:4].isdigit():
        return str(given)
    return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else None
