"""The component ``kg_relations``: propositions between the actors of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Phrase

from kg.annotate import layers
from kg.annotate.reader.encoder import Encoder, available, shipped
from kg.annotate.relations.arguments import Mentions
from kg.annotate.relations.head import beside, best
from kg.annotate.relations.head import stated as scored
from kg.annotate.relations.lexicon import heads
from kg.annotate.relations.links import Link, links
from kg.annotate.relations.open import open_links
from kg.annotate.relations.resumed import pointed, resumed
from kg.annotate.relations.stand_ins import Groups, spans
from kg.annotate.relations.syntax import GROUPS, VERBAL, complements
from kg.annotate.time import time_of
from kg.records import RELATIONS, SYMMETRIC, Actor, Proposition, Span

#: Actors that a place may be.
PLACES = frozenset({"Place", "State"})
#: Hostile relations in which a place stands for who holds it.
TAKEN = frozenset({"attacks", "coerces", "threatens", "mobilisesAgainst"})
#: Relations that last: what happens on a day or in a place says nothing of them.
STANDING = frozenset({"alliedWith", "memberOf", "leads", "opposes"})
#: What can be joined or belonged to: never a state, a place or a person.
JOINABLE = frozenset({"Coalition", "Organisation", "Party", "ArmedGroup", "ArmedForce", "Government", "Outlet"})


#: Subject and object: the key of each, and the head of the phrase that names it.
Pair = tuple[tuple[str, Token], tuple[str, Token]]
#: Relations that act on bodies and places.
PHYSICAL = frozenset({"attacks", "coerces", "mobilisesAgainst"})
#: Relations whose subject is a body or a person ("British law allows" tells of neither).
LIVING = frozenset({"yieldsTo", "leads", "assists"})


class Relations:
    """Adds the Doc's propositions, found by the lexicon; with ``open_relations`` also other verbs between actors."""

    def __init__(self, *, open_relations: bool = False, reader: Encoder | None = None) -> None:
        self.open_relations, self.reader = open_relations, reader

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its propositions set."""
        actors = {a.id: a for a in layers.actors(doc)}
        mentions = Mentions(doc, spans(doc, actors))
        mentions.groups = Groups(doc, actors, mentions.roots).found()
        found: list[Proposition] = []
        speakers = _speakers(doc, actors)
        for sentence in doc.sents:
            named = mentions.named(sentence.start, sentence.end)
            stated = list(links(sentence)) if named else []
            new = list(self._propositions(sentence, stated, mentions, actors, speakers)) if named > 1 else []
            found += [*new, *resumed(stated, mentions, found)]
        found += pointed(doc, layers.claims(doc), found)
        every = found if self.reader is None else self._with_head(doc, found, self.reader)
        layers.set_propositions(doc, (replace(p, id=f"p{i}") for i, p in enumerate(every, 1)))
        return doc

    def _with_head(self, doc: Doc, ruled: list[Proposition], reader: Encoder) -> list[Proposition]:
        """The rules' propositions, and behind them what the relation head finds where they are silent."""
        found = best(scored(reader, doc.text, layers.actors(doc)))
        more = beside(doc.text, found, ruled, reader.settings.trust)
        known = (replace(p, confidence=reader.settings.ruled) for p in ruled)
        return [*known, *(self._timed(doc, p) for p in more)]

    def _timed(self, doc: Doc, found: Proposition) -> Proposition:
        """The proposition with its time, where the clause of its trigger gives one."""
        span = doc.char_span(*found.trigger, alignment_mode="expand") if found.trigger else None
        when = time_of(span.root, layers.article_date(doc), standing=False) if span is not None else None
        if when is None:
            return found
        return replace(found, time_text=when.text, valid_from=when.start, valid_to=when.end, precision=when.precision)

    def _propositions(
        self,
        sentence: Phrase,
        found: list[Link],
        mentions: Mentions[str],
        actors: dict[str, Actor],
        speakers: dict[int, Speaker],
    ) -> Iterator[Proposition]:
        seen: set[tuple[str, str, str]] = set()
        related: set[frozenset[str]] = set()
        for stated in found:
            link = _membership(stated, mentions, actors)
            for subject, obj in _spoken(link, pairs(link, mentions), speakers.get(link.trigger[0].i)):
                key = (subject[0], link.relation, obj[0])
                if any(actors[key].type == "Unnamed" and _abstract(head) for key, head in (subject, obj)):
                    continue  # "rejected the accusations" is no relation to a source
                if key not in seen and _possible(link, actors[subject[0]], actors[obj[0]]):
                    seen.add(key)
                    related.add(frozenset((subject[0], obj[0])))
                    yield self._dated(proposition(link, subject, obj), link, mentions, actors)
        if self.open_relations:
            yield from _open(sentence, mentions, related)

    def _dated(self, found: Proposition, link: Link, mentions: Mentions[str], actors: dict[str, Actor]) -> Proposition:
        """The proposition with its time and place, where the clause gives them."""
        predicate = link.trigger[0]
        standing = predicate.pos_ not in VERBAL and link.relation in STANDING
        when = time_of(predicate, layers.article_date(predicate.doc), standing=standing)
        where = None if standing else _place(link, mentions, actors, {found.subject, found.object})
        if when is None or any(when.text in a.names for a in actors.values() if a.type == "Person"):  # "urged May"
            return replace(found, place=where)
        return replace(
            found,
            place=where,
            time_text=when.text,
            valid_from=when.start,
            valid_to=when.end,
            precision=when.precision,
        )


@dataclass(frozen=True, slots=True)
class Speaker:
    """The one actor whose claims a verb is the cue of, and the tokens that name him in the verb's sentence."""

    actor: str
    named: frozenset[int]


def _speakers(doc: Doc, actors: dict[str, Actor]) -> dict[int, Speaker]:
    """Verbs that are cues of claims, by token, where one actor speaks."""
    found: dict[int, set[Speaker]] = {}
    for claim in layers.claims(doc):
        source = actors.get(claim.source or "")
        if source is None or not source.mentions:
            continue
        cue, named = layers.tokens(doc, claim.cue_span), layers.tokens(doc, claim.source_span)
        for verb in (t for t in cue if t.pos_ in VERBAL and named and named[0].sent == t.sent):
            found.setdefault(verb.i, set()).add(Speaker(source.id, frozenset(t.i for t in named)))
    return {i: next(iter(speakers)) for i, speakers in found.items() if len(speakers) == 1}


def _spoken(link: Link, found: Iterable[Pair], speaker: Speaker | None) -> Iterator[Pair]:
    """The pairs of a link; where its verb is somebody's cue, with that one for a subject that lies elsewhere.

    The parser slips on the subjects of verbs more often than attribution on who speaks.
    """
    told = list(found)
    sides = [(key, head.i) for pair in told for key, head in pair]
    known = speaker is None or any(key == speaker.actor or i in speaker.named for key, i in sides)
    for subject, obj in told:
        slipped = not known and link.relation not in SYMMETRIC
        yield ((speaker.actor, subject[1]) if slipped and speaker is not None else subject), obj


def _place(link: Link, mentions: Mentions[str], actors: dict[str, Actor], taken: set[str]) -> str | None:
    """The place or state in which the predicate, or its object, is said to happen."""
    things = [] if link.affix else [t for t in link.objects if t.lemma_.lower() not in heads("seated")]
    for token in (x for t in (*link.trigger, *things) for x in complements(t, "in")):
        named = [token, *complements(token, "of")] if token.lemma_.lower() in heads("regions") else [token]
        for word in reversed(named):
            key = mentions.within(word)
            if key is not None and key not in taken and actors[key].type in PLACES:
                return key
    return None


def _open(sentence: Phrase, mentions: Mentions[str], related: set[frozenset[str]]) -> Iterator[Proposition]:
    for link in open_links(sentence):
        for subject, obj in pairs(link, mentions):
            if frozenset((subject[0], obj[0])) not in related:
                yield proposition(link, subject, obj)


def _membership(link: Link, mentions: Mentions[str], actors: dict[str, Actor]) -> Link:
    """An ally of an organisation ("a Nato ally") is one of its members."""
    bodies = {actors[key].type for key, _ in mentions.find_all(link.objects)}
    if (
        link.relation == "alliedWith"
        and (link.trigger[0].pos_, link.trigger[0].lemma_.lower()) == ("NOUN", "ally")
        and bodies <= {"Organisation", "Coalition"}
        and bodies
    ):
        return replace(link, relation="memberOf")
    return link


def _possible(link: Link, subject: Actor, obj: Actor) -> bool:
    """Whether actors of these types can stand in the relation; "its allies" by itself tells nothing of anyone."""
    if link.relation == "consultsWith" and "Outlet" in (subject.type, obj.type):
        return False  # "spoke to the Guardian" tells of a claim
    if link.local and obj.type != "Place":
        return False
    named = not link.itself or link.trigger[0].lemma_.lower() in GROUPS
    if not named and any(all(m.kind != "name" for m in a.mentions) for a in (subject, obj)):
        return False
    if obj.type == "Place" and RELATIONS[link.relation] == "-" and link.relation not in TAKEN:
        return False  # who abandons a town is not against it
    return link.relation not in ("memberOf", "leads") or obj.type in JOINABLE


def pairs(link: Link, mentions: Mentions[str]) -> Iterator[Pair]:
    """Pairs (key, head) that the link relates: subject and object; symmetric ones once, in the order of the text."""
    subjects = mentions.find_all(link.subjects, itself=link.itself)
    if link.among:
        yield from combinations(subjects, 2)
        return
    if link.affix:
        yield from _affix_pair(link, mentions)
        return
    if link.relation in PHYSICAL:
        objects = [t for t in link.objects if not _abstract(t)]
    else:
        objects = list(link.objects)
        subjects = [s for s in subjects if link.relation not in LIVING or not _abstract(s[1])]
    for subject, obj in product(subjects, mentions.find_all(objects)):
        if subject[0] != obj[0]:
            backwards = link.relation in SYMMETRIC and obj[1].i < subject[1].i
            yield (obj, subject) if backwards else (subject, obj)


def _abstract(head: Token) -> bool:
    """Whether a phrase names words or rules, which nobody can strike and which free nobody."""
    return head.lemma_.lower() in heads("abstract")


def _affix_pair(link: Link, mentions: Mentions[str]) -> Iterator[Pair]:
    """The pair of an affix: the word it is joined to, and what the rest of the phrase names."""
    first, second = link.subjects[0], link.objects[0]
    subject, obj = mentions.within(first), mentions.within(second)
    if first.i < second.i and subject is not None:
        obj = mentions.find(second, excluded=subject) or mentions.around(second)
    elif obj is not None:
        subject = mentions.find(first, excluded=obj) or mentions.around(first)
    if subject is not None and obj is not None and subject != obj:
        yield (subject, first), (obj, second)


def proposition(link: Link, subject: tuple[str, Token], obj: tuple[str, Token]) -> Proposition:
    """The record of a link between two actors, not yet numbered."""
    return Proposition(
        id="",
        subject=subject[0],
        relation=link.relation,
        object=obj[0],
        trigger=_characters(*link.trigger),
        evidence=clause(link, subject[1], obj[1]),
        predicate=link.words,
    )


def clause(link: Link, subject: Token, obj: Token) -> Span:
    """The stretch from the first to the last word of the predicate and its two arguments."""
    words = sorted((*link.trigger, subject, obj), key=lambda t: t.i)
    return _characters(words[0], words[-1])


def _characters(first: Token, last: Token) -> Span:
    return first.idx, last.idx + len(last.text)


@Language.factory(
    "kg_relations", default_config={"open_relations": False, "head": True}, requires=["token.dep", "token.lemma"]
)
def make_relations(nlp: Language, name: str, open_relations: bool, head: bool) -> Relations:  # noqa: ARG001
    """The component, for ``nlp.add_pipe("kg_relations")``; with ``head`` the reader speaks where rules are silent."""
    return Relations(open_relations=open_relations, reader=shipped() if head and available() else None)
