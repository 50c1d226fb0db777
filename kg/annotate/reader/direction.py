"""What one span does to another, scored from the encoder's pass: direction of sentiment and PLOVER root."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kg.annotate.reader.decode import Floats
from kg.annotate.reader.heads import Weights, alone, gelu, softmax
from kg.annotate.reader.windows import Ints, Stream
from kg.records import Span

ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT",
    "REQUEST", "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
DIRECTIONS = ("neutral", "p+q", "q+p", "p-q", "q-p")
SIZE, HEADS = 192, 8
#: Length of what the root is told from.
FEATURES = 5 * SIZE
#: Regions of a sentence as seen from a pair: p, q, between them, beyond p, beyond q.
REGIONS = 5
#: Regions and directions of a pair whose spans change places.
_MIRROR, _SWAPPED = np.array([1, 0, 2, 4, 3]), np.array([0, 2, 1, 4, 3])


@dataclass(frozen=True, slots=True)
class RelationScores:
    """Probabilities of the five ``DIRECTIONS``, and of the PLOVER roots of what ``p`` does to ``q``."""

    direction: tuple[float, ...]
    root: dict[str, float]


def regions(pieces: Stream, start: int, end: int, p: Span, q: Span) -> Ints:
    """Region of each piece of ``start:end``: 0 in p, 1 in q, 2 between, 3 beyond p, 4 beyond q."""
    starts, ends = pieces.starts[start:end], pieces.ends[start:end]
    first, last, beyond = (p, q, (3, 4)) if p <= q else (q, p, (4, 3))
    region = np.full(end - start, 2, np.int64)
    region[starts < first[0]] = beyond[0]
    region[starts >= last[1]] = beyond[1]
    for side, (a, b) in ((0, p), (1, q)):
        region[(starts < b) & (ends > a)] = side
    return region


class RelationHead(Weights):
    """The trained head in numpy: a few small products for each pair."""

    @alone
    def features(self, z: Floats, region: Ints) -> tuple[Floats, Floats]:
        """Hidden vector of the direction head (192,), and the longer one that the root is told from (960,)."""
        p, q = (z[region == side].mean(0) for side in (0, 1))
        between = z[region == 2].mean(0) if (region == 2).any() else z.mean(0)
        query = self._linear("query", np.concatenate([p, q])).reshape(HEADS, -1)
        key = self._linear("key", z).reshape(len(z), HEADS, -1)
        scores = np.einsum("hd,lhd->hl", query, key) / key.shape[-1] ** 0.5 + self._w["region"][:, region]
        value = self._linear("value", z).reshape(len(z), HEADS, -1)
        context = np.einsum("hl,lhd->hd", softmax(scores), value).reshape(-1)
        order = np.sign(int((region == 1).argmax()) - int((region == 0).argmax()))
        hidden = gelu(self._linear("mix", np.concatenate([p, q, context, [order]]).astype(np.float32)))
        return hidden, np.concatenate([hidden, context, between, p, q])

    @alone
    def __call__(self, z: Floats, region: Ints) -> RelationScores:
        """Scores of a pair from compact states (pieces, 192) and the pieces' regions; the direction read both ways."""
        hidden, long = self.features(z, region)
        mirrored = self._linear("direction", self.features(z, _MIRROR[region])[0])
        direction = softmax((self._linear("direction", hidden) + mirrored[_SWAPPED]) / 2)
        root = softmax(self._linear("roots", long))
        return RelationScores(
            tuple(round(float(x), 4) for x in direction),
            {name: round(float(x), 4) for name, x in zip(ROOTS, root, strict=True)},
        )
