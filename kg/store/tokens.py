"""The tokens of a SPARQL text, and where they stand: enough to see what it names and where it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Kinds of token, in the order in which they are tried at each place (SPARQL 1.1, 19.8).
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)|(?P<space>\s+)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:[\w.-]*)
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)?)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d_]\w*)
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token, what kind it is, and its offset in the text."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """A keyword in capitals; nothing for any other token."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(sparql: str) -> Iterator[Token]:
    """Every token but comments and white space.

    >>> [token.text for token in tokens("SELECT ?x { ?x a kg:Claim } # all")]
    ['SELECT', '?x', '{', '?x', 'a', 'kg:Claim', '}']
    """
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or "sign"
        if kind not in ("comment", "space"):
            yield Token(kind, match[0].rstrip(".") if kind == "name" else match[0], match.start())


def names_dataset(sparql: str) -> bool:
    """Whether a query says with FROM or FROM NAMED which graphs it is about (SPARQL 1.1, 13.2).

    >>> names_dataset("SELECT * FROM <g> { ?from :from 'FROM' }"), names_dataset("ASK { ?from :from 'FROM' }")
    (True, False)
    """
    return any(token.word == "FROM" for token in tokens(sparql))
