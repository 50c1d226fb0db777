"""Fragments of HTML to text: mail, feeds and fields of dumps hold them."""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fieldset|fig(?:caption|ure)|footer|h[1-6r]|header|li|main|nav|ol|p|pre|"
    r"section|table|t[dhr]|ul"
)
_UNREAD = ("script", "style", "head", "noscript", "template", "svg", "iframe", "button", "form")
_TAG = re.compile(r"</(?:p|div|li|a|b|strong|em|span|h[1-6]|blockquote)>|<(?:br|p)\s*/?>", re.IGNORECASE)


def is_marked_up(text: str) -> bool:
    """Whether ``text`` holds tags of HTML."""
    return bool(_TAG.search(text))


def plain(html: str) -> str:
    """The text of a piece of HTML, a line for each block, items of lists with a dash.

    >>> plain("<p>Iran <b>denied</b> it.<br>Oman&nbsp;did not.</p><ul><li>One</li></ul>")
    'Iran denied it.\\nOman did not.\\n- One'
    """
    from lxml import etree
    from lxml import html as parser

    if not html.strip():
        return ""
    root = parser.fragment_fromstring(html.replace("\0", ""), create_parent="div")
    etree.strip_elements(root, etree.Comment, etree.PI, *_UNREAD, with_tail=False)
    pieces: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        border, inside = _border(node.tag), node.text if event == "start" else node.tail
        pieces += [*(border if event == "start" else border[:1]), (inside or "").replace("\n", " ")]
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line not in {"", "-"})


def _border(tag: str) -> tuple[str, ...]:
    """What stands before the text of an element (its first part also behind)."""
    if tag == "li":
        return ("\n", "- ")
    return ("\n",) if _BLOCK.fullmatch(str(tag)) else ()
