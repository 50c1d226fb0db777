"""Trains the linear scorer of pairs of spans: ``python -m kg.train.relations --plv PLV.tsv --directed TRAIN.txt``.

PLV (Hu et al. 2024, "Leveraging Codebook Knowledge with NLI and ChatGPT for Political Relation Classification") has a
typed relation from a source to a target in each sentence; the directed-sentiment set (Park et al. 2021) has pairs of
names with a direction and a sign, most of them neutral. Neither text goes into the model: features name no span.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from kg.annotate.pipeline import DEFAULT_PIPELINE
from kg.annotate.relations.features import features
from kg.annotate.relations.scorer import CONFLICT, NORM, ROOTS, Array, LinearScorer, encode
from kg.records import Span
from kg.train.softmax import Rows, fit

#: Inverse penalties, chosen by five folds of PLV's training half and the directed set's validation half.
DIRECTION_STRENGTH, ROOT_STRENGTH = 1.0, 3.0
#: How much more a PLV row counts than a directed one when directions are learnt.
PLV_WEIGHT = 10.0
MIN_COUNT, MIN_PLV = 3, 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with two spans and what it states between them; ``root`` is None where only the direction is known."""

    text: str
    p: Span
    q: Span
    direction: int
    root: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Features of a pair in text order, with its labels."""

    names: list[str]
    direction: int
    root: str | None


def read_plv(path: Path) -> Iterator[Pair]:
    """Pairs of a PLV file; the source is p. Rows without both marks are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, spans = unmarked(row["marked_sentence"])
            if set(spans) == {"s", "t"}:
                root = row["gold_root"]
                yield Pair(text, spans["s"], spans["t"], 3 if root in CONFLICT else 1, root)


def unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    """The sentence without its <s> and <t> marks, and the complete spans they mark."""
    text = ""
    open_at: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for part in re.split(r"(</?[st]>)", marked):
        tag = re.fullmatch(r"<(/?)([st])>", part)
        if tag is None:
            text += part
        elif not tag[1]:
            open_at.setdefault(tag[2], len(text))
        elif tag[2] in open_at:
            spans.setdefault(tag[2], (open_at[tag[2]], len(text)))
    return text, spans


def read_directed(path: Path) -> Iterator[Pair]:
    """Pairs of a directed-sentiment file; rows whose brackets do not match their names are left out."""
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("\t")
        text, spans = "", list[Span]()
        for part in re.split(r"(\[[^\]]*\])", fields[0]):
            if part.startswith("[") and part[1:-1] in fields[1:3] and len(spans) < 2:
                spans.append((len(text), len(text) + len(part) - 2))
                text += part[1:-1]
            else:
                text += part
        if len(spans) == 2 and len(fields) == 4:
            yield Pair(text, spans[0], spans[1], int(fields[3]))


def examples(nlp: Language, pairs: list[Pair]) -> list[Example]:
    """Features and labels of the pairs, each turned into text order."""
    found = []
    for doc, pair in zip(nlp.pipe(p.text for p in pairs), pairs, strict=True):
        swapped = pair.p > pair.q
        direction = (0, 2, 1, 4, 3)[pair.direction] if swapped else pair.direction
        found.append(Example(features(doc, *sorted((pair.p, pair.q))), direction, pair.root))
    return found


def train(plv: list[Example], directed: list[Example]) -> LinearScorer:
    """The scorer: directions from both sets, root types from PLV."""
    vocabulary = _vocabulary(plv, directed)
    every = [*directed, *plv]
    weights = np.array([1.0] * len(directed) + [PLV_WEIGHT] * len(plv))
    labels = np.array([e.direction for e in every])
    direction = fit(_rows(every, vocabulary), labels, 5, strength=DIRECTION_STRENGTH, weights=weights)
    roots = np.array([ROOTS.index(e.root) for e in plv if e.root])
    root = fit(_rows(plv, vocabulary), roots, len(ROOTS), strength=ROOT_STRENGTH)
    return LinearScorer(vocabulary, direction, root)


def _vocabulary(plv: list[Example], directed: list[Example]) -> dict[str, int]:
    rare = Counter(n for e in plv for n in e.names)
    every = rare + Counter(n for e in directed for n in e.names)
    kept = sorted(n for n, c in every.items() if "\n" not in n and (c >= MIN_COUNT or rare[n] >= MIN_PLV))
    return {name: i for i, name in enumerate(kept)}


def _rows(found: list[Example], vocabulary: dict[str, int]) -> Rows:
    return Rows.of([encode(e.names, vocabulary) for e in found], len(vocabulary), NORM)


def save(scorer: LinearScorer, path: Path) -> None:
    """Writes the scorer, with weights in half precision."""

    def half(weights: Array) -> np.ndarray:
        return weights.astype(np.float16)

    names = np.frombuffer("\n".join(scorer.vocabulary).encode("utf-8"), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, features=names, direction=half(scorer.direction), root=half(scorer.root))


def main() -> None:
    """Reads both sets, trains, writes the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plv", type=Path, required=True)
    parser.add_argument("--directed", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, default=Path("kg/models/relations/linear.npz"))
    options = parser.parse_args()
    csv.field_size_limit(10**8)
    nlp = spacy.load(DEFAULT_PIPELINE)
    plv = examples(nlp, list(read_plv(options.plv)))
    save(train(plv, examples(nlp, list(read_directed(options.directed)))), options.output)


if __name__ == "__main__":
    main()
