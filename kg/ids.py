"""Stable IRIs as plain strings: the same content gives the same IRI, on any machine, in any order. No I/O, no clock."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote

BASE = "https://w3id.org/hearsay/"
#: Characters of an article's first words that its id keeps.
_READABLE = 36


def digest(*parts: object, length: int = 16) -> str:
    """A hexadecimal hash of ``parts`` (JSON-ready values), ``length`` digits long (at most 64)."""
    content = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:length]


def slug(text: str, length: int = 40) -> str:
    """``text`` as lower-case ASCII letters, digits and hyphens, cut at ``length``.

    >>> slug("Recep Tayyip Erdoğan")
    'recep-tayyip-erdogan'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:length].strip("-")


def article_id(text: str, *published: str | None) -> str:
    """An id for an article that has none: its first words, and a hash of its text and of how it was ``published``.

    Nothing of the file that it came in goes in, so the same article has the same id wherever it is found.

    >>> article_id("Iran denied on Tuesday that it had attacked Oman.", "The Example")
    'iran-denied-on-tuesday-that-it-had-073e44208b0d'
    """
    words = slug(" ".join(text.split()[:12]), 200).split("-")
    while len("-".join(words)) > _READABLE:
        words.pop()
    return "-".join(filter(None, (*words, digest(text, *published, length=12))))


def escape(part: str) -> str:
    """``part`` percent-encoded, so that it can stand between two slashes of an IRI."""
    return quote(part, safe="")


@dataclass(frozen=True, slots=True)
class Ids:
    """The IRIs of one graph's data, all under ``base``."""

    base: str = BASE

    def article(self, article: str) -> str:
        """IRI of the article with the id ``article``."""
        return f"{self.base}id/article/{escape(article)}"

    def article_id(self, iri: str) -> str:
        """The article id in the IRI of an article or of anything under it; the inverse of ``article``."""
        rest = iri.removeprefix(f"{self.base}id/article/")
        return unquote(re.split(r"[/#]", rest, maxsplit=1)[0])

    def skipped(self, article: str) -> str:
        """IRI of the note that the article with the id ``article`` was not taken in."""
        return f"{self.base}id/skipped/{escape(article)}"

    def span(self, article: str, start: int, end: int) -> str:
        """IRI of a character range of an article (RFC 5147, as NIF uses it), ``end`` exclusive."""
        return f"{self.article(article)}#char={start},{end}"

    def local_actor(self, article: str, local: str) -> str:
        """IRI of an actor as one article knows it."""
        return f"{self.article(article)}/actor/{escape(local)}"

    def local_id(self, iri: str) -> str:
        """The local id in an IRI made by ``local_actor`` or ``proposition_mention``."""
        return unquote(iri.rpartition("/")[2])

    def proposition_mention(self, article: str, local: str) -> str:
        """IRI of a proposition as one article words it."""
        return f"{self.article(article)}/proposition/{escape(local)}"

    def role(self, article: str, *content: object) -> str:
        """IRI of a role that an article states; ``content`` is the role itself."""
        return f"{self.article(article)}/role/{digest(*content, length=12)}"

    def claim(self, article: str, *content: object) -> str:
        """IRI of a claim: a hash of its article, its spans with their text, and its stance."""
        return f"{self.base}id/claim/{digest(article, *content)}"

    def actor(self, name: str, key: str) -> str:
        """IRI of a canonical actor that is known by ``key``; ``name`` only makes it readable."""
        return f"{self.base}id/actor/{slug(name) or 'actor'}-{digest(key, length=12)}"

    def wikidata_actor(self, qid: str) -> str:
        """IRI of the canonical actor with a Wikidata item."""
        return f"{self.base}id/actor/{escape(qid)}"

    def proposition(self, subject: str, relation: str, object_: str, words: str = "") -> str:
        """IRI of the canonical proposition over two canonical actors; ``words`` tell open relations apart."""
        tail = f".{digest(words, length=8)}" if words else ""
        names = (subject.rpartition("/")[2], escape(relation), object_.rpartition("/")[2])
        return f"{self.base}id/proposition/{'.'.join(names)}{tail}"

    def decision(self, *content: object) -> str:
        """IRI of an identity decision."""
        return f"{self.base}id/decision/{digest(*content)}"

    def graph(self, kind: str, article: str | None = None) -> str:
        """Name of a shared graph, or of an article's graph of that kind."""
        return f"{self.base}graph/{kind}" + ("" if article is None else f"/{escape(article)}")
