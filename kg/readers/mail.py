"""Mail (EML): the message, and the articles attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO
from typing import BinaryIO, cast

from kg.errors import KgError, ReadError
from kg.readers.encoding import decode
from kg.readers.markup import plain
from kg.readers.registry import articles, ending, is_readable
from kg.readers.source import Source
from kg.readers.wrapping import rejoined
from kg.records import Article


def read_mail(source: Source) -> Iterator[Article | KgError]:
    """The message as an article (its subject the title, its sender the outlet), then what is attached to it."""
    message = message_from_bytes(source.read(), policy=policy.default)
    attached = [part for part in message.iter_attachments() if is_readable(part.get_filename() or "")]
    text = _text(message, source.where)
    if text.strip():
        yield Article("", text, _date(message), _sender(message), str(message["Subject"] or "").strip() or None)
    elif not attached:
        raise ReadError(f"{source.where}: no text is in this message.")
    for part in attached:
        name = part.get_filename() or ""
        data = bytes(part.get_payload(decode=True) or b"")
        inner = replace(source, stream=cast("BinaryIO", BytesIO(data)), where=f"{source.where}, {name}", depth=1)
        yield from articles(inner, ending(name))


def _text(message: EmailMessage, where: str) -> str:
    """The text of a message, its lines as long as they were written; of one in HTML alone, the text of that."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    text = decode(bytes(part.get_payload(decode=True) or b""), where, part.get_content_charset()).replace("\r\n", "\n")
    if part.get_content_subtype() == "html":
        return plain(text)
    flowed = part.get_param("format") == "flowed"
    return rejoined(text.replace(" \n", " ") if flowed else text)


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"] or "")).isoformat()
    except ValueError:
        return None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(str(message["From"] or ""))
    return name or address.rpartition("@")[2] or None
