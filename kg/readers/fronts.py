"""Front pages and lists of teasers: pages that lead to articles and are none themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Headings that are links, from which a page is a list; and paragraphs of an article's length, from which it is none.
_TEASERS, _PARAGRAPHS = 6, 3
#: Words of a paragraph that stands in an article rather than under a teaser; most of them are no link.
_LONG = 35


def is_front_page(tree: HtmlElement) -> bool:
    """Whether a page is mostly headings that lead elsewhere, with hardly a paragraph of its own."""
    headings = tree.xpath("//h2 | //h3 | //h4 | //li[a and not(.//p)]")
    teasers = [node for node in headings if _linked(node) > 0.8 and len(node.text_content().split()) > 3]
    if len(teasers) < _TEASERS:
        return False
    paragraphs = [node for node in tree.iter("p") if len(node.text_content().split()) >= _LONG and _linked(node) < 0.5]
    return len(paragraphs) < _PARAGRAPHS


def _linked(node: HtmlElement) -> float:
    """How much of the text of a node is the text of links, or stands in one."""
    if any(above.tag == "a" for above in node.iterancestors()):
        return 1.0
    whole = len(node.text_content().strip())
    return sum(len(link.text_content().strip()) for link in node.iter("a")) / whole if whole else 0.0
