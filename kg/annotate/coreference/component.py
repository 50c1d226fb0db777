"""The component ``kg_coreference``: mentions join their actors, and every claim gets its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.attribution.statements import author, heading
from kg.annotate.coreference.constraints import Bounds, Traits, owner, traits
from kg.annotate.coreference.entities import Scores, entities, with_author
from kg.annotate.coreference.sources import Sources
from kg.annotate.coreference.speakers import first_persons, speakers
from kg.annotate.reader.antecedents import Candidates, antecedent_pairs, clusters
from kg.annotate.reader.encoder import Encoder, shipped
from kg.annotate.reader.features import PRONOUNS, Floats
from kg.annotate.reader.heads import Ints
from kg.annotate.reader.labels import TYPES
from kg.annotate.reader.mentions import Found, chance, chances, gathered, one_head, spotted, types, with_pronouns
from kg.annotate.spans import Shelf, listed
from kg.records import Actor, Claim, Role, Span


@Language.factory("kg_coreference", requires=["doc.ents"])
def make_coreference(nlp: Language, name: str) -> Coreference:  # noqa: ARG001  (what spaCy passes)
    """The component over the shipped reader."""
    return Coreference(shipped())


#: Score of a pair that cannot be two; its negative is that of one that cannot be one.
_CERTAIN = 20.0


class Coreference:
    """Clusters mentions into actors, and gives every claim its source."""

    def __init__(self, reader: Encoder) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its actors' mentions completed and its claims' sources filled."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> Scores:
        """Mentions of ``doc`` with their types and clusters."""
        text, claims = layers.text(doc), layers.claims(doc)
        named = [a for a in layers.actors(doc) if a.wikidata or any(m.kind == "name" for m in a.mentions)]
        states = {a.id for a in named if a.type == "State"}
        found = self._found(text, claims, named)
        rows, kinds, several = types(self.reader.reading(text), self.reader.heads, found)
        found = self._without_peoples(found, kinds, states)
        spans, keys = [f.span for f in found], [f.key for f in found]
        pairs, features = antecedent_pairs(text, spans, speakers(claims, spans))
        scores = self.reader.heads.antecedents(rows, pairs, features)
        phrases, spoken, lists = _phrases(text, spans, pairs), first_persons(text, claims, found), _lists(text, spans)
        scores[phrases] = _CERTAIN
        scores[np.isin(pairs, [*spoken, *lists]).any(1)] = -_CERTAIN
        told = self._told(text, found, kinds, _states_of(layers.actors(doc), layers.roles(doc)))
        for later, earlier in pairs[phrases].tolist():
            told[later] = told[earlier] = told[earlier].joined(told[later])
        settings = self.reader.settings
        bounds = Bounds(text, spans, told, keys, layers.listed(doc) | {a.id for a in named if a.wikidata})
        candidates = Candidates(keys, (several >= settings.several).tolist(), pairs, scores)
        numbers = clusters(candidates, bounds.allow, settings.joined, settings.introduced)
        return Scores(found, kinds, _with_exact(numbers, spoken, lists))

    def _found(self, text: str, claims: Sequence[Claim], named: Sequence[Actor]) -> list[Found]:
        """The mentions: those that the head spots, the names of known actors, pronouns, and the sources of claims."""
        reading = self.reader.reading(text)
        names = [((m.start, m.end), a.id, m.kind == "name" or is_known(a)) for a in named for m in a.mentions]
        sources = [c.source_span[0] for c in claims if c.source_span]
        sure = chances(reading, self.reader.heads)
        spots = with_pronouns(text, reading, spotted(reading, sure, self.reader.settings.weak))
        found = gathered(text, reading, spots, names, sources)
        return [f if f.chance else replace(f, chance=chance(sure, f.at)) for f in found]

    def _told(self, text: str, found: Sequence[Found], kinds: Floats, whose: Mapping[str | Span, str]) -> list[Traits]:
        """What is known of each mention; ``whose`` tells the state behind a key, or behind a description."""
        named = {f.span[0]: (f.span[1], f.key) for f in found if f.key and whose.get(f.key) == f.key}
        told = []
        for f, k in zip(found, kinds, strict=True):
            of = owner(text, f.span, named) or whose.get(f.key or f.span)
            known = traits(text[slice(*f.span)], TYPES[int(k.argmax())])
            told.append(replace(known, owner=None if of == f.key else of))
        return told

    def _without_peoples(self, found: list[Found], kinds: Floats, states: set[str]) -> list[Found]:
        """``found`` without the keys of states where the head sees no state: "the Ukrainians", "Russian forces"."""
        least, sure = self.reader.settings.state, self.reader.settings.mention
        chance = kinds[:, TYPES.index("State")].tolist()
        return [
            replace(f, key=None) if f.key in states and c < least and f.chance >= sure else f
            for f, c in zip(found, chance, strict=True)
        ]

    def set_annotations(self, doc: Doc, scores: Scores) -> None:
        """Write actors and the sources of claims."""
        known = {a.id: a for a in layers.actors(doc)}
        text = layers.text(doc)
        actors = entities(text, scores, known, self.reader.settings.mention, layers.listed(doc))
        same = scores.same()
        roles = (replace(r, person=same.get(r.person, r.person), of=same.get(r.of, r.of)) for r in layers.roles(doc))
        layers.set_roles(doc, list(dict.fromkeys(roles)))
        own = (c.source_span[0] for c in layers.claims(doc) if c.source_span and not c.cue_span)
        signed = {s for s in own if PRONOUNS.get(text[slice(*s)].casefold()) == PRONOUNS["i"]}
        sources = Sources(text, list(with_author(actors, signed, author(heading(text, layers.title(doc))))))
        layers.set_claims(doc, [sources.resolved(c) for c in layers.claims(doc)])
        layers.set_actors(doc, sources.actors)
        layers.set_sure(doc, {f.span: f.chance for f in scores.mentions})


def _phrases(text: str, spans: Sequence[Span], pairs: Ints) -> list[int]:
    """The numbers of the pairs that are one phrase, with more or less around its head."""
    starts, ends = np.array(spans, np.int64).reshape(-1, 2)[pairs].T
    overlapping = np.flatnonzero((starts[0] < ends[1]) & (starts[1] < ends[0]))
    return [n for n in overlapping.tolist() if one_head(text, *(spans[i] for i in pairs[n].tolist()))]


def _states_of(actors: Sequence[Actor], roles: Sequence[Role]) -> dict[str | Span, str]:
    """The state that each actor is, belongs to, or holds its only office of; also by the spans of descriptions."""
    known = {a.id: a for a in actors}
    offices: dict[str, set[str | None]] = {}
    for role in roles:
        offices.setdefault(role.person, set()).add(role.of)
    found: dict[str | Span, str] = {}
    for actor in actors:
        at, seen = actor, set[str]()
        while at.type != "State" and at.id not in seen:
            seen.add(at.id)
            of = at.of or (next(iter(offices[at.id])) if len(offices.get(at.id, ())) == 1 else None)
            at = known.get(of or "", at)
        if at.type == "State":
            found[actor.id] = at.id
            if actor is not at:
                found |= {(m.start, m.end): at.id for m in actor.mentions if m.kind == "description"}
    return found


def _with_exact(
    numbers: list[tuple[int, ...]], spoken: Mapping[int, int], lists: Mapping[int, list[int]]
) -> list[tuple[int, ...]]:
    """The clusters of each mention; what "I" and a list stand for is not the head's to say."""
    out = [numbers[spoken.get(n, n)] for n in range(len(numbers))]
    for n, parts in lists.items():
        out[n] = tuple(dict.fromkeys(c for part in parts for c in out[part]))
    return out


def _lists(text: str, spans: Sequence[Span]) -> dict[int, list[int]]:
    """The numbers of the mentions that each mention lists: "Oman and Qatar" is no third actor but these two."""
    numbers, shelf = {span: n for n, span in enumerate(spans)}, Shelf(spans)
    found = ((n, listed(text, span, shelf.touching(span))) for span, n in numbers.items())
    return {n: [numbers[part] for part in parts] for n, parts in found if parts}


def is_known(actor: Actor) -> bool:
    """Whether a list knows somebody by descriptions alone: "the French president" on a day."""
    return actor.wikidata is not None and all(m.kind != "name" for m in actor.mentions)
