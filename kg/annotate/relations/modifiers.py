"""Links of modifiers ("US-backed rebels", "forces loyal to") and of lists of members."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, takewhile

from spacy.tokens import Token

from kg.annotate.relations.lexicon import Entry, entries, matching
from kg.annotate.relations.link import Link
from kg.annotate.relations.nouns import bearers
from kg.annotate.relations.syntax import (
    GROUPS,
    NOMINAL,
    VERBAL,
    affected,
    children,
    complements,
    coordinated,
    is_passive,
    light_subjects,
    owners,
    subjects,
)

#: How a name before "backed" hangs when the hyphen is missing.
ADJOINING = frozenset({"npadvmod", "compound", "nmod", "amod", "nsubj"})
#: What ends the noun phrase after a modifier.
ENDING = frozenset({"PUNCT", "VERB", "AUX", "ADP", "CCONJ", "SCONJ"})
#: Relations of acts that somebody against another carries out ("an anti-Iran campaign").
HOSTILE = frozenset({"attacks", "coerces", "protestsAgainst"})


def modifier_links(token: Token) -> Iterator[Link]:
    """Links of "X-backed Y", "anti-X Y" and "Y loyal to X"."""
    for entry in entries("modifiers").get(token.lower_, ()):
        match entry.form:
            case "suffix":
                yield from _affix_links(entry, token, _before(token))
            case "prefix":
                yield from _affix_links(entry, token, token.i + 2)
            case "adjective":
                nouns = _described(token)
                actors = [x for f in entry.frame for x in complements(token, f)]
                yield Link(entry.relation, tuple(nouns), tuple(actors), (token, token))


def _before(token: Token) -> int:
    """Where the word stands that a suffix is joined to; the hyphen may be missing ("the Iran backed militia")."""
    if token.i == 0:
        return -1
    previous = token.nbor(-1)
    bare = previous.pos_ == "PROPN" and token.dep_ == "amod" and token.i < token.head.i
    return token.i - 1 if bare and previous.dep_ in ADJOINING else token.i - 2


def _affix_links(entry: Entry, token: Token, place: int) -> Iterator[Link]:
    doc = token.doc
    if not 0 <= place < len(doc) or (abs(token.i - place) == 2 and doc[max(token.i, place) - 1].text not in "-–‑"):
        return
    noun = _noun_after(doc[max(token.i, place)])
    described = [noun] if noun is not None else _predicated(doc[max(token.i, place)])
    act = _act(entry, noun) if noun is not None else None
    if act is not None and noun is not None:
        yield Link(act, (*owners(noun), *light_subjects(noun), *_engaged(noun)), (doc[place],), (token, noun))
        return
    yield from _led(entry, doc[place], noun)
    for actor in _joined(doc[place]) if described else ():
        who, whom = ([actor], described) if entry.subject == "actor" else (described, [actor])
        yield Link(entry.relation, tuple(who), tuple(whom), (token, token), affix=noun is not None)


def _led(entry: Entry, leader: Token, act: Token | None) -> Iterator[Link]:
    """Links of an act that somebody leads ("the US-led invasion of")."""
    if entry.relation != "leads" or act is None:
        return
    for event in (e for e in matching("nouns", act) if not (e.role or e.neutral or e.mutual)):
        objects = tuple(x for f in event.frame for x in complements(act, f))
        if objects:
            yield Link(event.relation, (leader,), objects, (act, act))


def _joined(actor: Token) -> Iterator[Token]:
    """The word, and the one it shares the affix with: "Russian- and Iranian-backed"."""
    if actor.i > 1 and actor.nbor(-1).lower_ in ("and", "or") and actor.nbor(-2).text.endswith("-"):
        yield actor.nbor(-2)
    yield actor


def _engaged(noun: Token) -> list[Token]:
    """Who does something else in the course of an act: "is deployed with A on an anti-B mission"."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "on") or verb.pos_ not in VERBAL:
        return []
    if any(e.relation in HOSTILE for e in matching("verbs", verb)):
        return []  # "was killed on"
    return [*(affected(verb) if is_passive(verb) else subjects(verb)), *complements(verb, "with")]


def _act(entry: Entry, noun: Token) -> str | None:
    """The relation of a hostile act that "anti" or "counter" turns on the actor ("an anti-Iran campaign")."""
    found = [e.relation for e in matching("nouns", noun) if not e.role and e.relation in HOSTILE]
    return found[0] if found and entry.relation == "opposes" else None


def _predicated(word: Token) -> list[Token]:
    """Of whom the modifier is said by a verb: "is anti-Iran", "portrayed itself as anti-Iran"."""
    above = list(islice(word.ancestors, 3))
    verb = next((t for t in above if t.pos_ in VERBAL), None)
    if verb is None or any(t.pos_ == "NOUN" for t in above[: above.index(verb)]):
        return []
    return subjects(verb) if verb.lemma_ == "be" or any(t.lower_ == "as" for t in above) else []


def _noun_after(token: Token) -> Token | None:
    """Head of the noun phrase that the modifier stands in."""
    head = token
    for _ in range(4):
        if head.i > token.i and head.pos_ in NOMINAL and head.dep_ not in ("compound", "amod", "nmod"):
            return head
        head = head.head
    after = takewhile(lambda t: t.pos_ not in ENDING, token.doc[token.i + 1 : token.i + 5])
    return next((t for t in after if t.pos_ in ("NOUN", "PROPN")), None)


def _described(adjective: Token) -> list[Token]:
    head = adjective.head
    if found := children(adjective, "nsubj", "nsubjpass"):
        return [x for t in found for x in coordinated(t)]
    if adjective.dep_ in ("acomp", "ccomp", "oprd") and head.pos_ in VERBAL:
        return subjects(head)
    if adjective.dep_ in ("amod", "appos", "acl") and head.pos_ in NOMINAL:
        return coordinated(head)
    return []


#: Words before or after the members of a body.
LISTING = frozenset(
    {"including", "include", "includes", "included", "comprise", "comprises", "comprised", "comprising", "part"}
)


def member_links(token: Token) -> Iterator[Link]:
    """Links of a list of members ("a bloc that includes Kenya") and of "as part of the coalition"."""
    if token.lower_ == "including" and token.head.lemma_.lower() in GROUPS:
        members = [x for p in children(token, "pobj", "dobj") for x in coordinated(p)]
        yield Link("memberOf", tuple(members), (token.head, *bearers(token.head)), (token, token))
    elif token.lemma_ in ("include", "comprise") and token.pos_ == "VERB":
        lists = tuple(s for s in subjects(token) if s.lemma_.lower() in GROUPS)
        yield Link("memberOf", tuple(affected(token)), lists, (token, token))
    elif token.lower_ == "part" and token.dep_ in ("pobj", "attr", "dobj"):
        groups = tuple(complements(token, "of"))
        verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "as" else token.head
        if groups and verb.pos_ in VERBAL and (token.dep_ != "dobj" or verb.lemma_ in ("form", "make")):
            yield Link("memberOf", tuple(subjects(verb)), groups, (token, token))
