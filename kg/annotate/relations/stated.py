"""What a text states between two of its mentions, as the relation head reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.annotate.reader.encoder import Encoder
from kg.annotate.reader.heads import Floats, sigmoid, softmax
from kg.annotate.reader.labels import RELATED, TYPES
from kg.annotate.reader.pairs import At, candidates
from kg.annotate.reader.reading import Window
from kg.annotate.reader.sentences import borders, sentence_of
from kg.records import SYMMETRIC, Actor, Span

#: Least probability of two mentions that is counted.
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Stated:
    """What the head says of two mentions: subject and object, relation, trigger, stance, whose it is, and how sure."""

    subject: tuple[str, Span]
    object: tuple[str, Span]
    relation: str
    trigger: Span
    stance: tuple[float, ...]
    own: float
    chance: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mention with its actor and its rows."""

    actor: Actor
    span: Span
    at: At


def stated(
    reader: Encoder, text: str, actors: list[Actor], sure: Mapping[Span, float] | None = None, *, typed: bool = True
) -> list[Stated]:
    """Everything between two mentions of different actors that is probable enough.

    Args:
        reader: the encoder with its heads.
        text: the article's.
        actors: with their mentions.
        sure: how probable it is that a mention is one; 1 where nothing is said.
        typed: the actors' types are known, and not only what the head makes of their mentions.
    """
    reading = reader.reading(text)
    known = sorted((((m.start, m.end), a) for a in actors for m in a.mentions), key=lambda k: k[0])
    placed = [_Placed(a, span, at) for span, a in known if (at := reading.locate(span))]
    found = candidates(text, [p.span for p in placed], [p.at for p in placed])
    pairs = [(i, j) for i, j in found if placed[i].actor.id != placed[j].actor.id]
    if not pairs:
        return []
    types, _ = reader.heads.types(reading.pooled([p.at for p in placed]))
    if typed:
        told = np.eye(len(TYPES), dtype=np.float32)[[TYPES.index(p.actor.type) for p in placed]]
        types = ((types + told) / 2).astype(np.float32)
    of_window: dict[int, list[tuple[int, int]]] = {}
    for i, j in pairs:
        of_window.setdefault(placed[i].at[0], []).append((i, j))
    page = _Page(reader, text, borders(text), placed, types, sure or {})
    return [s for number, here in sorted(of_window.items()) for s in page.stated(reading.windows[number], here)]


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with its mentions, read window by window."""

    reader: Encoder
    text: str
    borders: list[int]
    placed: Sequence[_Placed]
    types: Floats
    sure: Mapping[Span, float]

    def stated(self, window: Window, pairs: list[tuple[int, int]]) -> Iterator[Stated]:
        """What the head finds between the pairs of mentions of a window."""
        settings = self.reader.settings
        doubt = self._doubt(pairs)
        pairs = [pairs[n] for n in np.flatnonzero(doubt >= settings.relation).tolist()]  # no other can be sure enough
        if not pairs:
            return
        first, second = map(list, zip(*pairs, strict=True))
        rows = np.array([(*self.placed[i].at[1:], *self.placed[j].at[1:]) for i, j in pairs])
        relation, stance, own, trigger = self.reader.heads.relations(
            window.view, rows, (self.types[first], self.types[second])
        )
        chance = softmax(relation * settings.sharpness["relation"])
        chance[:, 1:] *= doubt[doubt >= settings.relation][:, None]
        stances = softmax(stance * settings.sharpness["stance"])
        owned = sigmoid(own)
        for row in np.flatnonzero(chance[:, 1:].sum(1) >= settings.relation).tolist():
            subject, obj = (self.placed[k] for k in pairs[row])
            yield Stated(
                (subject.actor.id, subject.span),
                (obj.actor.id, obj.span),
                RELATED[int(chance[row, 1:].argmax()) + 1],
                self._trigger(window, trigger[row], subject.span, obj.span),
                tuple(round(x, 3) for x in stances[row].tolist()),
                round(float(owned[row]), 3),
                round(float(chance[row, 1:].sum()) * settings.trust, 3),
            )

    def _doubt(self, pairs: list[tuple[int, int]]) -> Floats:
        """What remains of the probability of each pair where its mentions may be none (pairs,)."""
        sure = {i: self.sure.get(self.placed[i].span, 1.0) for pair in pairs for i in pair}
        both = np.array([sure[i] * sure[j] for i, j in pairs], np.float32)
        found: Floats = np.maximum(both, _LEAST) ** np.float32(self.reader.settings.doubt)
        return found

    def _trigger(self, window: Window, scores: Floats, subject: Span, obj: Span) -> Span:
        """The word of the mentions' sentence that scores highest."""
        reading = self.reader.reading(self.text)
        starts = reading.pieces.starts[window.before : window.end].tolist()
        ends = {sentence_of(at, self.borders) for at in (subject[0], subject[1] - 1, obj[0], obj[1] - 1)}
        inside = [min(ends) <= sentence_of(at, self.borders) <= max(ends) for at in starts]
        best = int(np.where(inside, scores[1:-1], -np.inf).argmax()) + 1
        return _word(self.text, reading.characters(window, best, best))


def _word(text: str, piece: Span) -> Span:
    """The whole word of a piece."""
    start, end = piece
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def best(found: list[Stated]) -> list[Stated]:
    """What each trigger says of two actors, the surest of all that it may say, in text order."""
    chosen: dict[tuple[object, ...], Stated] = {}
    for s in sorted(found, key=lambda s: (-s.chance, s.trigger, s.subject, s.object)):
        ends = (s.subject[0], s.object[0])
        mutual = s.relation in SYMMETRIC
        turned = mutual and s.object[1] < s.subject[1]
        key = (tuple(sorted(ends)), s.trigger)
        chosen.setdefault(key, replace(s, subject=s.object, object=s.subject) if turned else s)
    return sorted(chosen.values(), key=lambda s: (s.trigger, s.subject, s.object, s.relation))
