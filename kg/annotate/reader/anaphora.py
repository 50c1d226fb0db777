"""Claims about what was stated before them: "dismissed the accusation", "That is untrue", "called it a lie"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from kg.annotate.reader.heads import Floats, Weights, sigmoid
from kg.annotate.reader.labels import STATE
from kg.annotate.reader.reading import Reading
from kg.annotate.reader.sentences import borders, sentence_of
from kg.records import Claim, Proposition, Span, Spans

#: Characters before a claim in which the statement that it is about is looked for.
REACH = 600
#: Upper bounds of the features that count: sentences and statements between the two, words of the content.
_SENTENCES, _BETWEEN, _WORDS = (0, 1, 2), (0, 1, 2), (1, 2, 4, 8)
#: Beside the states of content, cue and trigger: the buckets of these, and five answers.
FEATURES = 3 * STATE + len(_SENTENCES) + len(_BETWEEN) + len(_WORDS) + 3 + 5
#: Claim and statement by number.
Pair = tuple[int, int]


def candidates(claims: Sequence[Claim], statements: Sequence[Proposition]) -> list[Pair]:
    """Claims without a statement of their own, each with the statements before it that it may be about."""
    triggers = [s.trigger for s in statements]
    return [
        (number, n)
        for number, claim in enumerate(claims)
        if claim.content and not any(t and _holds(claim, t) for t in triggers)
        for n, t in enumerate(triggers)
        if t and 0 < _begin(claim) - t[0] <= REACH and t[1] <= _begin(claim)
    ]


def _begin(claim: Claim) -> int:
    return min(start for start, _ in (*claim.content, *claim.cue_span))


def _holds(claim: Claim, span: Span) -> bool:
    return any(s < span[1] and span[0] < e for s, e in (*claim.content, *claim.cue_span))


def features(
    text: str, reading: Reading, claims: Sequence[Claim], statements: Sequence[Proposition], pairs: Sequence[Pair]
) -> Floats:
    """A row for each pair: the states of content, cue and trigger, what stands between, and who speaks about whom."""
    ends = borders(text)
    rows = []
    for c, s in pairs:
        claim, statement = claims[c], statements[s]
        trigger = statement.trigger or (0, 0)
        holders = [other for other in claims if _holds(other, trigger)]
        away = sentence_of(_begin(claim), ends) - sentence_of(trigger[0], ends)
        between = sum(1 for number, n in pairs if number == c and n > s)
        words = sum(len(text[a:b].split()) for a, b in claim.content)
        told = (
            claim.source == statement.subject,
            claim.source == statement.object,
            bool(holders),
            any(h.source == claim.source for h in holders),
            not claim.cue_span,
        )
        counted = (_bucket(away, _SENTENCES), _bucket(between, _BETWEEN), _bucket(words, _WORDS), told)
        states = [_mean(reading, spans) for spans in (claim.content, claim.cue_span, (trigger,))]
        rows.append(np.concatenate([*states, *counted]))
    return np.array(rows, np.float32)


def _bucket(value: int, bounds: Sequence[int]) -> Floats:
    out = np.zeros(len(bounds) + 1, np.float32)
    out[bisect_right(bounds, value - 1)] = 1
    return out


def _mean(reading: Reading, spans: Spans) -> Floats:
    """The mean state of spans; zero for none."""
    width = reading.windows[0].view.shape[1]
    found = [at for at in map(reading.locate, spans) if at is not None]
    rows = [reading.windows[number].view[first : last + 1] for number, first, last in found]
    mean: Floats = np.concatenate(rows).mean(0) if rows else np.zeros(width, np.float32)
    return mean


class Anaphora(Weights):
    """A logistic regression over ``features``, from ``anaphora.npz``."""

    def chances(self, rows: Floats) -> Floats:
        """How probable it is that the claim of each row (pairs, FEATURES) is about its statement (pairs,)."""
        return sigmoid(self._linear("anaphora", rows)[:, 0])
