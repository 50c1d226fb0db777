"""What a web page holds that is not of its article: calls to subscribe, cookie notices, comments, related stories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: How pages name the blocks that they put around an article.
_NAMES = re.compile(
    r"(?:^|[\W_])(?:cookies?|consent|gdpr|newsletter|subscri(?:be|ption|bers?)|sign-?up|paywall|piano|regwall|comments?|"
    r"commentlist|disqus|respond|related|read-?(?:more|next)|recommend(?:ed|ations)|most-?(?:read|popular)|promo|share|"
    r"sharing|social|advert(?:isement)?s?|sponsored|outbrain|taboola|donat(?:e|ion))(?:$|[\W_])",
    re.IGNORECASE,
)
#: How lines begin that are about the page, and not of the article.
_NOTICES = (
    r"subscribe (?:now|today|to|for|here)\b",
    r"(?:please )?(?:sign (?:up|in)|log in|register) (?:now )?(?:for|to|here)\b",
    r"already (?:a subscriber|a member|registered|have an account)",
    r"(?:want )?to (?:continue|keep) reading",
    r"please subscribe\b",
    r"this (?:article|content|story) is (?:only |exclusively )?(?:available )?(?:for|to) (?:\w+ )?(?:subscrib|memb)ers",
    r"(?:get|create|start) (?:a |your )?(?:free|unlimited|digital)\b.{0,40}(?:account|access|trial)",
    r"you(?:'ve|’ve| have) (?:read|reached|used) (?:all |\d+ )?.{0,30}(?:articles|limit)",
    r"(?:we|this (?:site|website)) uses? cookies",
    r"by (?:continuing|using) (?:to (?:use|browse) )?(?:this|our) (?:site|website)",
    r"accept (?:all )?cookies",
    r"advertisement\W*$",
    r"(?:story|article) continues below",
    r"share (?:this|on|via)\b",
    r"follow us on\b",
    r"read more\W*(?:$|:)",
    r"related (?:articles|stories|content)\b",
    r"most (?:read|popular)\W*$",
    r"leave a (?:comment|reply)",
    r"(?:\d+ )?comments?\W*$",
    r"click here to\b",
    r"download our app",
    r"support (?:our|independent) journalism",
    r"all rights reserved",
    r"(?:©|\(c\) ?\d{4}|copyright (?:©|\d{4}))",
)
_NOTICE = re.compile(rf"(?:[-*•] )?(?:{'|'.join(_NOTICES)})", re.IGNORECASE)
#: A notice has at most so many words; a block around the article at most this share of the page's text.
_WORDS, _SHARE = 30, 0.25
#: A cell of more characters holds text.
_CELL = 400


def prune(tree: HtmlElement) -> None:
    """Take out what stands aside of the article by its name; a block that holds much of the text is no aside."""
    body = tree.find("body")
    limit = _SHARE * len((tree if body is None else body).text_content())
    for node in list(tree.iter("div", "section", "aside", "ul", "ol", "p", "form", "span", "footer")):
        named = " ".join(filter(None, (node.get("class"), node.get("id"), node.get("data-component"))))
        if node.getparent() is not None and _NAMES.search(named) and len(node.text_content()) < limit:
            node.drop_tree()


def unfold(tree: HtmlElement) -> None:
    """Make blocks of tables that lay out a page: a cell that holds much text is no datum."""
    for table in list(tree.iter("table")):
        if any(len(cell.text_content()) > _CELL for cell in table.iter("td")):
            for node in table.iter("table", "tbody", "tr", "td", "th"):
                node.tag = "div"


def is_notice(line: str) -> bool:
    """Whether a line is about the page and not of the article.

    >>> is_notice("Subscribe now for unlimited access."), is_notice("Subscribers to the channel saw the attack.")
    (True, False)
    """
    return bool(_NOTICE.match(line.strip())) and len(line.split()) <= _WORDS
