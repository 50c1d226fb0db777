"""A query's text with all that is not its grammar blanked out, so that keywords and braces can be looked for safely."""

from __future__ import annotations

import re

#: What may hold a brace or a keyword without meaning it: escapes in names, comments, IRIs, strings.
_OPAQUE = re.compile(
    r"\\.|#[^\r\n]*|"
    r'<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'',
    re.DOTALL,
)


def bare(sparql: str) -> str:
    """``sparql`` with comments, IRIs and strings as spaces, so that positions stay; of an IRI, the brackets are left.

    >>> bare("SELECT * { <a> ?p '{' }")
    'SELECT * { < > ?p     }'
    """
    return _OPAQUE.sub(_blank, sparql)


def _blank(match: re.Match[str]) -> str:
    length = len(match[0])
    return f"<{' ' * (length - 2)}>" if match[0][0] == "<" else " " * length
