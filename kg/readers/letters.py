"""What people see of a text: characters in place of their codes, and none that nobody sees."""

from __future__ import annotations

import html
import re

#: A character by its HTML name or number, as data holds it that was taken from pages or escaped twice.
_CODE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
#: Soft hyphens, marks of direction, what joins or parts words invisibly. Joiners within Persian words and emoji stay.
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
#: Control characters that are neither white space nor the end of a line.
_CONTROL = dict.fromkeys([*range(9), *range(0x0E, 0x1C), 0x7F])
#: Windows' own punctuation, which programs that took it for Latin-1 made control characters of.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_TABLE = {**_UNSEEN, **_CONTROL, **_WINDOWS}


def legible(text: str) -> str:
    """``text`` as people read it.

    >>> legible("Ira\\u00adn&nbsp;did not comment, Oman&#8217;s envoy said.\\u200b")
    'Iran\\xa0did not comment, Oman’s envoy said.'
    >>> legible("AT&T and R&D; ?a=1&copy=2")
    'AT&T and R&D; ?a=1&copy=2'
    """
    decoded = _CODE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
    return decoded.translate(_TABLE)
