"""Links that the lexicon finds in a parse: a relation between the heads of two phrases, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as Phrase
from spacy.tokens import Token

from kg.annotate.relations.lexicon import Entry, entries, heads, lemma, light_verbs, matching
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
    is_passive,
    light_verb,
    owners,
    subjects,
    where,
)

#: Particles and adverbs that make another verb of a verb ("backed away", "struck down").
TURNING = frozenset({"away", "down", "off", "out", "aside", "back"})
#: Light verbs and their noun make one trigger when they stand this close, in tokens.
NEAR = 8
#: Where a gerund is a noun ("fighting broke out").
NOMINAL_DEPS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
COUNTING = frozenset({"series", "wave", "spate", "string", "number", "round", "barrage", "campaign", "lot"})
#: Verbs whose subject speaks of an act of its own ("denied any attack on").
AVOWING = frozenset({"deny", "admit"})
#: Relations whose object may be the place of a relative clause ("Syria, where it controls towns").
PLACED = frozenset({"coerces"})
COMPLEMENTS = frozenset({"oprd", "xcomp", "ccomp", "attr", "acomp"})


@dataclass(frozen=True, slots=True)
class Link:
    """``relation`` between any of ``subjects`` and any of ``objects`` (heads of phrases).

    Without objects, they are to be understood from before. ``trigger`` holds the predicate's first and last token.
    ``itself`` says that a subject must be a mention as it stands; ``among`` that the subjects stand in the relation to
    each other; ``affix`` that one of the two stands inside the other's phrase ("US-backed rebels").
    """

    relation: str
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    trigger: tuple[Token, Token]
    among: bool = False
    itself: bool = False
    affix: bool = False

    @property
    def words(self) -> str:
        """The predicate as the text has it."""
        first, last = self.trigger
        return str(first.doc[first.i : last.i + 1].text)


def links(sentence: Phrase) -> Iterator[Link]:
    """Every link in the sentence, in the order of its predicates."""
    for token in sentence:
        if token.pos_ in VERBAL or token.tag_ == "VBN":
            yield from verb_links(token)
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
            yield from noun_links(token)
            yield from modifier_links(token)
        yield from member_links(token)


def verb_links(verb: Token) -> Iterator[Link]:
    """Links of a verb with its object, complement or passive subject."""
    for entry in matching("verbs", verb):
        if not (_particle_fits(entry, verb) and _companion_fits(entry, verb) and _complement_fits(entry, verb)):
            continue
        if _literal(entry, verb):
            continue
        doers = tuple(subjects(verb))
        objects = tuple(_objects(verb, entry))
        trigger = (verb, _last_word(entry, verb))
        if objects:
            yield Link(entry.relation, doers, objects, trigger)
        elif entry.mutual:
            yield Link(entry.relation, doers, doers, trigger, among=True)
        if doers and objects:
            return


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
            return affected(verb, clause=entry.clause)
        case "that":
            return clause_subjects(verb)
    if any(entries("nouns").get(lemma(o)) for o in children(verb, "dobj")) and lemma(verb) in light_verbs():
        return []  # the noun's relation: "delivered a rebuke to"
    return complements(verb, name) or [x for o in children(verb, "dobj") for x in complements(o, name)]


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
    found = [c for c in found if objects or c.dep_ != "oprd"] + [a for o in objects for a in children(o, "appos")]
    if entry.complement:
        judged = heads(entry.complement)
        heads_of = [p for c in found for p in (children(c, "pobj", "pcomp") if c.dep_ == "prep" else [c])]
        words = [w for t in heads_of for w in (t, *children(t, "compound", "amod", "attr"))]
        return any(w.lemma_.lower() in judged and not _of_another(w) for w in words)
    return not (entry.bare and found)


def _of_another(noun: Token) -> bool:
    """Whether the text says whose enemy or friend it is: "sees Iran as an enemy of Israel"."""
    return any(c.lower_ in ("of", "to") and any(p.pos_ == "PROPN" for p in children(c, "pobj")) for c in noun.children)


def _literal(entry: Entry, verb: Token) -> bool:
    """Whether the verb's object shows that it means something else ("struck a deal")."""
    things = [*affected(verb), *(p for f in entry.frame for p in complements(verb, f))]
    return any(t.lemma_.lower() in entry.excluded for t in things)


def _last_word(entry: Entry, verb: Token) -> Token:
    particles = [c for c in verb.children if entry.particle and c.lower_ == entry.particle and c.i > verb.i]
    return particles[0] if particles and particles[0].i - verb.i <= 2 else verb


def noun_links(noun: Token) -> Iterator[Link]:
    """Links of a noun: of its bearer ("an ally of"), of its owner ("Iran's attack on"), of its light verb."""
    for entry in matching("nouns", noun):
        if noun.pos_ not in ("NOUN", "PROPN") and (noun.tag_ != "VBG" or noun.dep_ not in NOMINAL_DEPS):
            continue
        if entry.role:
            yield from _role_links(entry, noun)
        else:
            yield from _event_links(entry, noun)


def _role_links(entry: Entry, noun: Token) -> Iterator[Link]:
    possessors = children(noun, "poss")
    if noun.tag_ == "NNS" and entry.relation in ("alliedWith", "opposes"):  # "the two allies", of each other
        yield Link(entry.relation, (noun,), (noun,), (noun, noun), among=True, itself=True)
    others = tuple(possessors or owners(noun)) + tuple(x for f in entry.frame for x in complements(noun, f))
    named = tuple(_bearers(noun)) + tuple(a for o in others for a in children(o, "appos") if a.ent_type_ == "PERSON")
    if others:
        yield Link(entry.relation, named, others, (noun, noun))
        yield Link(entry.relation, (noun,), others, (noun, noun), itself=True)


def _bearers(noun: Token) -> Iterator[Token]:
    """Heads of the phrases that the noun is said of: apposition either way, copula, title, examples."""
    head = noun.head
    if noun.dep_ == "appos":
        yield from coordinated(head)
    elif noun.dep_ == "attr" and head.lemma_ == "be":
        yield from subjects(head)
    elif noun.dep_ in ("compound", "nmod") and head.pos_ == "PROPN":
        yield head
    elif noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ == "VERB":
        yield from affected(head.head) or subjects(head.head)
    for child in children(noun, "appos"):
        yield from (t for t in coordinated(child) if t.pos_ != "NOUN")
    for child in children(noun, "acl"):  # "its proxies, known as the SDF"
        yield from complements(child, "as") or children(child, "oprd")
    if children(noun, "poss"):  # "his Russian and Iranian backers"
        yield from (x for c in children(noun, "amod", "nmod") for x in coordinated(c))
    if noun.lemma_.lower() not in GROUPS:
        yield from (t for t in coordinated(noun)[1:] if t.pos_ == "PROPN")


def _event_links(entry: Entry, noun: Token) -> Iterator[Link]:
    between = tuple(complements(noun, "between")) if "between" in entry.frame else ()
    if len(between) > 1 or any(t.tag_ == "NNS" or t.lower_ == "them" for t in between):
        yield Link(entry.relation, between, between, (noun, noun), among=True)
        return
    slots = {f: [x for n in _whole(noun) for x in complements(n, f) if x is not noun] for f in entry.frame}
    given = any(found for f, found in slots.items() if f not in ("in", "of"))
    objects = tuple(x for f, found in slots.items() if f != "in" and not (f == "of" and given) for x in found)
    objects = objects or tuple(slots.get("in", ()))
    own = tuple(owners(noun)) + (() if "of" in entry.frame and not given else tuple(complements(noun, "of")))
    if not own and noun.dep_ == "nsubj" and noun.head.lemma_ == "be":  # "is unthinkable for Iran"
        own = tuple(
            p for t in noun.head.subtree if t.i > noun.head.i and t.lower_ == "for" for p in children(t, "pobj")
        )
    verb = _governor(entry, noun)
    if objects and not own and verb is None:
        own = tuple(subjects(noun.head)) if noun.dep_ == "dobj" and lemma(noun.head) in AVOWING else ()
        own = own or (tuple(concerned(noun)) if entry.mutual else ())
    if own and objects:
        yield _governed(Link(entry.relation, own, objects, (noun, noun)), verb)
    if verb is not None:
        yield from _light_links(entry, noun, verb, own, objects)
    elif entry.mutual and own and not objects:
        yield Link(entry.relation, own, own, (noun, noun), among=True)


def _whole(noun: Token) -> list[Token]:
    """The noun, and the one before it in "a series of raids", to which the parser may tie what follows."""
    if noun.dep_ == "nsubj":  # "any cooperation in such strikes with America"
        return [noun, *complements(noun, "in")]
    counted = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN"
    return [noun, noun.head.head] if counted and noun.head.head.lemma_ in COUNTING else [noun]


def _governor(entry: Entry, noun: Token) -> Token | None:
    """The light verb of the noun, or the verb that an adverbial phrase with it belongs to ("is at war with")."""
    preposition = noun.head
    if noun.dep_ == "pobj" and preposition.lower_ in (*entry.adverbial, "under"):
        above = preposition.head
        if above.pos_ in NOMINAL and above.dep_ == "pobj" and above.head.lower_ == "with":
            above = above.head.head  # "worked with troops in the fight against"
        if above.pos_ in VERBAL:
            return above
    verb = light_verb(noun)
    return verb if verb is not None and lemma(verb) in light_verbs() else None


def _governed(link: Link, verb: Token | None) -> Link:
    """The link with its relation changed by the verb over it ("lifted Turkey's sanctions on Iran")."""
    light = light_verbs().get(lemma(verb)) if verb is not None else None
    changed = light.does.get(link.relation) if light else None
    return replace(link, relation=changed) if changed == "yieldsTo" else link


def _light_links(
    entry: Entry, noun: Token, verb: Token, own: tuple[Token, ...], objects: tuple[Token, ...]
) -> Iterator[Link]:
    light = light_verbs().get(lemma(verb))
    doers = tuple(_light_doers(noun, verb))
    first, last = sorted((verb, noun), key=lambda t: t.i)
    trigger = (first, last) if last.i - first.i <= NEAR else (noun, noun)
    if (light is not None and light.receives) or noun.head.lower_ == "under":
        givers = own + tuple(complements(noun, "from")) + tuple(complements(verb, "from"))
        yield Link(entry.relation, givers, doers, trigger)
        return
    reached = objects or tuple(x for f in (*entry.frame, "to") for x in complements(verb, f))
    if not reached and "against" in entry.frame:
        reached = tuple(distant(verb, "against"))
    relation = light.does.get(entry.relation, entry.relation) if light else entry.relation
    if reached or own:
        yield Link(relation, doers, reached or own, trigger)
    elif entry.mutual:
        yield Link(relation, doers, doers, trigger, among=True)
    elif relation == entry.relation:
        yield Link(relation, doers, (), trigger)


def _light_doers(noun: Token, verb: Token) -> list[Token]:
    """Subjects of the light verb; those it is passive to when the noun is not ("were involved in attacks")."""
    passive = [c for c in children(verb, "nsubjpass") if c.i != noun.i]
    doers = [x for c in passive for x in coordinated(c)] if is_passive(verb) else subjects(verb)
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and matching("verbs", verb):  # "works with B in the fight"
        doers += complements(verb, "with")
    return doers


def modifier_links(token: Token) -> Iterator[Link]:
    """Links of "X-backed Y", "anti-X Y" and "Y loyal to X"."""
    for entry in entries("modifiers").get(token.lower_, ()):
        match entry.form:
            case "suffix":
                yield from _affix_links(entry, token, token.i - 2)
            case "prefix":
                yield from _affix_links(entry, token, token.i + 2)
            case "adjective":
                nouns = _described(token)
                actors = [x for f in entry.frame for x in complements(token, f)]
                yield Link(entry.relation, tuple(nouns), tuple(actors), (token, token))


def _affix_links(entry: Entry, token: Token, place: int) -> Iterator[Link]:
    doc = token.doc
    hyphen = doc[min(max(token.i, place) - 1, len(doc) - 1)] if place >= 0 else token
    if place < 0 or place >= len(doc) or hyphen.text not in "-–‑":
        return
    actor, noun = doc[place], _noun_after(doc[max(token.i, place)])
    if noun is not None:
        pair = (actor,), (noun,)
        who, whom = pair if entry.subject == "actor" else pair[::-1]
        yield Link(entry.relation, who, whom, (token, token), affix=True)


def _noun_after(token: Token) -> Token | None:
    """Head of the noun phrase that the modifier stands in."""
    head = token
    for _ in range(4):
        if head.i > token.i and head.pos_ in NOMINAL and head.dep_ not in ("compound", "amod", "nmod"):
            return head
        head = head.head
    after = [t for t in token.doc[token.i + 1 : token.i + 5] if t.pos_ in ("NOUN", "PROPN")]
    return after[0] if after else None


def _described(adjective: Token) -> list[Token]:
    head = adjective.head
    if adjective.tag_ == "VBN" and (found := children(adjective, "nsubj", "nsubjpass")):
        return [x for t in found for x in coordinated(t)]
    if adjective.dep_ in ("acomp", "ccomp", "oprd") and head.pos_ in VERBAL:
        return subjects(head)
    if adjective.dep_ in ("amod", "appos", "acl") and head.pos_ in NOMINAL:
        return coordinated(head)
    return []


def member_links(token: Token) -> Iterator[Link]:
    """Links of a list of members ("a coalition including the UK") and of "as part of the coalition"."""
    if token.lower_ == "including" and token.head.lemma_.lower() in GROUPS:
        members = [x for p in children(token, "pobj", "dobj") for x in coordinated(p)]
        yield Link("memberOf", tuple(members), (token.head, *_bearers(token.head)), (token, token))
    elif token.lower_ == "part" and token.dep_ in ("pobj", "attr", "dobj"):
        groups = tuple(complements(token, "of"))
        verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "as" else token.head
        if groups and verb.pos_ in VERBAL and (token.dep_ != "dobj" or verb.lemma_ in ("form", "make")):
            yield Link("memberOf", tuple(subjects(verb)), groups, (token, token))
