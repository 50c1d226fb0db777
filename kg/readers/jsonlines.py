"""JSON Lines (one article a line) and JSON (one article, or a list of them)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kg.errors import ReadError
from kg.readers.text import decode
from kg.records import Article

FIELDS = ("id", "text", "date", "publisher", "title", "url")


def read_json_lines(data: bytes, where: str, article_id: str) -> Iterator[Article | ReadError]:
    """Articles of the non-empty lines; one without an id has ``article_id`` and the line's number, if that is given."""
    lines = data.split(b"\n")
    if not data.strip():
        yield ReadError(f"{where}: the file is empty.")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _parse(line, f"{where}, line {number}", _nth(article_id, number))


def read_json(data: bytes, where: str, article_id: str) -> Iterator[Article | ReadError]:
    """The articles of a JSON file that holds one object or a list of objects."""
    try:
        content = json.loads(decode(data, where)) if data.strip() else None
    except ReadError as error:
        yield error
        return
    except json.JSONDecodeError as error:
        yield ReadError(f"{where}, line {error.lineno}: not valid JSON ({error.msg}). Is the file cut off?")
        return
    except (ValueError, RecursionError) as error:
        yield _beyond(where, error)
        return
    if content is None:
        yield ReadError(f"{where}: the file is empty.")
    elif isinstance(content, list):
        for n, item in enumerate(content, 1):
            yield _article(item, f"{where}, item {n}", _nth(article_id, n))
    else:
        yield _article(content, where, article_id)


def _nth(article_id: str, number: int) -> str:
    return f"{article_id}-{number}" if article_id else ""


def _parse(line: bytes, where: str, default_id: str) -> Article | ReadError:
    try:
        content = json.loads(decode(line, where))
    except ReadError as error:
        return error
    except json.JSONDecodeError as error:
        return ReadError(f"{where}: not valid JSON ({error.msg}, column {error.colno}). Is the line cut off?")
    except (ValueError, RecursionError) as error:
        return _beyond(where, error)
    return _article(content, where, default_id)


def _beyond(where: str, error: Exception) -> ReadError:
    """For a number of thousands of digits, or lists in lists without end."""
    return ReadError(f"{where}: JSON that no article needs ({error}). Leave the field out.")


def _article(content: Any, where: str, default_id: str) -> Article | ReadError:
    if not isinstance(content, dict):
        return ReadError(
            f"{where}: not a JSON object. An article is an object with 'text' and, where known, 'id' and 'date'."
        )
    if not isinstance(content.get("text"), str):
        found = ", ".join(sorted(map(str, content))) or "none"
        return ReadError(
            f"{where}: no 'text' field. Fields found: {found}. Rename the one that holds the article's text."
        )
    known = {k: str(content[k]) for k in FIELDS if content.get(k) not in (None, "")}
    return Article(**{"id": default_id, "text": "", **known})
