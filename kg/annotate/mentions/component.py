"""The component ``kg_mentions``: mentions that names and rules passed over join the actors that they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.mentions.constraints import Traits, traits
from kg.annotate.reader.antecedents import antecedent_pairs, clusters
from kg.annotate.reader.encoder import Encoder, shipped
from kg.annotate.reader.features import Floats
from kg.annotate.reader.labels import TYPES
from kg.annotate.reader.mentions import Found, gathered, is_pronoun, spotted, types
from kg.records import Actor, Claim, Mention, Span

REASON = "mention head"


@Language.factory("kg_mentions")
def make_mentions(nlp: Language, name: str) -> MentionFinder:  # noqa: ARG001  (what spaCy passes)
    """The component over the shipped reader."""
    return MentionFinder(shipped())


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of a Doc's mentions: types (mentions, 13), and the number of each one's cluster."""

    mentions: list[Found]
    types: Floats
    clusters: list[int]


class MentionFinder:
    """Adds the mentions that the head finds beside those that stand already."""

    def __init__(self, reader: Encoder) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its actors' mentions completed, and with actors whom only descriptions name."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> Scores:
        """Mentions of ``doc``, those of known actors among them, with their types and clusters."""
        text = doc.text
        reading, heads = self.reader.reading(text), self.reader.heads
        known = [((m.start, m.end), a.id, True) for a in layers.actors(doc) for m in a.mentions]
        found = gathered(text, reading, spotted(reading, heads, self.reader.settings.weak), known, ())
        rows, kinds = types(reading, heads, found)
        spans = [f.span for f in found]
        pairs, features = antecedent_pairs(text, spans, speakers(layers.claims(doc), spans))
        scores = heads.antecedents(rows, pairs, features)
        told = [traits(text[slice(*f.span)], TYPES[int(k.argmax())]) for f, k in zip(found, kinds, strict=True)]
        return Scores(found, kinds, clusters([f.key for f in found], pairs, scores, partial(_agree, told)))

    def set_annotations(self, doc: Doc, scores: Scores) -> None:
        """Write the actors."""
        actors = layers.actors(doc)
        members: dict[int, list[int]] = {}
        for i, number in enumerate(scores.clusters):
            members.setdefault(number, []).append(i)
        more: dict[str, list[Mention]] = {}
        fresh: list[tuple[list[Mention], Floats]] = []
        for rows in members.values():
            found = [scores.mentions[i] for i in rows]
            key = next((f.key for f in found if f.key), None)
            mentions = [_mention(doc.text, f) for f in found if f.key is None]
            if key is not None:
                more[key] = mentions
            elif max(f.chance for f in found) >= self.reader.settings.mention:
                fresh.append((mentions, scores.types[rows]))
        first = max((int(a.id[1:]) for a in actors if a.id[1:].isdigit()), default=0) + 1
        new = [_new(doc.text, f"a{n}", mentions, kinds) for n, (mentions, kinds) in enumerate(fresh, first)]
        layers.set_actors(doc, _owned([*(_completed(doc.text, a, more.get(a.id, [])) for a in actors), *new]))


def _agree(told: Sequence[Traits], mention: int, members: Sequence[int]) -> bool:
    """Whether a mention may stand for what the members of a cluster stand for."""
    return told[mention].agree(reduce(Traits.joined, (told[m] for m in members)))


def speakers(claims: Sequence[Claim], spans: Sequence[Span]) -> list[Span | None]:
    """For each mention, the source span of the innermost claim whose content holds it."""
    sized = sorted((sum(e - s for s, e in c.content), c.id, c) for c in claims if c.source_span)
    return [
        next((c.source_span[0] for _, _, c in sized if any(s <= start and end <= e for s, e in c.content)), None)
        for start, end in spans
    ]


def _mention(text: str, found: Found) -> Mention:
    return Mention(*found.span, "pronoun" if is_pronoun(text, found.span) else "description", REASON)


def _completed(text: str, actor: Actor, mentions: list[Mention]) -> Actor:
    """An actor with more mentions, and the names that they bring."""
    names = [text[m.start : m.end] for m in mentions if m.kind != "pronoun"]
    every = sorted((*actor.mentions, *mentions), key=lambda m: (m.start, m.end))
    return replace(actor, names=tuple(dict.fromkeys([*actor.names, *names])), mentions=tuple(every))


def _new(text: str, identity: str, mentions: list[Mention], chances: Floats) -> Actor:
    """An actor whom no known name names."""
    forms = tuple(dict.fromkeys(text[m.start : m.end] for m in mentions if m.kind != "pronoun"))
    longest = max(forms, key=len, default=text[mentions[0].start : mentions[0].end])
    first, _, rest = longest.partition(" ")
    name = rest if rest and first.lower() in ("the", "a", "an") else longest
    kind = TYPES[int(chances.mean(0).argmax())]
    return Actor(identity, name, kind, forms, mentions=tuple(mentions), reason=REASON)


def _owned(actors: list[Actor]) -> list[Actor]:
    """New actors with the one who is named inside their first description ("a senior Iranian official")."""
    spans = sorted((m.start, m.end, a.id) for a in actors for m in a.mentions)
    out = []
    for actor in actors:
        first = next((m for m in actor.mentions if m.kind == "description"), None)
        if actor.of is None and actor.reason == REASON and first is not None:
            inside = [i for s, e, i in spans if first.start <= s and e <= first.end and i != actor.id]
            actor = replace(actor, of=inside[0] if inside else None)  # noqa: PLW2901
        out.append(actor)
    return out
