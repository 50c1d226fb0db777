"""Cells that no spreadsheet takes for a formula, and back.

A name or quotation that begins like a formula would be run by whoever opens the table in a spreadsheet (OWASP, *CSV
Injection*). As OWASP advises, one apostrophe goes in front of it, which spreadsheets take to mean text. Numbers and
signs that stand alone cannot be run and stay as they are. A text that has apostrophes before such a beginning gets one
more, so that programs get every cell back by ``unguarded``; JSON, JSON Lines and the formats of RDF have none.
"""

from __future__ import annotations

import re

#: What OWASP lists, its full-width forms included; behind apostrophes, before something, and not a plain number.
_RUN = re.compile(r"'*(?![+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\Z)[=+\-@\t\r\n＝＋－＠].+", re.DOTALL | re.ASCII)


def guarded(text: str) -> str:
    """``text`` as a spreadsheet shows it, rather than what it computes from it.

    >>> guarded('=HYPERLINK("http://example.org")'), guarded("+"), guarded("-2.5"), guarded("Iran's denial")
    ('\\'=HYPERLINK("http://example.org")', '+', '-2.5', "Iran's denial")
    """
    return f"'{text}" if _RUN.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given.

    >>> unguarded(guarded("@somebody said")), unguarded("'tis so")
    ('@somebody said', "'tis so")
    """
    return text[1:] if text.startswith("'") and _RUN.fullmatch(text) else text
