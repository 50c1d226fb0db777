"""From the encoder's scores to attributions: spans by the best tag path, linked to cues by the pair scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Range = tuple[int, int]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
SOURCE, CUE, CONTENT = range(3)
#: A tagged span belongs to a cue from this mean pair probability on; untagged pieces must be surer.
LINK, FOUND = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in piece ranges of one window."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float


def _transitions() -> Floats:
    """Scores (7, 7) of one tag after another: an inside tag needs its own span before it."""
    allowed = np.zeros((7, 7), np.float32)
    for inside in (2, 4, 6):
        allowed[:, inside] = -1e4
        allowed[[inside - 1, inside], inside] = 0
    return allowed


_TRANSITIONS = _transitions()


def best_path(scores: Floats) -> list[int]:
    """The tag of each piece on the best path that the BIO scheme allows; ``scores`` has shape (pieces, 7)."""
    total = scores[0] + _TRANSITIONS[0]
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        step = total[:, None] + _TRANSITIONS
        back[i] = step.argmax(0)
        total = step.max(0) + scores[i]
    path = [int(total.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
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


def _mean(row: Floats, span: Range) -> float:
    return float(row[span[0] : span[1]].mean())


def _runs(row: Floats, taken: NDArray[np.bool_], least: float) -> list[Range]:
    """Runs of free pieces that each have at least the probability ``least``."""
    hit = np.flatnonzero(np.diff(np.concatenate([[0], ((row >= least) & ~taken).astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(hit[::2], hit[1::2], strict=True)]


def _best_run(row: Floats, taken: NDArray[np.bool_], least: float) -> tuple[Range, ...]:
    runs = _runs(row, taken, least)
    return (max(runs, key=lambda r: (float(row[r[0] : r[1]].sum()), -r[0])),) if runs else ()


def decode(tags: Floats, pairs: Floats) -> tuple[list[Found], list[Range]]:
    """Attributions of one window, and the contents that no cue claims.

    Args:
        tags: scores of shape (pieces, 7).
        pairs: logits of shape (2, pieces, pieces): piece c, of a cue, has piece t as its source or content.
    """
    sources, cues, contents = spans(best_path(tags))
    if not cues:
        return [], contents
    rows = np.stack([pairs[:, a:b].mean(1) for a, b in cues])  # (cues, 2, pieces)
    chance = (1 / (1 + np.exp(-rows))).astype(np.float32)
    owned, orphans = _contents(chance[:, 1], contents)
    taken = np.zeros(len(tags), bool)
    for a, b in [*sources, *cues, *contents]:
        taken[a:b] = True
    likely, found = _softmax(tags), []
    for i, cue in enumerate(cues):
        content = tuple(owned[i]) or _best_run(chance[i, 1], taken, FOUND)
        if content:
            source = _source(chance[i, 0], sources, taken)
            found.append(Found(source, (cue,), content, _confidence(likely, chance[i, 1], cue, content)))
    return found, orphans


def _softmax(scores: Floats) -> Floats:
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def _confidence(likely: Floats, chance: Floats, cue: Range, content: tuple[Range, ...]) -> float:
    """Geometric mean of three probabilities: that the cue is one, the content is one, and they belong together."""
    pieces = [i for a, b in content for i in range(a, b)]
    is_cue = likely[cue[0] : cue[1], 3:5].sum(1).mean()
    is_content = likely[pieces, 5:7].sum(1).mean()
    return round(float((is_cue * is_content * chance[pieces].mean()) ** (1 / 3)), 3)


def _contents(chance: Floats, contents: list[Range]) -> tuple[list[list[Range]], list[Range]]:
    """Contents of each cue, and those of none: each goes to the cue with the highest mean probability."""
    owned: list[list[Range]] = [[] for _ in chance]
    orphans = []
    for span in contents:
        means = [_mean(row, span) for row in chance]
        best = int(np.argmax(means))
        if means[best] >= LINK:
            owned[best].append(span)
        else:
            orphans.append(span)
    return owned, orphans


def _source(chance: Floats, sources: list[Range], taken: NDArray[np.bool_]) -> tuple[Range, ...]:
    """The tagged source that the cue points at, else untagged pieces that it points at."""
    means = [(_mean(chance, s), -s[0], s) for s in sources]
    best = max(means, default=(0.0, 0, (0, 0)))
    return (best[2],) if best[0] >= LINK else _best_run(chance, taken, FOUND)
