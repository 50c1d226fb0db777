"""Clauses of one content in which its source takes different stances: "it was not ours, and we will find out whose"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from spacy.tokens import Token

from kg.annotate.attribution.frames import span_of
from kg.annotate.stance.content import is_predicate, read_root
from kg.records import Spans, Stance

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
#: A clause of fewer words than this is no claim of its own.
SHORTEST = 3

Clause = tuple[Stance, list[Token]]


def clauses(content: list[Token], roots: dict[Token, Stance], *, directive: bool = False) -> list[Clause]:
    """Main clauses of a content in text order, neighbours of one stance joined; each with its tokens."""
    heads = dict(roots)
    for root in roots:
        heads |= {c: read_root(c, directive=directive) for c in _coordinate(root) if c in content}
    owner = {t.i: _head(t, heads) for t in content}
    out: list[Clause] = []
    for stance, group in groupby(content, key=lambda t: heads.get(owner[t.i]) if owner[t.i] is not None else None):  # type: ignore[arg-type]
        if stance is None:
            continue
        words = list(group)
        if out and out[-1][0] == stance:
            out[-1][1].extend(words)
        else:
            out.append((stance, words))
    return out


def spans(words: list[Token]) -> Spans:
    """Character spans of runs of neighbouring tokens, without joining words and punctuation at the edges."""
    runs: list[list[Token]] = []
    for word in words:
        if runs and runs[-1][-1].i + 1 == word.i:
            runs[-1].append(word)
        else:
            runs.append([word])
    trimmed = (_trimmed(run) for run in runs)
    return tuple(span_of(run[0].doc, run[0].i, run[-1].i + 1) for run in trimmed if len(run) >= SHORTEST)


def _trimmed(run: list[Token]) -> list[Token]:
    while run and (run[0].is_punct or run[0].is_space or run[0].dep_ == "cc"):
        run = run[1:]
    while run and (run[-1].is_punct or run[-1].is_space or run[-1].dep_ == "cc"):
        run = run[:-1]
    return run


def _coordinate(root: Token) -> Iterator[Token]:
    """Clauses with a subject of their own that are joined to ``root``, directly or in a chain."""
    for child in root.children:
        own = any(c.dep_ in SUBJECTS for c in child.children)
        if child.dep_ in ("conj", "ccomp", "parataxis") and is_predicate(child) and own:
            if child.dep_ == "conj" or _set_off(root, child):
                yield child
            if child.dep_ == "conj":
                yield from _coordinate(child)


def _set_off(root: Token, clause: Token) -> bool:
    """Whether a clause that the parse makes a complement only stands beside its head: "I lost, I never cried"."""
    return clause.right_edge.i < root.i and any(c.dep_ in SUBJECTS and c.i > clause.i for c in root.children)


def _head(token: Token, heads: dict[Token, Stance]) -> Token | None:
    """The clause that a token belongs to: its nearest ancestor among the heads."""
    while token not in heads:
        if token.head == token:
            return None
        token = token.head
    return token
