"""The clause that a content is about: its main predicate, below "I think" and the like."""

from __future__ import annotations

from spacy.tokens import Token

from kg.annotate.polarity import negated

OPINION = frozenset({"think", "believe", "say", "know", "feel", "suppose", "guess", "mean", "insist", "tell"})
PREDICATES = frozenset({"VERB", "AUX"})


def roots(content: list[Token]) -> list[Token]:
    """Highest tokens of a content, one for each sentence or fragment, in text order; predicates where it has any."""
    inside = set(content)
    tops = [t for t in content if t.head == t or t.head not in inside]
    tops = [t for t in tops if not (t.is_punct or t.is_space)]
    return [t for t in tops if is_predicate(t)] or tops


def is_predicate(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or whatever the tagger calls a word with a subject ("’m")."""
    verbal = token.pos_ in PREDICATES and token.dep_ not in ("aux", "auxpass")
    return verbal or any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def main_predicate(root: Token) -> Token:
    """The clause that a root is about: below "I think" and "as we said", that which is thought or said."""
    while root.lemma_.lower() in OPINION and not negated(root):
        below = [c for c in root.children if c.dep_ == "ccomp"]
        if not below:
            break
        root = below[0]
    return root
