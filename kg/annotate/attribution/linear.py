"""The engine of ``--fast``: linear models over the dependency parse, NumPy only.

A classifier finds the words that are cues; for each, a chain over the words near it finds the content and a softmax
finds the head of the source. (Newell et al. 2018, "An Attribution Relations Corpus for Political News", rank whole
constituents instead.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from kg.annotate.attribution.base import Attribution, Engine
from kg.annotate.attribution.chain import expected, padded, places, softmax
from kg.annotate.attribution.columns import Bools, Columns, Ints, columns
from kg.annotate.attribution.features import (
    Floats,
    Pairs,
    Slots,
    cue_features,
    cue_words,
    pair_features,
    pairs,
)
from kg.annotate.attribution.frames import phrase, span_of, verb_cue
from kg.annotate.attribution.nesting import inside
from kg.errors import PipelineError
from kg.records import Span, Spans

WEIGHTS = Path(str(resources.files("kg"))) / "models" / "linear" / "attribution.npz"
#: A word is a cue from the first probability on, and another belongs to its content from the second.
CUE, CONTENT = 0.3, 0.4


@dataclass(frozen=True, slots=True)
class Reading:
    """What the models say of one text: the likely cues, the words near them, and the probabilities of both."""

    columns: Columns
    cues: Ints
    chance: Floats
    pairs: Pairs
    inside: Floats
    source: Floats


class Linear(Engine):
    """Attributions by the shipped linear models."""

    name = "linear"

    def __init__(self, weights: Path = WEIGHTS) -> None:
        if not weights.is_file():
            raise PipelineError(f"No weights in {weights}: run `kg train attribution --engine linear`.")
        with np.load(weights) as stored:
            self.cue, self.pair = (stored[n].astype(np.float32) for n in ("cue", "pair"))

    def attributions(self, doc: Doc) -> list[Attribution]:
        """Attributions of ``doc`` in the order of their first content."""
        return outermost(self.found(doc))

    def found(self, doc: Doc) -> list[Attribution]:
        """All attributions of ``doc``, also those inside the content of others."""
        return decode(doc, self.read(doc)) if any(not t.is_space for t in doc) else []

    def read(self, doc: Doc) -> Reading:
        """The models' answer for ``doc``."""
        c = columns(doc)
        rows, likely = cue_words(c), np.zeros(len(c) + 1, np.float32)
        likely[rows] = sigmoid(total(self.cue, cue_features(c, rows))[:, 0])
        cues = np.flatnonzero(likely >= CUE)
        p = pairs(c, cues)
        scores = total(self.pair, pair_features(c, p, likely))
        inner = expected(padded(scores[:, :3], p.bounds)).inside[places(p.bounds)]
        return Reading(c, cues, likely[cues], p, inner, softmax(scores[:, 3], p.bounds))


def total(weights: Floats, slots: Slots) -> Floats:
    """Scores (rows, outputs): the sums of ``weights`` (outputs, table) in the slots of each row."""
    return np.stack([w[slots].sum(1) for w in weights], 1)


def sigmoid(x: Floats) -> Floats:
    """Probabilities of the scores ``x``."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


def decode(doc: Doc, r: Reading) -> list[Attribution]:
    """Attributions of the likely cues, in order; a cue without content is none."""
    text, out = doc.text, []  # doc.text joins all tokens anew each time
    cues = [_cue(doc, r.columns, row) for row in r.cues.tolist()]
    for i, within in enumerate(_contents(r, cues)):
        part = slice(*r.pairs.bounds[i : i + 2])
        words, chance, source = r.pairs.word[part], r.inside[part], r.source[part]
        head = int(words[source.argmax()])
        if content := _content(text, r.columns, words[within]):
            sure = float((r.chance[i] * chance[within].mean()) ** 0.5)
            source_of = () if head == r.cues[i] else (_source(doc, r.columns, head),)
            out.append(Attribution(source_of, cues[i], content, round(sure, 3)))
    return out


def _contents(r: Reading, cues: list[Spans]) -> list[Bools]:
    """For each cue, which of its words are content: none that a rival cue has a better claim to."""
    claim = np.zeros((len(cues), len(r.columns) + 1), np.float32)
    for i, own in enumerate(cues):
        part = slice(*r.pairs.bounds[i : i + 2])
        words, chance = r.pairs.word[part], r.inside[part]
        within = (chance >= CONTENT) & ~_covered(r.columns, words, own)
        within = _of_one_form(r.columns, words, within, int(r.cues[i]))
        claim[i, words] = chance * r.chance[i] * within
    under = claim[:, r.cues] > 0
    for i in range(len(cues)):
        for j in np.flatnonzero(((claim > 0) & (claim[i] > 0)).any(1)):
            if i < j and not under[i, j] and not under[j, i]:
                lost = claim[i] < claim[j]
                claim[i, lost & (claim[j] > 0)] = 0
                claim[j, ~lost & (claim[i] > 0)] = 0
    bounds = r.pairs.bounds
    return [claim[i, r.pairs.word[slice(*bounds[i : i + 2])]] > 0 for i in range(len(cues))]


def _of_one_form(c: Columns, words: Ints, within: Bools, cue: int) -> Bools:
    """Content without what stands unquoted across the cue from a direct quotation: another clause than it."""
    before = words < cue
    for here in (before, ~before):
        own, across = words[within & here], within & ~here
        if len(own) >= 3 and (c.quote[own] > 0).all() and not (c.quote[words[across]] > 0).any():
            return within & here
    return within


def _cue(doc: Doc, c: Columns, row: int) -> Spans:
    return (span_of(doc, *verb_cue(doc[int(c.token[row])])),)


def _source(doc: Doc, c: Columns, row: int) -> Span:
    return span_of(doc, *phrase(doc, doc[int(c.token[row])]))


def _covered(c: Columns, rows: Ints, spans: Spans) -> Bools:
    """Which rows share a character with ``spans``."""
    return np.logical_or.reduce([(c.start[rows] < e) & (c.end[rows] > s) for s, e in spans])  # type: ignore[no-any-return]


def _content(text: str, c: Columns, rows: Ints) -> Spans:
    """Spans of the rows; holes of punctuation alone are filled, stretches of punctuation alone are left out."""
    out: list[Span] = []
    for start, end in zip(c.start[rows].tolist(), c.end[rows].tolist(), strict=True):
        if out and not any(x.isalnum() for x in text[out[-1][1] : start]):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple((s, e) for s, e in out if any(x.isalnum() for x in text[s:e]))


def outermost(found: list[Attribution]) -> list[Attribution]:
    """Attributions whose cue stands in no other's content; of two that hold each other, the surer one."""

    def under(a: Attribution, b: Attribution) -> bool:
        mutual = inside(b.cue, a.content)
        return a is not b and inside(a.cue, b.content) and (not mutual or b.confidence > a.confidence)

    return sorted((a for a in found if not any(under(a, b) for b in found)), key=lambda a: a.content)


@cache
def shipped() -> Linear:
    """The shipped models, loaded once a process."""
    return Linear()


def available() -> bool:
    """Whether the weights are there."""
    return WEIGHTS.is_file()
