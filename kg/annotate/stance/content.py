"""What the main clauses of a content say: affirmed, negated, or declining to say."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.negators import empty
from kg.annotate.polarity import negated
from kg.annotate.polarity_lexicon import is_false, verdict
from kg.annotate.stance.cues import Entry, entry_of, read_entry
from kg.annotate.stance.nouns import noun_class
from kg.records import Stance

OPINION = frozenset({"think", "believe", "say", "know", "feel", "suppose", "guess", "mean", "insist", "tell"})
PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they", "you", "one"})
PREDICATES = frozenset({"VERB", "AUX"})


def roots(content: list[Token]) -> list[Token]:
    """Highest tokens of a content, one for each sentence or fragment in it, in text order; no punctuation."""
    inside = set(content)
    tops = [t for t in content if t.head == t or not (t.head in inside or bridged(t, inside))]
    tops = [t for t in tops if not (t.is_punct or t.is_space)]
    predicates = [t for t in tops if is_predicate(t)]
    return predicates or tops


def definite(head: Token) -> bool:
    """Whether a content is a definite noun phrase for a thing or an event, and not for somebody's words."""
    if is_predicate(head) or head.pos_ not in ("NOUN", "PROPN") or noun_class(head) is not None:
        return False
    return any(c.dep_ == "poss" or c.lower_ in ("the", "this", "these") for c in head.children)


def _known(noun: Token) -> bool:
    return any(c.dep_ == "poss" or c.lower_ in ("the", "this", "these", "that", "those") for c in noun.children)


def bridged(token: Token, inside: set[Token]) -> bool:
    """Whether only a noun for words, cut off by mistake, parts a clause from the rest of its content.

    In "reports | that it struck were false" the clause must not be read without "were false".
    """
    noun = token.head
    return noun not in inside and noun.head in inside and noun_class(noun) == "word"


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


def read_root(root: Token, *, directive: bool = False) -> Stance:
    """The stance of a clause of the content, as its speaker's own: "denies" where it is negated.

    Of a ``directive`` (a demand, a warning) an infinitive tells what to do, and denies nothing: "not to leave".
    """
    predicate = main_predicate(root)
    if directive and any(c.tag_ == "TO" for c in predicate.children):
        return "asserts"
    if not is_predicate(predicate):
        return _fragment(predicate)
    for word in _spoken(predicate):
        entry = entry_of(word)
        if entry and "negated" in entry and negated(word):
            return "asserts"
        if entry and entry["class"] in ("withhold", "deny"):
            stance = read_entry(word, entry).stance
            if stance == "denies" and _told_of(word, entry):
                return "asserts"
            if stance == "declines_to_confirm" or (entry["class"] == "deny" and stance == "denies"):
                return stance
    if _imperative(predicate) or _question(predicate):
        return "asserts"
    return "denies" if negated(predicate) or _false(predicate) else "asserts"


def _told_of(word: Token, entry: Entry) -> bool:
    """Whether a refusal is only told of: "we have rejected their overtures" denies nothing."""
    objects = [c for c in word.children if c.dep_ == "dobj"]
    said = any(noun_class(o) == "word" or o.pos_ == "PRON" for o in objects)
    return not entry.get("untrue", True) and bool(objects) and not said and word.tag_ in ("VBN", "VBD")


def _spoken(predicate: Token) -> Iterator[Token]:
    """Words by which a clause may itself decline or deny: its verb, if the speaker is its subject, or "no comment"."""
    subjects = [c for c in predicate.children if c.dep_ in ("nsubj", "nsubjpass")]
    if all(s.lower_ in PRONOUNS or empty(s) for s in subjects):
        yield predicate
        yield from (c for c in predicate.children if c.dep_ in ("xcomp", "acomp"))
        yield from (g for c in predicate.children if c.dep_ == "acomp" for g in c.children if g.dep_ == "xcomp")
        yield from (g for c in predicate.children if c.dep_ == "prep" for g in c.children if g.lemma_ == "position")
    lacks = predicate.lemma_ == "have" and negated(predicate)  # "we do not have evidence"
    yield from (c for c in predicate.children if c.dep_ in ("dobj", "attr") and (empty(c) or lacks))


def _fragment(head: Token) -> Stance:
    """The stance of a content without a verb: "no comment", "not true", "no plans to leave"."""
    entry = entry_of(head)
    if empty(head) and entry and entry["class"] == "withhold":
        return "declines_to_confirm"
    words = [w for w in head.subtree if not (w.dep_ == "amod" and _known(w.head))]  # "the false report"
    values = [is_false(w.lower_) for w in words]
    turned = any(w.lower_ == "not" for w in words)
    judged = next((v for v in values if v is not None), None)
    if judged is not None and len(words) < 8:
        return "denies" if judged != turned else "asserts"
    return "denies" if negated(head) else "asserts"


def _question(predicate: Token) -> bool:
    """Whether a clause ends in a question mark."""
    end = predicate.right_edge.i
    return any(t.text == "?" for t in predicate.doc[max(predicate.i, end - 1) : end + 2])


def _imperative(predicate: Token) -> bool:
    has_subject = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in predicate.children)
    auxiliaries = [c for c in predicate.children if c.dep_ == "aux"]
    return predicate.tag_ == "VB" and not has_subject and all(c.lower_ == "do" for c in auxiliaries)


def _false(predicate: Token) -> bool:
    judgement = verdict(predicate)
    return judgement is not None and judgement["value"] == "-"
