"""From the head of a phrase to what it names: the mention it is, or the one inside it that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from spacy.tokens import Doc, Token

from kg.annotate.relations.lexicon import entries, heads
from kg.annotate.relations.syntax import children, coordinated
from kg.records import Span

Key = TypeVar("Key", bound=str)
#: Relations whose bearer never stands for the one he is related to, nor the other way round.
BETWEEN = frozenset({"alliedWith", "opposes", "supports", "assists", "accuses"})
OWNING = ("poss", "compound", "nmod", "amod")


class Mentions(Generic[Key]):
    """Mentions of a Doc by token. ``spans`` pairs character ranges with a key: an actor's id, or "p" and "q"."""

    def __init__(self, doc: Doc, spans: Iterable[tuple[Span, Key]]) -> None:
        #: Token numbers of phrases that stand for several actors ("the two leaders").
        self.groups: Mapping[int, tuple[Key, ...]] = {}
        self._roots: dict[int, Key] = {}
        self._inside: dict[int, Key] = {}
        placed = [(doc.char_span(*span, alignment_mode="expand"), key) for span, key in spans]
        for phrase, key in sorted(((p, k) for p, k in placed if p is not None), key=lambda x: -len(x[0])):
            self._roots[phrase.root.i] = key
            self._inside |= dict.fromkeys(range(phrase.start, phrase.end), key)

    @property
    def roots(self) -> Mapping[int, Key]:
        """The key of each mention by the number of the token that heads it."""
        return self._roots

    def named(self, start: int, end: int) -> int:
        """How many are mentioned among the tokens ``start`` to ``end``; two or more for a phrase that counts them."""
        keys = {key for i in range(start, end) if (key := self._inside.get(i)) is not None}
        return len(keys | {k for i, group in self.groups.items() if start <= i < end for k in group})

    def exact(self, token: Token) -> Key | None:
        """The key of the mention that the token heads."""
        return self._roots.get(token.i)

    def within(self, token: Token) -> Key | None:
        """The key of the innermost mention that the token is a word of, though not a modifier inside it."""
        key = self._roots.get(token.i)
        if key is None and not (token.dep_ in OWNING and token.head.i in self._inside):
            return self._inside.get(token.i)
        return key

    def around(self, token: Token) -> Key | None:
        """The key of the innermost mention that the token is any word of ("the US-backed People's Party")."""
        return self._inside.get(token.i)

    def find(self, token: Token, excluded: Key | None = None) -> Key | None:
        """The key that a phrase with this head stands for, other than ``excluded``, or None.

        "Syria's weapons" stands for Syria and "strikes by Iran" for Iran, but "Assad's son" not for Assad.
        """
        key = self.within(token)
        if token.lemma_.lower() in heads("things"):
            key = self._attached(token, excluded) or key
        if key is not None or token.lemma_.lower() in heads("stops") or _between_equals(token):
            return key
        if _other(token):
            return self._first(children(token, "appos"), excluded)
        inside = self._first((c for c in token.children if c.dep_ in OWNING), excluded)
        return inside or self._attached(token, excluded)

    def _attached(self, token: Token, excluded: Key | None) -> Key | None:
        through = ("of", "by") if token.lemma_.lower() in heads("lets through") or _owned(token) else ("by",)
        phrases = [p for c in token.children if c.lower_ in through for p in children(c, "pobj")]
        return self._first([*phrases, *children(token, "appos")], excluded)

    def _first(self, tokens: Iterable[Token], excluded: Key | None) -> Key | None:
        for token in tokens:
            if token.text.endswith("-"):  # "the Russian- and Iranian-backed fighters"
                continue
            key = self.within(token)
            if key is None and token.dep_ in ("compound", "nmod", "amod", "pobj"):
                key = self._first((c for c in token.children if c.dep_ in OWNING), excluded)
            if key is not None and key != excluded:
                return key
        return None

    def find_all(self, tokens: Sequence[Token], *, itself: bool = False) -> list[tuple[Key, Token]]:
        """Keys of the phrases with these heads, each once, with the head."""
        found: dict[Key, Token] = {}
        for token in tokens:
            for key in self.groups.get(token.i) or self._found(token, itself=itself):
                found.setdefault(key, token)
        return list(found.items())

    def _found(self, token: Token, *, itself: bool) -> list[Key]:
        """The key of the phrase, and those it is shared with: "the governments in Iraq and Syria"."""
        key = self.exact(token) if itself else self.find(token)
        shared = [self.exact(t) for t in _sharing(token)]
        return [k for k in dict.fromkeys([key, *shared]) if k is not None]


def _sharing(noun: Token) -> list[Token]:
    """Further owners of what a plural names: "the capitals of France and Spain"."""
    if noun.tag_ != "NNS" or noun.lemma_.lower() not in heads("lets through"):
        return []
    owners = (p for c in noun.children if c.lower_ in ("of", "in") for p in children(c, "pobj"))
    return [t for p in owners for t in coordinated(p)[1:]]


def _other(noun: Token) -> bool:
    """Whether the noun names somebody else than its owner ("Iran's ally")."""
    return any(e.role and e.relation in BETWEEN for e in entries("nouns").get(noun.lemma_.lower(), ()))


def _owned(noun: Token) -> bool:
    """Whether "of" names whose act it is, because another phrase names the target: "the support of A for B"."""
    frames = [e.frame for e in entries("nouns").get(noun.lemma_.lower(), ()) if not e.role and not e.mutual]
    return any(c.dep_ == "prep" and c.lower_ != "of" and any(c.lower_ in f for f in frames) for c in noun.children)


def _between_equals(token: Token) -> bool:
    """Whether the noun names what two sides share ("the Iran deal"), so that neither owns it."""
    return any(e.mutual for e in entries("nouns").get(token.lemma_.lower(), ()))
