"""What a web page says of itself: title, outlet, address and time, from its JSON-LD, its metadata and its marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.readers.markup import is_marked_up, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Blog)$")
#: Metadata in which pages name each field, the most telling first.
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published", "pubdate",
    "publishdate", "publish-date", "published_at", "date.issued", "dcterms.created", "dc.date.issued", "dc.date",
    "dcterms.date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:time",
    "originalpublicationdate", "article_date_original", "rnews:datepublished", "citation_publication_date",
    "last-modified-date", "date",
)  # fmt: skip
_SITES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "cre", "twitter:site")
_BETWEEN = re.compile(r"\s+[|–—•·»:]+\s+|\s+-\s+|\s*\|\s*")


class Page:
    """A parsed page and what it says of itself; each field is None where the page does not say it."""

    def __init__(self, tree: HtmlElement) -> None:
        self._stated = next((item for script in _scripts(tree) for item in _objects(script) if _is_article(item)), {})
        self._meta = dict(_metadata(tree))
        self._titles = [text for text in map(_content, tree.xpath("//h1")) if text]
        self._tab = _content(next(iter(tree.xpath("//head/title | //title")), None))
        self._times = tree.xpath("//time[@pubdate]/@datetime") or tree.xpath("//article//time/@datetime")
        alone = tree.xpath("//time/@datetime")
        self._times = self._times or (alone if len(alone) == 1 else [])
        self._marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content")
        self._links = tree.xpath("//link[@rel='canonical']/@href")

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is an article."""
        return bool(self._stated) or self._meta.get("og:type") == "article" or "article:published_time" in self._meta

    @property
    def date(self) -> str | None:
        """When it was published, with the time of day where that is given."""
        stated = (self._stated.get(key) for key in ("datePublished", "dateCreated", "uploadDate"))
        marked = (self._meta.get(key) for key in _DATES)
        return _first(*stated, *marked, *self._marked, *self._times[:1])

    @property
    def publisher(self) -> str | None:
        """The outlet's name."""
        stated = _first(_name(self._stated.get("publisher")), *(self._meta.get(key) for key in _SITES))
        return stated or self._signed()

    def _signed(self) -> str | None:
        """The name of the site behind the headline in the title of the page's tab."""
        head, *rest = _BETWEEN.split(self._tab)
        return rest[-1] if rest and any(_key(h1) == _key(head) for h1 in self._titles) else None

    @property
    def url(self) -> str | None:
        """The address that the page gives as its own."""
        entity = self._stated.get("mainEntityOfPage")
        stated = entity.get("@id") if isinstance(entity, Mapping) else entity
        found = (*self._links, self._meta.get("og:url"), self._stated.get("url"), stated, self._meta.get("twitter:url"))
        return next((url for url in map(_first, found) if url and url.startswith("http")), None)

    @cached_property
    def title(self) -> str | None:
        """The headline: what two parts of the page agree on, if any do; without the outlet's name at its end."""
        meta = (self._meta.get(key) for key in ("og:title", "twitter:title", "dc.title", "title"))
        given = [_first(self._stated.get("headline")), *map(_first, meta), *self._titles, self._tab]
        candidates = [self._bare(title) for title in given if title]
        agreed = (c for n, c in enumerate(candidates) if any(_same(c, d) for d in candidates[n + 1 :]))
        return next(agreed, next(iter(candidates), None))

    @cached_property
    def text(self) -> str:
        """The article's text as the page's data hold it; of a live blog the posts, each with its heading."""
        posts = self._stated.get("liveBlogUpdate")
        parts = [self._stated, *(p for p in (posts if isinstance(posts, list) else [posts]) if isinstance(p, Mapping))]
        return "\n".join(line for part in parts for line in _body(part, headed=part is not self._stated))

    def _bare(self, title: str) -> str:
        """A title without the name of the site that follows it."""
        head, *rest = _BETWEEN.split(title)
        site = _key(self.publisher or "")
        for n in range(len(rest), 0, -1):
            tail = _key(rest[n - 1])
            if not (site and tail and (tail in site or site in tail)) and not self._heads(head, rest[: n - 1]):
                break
            title = title[: title.rindex(rest[n - 1])].rstrip(" |–—•·»:-")
        return title or head

    def _heads(self, head: str, middle: list[str]) -> bool:
        """Whether the page has a heading of these parts of a title alone."""
        return any(_key(h1) == _key(" ".join([head, *middle])) for h1 in self._titles)


def _body(item: Mapping[str, Any], *, headed: bool) -> Iterator[str]:
    heading = _first(item.get("headline")) if headed else None
    body = _first(item.get("articleBody")) or ""
    yield from filter(None, (heading, plain(body) if is_marked_up(body) else body))


def _same(a: str, b: str) -> bool:
    """Whether two titles are one, or one begins as the other does and goes on."""
    x, y = _key(a), _key(b)
    return bool(x and y) and (x == y or (min(len(x), len(y)) > 15 and (x.startswith(y) or y.startswith(x))))


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _first(*values: Any) -> str | None:
    """The first of some values that says something, in one line of plain text."""
    import html

    texts = (v for value in values for v in (value if isinstance(value, list) else [value]) if isinstance(v, str))
    lines = (html.unescape(plain(v) if is_marked_up(v) else v).strip() for v in texts)
    return next(filter(None, lines), None)


def _name(value: Any) -> str | None:
    """The name of an organisation in JSON-LD."""
    if isinstance(value, list):
        return next(filter(None, map(_name, value)), None)
    return _first(value.get("name") if isinstance(value, Mapping) else value)


def _content(node: HtmlElement | None) -> str:
    return "" if node is None else " ".join(node.text_content().split())


def _metadata(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Names and contents of the metadata in the head, a name's first content last, so that a dict keeps it."""
    for node in reversed(tree.xpath("//meta[@content]")):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        if name and node.get("content").strip():
            yield name.strip().lower(), node.get("content").strip()


def _scripts(tree: HtmlElement) -> list[str]:
    return [str(s) for s in tree.xpath('//script[contains(@type, "ld+json")]/text()')]


def _objects(script: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD script, those in lists and in ``@graph`` too; none if it is not valid."""
    cleaned = re.sub(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*$|^\s*<!--|-->\s*$", "", script)
    try:
        waiting = [json.loads(cleaned, strict=False)]
    except (ValueError, RecursionError):  # a number of thousands of digits is one
        return
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, Mapping):
            yield item
            waiting += [item[key] for key in ("@graph", "mainEntity") if key in item]


def _is_article(item: Mapping[str, Any]) -> bool:
    types = item.get("@type")
    return any(_ARTICLE.search(str(t)) for t in (types if isinstance(types, list) else [types]))
