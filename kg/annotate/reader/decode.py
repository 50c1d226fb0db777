"""From the encoder's scores to attributions: spans by the best tag path, linked to cues by the pair scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Range = tuple[int, int]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: Inside tags stand only behind their own span's.
_INSIDE, _NEVER = (2, 4, 6), 1e4
#: A tagged span belongs to a cue from this mean pair probability on; untagged pieces must be surer.
LINK, FOUND = 0.3, 0.5
#: Pieces between two that are named together: "and", a comma, or both.
_GLUE = (1, 2)


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in piece ranges of one window."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float


#: Distances that a pair's bias tells apart: signed, on a logarithmic scale.
_BUCKETS = 19


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one window.

    Args:
        tags: scores (pieces, 7).
        cue: each piece as a part of a cue (pieces, 2, 64), once for its sources and once for its contents.
        member: each piece as a part of a source and of a content (pieces, 2, 64).
        distance: what is added to a pair of pieces for their distance (2, 19).
    """

    tags: Floats
    cue: Floats
    member: Floats
    distance: Floats

    def chances(self, cues: list[Range]) -> Floats:
        """Mean probability (cues, 2, pieces) that a piece is source, and content, of each cue."""
        heads = np.stack([self.cue[a:b].mean(0) for a, b in cues])
        rows = np.einsum("crd,prd->crp", heads, self.member) / self.cue.shape[-1] ** 0.5
        near = [self.distance[:, _buckets(a, b, len(self.tags))].mean(1) for a, b in cues]
        chance: Floats = 1 / (1 + np.exp(-rows - np.stack(near)))
        return chance


def _buckets(start: int, end: int, pieces: int) -> NDArray[np.int64]:
    """Bucket (end - start, pieces) of the distance from each piece of a cue to each piece."""
    away = np.arange(pieces)[None] - np.arange(start, end)[:, None]
    size = np.ceil(np.log2(np.abs(away) + 1)).astype(np.int64)
    buckets: NDArray[np.int64] = _BUCKETS // 2 + np.sign(away) * np.minimum(size, _BUCKETS // 2)
    return buckets


def best_path(scores: Floats) -> list[int]:
    """The tag of each piece on the best path that the BIO scheme allows; ``scores`` has shape (pieces, 7).

    The best tags one by one are that path wherever they follow the scheme, and mostly they do.
    """
    tags = scores.argmax(1)
    before = np.concatenate([[0], tags[:-1]])
    broken = np.isin(tags, _INSIDE) & (before != tags) & (before != tags - 1)
    return _best_allowed(scores.tolist()) if broken.any() else tags.tolist()


def _best_allowed(rows: list[list[float]]) -> list[int]:
    """The best path by Viterbi's algorithm; on seven tags plain lists are three times as fast as arrays."""
    total, back = [x - _NEVER * (i in _INSIDE) for i, x in enumerate(rows[0])], []
    for row in rows[1:]:
        steps = [total.index(max(total))] * len(TAGS)
        for inside in _INSIDE:
            steps[inside] = inside - (total[inside - 1] >= total[inside])
        total = [total[step] + x for step, x in zip(steps, row, strict=True)]
        back.append(steps)
    path = [total.index(max(total))]
    for steps in reversed(back):
        path.append(steps[path[-1]])
    return path[::-1]


def spans(path: list[int]) -> tuple[list[Range], list[Range], list[Range]]:
    """Piece ranges of the sources, cues and contents on a tag path."""
    out: tuple[list[Range], list[Range], list[Range]] = ([], [], [])
    for i, tag in enumerate(path):
        if tag and tag % 2:
            out[(tag - 1) // 2].append((i, i + 1))
        elif tag:
            role = out[(tag - 1) // 2]
            role[-1] = (role[-1][0], i + 1)
    return out


def _means(rows: Floats, spans: list[Range]) -> Floats:
    """Mean of each row over each span, (rows, spans)."""
    starts, ends = np.array(spans).T
    sums = np.pad(rows.cumsum(1, dtype=np.float64), [(0, 0), (1, 0)])
    return ((sums[:, ends] - sums[:, starts]) / (ends - starts)).astype(np.float32)  # type: ignore[no-any-return]


def _runs(row: Floats, taken: NDArray[np.bool_], least: float) -> list[Range]:
    """Runs of free pieces that each have at least the probability ``least``."""
    hit = np.flatnonzero(np.diff(np.concatenate([[0], ((row >= least) & ~taken).astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(hit[::2], hit[1::2], strict=True)]


def _best_run(row: Floats, taken: NDArray[np.bool_], least: float) -> tuple[Range, ...]:
    runs = _runs(row, taken, least)
    return (max(runs, key=lambda r: (float(row[r[0] : r[1]].sum()), -r[0])),) if runs else ()


def decode(scores: Scores) -> list[Found]:
    """Attributions of one window."""
    sources, cues, contents = spans(best_path(scores.tags))
    if not cues:
        return []
    chance = scores.chances(cues)
    owned = _contents(chance[:, 1], contents)
    taken = np.zeros(len(scores.tags), bool)
    for a, b in [*sources, *cues, *contents]:
        taken[a:b] = True
    likely, found = _softmax(scores.tags), []
    for i, cue in enumerate(cues):
        content = tuple(owned[i]) or _best_run(chance[i, 1], taken, FOUND)
        if content:
            source = _source(chance[i, 0], sources, taken)
            found.append(Found(source, (cue,), content, _confidence(likely, chance[i, 1], cue, content)))
    return found


def _softmax(scores: Floats) -> Floats:
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def _confidence(likely: Floats, chance: Floats, cue: Range, content: tuple[Range, ...]) -> float:
    """Geometric mean of three probabilities: that the cue is one, the content is one, and they belong together."""
    pieces = [i for a, b in content for i in range(a, b)]
    is_cue = likely[cue[0] : cue[1], 3:5].sum(1).mean()
    is_content = likely[pieces, 5:7].sum(1).mean()
    return round(float((is_cue * is_content * chance[pieces].mean()) ** (1 / 3)), 3)


def _contents(chance: Floats, contents: list[Range]) -> list[list[Range]]:
    """Contents of each cue: each goes to the one with the highest mean probability, if that is high enough."""
    owned: list[list[Range]] = [[] for _ in chance]
    if contents:
        means = _means(chance, contents)
        for span, best, mean in zip(contents, means.argmax(0).tolist(), means.max(0).tolist(), strict=True):
            if mean >= LINK:
                owned[best].append(span)
    return owned


def _source(chance: Floats, sources: list[Range], taken: NDArray[np.bool_]) -> tuple[Range, ...]:
    """The tagged source that the cue points at, else pieces that it points at, and after it what else it points at."""
    first: tuple[Range, ...] = ()
    if sources:
        means = _means(chance[None], sources)[0]
        if means.max() >= LINK:
            first = (sources[int(means.argmax())],)
    first = first or _best_run(chance, taken, FOUND)
    others = [s for s in (*sources, *_runs(chance, taken, LINK)) if chance[slice(*s)].mean() >= LINK]
    return tuple(_together(first[0], others)) if first else ()


def _together(first: Range, others: list[Range]) -> list[Range]:
    """A span, and then those that an "and" or a comma parts from it, or from another of them."""
    found = [first]
    for span in found:
        near = (s for s in sorted(others) if max(s[0] - span[1], span[0] - s[1]) in _GLUE)
        found += [s for s in near if s not in found]
    return found
