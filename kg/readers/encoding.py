"""Bytes to text: by mark, by declaration, by validity as UTF-8, and at last by what the bytes look like."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

#: Byte-order marks, longest first: UTF-16's is the beginning of UTF-32's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CUT = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
#: What browsers take Latin-1 and ASCII to mean.
_WEB = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
#: Share of bytes beyond ASCII in a text of a Latin script, at most.
_LATIN = 0.2


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """``data`` as text, newlines untouched; a leading byte-order mark is no part of it.

    Bytes that are valid UTF-8 are UTF-8 whatever else they are ``declared`` to be: pages that are wrong about
    themselves are common, and another encoding that looks like UTF-8 is not.

    Raises:
        ReadError: they look like a binary file, or like UTF-8 that is cut off.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _wide(data)
    if marked:
        return data.decode(marked, errors="replace").removeprefix("\ufeff")
    if b"\0" in data[:8192]:
        raise ReadError(f"{where}: looks like a binary file, not text. Convert it to text first.")
    name = _known(declared)
    if name and name.startswith("iso2022"):
        return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, where, name, error)


def _known(declared: str | None) -> str | None:
    """Python's name of a declared encoding, as browsers understand it; None where there is no such encoding."""
    try:
        name = codecs.lookup((declared or "").strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    return _WEB.get(name, name)


def _wide(data: bytes) -> str | None:
    """UTF-16 that lacks its mark: every other byte of what begins with Latin letters is zero."""
    head = data[:512]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 8 or max(even, odd) < 0.4 * (len(head) // 2) or min(even, odd) > 0.05 * len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _not_utf8(data: bytes, where: str, declared: str | None, error: UnicodeDecodeError) -> str:
    """Text of bytes that are not UTF-8 throughout."""
    if error.start >= len(data) - 3 and _CUT.search(data[error.start :]):
        raise ReadError(
            f"{where}: not valid UTF-8 (byte {error.start} is 0x{data[error.start]:02x}). Is the file cut off?"
        ) from error
    if declared and not declared.startswith("utf"):
        return data.decode(declared, errors="replace")
    whole = len(_MULTIBYTE.findall(data))
    stray = sum(b >= 0x80 for b in _MULTIBYTE.sub(b"", data))
    if whole > stray:  # UTF-8 into which something else was pasted
        return data.decode("utf-8", errors="hearsay-stray")
    return data.decode(_guessed(data), errors="replace")


def _guessed(data: bytes) -> str:
    """The likeliest encoding of undeclared bytes: Windows-1252 for a text that is nearly all ASCII."""
    from charset_normalizer import from_bytes

    if sum(b >= 0x80 for b in data) < _LATIN * len(data):
        return "cp1252"
    best = from_bytes(data[: 2**16]).best()
    return best.encoding if best else "cp1252"


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("hearsay-stray", _stray)
