"""What is wrong with a SPARQL text, in words, with the line and a caret under the place.

Oxigraph tells the furthest place that its parser reached and all that it would have taken there. Slips of the hand are
looked for first, since that place says little about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from kg.store.tokens import Token, tokens
from kg.vocab import KG, PREFIXES

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
CHANGES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH")
_OTHERS = """
A TRUE FALSE BASE PREFIX DISTINCT REDUCED AS WHERE FROM NAMED GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET VALUES UNDEF
OPTIONAL GRAPH SERVICE SILENT MINUS UNION FILTER BIND EXISTS NOT IN LATERAL SEPARATOR INTO TO DATA USING ALL DEFAULT STR
LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1
SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE
COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT TRIPLE SUBJECT PREDICATE OBJECT ISTRIPLE ADJUST HASLANG HASLANGDIR LANGDIR
STRLANGDIR VERSION
"""
_WORDS = (*FORMS, *CHANGES, *_OTHERS.split())
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SIGN, _KEYWORD = re.compile(r'"((?:\\.|[^"\\])+)"'), re.compile(r"\b[A-Z_]{2,}\b")
_SENTENCE = re.compile(r"\b[A-Z][a-z]*(?: [\w]+){2,}|\bThe (?: ?\w+)+")


class Slip(NamedTuple):
    """Something wrong at an offset of the text; of a term, its ``name`` too."""

    start: int
    what: str
    name: str = ""


def complaint(sparql: str, error: str, *, update: bool = False) -> str:
    """What is wrong with ``sparql``, where, and that line with a caret.

    Args:
        sparql: the text as its writer has it.
        error: what Oxigraph says of it.
        update: whether it was to change the graph.
    """
    slips = sorted(_slips(list(tokens(sparql)), update=update))
    slip = slips[0] if slips else _told(sparql, error)
    return f"{slip.what} {shown(sparql, slip.start)}"


def shown(text: str, start: int) -> str:
    """The place of an offset in words, its line, and a caret under it.

    >>> print(shown("SELECT ?x\\n{ ?x a foo:Claim }", 17))
    Line 2, column 8:
      { ?x a foo:Claim }
             ^
    """
    before = text[:start]
    number, begin = before.count("\n") + 1, before.rfind("\n") + 1
    line = text[begin:].partition("\n")[0].rstrip("\r")
    indent = re.sub(r"[^\t]", " ", text[begin:start])
    return f"Line {number}, column {start - begin + 1}:\n  {line}\n  {indent}^"


def unknown_terms(sparql: str) -> Iterator[Slip]:
    """The terms of our namespace that the ontology does not have, each once, with the nearest that it has."""
    found = list(tokens(sparql))
    ours = {name for name, iri in _declared(found).items() if iri == KG.iri}
    seen = set[str]()
    for token in found:
        prefix, _, local = token.text.partition(":")
        full = token.kind == "iri" and token.text.startswith(f"<{KG.iri}")
        name = token.text[len(KG.iri) + 1 : -1] if full else local
        if (full or (token.kind == "name" and prefix in ours)) and name and name not in {*KG.terms, *seen}:
            seen.add(name)
            close = get_close_matches(name, KG.terms, 1, 0.6)
            hint = f" Did you mean kg:{close[0]}?" if close else " 'kg export' or ontology/README.md shows the terms."
            yield Slip(token.start, f"The ontology has no term {token.text}.{hint}", name)


def _declared(found: list[Token]) -> dict[str, str]:
    """IRI of each prefix: what every query knows, and what this one declares."""
    own = {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.word == "PREFIX" and iri.kind == "iri"
    }
    return {**PREFIXES, **own}


def _slips(found: list[Token], *, update: bool) -> Iterator[Slip]:
    yield from _kind(found, update=update)
    yield from _words(found)
    yield from _names(found)
    yield from _quotes(found)
    yield from _brackets(found)


def _kind(found: list[Token], *, update: bool) -> Iterator[Slip]:
    """What follows the prologue, where it begins nothing of the kind."""
    body = iter(found)
    first = next((token for token in body if not _declares(token, body)), None)
    if first is None or first.kind != "word":
        yield Slip(first.start if first else 0, f"A query begins with {', '.join(FORMS[:-1])} or {FORMS[-1]}.")
    elif not update and first.word in CHANGES:
        yield Slip(first.start, f"{first.text} changes the graph; a query begins with {', '.join(FORMS)}.")
    elif not update and first.word not in FORMS:
        yield Slip(first.start, f"A query cannot begin with {first.text}.{_meant(first.word, FORMS)}")


def _declares(token: Token, body: Iterator[Token]) -> bool:
    """Whether a declaration begins with ``token``, whose other tokens are then taken from ``body``."""
    length = {"PREFIX": 2, "BASE": 1}.get(token.word, 0)
    return bool(list(islice(body, length)))


def _words(found: list[Token]) -> Iterator[Slip]:
    for token in found:
        if token.kind == "word" and token.word not in _WORDS:
            yield Slip(token.start, f"{token.text} is no word of SPARQL.{_meant(token.word, _WORDS)}")


def _names(found: list[Token]) -> Iterator[Slip]:
    """Prefixes that nobody declared."""
    known = _declared(found)
    for before, token in zip([None, *found], found, strict=False):
        prefix = token.text.partition(":")[0]
        declares = before is not None and before.word == "PREFIX"
        if token.kind == "name" and prefix not in known and not declares:
            hint = _meant(prefix, known, ":") or f" Known: {', '.join(f'{name}:' for name in sorted(known))}."
            yield Slip(
                token.start, f"The prefix {prefix}: is not declared.{hint} Or declare it: PREFIX {prefix}: <...>."
            )


def _quotes(found: list[Token]) -> Iterator[Slip]:
    for token in found:
        if token.kind == "sign" and token.text in "\"'":
            yield Slip(token.start, f"A text begins here and never ends: a {token.text} is missing.")


def _brackets(found: list[Token]) -> Iterator[Slip]:
    opened: list[Token] = []
    for token in found:
        if token.kind == "sign" and token.text in _PAIRS:
            opened.append(token)
        elif token.kind == "sign" and token.text in _PAIRS.values():
            if not opened or _PAIRS[opened[-1].text] != token.text:
                yield Slip(token.start, f"Nothing is open that this {token.text} would close.")
                return
            opened.pop()
    if opened:
        yield Slip(opened[-1].start, f"This {opened[-1].text} is never closed: a {_PAIRS[opened[-1].text]} is missing.")


def _meant(word: str, known: Iterable[str], mark: str = "") -> str:
    close = get_close_matches(word, list(known), 1, 0.6)
    return f" Did you mean {close[0]}{mark}?" if close else ""


def _told(sparql: str, error: str) -> Slip:
    """Oxigraph's own place and words, without what only its grammar knows; where it got to the end, rdflib's place."""
    match = _PLACE.match(error)
    if match is None:
        return Slip(0, f"{error.rstrip('.')}.")
    lines = sparql.split("\n")
    start = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    sentence, wanted = _SENTENCE.search(match[3]), _SIGN.findall(match[3])
    if sentence:
        return Slip(min(start, len(sparql)), f"{sentence[0]}.")
    if not wanted and "['0'..='9']" in match[3]:
        wanted = ["a number"]
    if not wanted and "[" not in match[3]:  # a keyword is told at the place where it would end
        wanted = _KEYWORD.findall(match[3])
        start -= max(map(len, wanted), default=0)
    elif start >= len(sparql.rstrip()):
        start = _second_opinion(sparql, start)
    hint = f" Here could stand: {'  '.join(wanted)}." if wanted else ""
    return Slip(start, f"The query is not understood from here on.{hint}")


def _second_opinion(sparql: str, start: int) -> int:
    """Where rdflib's parser stops, which names the beginning of what it cannot read."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(sparql)
    except ParseException as error:
        return min(int(error.loc), start)
    except Exception:  # whatever it dies of, the first opinion stands
        return start
    return start
