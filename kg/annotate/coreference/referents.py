"""Referents: the actors of a Doc as coreference works on them, with number, gender and where they were mentioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate

from spacy.tokens import Doc

from kg.annotate.actors.kinds import first_names, titles
from kg.annotate.actors.names import token_starts
from kg.annotate.actors.phrases import is_plural, nouns
from kg.gazetteer import Entry, Gazetteer, fold, word_list, words
from kg.records import Actor, Mention, Role

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_RELATIVE = frozenset(("WP", "WDT"))
_COLLECTIVE = frozenset(
    ("ArmedForce", "ArmedGroup", "Coalition", "Government", "Ministry", "Organisation", "Outlet", "Party")
)
PERSONAL = frozenset(("Person", "Unnamed"))


@dataclass(slots=True)
class Place:
    """Where a referent was mentioned: head token, sentence number, and whether as a subject.

    ``anchor`` is the head of what the mention stands beside: of "Ana Ruiz, the chair of the board, left" Ruiz.
    """

    start: int
    end: int
    head: int
    sentence: int
    subject: bool
    kind: str
    anchor: int


@dataclass(slots=True)
class Referent:
    """An actor with what is needed to refer back to it.

    ``lemmas`` are the nouns that it was described by, ``offices`` head and owner of its offices, ``duties`` what they
    are for ("foreign").
    """

    actor: Actor
    places: list[Place] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    lemmas: set[str] = field(default_factory=set)
    offices: set[tuple[str, str]] = field(default_factory=set)
    duties: set[str] = field(default_factory=set)
    genders: Counter[str] = field(default_factory=Counter)
    plural: bool = False

    @property
    def type(self) -> str:
        """Type of the actor."""
        return self.actor.type

    @property
    def gender(self) -> str | None:
        """``m`` or ``f`` where title, role or gazetteer tell."""
        return self.genders.most_common(1)[0][0] if self.genders else None

    @property
    def group(self) -> bool:
        """Whether ``they`` may name it."""
        return self.plural or self.actor.type in _COLLECTIVE or self.actor.type == "People"

    def last_before(self, token: int) -> Place | None:
        """The latest place that ends at or before ``token``."""
        return max((p for p in self.places if p.end <= token), key=lambda p: p.head, default=None)


class Cast:
    """Every referent of a Doc, and which of them stands over a token."""

    def __init__(self, doc: Doc, actors: Iterable[Actor], roles: Iterable[Role], gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.starts = token_starts(doc)
        self.sentence = _sentences(doc)
        self.referents: list[Referent] = []
        self.over: dict[int, Referent] = {}
        self.by_id: dict[str, Referent] = {}
        for actor in actors:
            self.admit(actor)
        for role in roles:
            if role.person in self.by_id:
                self._office(role)
        for referent in self.referents:
            if referent.type == "Person":
                self._known(referent)

    def entry(self, referent: Referent) -> Entry | None:
        """The gazetteer's entry of a referent, by its Wikidata id or its name there."""
        actor, known = referent.actor, self.gazetteer
        number = known.by_qid.get(actor.wikidata) if actor.wikidata else known.by_name.get((actor.name, actor.type))
        return None if number is None else self.gazetteer.entries[number]

    def state(self, country: str | None) -> Referent | None:
        """The referent of the state with that code, where the text names it."""
        number = self.gazetteer.state.get(country)
        qid = None if number is None else self.gazetteer.entries[number].qid
        return next((r for r in self.referents if qid and r.actor.wikidata == qid), None)

    def _known(self, referent: Referent) -> None:
        """Gender by gazetteer or first name, and offices that the gazetteer knows of."""
        parts, entry = words(referent.actor.name), self.entry(referent)
        gender = entry.gender if entry else first_names().get(parts[0]) if len(parts) > 1 else None
        if gender:
            referent.genders[gender] += 3
        state = self.state(entry.country) if entry else None
        if entry and "premier" in entry.offices:
            referent.duties.add("prime")
        for office in entry.offices if entry else ():
            referent.offices.add((office, state.actor.id if state else ""))

    def admit(self, actor: Actor) -> Referent:
        """A referent for ``actor``, with the mentions that it brings."""
        referent = Referent(actor)
        self.referents.append(referent)
        self.by_id[actor.id] = referent
        for mention in actor.mentions:
            span = self.tokens(mention.start, mention.end)
            if span:
                self.attach(referent, mention, span)
        return referent

    def _office(self, role: Role) -> None:
        parts = role.role.replace(" of state", "").split()
        head = next((w for w in reversed(parts) if w in nouns()), role.role)
        self.by_id[role.person].offices.add((f"{parts[0]} {head}" if parts[0] == "vice" else head, role.of))
        self.by_id[role.person].duties |= word_list("duties") & set(role.role.split())
        gender = nouns().get(head, {}).get("gender")
        if gender:
            self.by_id[role.person].genders[gender] += 5

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Token range of a character range that begins at a token."""
        first = self.starts.get(start)
        if first is None:
            return None
        last = first
        while last + 1 < len(self.doc) and self.doc[last + 1].idx < end:
            last += 1
        return first, last + 1

    def attach(self, referent: Referent, mention: Mention, span: tuple[int, int], head: int | None = None) -> None:
        """Add a mention to a referent, and what the mention tells about it."""
        start, end = span
        at = self.doc[start:end].root if head is None else self.doc[head]
        referent.mentions.append(mention)
        anchor = at
        while anchor.dep_ == "appos" and anchor.head.i != anchor.i:
            anchor = anchor.head
        subject = anchor.dep_ in _SUBJECTS and anchor.tag_ not in _RELATIVE
        place = Place(start, end, at.i, self.sentence[at.i], subject, mention.kind, anchor.i)
        referent.places.append(place)
        for i in range(start, end):
            held = self.over.get(i)
            if held is None or mention.kind == "name" or len(held.places) == 0:
                self.over[i] = referent
        self._learn(referent, place)

    def _learn(self, referent: Referent, place: Place) -> None:
        """Note number, gender and nouns that one mention shows."""
        head = self.doc[place.head]
        if place.kind == "description":
            lemma = head.lemma_.lower() if head.pos_ == "NOUN" else head.lower_
            referent.lemmas.add(lemma)
            gender = nouns().get(lemma, {}).get("gender")
            if gender:
                referent.genders[gender] += 5
            referent.duties |= word_list("duties") & {t.lower_ for t in self.doc[place.start : place.end]}
        if referent.type in PERSONAL:
            gender = titles().get(fold(self.doc[place.start].text).rstrip("."))
            if gender:
                referent.genders[gender] += 5
        if place.kind != "pronoun" and referent.type != "State" and is_plural(head) and referent.type != "Person":
            referent.plural = True

    def introduce(self, actor: Actor, span: tuple[int, int], mention: Mention, head: int | None = None) -> Referent:
        """A new referent with a first mention."""
        referent = self.admit(actor)
        self.attach(referent, mention, span, head)
        return referent

    def next_id(self) -> str:
        """An id that no actor has."""
        return f"a{len(self.referents) + 1}"

    def actors(self) -> list[Actor]:
        """Actor records with every mention found, in order of first mention."""
        out, text = [], self.doc.text
        for referent in self.referents:
            unique = {(m.start, m.end): m for m in reversed(referent.mentions)}
            mentions = tuple(unique[span] for span in sorted(unique))
            forms = (text[m.start : m.end] for m in mentions if m.kind != "pronoun")
            names = tuple(dict.fromkeys([*referent.actor.names, *forms]))
            out.append(replace(referent.actor, mentions=mentions, names=names))
        return sorted(out, key=lambda a: (not a.mentions, a.mentions[0].start if a.mentions else 0, int(a.id[1:])))


def _sentences(doc: Doc) -> list[int]:
    """Sentence number of each token."""
    opens = (start == 1 or i == 0 for i, start in enumerate(doc.to_array("SENT_START").tolist()))
    return [number - 1 for number in accumulate(map(int, opens))]
