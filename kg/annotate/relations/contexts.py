"""What a clause makes of a relation's noun where the noun's own phrase does not say who acts or who undergoes it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.annotate.relations.lexicon import Entry, heads, lemma, matching
from kg.annotate.relations.syntax import OBJECT_CONTROL, RELATIVE_PRONOUNS, VERBAL, affected, children, owners, subjects

#: Verbs that join somebody to his part in an act ("played a role in", "claimed responsibility for").
SHARING = frozenset({"play", "have", "take", "share", "bear", "accept", "claim", "admit", "deny", "acknowledge"})
#: Relations that a noun after "with" says of the clause's subject ("with Turkish backing, the rebels").
HELPING = frozenset({"supports", "assists"})
#: Verbs whose object is an act that their subject does.
CARRYING = frozenset({"carry", "commit", "conduct", "execute", "launch", "mount", "perpetrate", "stage", "wage"})
VAGUE = frozenset({"nothing", "something", "anything", "much"})
DYING = frozenset({"die", "perish"})


def answerable(noun: Token) -> list[Token]:
    """Who acts in an event by what stands over it: "accused Iran of an attack", "was behind", "its role in"."""
    if noun.dep_ != "pobj":
        return []
    preposition, above = noun.head, noun.head.head
    if above.pos_ in VERBAL:
        if (preposition.lower_ == "behind" and above.lemma_ == "be") or _takes_part(above):
            return subjects(above)
        if preposition.lower_ == "with" and above.lemma_ == "do":  # "has nothing to do with"
            return subjects(above.head.head) if above.head.lower_ in VAGUE else []
        controls = preposition.lower_ in OBJECT_CONTROL and any("obj" in e.frame for e in matching("verbs", above))
        return affected(above) if controls else []
    word = above.lemma_.lower()
    if above.pos_ == "ADJ" and word in heads("answerable"):
        return subjects(above.head) if above.dep_ == "acomp" else []
    return _sharers(above) if word in heads("parts") else []


def _takes_part(verb: Token) -> bool:
    """Whether the verb's object is a part in what follows, even if the parser ties that to the verb."""
    return lemma(verb) in SHARING and any(o.lemma_.lower() in heads("parts") for o in children(verb, "dobj"))


def _sharers(part: Token) -> list[Token]:
    """Whose part in an act it is: its owner, or the subject of the verb that gives it."""
    verb = part.head
    shared = part.dep_ == "dobj" and lemma(verb) in SHARING
    return owners(part) or (subjects(verb) if shared else [])


def carried(noun: Token) -> list[Token]:
    """Verbs of a relative clause that say who did it: "the attack, which Iran has denied carrying out"."""
    below = [noun, *(p for c in children(noun, "prep") for p in children(c, "pobj"))]  # the parser ties it to either
    verbs = [v for n in below for c in children(n, "relcl") for v in (c, *children(c, "xcomp"))]
    light = (v for v in verbs if lemma(v) in CARRYING)
    return [v for v in light if all(o.lower_ in RELATIVE_PRONOUNS for o in children(v, "dobj"))]


def undergoing(noun: Token, entry: Entry) -> list[Token]:
    """To whom the act is done: "came under attack", "the target of sanctions", "killed in a strike"."""
    if noun.dep_ != "pobj":
        return []
    preposition, above = noun.head.lower_, noun.head.head
    if above.pos_ in VERBAL:
        return _grammatical(above) if _undergone(entry, preposition, above) else []
    if above.lemma_.lower() in heads("targets") and preposition in ("of", "to"):
        return subjects(above.head) if above.dep_ in ("attr", "acomp") else []
    return []


def _undergone(entry: Entry, preposition: str, verb: Token) -> bool:
    if preposition in ("under", *entry.undergone) or (preposition == "with" and entry.relation in HELPING):
        return True
    if preposition == "to":
        return verb.lemma_ in ("subject", "expose")
    harmed = bool(children(verb, "nsubjpass")) and any(e.relation == "attacks" for e in matching("verbs", verb))
    fatal = preposition in ("in", "during", "from") and (harmed or verb.lemma_ in DYING)
    return fatal and entry.relation == "attacks"


def _grammatical(verb: Token) -> list[Token]:
    """Whom the clause is about: the subject, also of a passive."""
    return affected(verb) if children(verb, "nsubjpass") else subjects(verb)


def soured(noun: Token) -> bool:
    """Whether a bond is said to be bad: "strained ties", "a rift in relations", "relations have worsened"."""
    head = noun.head
    words: Iterable[Token] = [*children(noun, "amod"), *(c for c in head.children if c.dep_ in ("acomp", "oprd"))]
    if noun.dep_ in ("nsubj", "nsubjpass") and (head.lemma_.lower() in heads("worsening") or _any(words, "strained")):
        return True
    if noun.dep_ == "pobj" and head.lower_ in ("in", "of") and head.head.lemma_.lower() in heads("worsening"):
        return True
    return _any(children(noun, "amod"), "strained")


def _any(words: Iterable[Token], kind: str) -> bool:
    return any(w.lower_ in heads(kind) for w in words)
