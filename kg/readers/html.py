"""Web pages as a browser saves them: the article without the page around it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ReadError
from kg.records import Article

#: Dates only from where a page states them, never guessed from its text; and none refused for lying in the future,
#: which would make the same page read differently on another day.
_DATES = {"extensive_search": False, "max_date": "9999-12-31"}
#: The Problem that we give says enough; without a handler, its own words would go to the terminal.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def is_html(data: bytes) -> bool:
    """Whether ``data`` begins as a web page does."""
    return bool(re.match(rb"[\xef\xbb\xbf\s]*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html)\b", data[:1000], re.IGNORECASE))


def read_html(data: bytes, where: str, article_id: str) -> Iterator[Article | ReadError]:
    """The one article of a page, its id taken from the file's name; offsets index the extracted text.

    Menus, footers and comments are left out (trafilatura); paragraphs are lines. Title, publisher, address and date
    are what the page says of itself: first in its JSON-LD, which keeps the time of day, then in its other metadata.
    """
    from trafilatura import bare_extraction  # half a second that other inputs need not wait for

    found = bare_extraction(data, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        yield ReadError(f"{where}: no article was found in this page. Save its text as .txt, or leave the file out.")
        return
    stated = _stated(data)
    publisher = stated.get("publisher")
    named = _text(publisher.get("name")) if isinstance(publisher, Mapping) else None
    yield Article(
        article_id,
        found.text or "",
        date=_text(stated.get("datePublished")) or found.date,
        publisher=named or found.sitename,
        title=found.title,
        url=found.url,
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _stated(data: bytes) -> Mapping[str, Any]:
    """What the page's own JSON-LD says of its article; empty without any."""
    from trafilatura.utils import load_html

    page = load_html(data)
    scripts = [] if page is None else page.xpath('//script[@type="application/ld+json"]/text()')
    return next((item for script in scripts for item in _objects(script) if _is_article(item)), {})


def _objects(script: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD script, those in lists and in ``@graph`` too; none if it is not valid."""
    try:
        waiting = [json.loads(script)]
    except (ValueError, RecursionError):  # a number of thousands of digits is one
        return
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, Mapping):
            yield item
            waiting += [item["@graph"]] if "@graph" in item else []


def _is_article(item: Mapping[str, Any]) -> bool:
    types = item.get("@type")
    return any(str(t).endswith("Article") for t in (types if isinstance(types, list) else [types]))
