"""The component ``kg_actors``: names, groups, unnamed sources and roles of a Doc as Actor and Role records."""

from __future__ import annotations

from spacy.attrs import NORM, ORTH
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.actors.candidates import Candidate, covered, trimmed
from kg.annotate.actors.descriptions import describe
from kg.annotate.actors.grouping import final, grouped, same_actor
from kg.annotate.actors.names import find_names
from kg.annotate.actors.phrases import Phrase, find_phrases
from kg.annotate.actors.roles import Holding, holdings, role_words
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.records import Actor, Mention, Role

#: Names that the model reads as other words, with a word of the same kind that it knows.
NORMS = {"IS": "isis", "ISIL": "isis", "Isil": "isis", "Daesh": "isis"}


@Language.factory("kg_actors", default_config={"gazetteer": None}, requires=["token.pos", "token.dep", "doc.ents"])
def make_actors(nlp: Language, name: str, gazetteer: str | None) -> ActorFinder:
    """The component, over the shipped gazetteer and the YAML file ``gazetteer``."""
    for word, norm in NORMS.items():
        nlp.tokenizer.add_special_case(word, [{ORTH: word, NORM: norm}])
    return ActorFinder(load_gazetteer(gazetteer))


class ActorFinder:
    """Finds actors and roles and keeps them in the Doc's layers."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its layers of actors and roles filled."""
        names = find_names(doc, self.gazetteer)
        over = covered(names)
        phrases = find_phrases(doc, over)
        held = list(holdings(doc, phrases, over))
        candidates = names + self._descriptions(doc, phrases, held)
        candidates += [_held(h) for h in held] + [_entitled(h) for h in held if h.phrase.end == h.person.start]
        renamed = same_actor(doc, candidates)
        text = doc.text
        spoken = sorted((c for c in candidates if not c.modifier), key=lambda c: (c.start, c.end))
        groups = grouped(spoken, renamed)
        ids = {key: f"a{n}" for n, key in enumerate(groups, 1)}
        layers.set_actors(doc, [self._actor(doc, text, key, group, ids, renamed) for key, group in groups.items()])
        layers.set_roles(doc, _roles(doc, held, ids, renamed))
        return doc

    def _descriptions(self, doc: Doc, phrases: list[Phrase], held: list[Holding]) -> list[Candidate]:
        """Candidates of phrases that introduce an actor; of two with one head, the longer."""
        roles = {id(h.phrase) for h in held}
        found = [c for p in phrases if id(p) not in roles and (c := describe(doc, p, self.gazetteer))]
        return found

    def _actor(
        self, doc: Doc, text: str, key: str, group: list[Candidate], ids: dict[str, str], renamed: dict[str, str]
    ) -> Actor:
        entry = next((self.gazetteer.entries[c.entry] for c in group if c.entry is not None and c.key == key), None)
        mentions = tuple(sorted({_mention(doc, c) for c in group}, key=lambda m: (m.start, m.end)))
        names = tuple(dict.fromkeys(text[m.start : m.end] for m in mentions))
        first = min(group, key=lambda c: (c.kind != "name", c.label == "adjective", -(c.end - c.start), c.start))
        start, end = trimmed(doc, first.start, first.end)
        of = next((ids.get(final(c.of, renamed)) for c in group if c.of), None)
        return Actor(
            ids[key], entry.name if entry else doc[start:end].text, entry.type if entry else first.type, names,
            entry.qid if entry else None, of, mentions, group[0].reason,
        )  # fmt: skip


def _mention(doc: Doc, candidate: Candidate) -> Mention:
    span = doc[candidate.start : candidate.end]
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


def _roles(doc: Doc, held: list[Holding], ids: dict[str, str], renamed: dict[str, str]) -> list[Role]:
    """Role records of the roles whose organisation or state is named."""
    out: dict[tuple[str, str, str], Role] = {}
    for h in held:
        person = ids.get(final(h.person.key, renamed))
        of = ids.get(final(h.phrase.owner.key, renamed)) if h.phrase.owner else None
        if person and of:
            span = doc[h.phrase.start : h.phrase.end]
            role = Role(person, role_words(doc, h.phrase), of, (span.start_char, span.end_char))
            out.setdefault((role.person, role.role, role.of), role)
    return list(out.values())
