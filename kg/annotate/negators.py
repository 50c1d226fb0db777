"""Words beside a predicate that negate it, and noun phrases that denote nothing."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.polarity_lexicon import NOMINAL, words

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd", "dative"})
_NEGATING = frozenset({"neg", "advmod", "preconj", "cc", "det"})
_CLITICS = frozenset({"n't", "n’t"})


def negators(node: Token, below: Token | None) -> Iterator[str]:
    """Lower-case words among the children of ``node`` that negate it."""
    mark = next((c for c in node.children if c.tag_ == "TO"), None)
    if mark is not None and mark.i > 0 and (word := mark.nbor(-1)).dep_ == "neg" and word.head != node:
        yield word.lower_
    helpers = [g for c in node.children if c.dep_ in ("aux", "auxpass") for g in c.children if g != node]
    for child in [*node.children, *helpers]:
        if child == below or _apart(child, node) or (child.i > node.i and _before_to(child)):
            continue
        lower = child.lower_
        if lower in words("negator") and (child.dep_ in _NEGATING or lower in _CLITICS):
            if not _restricted(child) and not (child.dep_ == "cc" and node.pos_ in NOMINAL):
                yield lower
        elif child.dep_ in ("det", "nummod") and lower in words("quantifier"):
            yield lower
        elif lower == "longer" and child.dep_ == "advmod" and any(c.lower_ == "no" for c in child.children):
            yield "no longer"
        elif child.dep_ in SUBJECTS | OBJECTS and child.pos_ not in ("VERB", "AUX") and empty(child):
            if _restricted(child):
                continue  # "nothing but", "nothing more"
            yield child.lower_


def _before_to(word: Token) -> bool:
    """Whether a negation stands right before an infinitive: "agreed not to use them"."""
    return word.dep_ == "neg" and word.i + 1 < len(word.doc) and word.nbor(1).tag_ == "TO"


def _apart(child: Token, node: Token) -> bool:
    """Whether a line break stands between two words: a heading says nothing of the sentence below it."""
    first, last = sorted((child.i, node.i))
    return any(t.is_space and "\n" in t.text for t in node.doc[first:last])


def _restricted(negator: Token) -> bool:
    """Whether a negator only introduces a second half ("not only") or is weakened itself ("almost never")."""
    follows = negator.i + 1 < len(negator.doc) and negator.nbor(1).lower_ in words("restrictor")
    before = negator.i > 0 and negator.nbor(-1).lower_ in ("almost", "why", "whether", "or")
    return follows or before


def empty(noun: Token) -> bool:
    """Whether a noun phrase denotes nothing: "no one", "nothing", "no country", "not a single country"."""
    quantifiers = words("quantifier")
    if noun.lower_ in quantifiers:
        return True
    return any(
        (c.dep_ in ("det", "nummod") and c.lower_ in quantifiers)
        or (
            c.dep_ in ("neg", "preconj", "cc")
            and c.lower_ in ("not", "neither")
            and c.i < noun.i
            and not _restricted(c)
        )
        for c in noun.children
    )
