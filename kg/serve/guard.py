"""What a server never runs for others: queries that make it call other servers."""

from __future__ import annotations

import re

from kg.store.lexing import bare

_NAME = r"(?:<[^>]*>|[?$]\w+|[\w.-]*:[^\s{};]*)"
# Oxigraph's grammar needs no space around a keyword ("1SERVICE<...>{" is one), so nothing is asked of what stands
# before it. A rare "ex:service ?x { ... }" is refused with it; a full stop before the brace mends that.
_CALLS = {
    "SERVICE": re.compile(rf"SERVICE\s*(?:SILENT\s*)?{_NAME}\s*\{{", re.IGNORECASE),
    "LOAD": re.compile(rf"LOAD\s*(?:SILENT\s*)?{_NAME}", re.IGNORECASE),
}
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refused(text: str, *, update: bool = False) -> str | None:
    """The keyword by which a query or update would fetch from elsewhere: ``SERVICE``, ``LOAD`` (updates), or None.

    >>> refused("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    'SERVICE'
    >>> refused('ASK { ?service ?p "SERVICE <x> {" }')
    """
    keywords = ("SERVICE", "LOAD") if update else ("SERVICE",)
    spellings = [bare(text), bare(_CODEPOINT.sub(_character, text))]
    return next((k for k in keywords if any(_CALLS[k].search(each) for each in spellings)), None)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else " "
