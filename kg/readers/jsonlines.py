"""JSON Lines (one article or answer a line) and JSON (an article, a list, or what holds a list of them)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from kg.errors import KgError, ReadError
from kg.readers.encoding import decode
from kg.readers.shapes import Shape
from kg.readers.source import Source
from kg.records import Article


def read_json_lines(source: Source) -> Iterator[Article | KgError]:
    """Articles of the lines that are not blank."""
    shape = Shape(source.fields)
    for number, line in _utf8(source).lines():
        where = f"{source.where}, line {number}"
        try:
            content = _parsed(decode(line, where, source.charset), where)
        except ReadError as error:
            yield error
        else:
            yield from shape.articles(content, where)


def read_json(source: Source) -> Iterator[Article | KgError]:
    """The articles of a JSON file; one that holds JSON Lines after all is read as that."""
    data = source.read()
    if not data.strip():
        raise ReadError(f"{source.where}: the file is empty.")
    try:
        content = _parsed(decode(data, source.where, source.charset), source.where)
    except ReadError as error:
        if not isinstance(error.__cause__, json.JSONDecodeError) or error.__cause__.msg != "Extra data":
            raise
        yield from read_json_lines(replace(source, stream=cast("BinaryIO", io.BytesIO(data))))
        return
    yield from Shape(source.fields).articles(content, source.where)


def _utf8(source: Source) -> Source:
    """The source, decoded from UTF-16 where it begins as that: its lines end in two bytes."""
    head = source.stream.peek(2)[:2] if isinstance(source.stream, io.BufferedReader) else b""
    if head not in {b"\xff\xfe", b"\xfe\xff"}:
        return source
    text = decode(source.read(), source.where)
    return replace(source, stream=cast("BinaryIO", io.BytesIO(text.encode("utf-8", "surrogatepass"))))


def _parsed(text: str, where: str) -> Any:
    """What a JSON text says.

    Raises:
        ReadError: it is not valid, or holds what no article needs: a number of thousands of digits, lists without end.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = where if ", line" in where else f"{where}, line {error.lineno}"
        raise ReadError(f"{place}: not valid JSON ({error.msg}, column {error.colno}). Is it cut off?") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{where}: JSON that no article needs ({error}). Leave the field out.") from error
