"""Front pages and lists of teasers: pages that lead to articles and are none themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Headings that are links, from which a page may be a list; and paragraphs of an article's length, from which it is
#: none. Of a page at the address of a story one is enough.
_TEASERS, _PARAGRAPHS = 6, 3
#: Characters of a paragraph that stands in an article rather than under a teaser; in any script.
_LONG = 200
#: How the last part of the address of a story looks: words in a row, or a number.
_STORY = re.compile(r"(?:[^\W_]+[-_]){2,}[^\W_]|\d{4}")
#: What stands inside a line of text; any other element begins another.
_INLINE = {
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup",
    "time", "u",
}  # fmt: skip
_UNSEEN = {"a", "button", "noscript", "option", "script", "select", "style", "template"}


def is_front_page(tree: HtmlElement, url: str | None = None) -> bool:
    """Whether a page at ``url`` is mostly headings that lead elsewhere: a site's first, or with hardly any text."""
    headings = tree.xpath("//h2 | //h3 | //h4 | //li[a and not(.//p)]")
    teasers = sum(_linked(node) > 0.8 and len(node.text_content().split()) > 3 for node in headings)
    if teasers < _TEASERS:
        return False
    address = urlsplit(url or "")
    if url and not address.path.strip("/") and not address.query:
        return True
    enough = 1 if _STORY.search(address.path.rstrip("/").rpartition("/")[2]) else _PARAGRAPHS
    return sum(length >= _LONG for length in _paragraphs(tree)) < enough


def _paragraphs(tree: HtmlElement) -> Iterator[int]:
    """Characters of each run of text that is broken by no block, line or paragraph; without links."""
    for within, run in groupby(_pieces(tree), key=lambda piece: piece is not None):
        if within:
            yield len(" ".join("".join(filter(None, run)).split()))


def _pieces(tree: HtmlElement) -> Iterator[str | None]:
    """The texts of a page in their order, but those of links; None between two lines."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        if node.tag not in _INLINE:
            yield None
        if event == "end":
            yield node.tail or ""
        elif node.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            yield node.text or ""


def _linked(node: HtmlElement) -> float:
    """How much of the text of a node is the text of links, or stands in one."""
    if any(above.tag == "a" for above in node.iterancestors()):
        return 1.0
    whole = len(node.text_content().strip())
    return sum(len(link.text_content().strip()) for link in node.iter("a")) / whole if whole else 0.0
