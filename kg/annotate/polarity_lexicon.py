"""The polarity lexicons, as the words of a parse meet them."""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.tokens import Token

from kg.lexicon import load

Entry = dict[str, Any]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
#: With these an infinitive tells what was done: "the first state to join".
NTH = frozenset({"first", "second", "third", "fourth", "fifth", "last", "latest", "only"})
#: Verdicts that deny what an infinitive names: "impossible to", but not "absurd to", which only judges it.
NOT_TO_BE = frozenset({"impossible", "unthinkable", "unlikely"})
OPEN_DETERMINERS = frozenset({"any", "a", "an", "no", "either", "further", "more", "such", "anything", "anyone"})


def verdict(node: Token) -> Entry | None:
    """The lexicon's entry for a predicate such as "are false" or "is out of the question" at ``node``."""
    verdicts = words("verdict")
    attributes = [c for c in node.children if c.dep_ in ("attr", "acomp", "oprd")]
    said = [c.lower_ for c in attributes]
    said += [g.lower_ for c in attributes if c.lower_ == "news" for g in c.children]  # "fake news"
    said += [node.lower_] if node.tag_ == "VBN" else []
    if any(t.dep_ == "xcomp" and frame_of(t) == "to" for c in (node, *attributes) for t in c.children):
        said = [w for w in said if w in NOT_TO_BE]
    out_of = any(c.lower_ == "out" for c in node.children) and any(t.lower_ == "question" for t in node.subtree)
    return next((verdicts[w] for w in said if w in verdicts), verdicts["out of question"] if out_of else None)


@cache
def words(kind: str) -> dict[str, Entry]:
    """Entries of one class of the polarity lexicon, by word."""
    return {e["word"]: e for e in load("en/polarity") if e["class"] == kind}


@cache
def _frames() -> dict[tuple[str, str], list[Entry]]:
    """Signatures by lemma (with particle) and frame, those with a part of speech first."""
    table: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(load("en/polarity_frames"), key=lambda e: "pos" not in e):
        for frame in entry["frames"]:
            table.setdefault((entry["lemma"], frame), []).append(entry)
    return table


def signature(node: Token, frame: str) -> Entry | None:
    """The signature of ``node`` with a complement in ``frame``, its particle first."""
    lemma = node.lemma_.lower()
    particles = [c.lower_ for c in node.children if c.dep_ == "prt"]
    names = [f"{lemma} {particle}" for particle in particles] + [lemma]
    entries = (e for name in names for e in _frames().get((name, frame), []))
    return next((e for e in entries if e.get("pos", node.pos_) == node.pos_), None)


def extraposed(node: Token, frame: str) -> Entry | None:
    """The signature of the adjective in "it is possible that", whose clause hangs on the copula."""
    if node.lemma_ != "be" or frame == "np":
        return None
    adjectives = [c for c in node.children if c.dep_ == "acomp"]
    return next((s for s in (signature(a, frame) for a in adjectives) if s), None)


def frame_of(below: Token) -> str:
    """The frame in which a complement stands: to, ing, that, or np."""
    if below.pos_ in NOMINAL or below.pos_ in ("DET", "NUM"):
        return "np"
    if any(c.tag_ == "TO" and c.dep_ in ("aux", "mark") for c in below.children):
        return "to"
    if below.tag_ == "VBG" and not any(c.dep_ == "aux" for c in below.children):
        return "ing"
    if below.tag_ == "VB" and below.dep_ in ("xcomp", "ccomp") and not any(c.dep_ == "aux" for c in below.children):
        return "to"
    return "that" if below.dep_ in ("ccomp", "acl", "csubj", "relcl", "advcl") else "np"


def indefinite(noun: Token) -> bool:
    """Whether a noun phrase names nothing known to exist ("any attack", "air strikes"; not "the attack")."""
    determiners = [c for c in noun.children if c.dep_ in ("det", "poss", "amod")]
    if any(c.lower_ in OPEN_DETERMINERS for c in determiners):
        return True
    return noun.pos_ == "NOUN" and not any(c.dep_ in ("det", "poss") for c in determiners)


def owned(noun: Token) -> bool:
    """Whether an event is somebody's: "Mali's attack", "the Malian attack", "the attack by Mali"."""
    named = any(c.dep_ in ("amod", "compound", "nmod") and c.ent_type_ in ("NORP", "GPE", "ORG") for c in noun.lefts)
    return named or any(c.dep_ in ("poss", "agent") or c.lower_ == "by" for c in noun.children)


def marked(clause: Token, *conjunctions: str) -> bool:
    """Whether one of the conjunctions introduces the clause."""
    return any(c.dep_ == "mark" and c.lower_ in conjunctions for c in clause.children)
