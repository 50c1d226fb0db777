"""Plain text and Markdown: one article a file, with what stands in its front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

from kg.errors import KgError, ReadError
from kg.readers.encoding import decode
from kg.readers.markup import plain
from kg.readers.shapes import Shape
from kg.readers.source import Source
from kg.readers.wrapping import rejoined
from kg.records import Article

_FRONT = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def read_text(source: Source) -> Iterator[Article | KgError]:
    """The article of a text file, character for character but for lines that were broken (``wrapping``)."""
    known, text = _front_matter(source)
    yield _article(source, known, rejoined(text))


def read_markdown(source: Source) -> Iterator[Article | KgError]:
    """The article of a Markdown file: its text without the marks, its title from the front matter or the heading."""
    from markdown_it import MarkdownIt

    known, text = _front_matter(source)
    html = MarkdownIt("commonmark").enable("table").render(text)
    heading = _HEADING.search(html)
    title = {"title": plain(heading[1])} if heading else {}
    yield _article(source, {**title, **known}, plain(html))


def _front_matter(source: Source) -> tuple[dict[str, Any], str]:
    """What a text says of itself at its top (YAML or TOML), and the text under it.

    Lines between rules that say nothing that an article needs are text.
    """
    text = decode(source.read(), source.where, source.charset)
    match = _FRONT.match(text)
    try:
        known = (yaml.safe_load if match[1] == "---" else tomllib.loads)(match[2]) if match else None
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        known = None
    told = isinstance(known, dict) and Shape().knows(known)
    return (known, text[match.end() :]) if match and isinstance(known, dict) and told else ({}, text)


def _article(source: Source, known: dict[str, Any], text: str) -> Article | ReadError:
    if not text.strip():
        return ReadError(f"{source.where}: the file is empty.")
    return Shape({**source.fields, "text": "text"}).article({**known, "text": text}, source.where)
