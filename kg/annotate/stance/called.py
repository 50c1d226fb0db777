"""Words that somebody calls false: "called the accusation that it had struck the camp 'ludicrous'"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.attribution.frames import span_of
from kg.annotate.polarity_lexicon import is_false
from kg.annotate.stance.nouns import noun_class
from kg.records import Spans

POINTING = frozenset({"it", "this", "that", "them", "these", "those", "which", "what"})
#: How the parse ties what something is called to it, where both are found; a copula's predicate is none of these.
TIES = frozenset({"oprd", "attr", "acomp", "dobj", "appos", "npadvmod", "amod", "advmod", "pobj", "ccomp", "conj"})


def called(verb: Token) -> tuple[Token, Token] | None:
    """The noun or pronoun for somebody's words that a verb is said of, and the word that calls them false.

    The parse may tie the second to a clause in between ("the claim that it had struck Mali absurd").
    """
    said = next((t for t in verb.rights if _words(t)), None) or next((t for t in _small_subjects(verb)), None)
    said = said or next((t for t in verb.lefts if t.dep_ in ("dobj", "nsubjpass") and _words(t)), None)
    behind = _behind_as(verb) if said is None else None
    said = said or behind
    if said is None:
        return None
    false = [t for t in verb.subtree if t.i > verb.i and is_false(t.lower_) and t.dep_ in TIES and _judging(t)]
    false = [t for t in false if t.i > said.i or said == behind]
    return (said, false[-1]) if false else None


def _words(token: Token) -> bool:
    """Whether a token stands for what somebody said, as an object."""
    if token.dep_ not in ("dobj", "nsubjpass", "nsubj", "oprd"):
        return False
    return noun_class(token) == "word" or token.lower_ in POINTING


def _small_subjects(verb: Token) -> list[Token]:
    """Subjects of what stands beside a verb without a verb of its own: "called | the claim absurd"."""
    small = [c for c in verb.rights if c.dep_ in ("ccomp", "oprd") and c.pos_ in ("ADJ", "NOUN")]
    return [g for c in small for g in c.lefts if _words(g)]


def _behind_as(verb: Token) -> Token | None:
    """The noun of "dismissed as absurd the claim that", which the parse puts behind the preposition."""
    behind = (g for c in verb.rights if c.lower_ == "as" for g in c.children)
    words = (g for g in behind if g.dep_ == "pobj" and noun_class(g) == "word")
    return next((g for g in words if is_false(g.lower_) is None), None)


def _judging(word: Token) -> bool:
    """Whether a word of falsehood is no predicate of a clause inside: "called the idea that it was false important"."""
    return word.head.lemma_ != "be" and not any(c.dep_ in ("neg", "cop") for c in word.children)


def said_of(doc: Doc, verb: Token) -> Spans:
    """Characters of the words that are called false: their clause, or where there is none, they and the verdict."""
    found = called(verb)
    if found is None:
        return ()
    said, false = found
    clauses = [c for c in said.children if c.dep_ in ("acl", "relcl", "ccomp") and _complementizer(c)]
    if not clauses and false.i > said.i:
        return (span_of(doc, said.left_edge.i, false.right_edge.i + 1),)
    top = clauses[0] if clauses else said
    verdict = _phrase_start(false)
    end = min(verdict, top.right_edge.i + 1) if false.i > said.i else top.right_edge.i + 1
    while end > top.left_edge.i + 1 and (doc[end - 1].is_punct or doc[end - 1].lower_ == "as"):
        end -= 1
    return (span_of(doc, top.left_edge.i, end),)


def _complementizer(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _phrase_start(false: Token) -> int:
    """Where the phrase begins that holds a word of falsehood: "a blatant lie", "as absurd"."""
    start = false.left_edge.i
    doc = false.doc
    while start > 0 and (doc[start - 1].is_quote or doc[start - 1].lower_ in ("as", "a", "an", "simply", "just")):
        start -= 1
    return start
