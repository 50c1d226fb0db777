"""Links of nouns: of an act ("Iran's attack on"), of a bond ("talks with"), of a bearer ("an ally of")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Token

from kg.annotate.polarity import negated
from kg.annotate.relations.contexts import answerable, carried, soured, undergoing
from kg.annotate.relations.lexicon import Entry, Light, lemma, light_of, matching, seats
from kg.annotate.relations.link import Link
from kg.annotate.relations.syntax import (
    GROUPS,
    NOMINAL,
    VERBAL,
    affected,
    children,
    clause_subjects,
    complements,
    concerned,
    coordinated,
    distant,
    hands,
    is_passive,
    light_verb,
    owners,
    phrases,
    subjects,
)

#: Relations of bonds that may turn bad ("strained ties").
BONDS = frozenset({"alliedWith", "cooperatesWith"})
#: Light verbs and their noun make one trigger when they stand this close, in tokens.
NEAR = 8
#: Where a gerund is a noun ("fighting broke out").
NOMINAL_DEPS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
#: Verbs that tell how a fight ended for their subject.
DECIDING = frozenset({"win", "lose"})
COUNTING = frozenset({"series", "wave", "spate", "string", "number", "round", "barrage", "campaign", "lot"})
#: Verbs whose subject speaks of an act of its own ("denied any attack on").
AVOWING = frozenset({"deny", "admit", "acknowledge", "disclaim"})


#: Verbs by which their subject will have no talks, deal ...
EXCLUDING = frozenset({"refuse", "reject"})


class Sides(NamedTuple):
    """Heads of the phrases of an act's noun: whose it is, whom it concerns, and in which town it happens."""

    own: tuple[Token, ...]
    objects: tuple[Token, ...]
    where: tuple[Token, ...]


def noun_links(noun: Token) -> Iterator[Link]:
    """Links of a noun: of its bearer ("an ally of"), of its owner ("Iran's attack on"), of its light verb."""
    for entry in matching("nouns", noun):
        if noun.pos_ not in ("NOUN", "PROPN") and (noun.tag_ != "VBG" or noun.dep_ not in NOMINAL_DEPS):
            continue
        if entry.only and not any(t.lemma_.lower() in entry.only for t in complements(noun, "of")):
            continue
        yield from _role_links(entry, noun) if entry.role else _event_links(entry, noun)


def _role_links(entry: Entry, noun: Token) -> Iterator[Link]:
    possessors = children(noun, "poss")
    if noun.tag_ == "NNS" and entry.relation in ("alliedWith", "opposes"):  # "the two allies", of each other
        yield Link(entry.relation, (noun,), (noun,), (noun, noun), among=True, itself=True)
    others = tuple(possessors or owners(noun)) + tuple(x for f in entry.frame for x in complements(noun, f))
    named = tuple(bearers(noun)) + tuple(a for o in others for a in children(o, "appos") if a.ent_type_ == "PERSON")
    if others:
        yield Link(entry.relation, named, others, (noun, noun))
        yield Link(entry.relation, (noun,), others, (noun, noun), itself=True)


def bearers(noun: Token) -> Iterator[Token]:
    """Heads of the phrases that the noun is said of: apposition either way, copula, title, examples."""
    head = noun.head
    if noun.dep_ == "appos":
        yield from coordinated(head)
    elif noun.dep_ == "attr" and head.lemma_ in ("be", "become", "remain"):
        yield from subjects(head)
    elif noun.dep_ in ("compound", "nmod") and head.pos_ == "PROPN":
        yield head
    elif noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ == "VERB":
        yield from affected(head.head) or subjects(head.head)
    for child in (*children(noun, "appos"), *_adjoined(noun)):
        yield from (t for t in coordinated(child) if t.pos_ != "NOUN")
    yield from (x for x in complements(noun, "in") if x.text in seats())  # "its backers in Ankara"
    including = [*children(noun, "relcl"), *([head] if noun.dep_ == "nsubj" else [])]
    yield from (x for v in including if v.lemma_ == "include" for x in affected(v))  # "its allies include A and B"
    for child in children(noun, "acl"):  # "its proxies, known as the SDF"
        yield from complements(child, "as") or children(child, "oprd")
    if children(noun, "poss"):  # "his Russian and Iranian backers"
        yield from (x for c in children(noun, "amod", "nmod") for x in coordinated(c))
    if noun.lemma_.lower() not in GROUPS:
        yield from (t for t in coordinated(noun)[1:] if t.pos_ == "PROPN")


def _adjoined(noun: Token) -> list[Token]:
    """The name right behind a title that the parser took for a second subject ("Iran's ally Hezbollah met")."""
    beside = (t for t in noun.head.children if t.i > noun.i and t.dep_ == noun.dep_ != "conj")
    return [t for t in beside if t.pos_ == "PROPN" and t.left_edge.i == noun.i + 1]


def _event_links(entry: Entry, noun: Token) -> Iterator[Link]:
    if entry.relation in BONDS and soured(noun):
        yield from _stated(replace(entry, relation="opposes", neutral=False), noun)
    else:
        yield from _stated(entry, noun)
        yield from _carried_out(entry, noun)


def _carried_out(entry: Entry, noun: Token) -> Iterator[Link]:
    """Links of an act of which a relative clause says whose it is; that clause says whether it is so."""
    for verb in carried(noun):
        _, objects, where = _sides(entry, noun)
        told = objects or tuple(x for f in entry.frame for x in complements(verb, f)) or where
        yield Link(entry.relation, tuple(subjects(verb)), told, (verb, verb), local=told == where)


def _stated(entry: Entry, noun: Token) -> Iterator[Link]:
    between = tuple(_between(noun)) if "between" in entry.frame else ()
    if not entry.neutral and (len(between) > 1 or any(t.tag_ == "NNS" or t.lower_ == "them" for t in between)):
        yield Link(entry.relation, between, between, (noun, noun), among=True)
        return
    own, objects, where = sides = _sides(entry, noun)
    verb, light = _governor(entry, noun)
    if entry.neutral and entry.adverbial and own:
        return  # "on the Jordanian side of"
    patients = tuple(undergoing(noun, entry))
    if patients and not entry.neutral:
        givers = own + tuple(complements(noun, "from")) + tuple(complements(noun.head.head, "by"))
        yield Link(entry.relation, givers, patients, (noun, noun))
    elif verb is not None and light is not None and (light.mends or light.does or not entry.neutral):
        yield from _light_links(entry, noun, verb, light, sides)
    if entry.neutral:
        return
    if verb is None:
        own, objects = _elsewhere(entry, noun, own, objects or where)
    if own and objects:
        yield _governed(Link(entry.relation, own, objects, (noun, noun), local=objects == where), light)
    elif own and where:
        yield Link(entry.relation, own, where, (noun, noun), local=True)
    elif entry.mutual and own and not objects and verb is None:
        both = tuple(sorted(own, key=lambda t: t.i))
        yield Link(entry.relation, both, both, (noun, noun), among=True)


def _excluded(verb: Token) -> bool:
    """Whether the verb says that its subject will have none of its object."""
    ruled_out = lemma(verb) == "rule" and any(c.lower_ == "out" for c in verb.children)
    return ruled_out or lemma(verb) in EXCLUDING


def _between(noun: Token) -> list[Token]:
    """Both sides of a deal or a fight, also where the clause goes on before they are named ("was signed between")."""
    verb = noun.head
    told = noun.dep_ in ("nsubj", "nsubjpass") and verb.pos_ == "VERB"
    return complements(noun, "between") or (complements(verb, "between") if told else [])


def _sides(entry: Entry, noun: Token) -> Sides:
    """Who acts, who is concerned, and where it happens, by the noun's own phrases."""
    objects, given = _targets(entry, noun)
    where = () if objects or "where" not in entry.frame else tuple(complements(noun, "in"))
    own = tuple(owners(noun)) + tuple(hands(noun))
    own += () if "of" in entry.frame and not given else tuple(complements(noun, "of"))
    return Sides(own, objects, where)


def _targets(entry: Entry, noun: Token) -> tuple[tuple[Token, ...], bool]:
    """Whom the noun's phrases name as the other side, and whether a phrase other than "in" and "of" does."""
    whole = [*_whole(noun), *(complements(noun, "of") if entry.only else [])]  # "the use of force against"
    slots = {f: [x for n in whole for x in complements(n, f) if x is not noun] for f in entry.frame}
    if "that" in entry.frame:
        slots["that"] = clause_subjects(noun, "acl")
    for agent in (p for c in noun.children if c.lower_ == "by" for p in children(c, "pobj")):  # "raid by Iran on"
        for f in set(slots) - {"in", "of", "to"}:
            slots[f] += complements(agent, f)
    given = any(found for f, found in slots.items() if f not in ("in", "of"))
    objects = tuple(x for f, found in slots.items() if f != "in" and not (f == "of" and given) for x in found)
    return objects or tuple(slots.get("in", ())), given


def _elsewhere(
    entry: Entry, noun: Token, own: tuple[Token, ...], objects: tuple[Token, ...]
) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Who acts and who is concerned, with what the clause says of either where the noun's phrase does not."""
    if not own and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":  # "is unthinkable for Iran"
        after = (t for t in noun.head.subtree if t.i > noun.head.i and t.lower_ == "for")
        own = tuple(p for t in after for p in children(t, "pobj"))
    if not own and noun.dep_ == "dobj" and (lemma(noun.head) in AVOWING or (entry.mutual and _excluded(noun.head))):
        objects = objects or tuple(x for f in entry.frame for x in complements(noun.head, f))
        own = tuple(subjects(noun.head))
    if not own and noun.dep_ == "dobj" and noun.head.lemma_ == "blame" and len(phrases(noun, "on")) > 1:
        return tuple(phrases(noun, "on")[-1:]), objects[:1]  # "blamed the attack on A on B"
    if objects and not own:
        own = tuple(concerned(noun) if entry.mutual else ()) or tuple(answerable(noun))
    return own, objects


def _whole(noun: Token) -> list[Token]:
    """The noun, and those beside it to which the parser may tie what follows.

    The one before it in "a series of raids", and the one behind it in "any cooperation in such raids with Kenya".
    """
    if noun.dep_ == "nsubj":
        return [noun, *complements(noun, "in")]
    counted = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN"
    return [noun, noun.head.head] if counted and noun.head.head.lemma_ in COUNTING else [noun]


def _governor(entry: Entry, noun: Token) -> tuple[Token | None, Light | None]:
    """The light verb of the noun, or the verb that an adverbial phrase with it belongs to ("is at war with")."""
    preposition = noun.head
    part = preposition.head if noun.dep_ == "pobj" and preposition.lower_ == "of" else None
    if part is not None and part.lower_ == "part" and part.head.lower_ == "as" and "in" in entry.adverbial:
        return (part.head.head, Light({})) if part.head.head.pos_ in VERBAL else (None, None)  # "as part of talks with"
    if noun.dep_ == "pobj" and preposition.lower_ in entry.adverbial:
        above = preposition.head
        if above.pos_ in NOMINAL and above.dep_ == "pobj" and above.head.lower_ == "with":
            above = above.head.head  # "worked with troops in the fight against"
        if above.pos_ in VERBAL:
            return above, Light({}, mends=entry.neutral)
    verb = preposition.head if noun.dep_ == "pobj" and preposition.lower_ == "for" else light_verb(noun)
    light = light_of(verb, noun) if verb is not None else None
    if verb is not None and verb.lemma_ in DECIDING and entry.relation == "attacks" and not negated(verb):
        light = Light({})
    return (verb, light) if light is not None else (None, None)


def _governed(link: Link, light: Light | None) -> Link:
    """The link with its relation changed by the verb over it ("lifted Turkey's sanctions on Iran")."""
    changed = light.does.get(link.relation) if light else None
    return replace(link, relation=changed) if changed == "yieldsTo" else link


def _light_links(entry: Entry, noun: Token, verb: Token, light: Light, sides: Sides) -> Iterator[Link]:
    doers = tuple(_light_doers(noun, verb))
    first, last = sorted((verb, noun), key=lambda t: t.i)
    trigger = (first, last) if last.i - first.i <= NEAR else (noun, noun)
    sources = tuple(complements(noun, "from")) + tuple(complements(verb, "from"))
    relation = light.does.get(entry.relation, entry.relation)
    if light.receives:
        yield Link(entry.relation, sides.own + sources + tuple(hands(verb)), doers, trigger)
    elif light.asks:
        yield Link(relation, doers, sources, trigger)
    elif reached := _reached(entry, verb, sides):
        yield Link(relation, doers, reached, trigger)
        if not sides.objects and relation == entry.relation and (own := tuple(children(noun, "poss"))):
            yield Link(
                relation, own, reached, (noun, noun)
            )  # "played a role in A's raid on B", with "on" tied to the verb
    elif where := sides.where or (tuple(complements(verb, "in")) if "where" in entry.frame else ()):
        yield Link(relation, doers, where, trigger, local=True)
    elif entry.mutual:
        yield Link(relation, doers, doers, trigger, among=True)
    elif relation == entry.relation:
        yield Link(relation, doers, (), trigger)


def _reached(entry: Entry, verb: Token, sides: Sides) -> tuple[Token, ...]:
    """Whom an act concerns: by its phrases, the light verb's, or a name before it ("signed the Iran deal")."""
    ways = [f for f in (*entry.frame, "to") if f in entry.frame or not entry.mutual]
    reached = sides.objects or tuple(x for f in ways for x in complements(verb, f))
    if not reached and "against" in entry.frame:
        reached = tuple(distant(verb, "against"))
    if entry.mutual:  # "signed the Iran deal", but not "signed a cooperation deal"
        return reached or tuple(t for t in sides.own if t.dep_ == "compound" and t.pos_ == "PROPN")
    return reached or tuple(t for t in sides.own if t.dep_ in ("compound", "amod", "nmod"))


def _light_doers(noun: Token, verb: Token) -> list[Token]:
    """Subjects of the light verb; those it is passive to when the noun is not ("were involved in attacks")."""
    passive = [c for c in children(verb, "nsubjpass") if c.i != noun.i]
    doers = [x for c in passive for x in coordinated(c)] if is_passive(verb) and passive else subjects(verb)
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and matching("verbs", verb):  # "works with B in the fight"
        doers += complements(verb, "with")
    return doers
