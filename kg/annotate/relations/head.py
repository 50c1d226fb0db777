"""What the relation head says of two mentions: it scores every pair of a sentence, whatever words join them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from kg.annotate.reader.encoder import Encoder
from kg.annotate.reader.heads import softmax
from kg.annotate.reader.labels import RELATED, TYPES
from kg.annotate.reader.pairs import candidates
from kg.annotate.reader.sentences import borders, sentence_of
from kg.records import SYMMETRIC, Actor, Proposition, Span


@dataclass(frozen=True, slots=True)
class Stated:
    """What the head says of two mentions: subject and object, relation, trigger, and how sure it is."""

    subject: tuple[str, Span]
    object: tuple[str, Span]
    relation: str
    trigger: Span
    chance: float


def stated(reader: Encoder, text: str, actors: list[Actor]) -> list[Stated]:
    """Everything between two mentions of different actors that is probable enough."""
    reading, heads, settings = reader.reading(text), reader.heads, reader.settings
    known = [((m.start, m.end), a) for a in actors for m in a.mentions]
    placed = [(span, a, place) for span, a in sorted(known, key=lambda k: k[0]) if (place := reading.locate(span))]
    spans, at = [s for s, _, _ in placed], [located for _, _, located in placed]
    pairs = [(i, j) for i, j in candidates(text, spans, at) if placed[i][1].id != placed[j][1].id]
    if not pairs:
        return []
    given = np.eye(len(TYPES), dtype=np.float32)[[TYPES.index(a.type) for _, a, _ in placed]]
    types = ((heads.types(reading.pooled(at)) + given) / 2).astype(np.float32)
    out: list[Stated] = []
    for number, window in enumerate(reading.windows):
        here = [p for p in pairs if at[p[0]][0] == number]
        if not here:
            continue
        scores = heads.relations(
            window.view,
            np.array([(*at[i][1:], *at[j][1:]) for i, j in here]),
            (types[[i for i, _ in here]], types[[j for _, j in here]]),
        )
        relation, *_, trigger = scores
        chance = softmax(relation)
        for row in np.flatnonzero(1 - chance[:, 0] >= settings.relation).tolist():
            i, j = here[row]
            where = int(trigger[row, 1:-1].argmax()) + 1
            out.append(
                Stated(
                    (placed[i][1].id, spans[i]),
                    (placed[j][1].id, spans[j]),
                    RELATED[int(chance[row, 1:].argmax()) + 1],
                    _word(text, reading.characters(window, where, where)),
                    round(float(1 - chance[row, 0]), 3),
                )
            )
    return out


def _word(text: str, piece: Span) -> Span:
    """The whole word of a piece."""
    start, end = piece
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def best(found: list[Stated]) -> list[Stated]:
    """The surest of those that say the same of the same two actors at one trigger, in text order."""
    chosen: dict[tuple[object, ...], Stated] = {}
    for s in sorted(found, key=lambda s: (-s.chance, s.trigger, s.subject, s.object)):
        ends = (s.subject[0], s.object[0])
        mutual = s.relation in SYMMETRIC
        turned = mutual and s.object[1] < s.subject[1]
        key = (tuple(sorted(ends)) if mutual else ends, s.trigger)
        chosen.setdefault(key, replace(s, subject=s.object, object=s.subject) if turned else s)
    return sorted(chosen.values(), key=lambda s: (s.trigger, s.subject, s.object, s.relation))


def beside(text: str, found: Iterable[Stated], ruled: Iterable[Proposition], trust: float) -> Iterator[Proposition]:
    """Propositions of the head where the rules are silent: on two actors of whom they say nothing in that sentence.

    ``trust`` makes their confidence of the head's probability.
    """
    ends = borders(text)
    told = {(_pair(p.subject, p.object), sentence_of(p.trigger[0], ends)) for p in ruled if p.trigger}
    for s in found:
        if (_pair(s.subject[0], s.object[0]), sentence_of(s.trigger[0], ends)) not in told:
            spans = (s.subject[1], s.object[1], s.trigger)
            evidence = min(start for start, _ in spans), max(end for _, end in spans)
            yield Proposition(
                "", s.subject[0], s.relation, s.object[0], s.trigger, evidence,
                predicate=text[slice(*s.trigger)], confidence=round(s.chance * trust, 3),
            )  # fmt: skip


def _pair(one: str, other: str) -> tuple[str, ...]:
    return tuple(sorted((one, other)))
