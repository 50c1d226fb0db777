r"""What a server never runs for others: queries that make it call other servers.

The letters of the keyword are looked for in the raw text, strings and comments included, since what tells these apart
can be deceived; what may follow them is as wide as SPARQL's own grammar at its widest: its white space is four
characters, so that all others may belong to a name. The workers have no network besides (``isolation``).
"""

from __future__ import annotations

import re

from kg.store.lexing import bare

_GAP = r"(?:[ \t\r\n]|#[^\r\n]*(?:[\r\n]|\Z))*+"
_NAME = r"(?:<[^<>]*>|[^ \t\r\n{}<>]+)"
# Oxigraph's grammar needs no space around a keyword ("1SERVICE<...>{" is one), so nothing is asked of what stands
# before it. A rare "ex:service ?x { ... }" is refused with it; a full stop before the brace mends that.
_SERVICE = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?{_NAME}{_GAP}\{{", re.IGNORECASE)
_PREFIXED = r"[^ \t\r\n{}<>;\"']*:[^ \t\r\n{}<>;\"']*"
_LOAD = re.compile(rf"LOAD{_GAP}(?:SILENT{_GAP})?(?:<[^<>]*>|{_PREFIXED}){_GAP}(?:INTO|;|\Z)", re.IGNORECASE)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refused(text: str, *, update: bool = False) -> str | None:
    """The keyword by which a query or update would fetch from elsewhere: ``SERVICE``, ``LOAD`` (updates), or None.

    It takes time that grows with the square of the text at worst: call it where time is limited.

    >>> refused("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    'SERVICE'
    >>> refused('ASK { ?service ?p "SERVICE" }')
    """
    spellings = (text, _CODEPOINT.sub(_character, text))
    if any(_SERVICE.search(each) for each in spellings):
        return "SERVICE"
    # Literals that are added may well say "download: ...;", and who may add has a token: there, strings are left out.
    looked_at = [bare(each) for each in spellings] if update else []
    return "LOAD" if any(_LOAD.search(each) for each in looked_at) else None


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else " "
