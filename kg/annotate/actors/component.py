"""The component ``kg_actors``: names, groups, unnamed sources and roles of a Doc as Actor and Role records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.actors.candidates import Candidate, covered, trimmed
from kg.annotate.actors.descriptions import beside_name, describe, of_people, same_group, together
from kg.annotate.actors.grouping import final, grouped, same_actor
from kg.annotate.actors.names import find_names, is_title
from kg.annotate.actors.people import surnames
from kg.annotate.actors.phrases import Phrase, find_phrases
from kg.annotate.actors.roles import Holding, holdings, incumbent, overlooked, role_words
from kg.gazetteer import Entry, Gazetteer, load_gazetteer
from kg.records import Actor, Mention, Role

#: Bodies of states that somebody may speak for.
_BODIES = frozenset(("Ministry", "ArmedForce", "Government"))
#: Names that the model reads as other words, with a word of the same kind that it knows.
NORMS = {"IS": "isis", "ISIL": "isis", "Isil": "isis", "Daesh": "isis"}


@Language.factory("kg_actors", default_config={"gazetteer": None}, requires=["token.pos", "token.dep", "doc.ents"])
def make_actors(
    nlp: Language,
    name: str,  # noqa: ARG001  (what spaCy passes)
    gazetteer: str | None,
) -> ActorFinder:
    """The component, over the shipped gazetteer and the YAML file ``gazetteer``."""
    add_special_case = getattr(nlp.tokenizer, "add_special_case", None)  # other tokenizers may have none
    if add_special_case is not None:
        for word, norm in NORMS.items():
            add_special_case(word, [{"ORTH": word, "NORM": norm}])
    return ActorFinder(load_gazetteer(gazetteer))


@dataclass(frozen=True, slots=True)
class Page:
    """A Doc with its text, and the actor ids of the keys of its candidates."""

    doc: Doc
    text: str
    ids: dict[str, str]
    renamed: dict[str, str]

    def actor_id(self, key: str) -> str | None:
        """Id of the actor that candidates of ``key`` belong to."""
        return self.ids.get(final(key, self.renamed))


class ActorFinder:
    """Finds actors and roles and keeps them in the Doc's layers."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its layers of actors and roles filled."""
        names = find_names(doc, self.gazetteer)
        over = covered(names)
        phrases = find_phrases(doc, over)
        late = list(overlooked(doc, phrases, over))
        names += late
        names += surnames(doc, names) if late else []
        over = covered(names)
        held = list(holdings(doc, phrases, over))
        candidates = names + self._descriptions(doc, phrases, held, names)
        candidates += [_held(h) for h in held] + [_entitled(h) for h in held if h.phrase.end == h.person.start]
        renamed = same_actor(doc, candidates)
        spoken = sorted((c for c in candidates if not c.modifier), key=lambda c: (c.start, c.end))
        groups = grouped(spoken, renamed)
        page = Page(doc, layers.text(doc), {key: f"a{n}" for n, key in enumerate(groups, 1)}, renamed)
        layers.set_actors(doc, [self._actor(page, key, group) for key, group in groups.items()])
        layers.set_listed(doc, {page.ids[key] for key, group in groups.items() if _entry_of(key, group) is not None})
        layers.set_roles(doc, _roles(page, held))
        return doc

    def _descriptions(
        self, doc: Doc, phrases: list[Phrase], held: list[Holding], names: list[Candidate]
    ) -> list[Candidate]:
        """Candidates of phrases that introduce an actor, under the key of the named group that some of them are."""
        roles, over = {id(h.phrase) for h in held}, covered(names)
        out = []
        for phrase in phrases:
            if id(phrase) in roles:
                continue
            candidate = describe(doc, phrase, self.gazetteer) or incumbent(doc, phrase, names, self.gazetteer)
            named = same_group(doc, phrase, over)
            if candidate is None and named is not None:
                candidate = beside_name(doc, phrase, named)
            if candidate is not None:
                named = named or of_people(doc, phrase, names, self.gazetteer)
                if named:
                    candidate.key, candidate.of = named, None
                out.append(candidate)
            out += together(phrase, over) if named is not None else []
        return _speaking_for_bodies(out)

    def _state_of(self, page: Page, entry: Entry | None) -> str | None:
        """Id of the state that a known institution or leader stands for, where the text names it."""
        country = None if entry is None else entry.stands_for or (entry.country if entry.offices else None)
        state = self.gazetteer.state.get(country) if country else None
        return None if state is None else page.ids.get(f"entry:{state}")

    def _actor(self, page: Page, key: str, group: list[Candidate]) -> Actor:
        """The actor of the candidates of one key."""
        number = _entry_of(key, group)
        entry = None if number is None else self.gazetteer.entries[number]
        mentions = _one_a_span(_mention(page.doc, c) for c in group)
        bare = {page.doc[c.start : c.end].text for c in group if c.type == "Person" and c.kind == "name"}
        names = tuple(dict.fromkeys([*(page.text[m.start : m.end] for m in mentions), *sorted(bare)]))
        fullest = min(group, key=lambda c: (c.kind != "name", c.label == "adjective", -(c.end - c.start), c.start))
        start, end = trimmed(page.doc, fullest.start, fullest.end)
        known_as = next((c.name for c in group if c.name), page.doc[start:end].text)
        name, type_ = (entry.name, entry.type) if entry else (known_as, fullest.type)
        of = next((page.actor_id(c.of) for c in group if c.of), None) or self._state_of(page, entry)
        of = None if of == page.ids[key] else of
        qid = entry.qid if entry else None
        return Actor(page.ids[key], name, type_, names, qid, of, mentions, group[0].reason)


def _entry_of(key: str, group: list[Candidate]) -> int | None:
    """The number of the gazetteer's entry for the candidates of a key."""
    return next((c.entry for c in group if c.entry is not None and c.key == key), None)


def _speaking_for_bodies(described: list[Candidate]) -> list[Candidate]:
    """The candidates, each of which that ends in the description of a body ("... for Chile's army") belonging to it."""
    bodies = {c.end: c for c in described if c.of is not None and c.type in _BODIES}
    for candidate in described:
        body = bodies.get(candidate.end)
        if candidate.type == "Unnamed" and body is not None and body.start > candidate.start:
            candidate.of = body.key
    return described


def _one_a_span(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in the order of the text, of several over one span the name."""
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.kind != "name", m.reason))
    first = {(m.start, m.end): m for m in reversed(ordered)}
    return tuple(first[span] for span in sorted(first))


def _mention(doc: Doc, candidate: Candidate) -> Mention:
    """The mention of a candidate; of a person's name, with the title before it."""
    start = candidate.start
    if candidate.type == "Person" and candidate.kind == "name" and start and is_title(doc[start - 1]):
        start -= 1
    span = doc[start : candidate.end]
    return Mention(span.start_char, span.end_char, candidate.kind, candidate.reason)


def _held(held: Holding) -> Candidate:
    """The role's own words as a description of the person who holds it."""
    person, phrase = held.person, held.phrase
    return Candidate(
        phrase.start, phrase.end, "Person", person.key, "description", "role beside the name", entry=person.entry,
        gender=phrase.noun.get("gender"),
    )  # fmt: skip


def _entitled(held: Holding) -> Candidate:
    """Role and name together ("US secretary of state Mike Pompeo") as one mention."""
    person, phrase = held.person, held.phrase
    return Candidate(phrase.start, person.end, "Person", person.key, "description", "role and name", entry=person.entry)


def _roles(page: Page, held: list[Holding]) -> list[Role]:
    """Role records of the roles whose organisation or state is named."""
    out: dict[tuple[str, str, str], Role] = {}
    for h in held:
        person = page.actor_id(h.person.key)
        of = page.actor_id(h.phrase.owner.key) if h.phrase.owner else None
        if person and of:
            span = page.doc[h.phrase.start : h.phrase.end]
            role = Role(person, role_words(page.doc, h.phrase), of, (span.start_char, span.end_char))
            out.setdefault((role.person, role.role, role.of), role)
    return list(out.values())
