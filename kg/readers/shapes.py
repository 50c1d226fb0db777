"""Foreign data to articles: which of its fields holds the text, the date, the outlet, whatever they are called.

The names are those of NewsAPI, Event Registry, Media Cloud, news-please, newspaper4k, trafilatura, GDELT, Guardian, New
York Times, Webz.io, Newscatcher, Diffbot, WordPress, schema.org, JSON Feed, ProQuest and the common data sets. What
they share is enough, so that a dump of a program that nobody has heard of is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kg.errors import KgError, ReadError
from kg.readers.markup import is_marked_up, plain
from kg.records import Article

FIELDS = ("id", "text", "date", "publisher", "title", "url")

#: Names of each field, the most telling first; compared by ``_key``, so that ``publishedAt`` is ``published_at``.
#: A dot leads into an object, or into each object of a list.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "uri", "uuid", "guid", "articleid", "storiesid", "docid"),
    "text": (
        "text", "maintext", "articlebody", "body", "content", "fulltext", "articletext", "storytext", "bodytext",
        "cleantext", "content.rendered", "contenttext", "contenthtml", "fields.bodytext", "fields.body", "contents",
        "articlecontent", "article", "story", "storysentences.sentence", "paragraphs", "paragraphs.text", "rawtext",
    ),
    "date": (
        "datetimepub", "datetime", "publishedat", "datepublished", "publishdate", "datepublish", "publisheddate",
        "publicationdate", "pubdate", "webpublicationdate", "published", "publishedon", "datepublic", "date",
        "date.date", "releasedate", "thread.published", "seendate", "createdat", "timestamp",
    ),
    "publisher": (
        "publisher", "publisher.name", "publisher.title", "sitename", "sourcehostname", "source.name", "source.title",
        "medianame", "outlet", "outletname", "outlet.name", "publication", "publicationname", "publicationtitle",
        "newspaper", "fields.publication", "sourcename", "source", "provider.name", "thread.site", "media",
        "sourcedomain", "hostname", "domain", "cleanurl", "site", "website",
    ),
    "title": (
        "title", "headline", "headline.main", "title.rendered", "webtitle", "heading", "articletitle", "name",
        "thread.title",
    ),
    "url": (
        "url", "link", "weburl", "articleurl", "canonicallink", "canonicalurl", "pageurl", "permalink", "href",
        "sourceurl", "source", "address", "guid", "uri", "mainentityofpage",
    ),
}  # fmt: skip
#: Names of what stands in for a text that is not there.
TEASERS = ("description", "summary", "excerpt", "excerpt.rendered", "snippet", "abstract", "leadparagraph", "desc")

_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]\s*\Z")
#: What a text has that a word, an id or an address lacks. Not all languages part words.
_PROSE = re.compile(r"\S\s+\S|[^\x00-\x7f]")
_ADDRESS = re.compile(r"https?://\S+\Z")
#: How deep a list of articles may lie in an answer of an interface.
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """Where foreign objects keep what an article needs; ``given`` are paths that the user named."""

    given: Mapping[str, str] = field(default_factory=dict)

    def articles(self, content: Any, where: str) -> Iterator[Article | KgError]:
        """The articles of an object, a list, or an answer that holds a list somewhere; a ReadError for each without."""
        found = list(_listed(content, where)) if isinstance(content, list) else [(where, content)]
        if not found:
            yield ReadError(f"{where}: a list without articles.")
        if isinstance(content, dict) and not self._text(content, teasers=False):
            lists = list(_lists(content, where))
            told = next((x for x in lists if any(self._text(i) for _, i in x)), None)
            found = told or next((x for x in lists if any(self._find("url", i) for _, i in x)), found)
        for place, item in found:
            yield self.article(item, place)

    def article(self, item: Any, where: str) -> Article | ReadError:
        """The article in one object."""
        item = item.get("_source", item) if isinstance(item, dict) else item
        if not isinstance(item, dict):
            return ReadError(f"{where}: not a JSON object. An article is an object with a text and, if known, a date.")
        known = {name: value for name in FIELDS if name != "text" and (value := self._find(name, item))}
        text = self._text(item)
        return Article(**{"id": "", **known, "text": text}) if text else _without_text(item, known, where)

    def knows(self, item: Mapping[str, Any]) -> bool:
        """Whether an object says anything that an article needs."""
        return any(self._find(name, item) for name in FIELDS if name != "text")

    def holds_text(self, names: Iterable[str]) -> bool:
        """Whether fields of these names may hold a text."""
        heads = {path.partition(".")[0] for path in (*NAMES["text"], *TEASERS)}
        return "text" in self.given or any(_key(str(name)) in heads for name in names)

    def _text(self, item: Any, *, teasers: bool = True) -> str | None:
        """The text of an object: word for word from a field of ours, else without mark-up and marks of a cut."""
        if not isinstance(item, dict):
            return None
        if "text" in self.given:
            return _string(_at(item, self.given["text"]))
        if isinstance(item.get("text"), str):
            return str(item["text"]) or None
        if isinstance(item.get("_source"), dict):
            return self._text(item["_source"], teasers=teasers)
        names = (*NAMES["text"], *(TEASERS if teasers else ()))
        value = next((v for name in names if (v := _string(_at(item, name))) and _PROSE.search(v)), "")
        return _CUT.sub("…", plain(value) if is_marked_up(value) else value) or None

    def _find(self, name: str, item: Any) -> str | None:
        if not isinstance(item, dict):
            return None
        if name in self.given:
            return _string(_at(item, self.given[name]))
        if name != "date" and isinstance(item.get(name), str) and item[name].strip():
            return str(item[name]).strip()
        values = (_string(_at(item, path)) for path in NAMES[name])
        return next((v.strip() for v in values if v and v.strip() and _fits(name, v.strip())), None)


def _fits(name: str, value: str) -> bool:
    """Whether a value can be what its name says: ``source`` is an outlet with some, an address with others."""
    return bool(_ADDRESS.match(value)) == (name == "url") or name in {"id", "title"}


def _without_text(item: Mapping[str, Any], known: Mapping[str, str], where: str) -> ReadError:
    if "url" in known:
        return ReadError(f"{where}: no text, only an address. Save {known['url']} as a page, and read that.")
    found = ", ".join(sorted(map(str, item))) or "none"
    return ReadError(f"{where}: no text. Fields found: {found}. Say which one holds it: --field text=NAME")


def _listed(items: list[Any], where: str) -> Iterator[tuple[str, Any]]:
    return ((f"{where}, item {n}", item) for n, item in enumerate(items, 1))


def _lists(content: Any, where: str, depth: int = 0) -> Iterator[list[tuple[str, Any]]]:
    """The lists of objects in an object, the outer ones first; an object of nothing but objects is one, too."""
    if not isinstance(content, dict) or depth > _DEPTH:
        return
    values = list(content.values())
    yield from (list(_listed(v, where)) for v in values if isinstance(v, list) and any(isinstance(i, dict) for i in v))
    if values and all(isinstance(v, dict) for v in values):
        yield [(f"{where}, {key}", value) for key, value in content.items()]
    for value in values:
        yield from _lists(value, where, depth + 1)


@lru_cache(4096)
def _key(name: str) -> str:
    """The name of a field without capitals, underscores and blanks."""
    return re.sub(r"[\W_]+", "", name).lower()


def _at(value: Any, path: str) -> Any:
    """What stands at a path of field names: the field of just that name, or the one it leads to by its dots."""
    if isinstance(value, list):
        return [_at(item, path) for item in value]
    if not isinstance(value, Mapping):
        return None
    if path in value:
        return value[path]
    here, _, rest = path.partition(".")
    inner = value[here] if here in value else next((v for k, v in value.items() if _key(str(k)) == _key(here)), None)
    return _at(inner, rest) if rest else inner


def _string(value: Any) -> str | None:
    """A value of JSON or of a table as a string: times as ISO has them, lists as lines; None where there is none."""
    if isinstance(value, list):
        parts = [part for item in value if (part := _string(item))]
        return "\n".join(parts) or None
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.tzinfo) == (0, 0, 0, None)
        return (value.date() if midnight else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None or value != value:  # noqa: PLR0124  (a table's NaN)
        return None
    return str(value) if isinstance(value, str | int | float) and value != "" else None
