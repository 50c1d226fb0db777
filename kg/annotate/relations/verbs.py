"""Links of verbs with their objects, complements and prepositions."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.polarity import negated
from kg.annotate.relations.lexicon import Entry, entries, heads, lemma, light_verbs, matching
from kg.annotate.relations.link import Link
from kg.annotate.relations.syntax import affected, children, clause_subjects, complements, phrases, subjects, where

#: Particles and adverbs that make another verb of a verb ("backed away", "struck down").
TURNING = frozenset({"away", "down", "off", "out", "aside", "back"})
#: Relations whose object may be the place of a relative clause ("Syria, where it controls towns").
PLACED = frozenset({"coerces"})
#: Relations that it is hostile to seek.
HARMFUL = frozenset({"attacks", "coerces", "opposes"})
#: Relations to the place of a building that is struck or taken.
RAZING = frozenset({"attacks", "coerces"})
STRANDED = frozenset({"against", "alongside"})
COMPLEMENTS = frozenset({"oprd", "xcomp", "ccomp", "attr", "acomp"})


def verb_links(verb: Token) -> Iterator[Link]:
    """Links of a verb with its object, complement or passive subject."""
    stranded = _stranded(verb) if verb.dep_ == "relcl" else ""
    for entry in matching("verbs", verb):
        if not (_particle_fits(entry, verb) and _companion_fits(entry, verb) and _complement_fits(entry, verb)):
            continue
        if _literal(entry, verb) or not _thing_fits(entry, verb):
            continue
        if stranded and stranded not in entry.frame:
            continue
        doers = tuple(subjects(verb))
        objects = (verb.head,) if stranded else tuple(_objects(verb, entry))
        trigger = (verb, _last_word(entry, verb))
        if objects:
            sought = list(_sought(entry, verb, doers, objects))
            if not sought or entry.relation != "opposes":
                yield Link(entry.relation, doers, objects, trigger)
            yield from sought
            if entry.relation in RAZING and (places := tuple(_sites(objects))):
                yield Link(entry.relation, doers, places, trigger, local=True)
        elif entry.mutual:
            yield Link(entry.relation, doers, doers, trigger, among=True)
        if doers and objects:
            return


def _sites(objects: tuple[Token, ...]) -> Iterator[Token]:
    """The places of what is struck, where that is nobody: "bombed a hospital in Harrow"."""
    for site in (o for o in objects if o.lemma_.lower() in heads("sites")):
        for preposition in ("in", "of", "at", "near"):
            yield from complements(site, preposition)


def _sought(entry: Entry, verb: Token, doers: tuple[Token, ...], objects: tuple[Token, ...]) -> Iterator[Link]:
    """Who seeks to harm somebody is against him, done or not ("had sought to topple"); or threatens him."""
    sought = verb.head
    if verb.dep_ != "xcomp" or entry.relation not in HARMFUL or negated(sought):
        return
    if sought.lemma_ in heads("attempts"):
        yield Link("opposes", doers, objects, (sought, verb))
    elif sought.lemma_ == "threaten":
        yield Link("threatens", doers, objects, (sought, verb))


def _stranded(verb: Token) -> str:
    """The preposition whose noun a relative clause is about ("those whom they fought alongside"), or nothing."""
    beside = (c for c in verb.children if c.lower_ in STRANDED and c.dep_ in ("advmod", "prep") and c.i > verb.i)
    return next((c.lower_ for c in beside if not any(c.children)), "")


def _objects(verb: Token, entry: Entry) -> Iterator[Token]:
    """What fills the entry's slots; a preposition named before the object takes its place ("blamed it on Iran")."""
    for name in entry.frame:
        found = _slot(verb, name, entry)
        yield from found
        if name == "obj" and entry.relation in PLACED:
            yield from where(verb)
        if found and name != "obj" and "obj" in entry.frame and entry.frame.index("obj") > 0:
            return


def _slot(verb: Token, name: str, entry: Entry) -> list[Token]:
    match name:
        case "obj":
            found = affected(verb, clause=entry.clause)
            return found or (
                complements(verb, entry.particle) if entry.particle else []
            )  # "fought off" read as "off X"
        case "that":
            return clause_subjects(verb)
    if lemma(verb) in light_verbs() and any(_of_noun(o, name) for o in children(verb, "dobj")):
        return []  # the noun's relation: "delivered a rebuke to"
    tied = [] if name == "of" and "of" not in entry.needs else children(verb, "dobj")  # "approved the sale of"
    if name == "on" and (twice := [o for o in tied if len(phrases(o, name)) > 1]):
        return phrases(twice[0], name)[-1:]  # "blamed the attack on A on B"
    return complements(verb, name) or [x for o in tied for x in complements(o, name)]


def _of_noun(noun: Token, preposition: str) -> bool:
    """Whether a phrase after the noun tells the noun's relation."""
    return any(preposition in (*e.frame, "to") for e in entries("nouns").get(lemma(noun), ()))


def _companion_fits(entry: Entry, verb: Token) -> bool:
    """Whether one of the words stands beside the verb without which it means something else ("drove X from")."""
    beside = {c.lower_ for t in (verb, *children(verb, "dobj", "nsubjpass")) for c in t.children if t.i <= c.i}
    return not entry.needs or bool(beside & set(entry.needs))


def _particle_fits(entry: Entry, verb: Token) -> bool:
    around = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep")}
    if entry.particle or entry.needs:
        return not entry.particle or entry.particle in around
    return not any(c.dep_ == "prt" or (c.dep_ == "advmod" and c.i == verb.i + 1 and c.lower_ in TURNING)
                   for c in verb.children if c.lower_ != "up" or c.dep_ == "prt")  # fmt: skip


def _complement_fits(entry: Entry, verb: Token) -> bool:
    """Whether the verb has the complement that the entry asks for, or none where it wants none."""
    objects = children(verb, "dobj")
    found = [c for c in verb.children if c.dep_ in COMPLEMENTS or (c.dep_ == "prep" and c.lower_ == "as")]
    found = [c for c in found if objects or c.dep_ != "oprd"] + [a for o in objects for a in _behind(o)]
    if entry.complement == "infinitive":
        return any(_infinitive(t) for t in (*found, *children(verb, "advcl")))
    if entry.complement:
        judged = heads(entry.complement)
        heads_of = [p for c in found for p in (children(c, "pobj", "pcomp") if c.dep_ == "prep" else [c])]
        words = [w for t in heads_of for w in (t, *children(t, "compound", "amod", "attr"))]
        return any(w.lemma_.lower() in judged and not _of_another(w) for w in words)
    return not (entry.bare and found)


def _behind(noun: Token) -> Iterator[Token]:
    """What the parser ties to an object that a verb's complement follows: "held Iran responsible"."""
    yield from children(noun, "appos")
    yield from (a for a in children(noun, "amod") if a.i > noun.i)


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.children)


def _of_another(noun: Token) -> bool:
    """Whether the text says whose enemy or friend it is: "sees Iran as an enemy of Israel"."""
    return any(c.lower_ in ("of", "to") and any(p.pos_ == "PROPN" for p in children(c, "pobj")) for c in noun.children)


def _literal(entry: Entry, verb: Token) -> bool:
    """Whether the verb's object shows that it means something else ("struck a deal")."""
    things = [*affected(verb), *(p for f in entry.frame for p in complements(verb, f))]
    return any(t.lemma_.lower() in entry.excluded for t in things)


def _thing_fits(entry: Entry, verb: Token) -> bool:
    """Whether the verb has one of the objects that the entry wants ("dropped bombs on", "joined forces with")."""
    return not entry.only or any(t.lemma_.lower() in entry.only for t in children(verb, "dobj", "nsubjpass"))


def _last_word(entry: Entry, verb: Token) -> Token:
    particles = [c for c in verb.children if entry.particle and c.lower_ == entry.particle and c.i > verb.i]
    return particles[0] if particles and particles[0].i - verb.i <= 2 else verb
