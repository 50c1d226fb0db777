"""What the cue of a claim says of its content: held true, held false, or neither (``lexicons/en/stance_cues.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token

from kg.annotate.polarity import factuality, negated
from kg.annotate.polarity_lexicon import marked
from kg.annotate.spans import tokens_of
from kg.lexicon import load
from kg.records import Spans, Stance

Entry = dict[str, Any]
#: Verbs and objects of giving an answer, which to refuse is to confirm nothing.
GIVING = frozenset({"give", "provide", "offer", "release", "share", "supply"})
ANSWERS = frozenset(
    {"detail", "details", "information", "comment", "answer", "explanation", "reason", "name", "figure"}
)
POSSIBILITY = frozenset({"can", "could", "ca"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue's stance on its content, and its speech act and certainty in the terms of GRaSP.

    ``commits`` is false where the source need not hold the content true even though the cue is affirmed: a
    demand, a wish, a fear. ``untrue`` says that a denial is about truth ("denied") rather than about
    the thing itself ("rejected", "opposed").
    """

    stance: Stance = "asserts"
    act: str = "Statement"
    certainty: str = "certain"
    commits: bool = True
    untrue: bool = True


def tokens(doc: Doc, spans: Spans) -> list[Token]:
    """Tokens that begin within ``spans``, in text order."""
    found = (tokens_of(doc, (s, e)) for s, e in spans if s < e)
    return sorted({t for span in found if span is not None for t in span}, key=position)


def position(token: Token) -> int:
    """Index of a token: the order of the text."""
    return token.i


def depth(token: Token) -> int:
    """Number of arcs between a token and its sentence's root."""
    return sum(1 for _ in token.ancestors)


def read_cue(cue: list[Token], content: list[Token]) -> Reading:
    """The reading of a cue, with the complement that its content opens ("declined | to comment")."""
    predicate, entry = cue_entry([*cue, *_opening(cue, content)])
    if predicate is None or entry is None:
        return Reading()
    reading = read_entry(predicate, entry)
    if _short_of(predicate) or (reading.stance == "denies" and _withheld(predicate)):
        return Reading("declines_to_confirm", "RefusalToConfirm")
    if reading.act == "Refusal" and any(t.head == predicate and _informs(t) for t in (*cue, *content)):
        return Reading("declines_to_confirm", "RefusalToConfirm")
    asked = any(t.lemma_ == "question" and t.pos_ == "NOUN" and t.head not in content for t in content)
    if reading.stance == "denies" and asked:  # to dismiss a question is to leave it open
        return Reading("declines_to_confirm", "RefusalToConfirm")
    return reading


def _short_of(verb: Token) -> bool:
    """Whether the verb is what somebody stopped short of."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "of":
        return False
    above = verb.head.head
    stopped = above.head if above.lower_ == "short" else above
    return any(c.lower_ == "short" for c in stopped.children) and not negated(stopped)


def _withheld(verb: Token) -> bool:
    """Whether to deny is one of two things that are not done: "neither confirmed nor denied"."""
    beside = ((t, e) for t in verb.conjuncts if (e := entry_of(t)) and e["class"] == "withhold")
    return any(read_entry(t, e).stance == "declines_to_confirm" for t, e in beside)


def cue_entry(cue: Iterable[Token]) -> tuple[Token | None, Entry | None]:
    """The deepest word of a cue that the lexicon knows (else its first verb or noun), and its entry."""
    candidates = [t for t in cue if t.pos_ in ("VERB", "NOUN", "ADJ", "AUX")]
    known = [(t, e) for t in candidates for e in [entry_of(t)] if e and not _recites(t)]
    if not known:
        return (min(candidates, key=depth) if candidates else None), None
    deepest = max(known, key=_place)
    if deepest[0].pos_ == "NOUN" and deepest[1]["class"] == "say":  # in "dismissed reports" the verb decides
        return next((k for k in known if k[0] == deepest[0].head and k[1]["class"] in ("deny", "withhold")), deepest)
    return deepest


def _place(known: tuple[Token, Entry]) -> tuple[int, int]:
    return depth(known[0]), known[0].i


def read_entry(predicate: Token, entry: Entry) -> Reading:
    """The reading of a cue word in its clause, negations and refusals above it included."""
    top = predicate if _names_speech(predicate, entry) else clause_top(predicate)
    polarity = factuality(predicate, top).polarity
    stance: Stance = _stance(entry["class"], affirmed=polarity != "-")
    if polarity == "-" and "negated" in entry:
        stance = entry["negated"]
    if entry["class"] == "deny" and stance != "denies" and any(c.lower_ in POSSIBILITY for c in predicate.children):
        stance = "asserts"  # "nobody can deny that"
    act = entry["act"] if entry["class"] != "withhold" or stance != "asserts" else "Statement"
    act = "RefusalToConfirm" if stance == "declines_to_confirm" else act
    commits = entry.get("commits", True) and not marked(top, "if", "unless")
    return Reading(stance, act, entry.get("certainty", "certain"), commits, entry.get("untrue", True))


def _names_speech(predicate: Token, entry: Entry) -> bool:
    """Whether a cue is a noun for words ("the report that"), which what is done to them does not change."""
    return predicate.pos_ == "NOUN" and entry["class"] in ("say", "deny")


def _stance(kind: str, *, affirmed: bool) -> Stance:
    """The stance of a class of cue, affirmed or negated."""
    if affirmed:
        return "denies" if kind == "deny" else "asserts"
    return "denies" if kind == "attitude" else "declines_to_confirm"


def clause_top(token: Token) -> Token:
    """The head of the verb chain that a predicate belongs to: "declined" for "comment" in "declined to comment"."""
    while token.dep_ in ("xcomp", "acomp", "attr", "aux", "auxpass") or _phrasal(token):
        token = token.head
    if token.pos_ == "NOUN" and token.dep_ in ("dobj", "attr"):
        token = token.head
    return token


def _phrasal(token: Token) -> bool:
    """Whether a word is part of a predicate in several words: "not in a position to confirm"."""
    if token.dep_ in ("acl", "relcl") and any(c.tag_ == "TO" for c in token.children):
        return token.head.lemma_ in ("position", "comment")
    inner = token.dep_ in ("prep", "pcomp", "pobj", "dobj")
    return inner and token.head.pos_ != "VERB" and token.pos_ != "VERB"


def entry_of(token: Token) -> Entry | None:
    """The lexicon's entry for a token, its particle first."""
    lemma = token.lemma_.lower()
    particles = [c.lower_ for c in token.children if c.dep_ in ("prt", "advmod", "prep")]
    names = [f"{lemma} {p}" for p in particles] + [lemma]
    entries = (e for name in names for e in _table().get(name, ()))
    fitting = (e for e in entries if e.get("pos", "VERB") in (token.pos_, _verbal(token)))
    found = next((e for e in fitting if not e.get("verdict")), None)
    excluded = found.get("unless", ()) if found else ()
    return None if any(c.lower_ in excluded for c in token.children) else found


def _verbal(token: Token) -> str:
    return "VERB" if token.pos_ == "AUX" else ""


def _opening(cue: list[Token], content: list[Token]) -> list[Token]:
    """The verb of speaking that a content opens with under a cue of refusal: "declined | to comment"."""
    heads = {t for t in cue if (e := entry_of(t)) and (e["act"] == "Refusal" or _unwilling(t, e))}
    verbs = [t for t in content if t.dep_ == "xcomp" and t.head in heads]
    return [t for t in verbs if (e := entry_of(t)) and e["class"] == "withhold" and not _recites(t)]


def _informs(verb: Token) -> bool:
    """Whether an infinitive is to tell more: "declined | to give details of"."""
    told = (c.lemma_.lower() for c in verb.children if c.dep_ == "dobj")
    return verb.dep_ == "xcomp" and verb.lemma_ in GIVING and any(noun in ANSWERS for noun in told)


def _unwilling(verb: Token, entry: Entry) -> bool:
    """Whether a wish is negated: "did not wish | to comment"."""
    return entry["act"] == "Wish" and any(c.dep_ == "neg" for c in verb.children)


def _recites(verb: Token) -> bool:
    """Whether to say is to pronounce ("refused to say the words"), which is no withholding of an answer."""
    return verb.lemma_ == "say" and any(c.dep_ == "dobj" and c.pos_ == "NOUN" for c in verb.children)


@cache
def _table() -> dict[str, list[Entry]]:
    """Entries by lemma (with particle)."""
    table: dict[str, list[Entry]] = {}
    for entry in load("en/stance_cues"):
        table.setdefault(entry["lemma"], []).append(entry)
    return table
