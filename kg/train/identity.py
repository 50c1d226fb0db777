"""Learns the pair model of names: ``python -m kg.train.identity --records RECORDS --chains GOLD -o FILE``.

RECORDS is what ``kg extract`` makes of articles, GOLD who is who in them: ``{"id", "text", "mentions": [{"start",
"end", "chain"}]}`` a line, where a chain is one actor in all articles of its group (the part of the id before the
slash). Pairs of names that share a block are examples; those of one chain are the same. So are the names of the
gazetteer's actors. Weights are pulled towards what is believed where the examples are silent.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from kg.lexicon import load
from kg.merge.candidates import limit, opposite
from kg.merge.counting import counted
from kg.merge.keys import TYPE_CLASS, compared, keys
from kg.merge.names import Name, Tally, add
from kg.merge.scoring import VETOES, features_of, strongest
from kg.records import Extraction

Array = NDArray[np.float64]
#: How strongly weights are pulled towards those that are believed (the inverse of a variance).
PULL = 2.0
FOLDS = 5
#: How much a pair of a list counts beside a pair of articles.
LISTED = 0.01
#: Files of the gazetteer with names in several spellings, and in how many articles an actor's own name is taken to be.
KINDS, OFTEN = ("persons", "armed_groups", "armed_forces", "institutions", "organisations", "parties", "outlets"), 5


@dataclass(frozen=True, slots=True)
class Example:
    """Features of two names, whether they are one actor's, and the group of articles that they stand in."""

    features: Mapping[str, float]
    same: bool
    group: str
    weight: float = 1.0


def read_records(path: Path) -> dict[str, Extraction]:
    """Extractions by id of the article."""
    lines = path.read_text("utf-8").splitlines()
    found = (Extraction.from_dict(json.loads(line)) for line in lines if line.strip())
    return {extraction.article.id: extraction for extraction in found}


def chains_of(extraction: Extraction, mentions: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """The chain of each local actor: the one whose mentions its own cover best."""
    spans = [(int(str(m["start"])), int(str(m["end"])), str(m["chain"])) for m in mentions]
    found: dict[str, str] = {}
    for actor in (*extraction.actors, *extraction.bystanders):
        votes = Counter(one for m in actor.mentions for s, e, one in spans if _cover(m.start, m.end, s, e))
        if votes:
            found[actor.id] = votes.most_common(1)[0][0]
    return found


def _cover(start: int, end: int, s: int, e: int) -> bool:
    """Whether two ranges share at least half of what both cover."""
    return 2 * (min(end, e) - max(start, s)) >= max(end, e) - min(start, s)


def examples(group: str, articles: Iterable[tuple[Extraction, dict[str, str]]]) -> Iterator[Example]:
    """Pairs of names that articles of one group use, of whose bearers the chains are known."""
    tallies: dict[str, Tally] = {}
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for extraction, chains in articles:
        for key, tally in counted(extraction).items():
            add(tallies.setdefault(key, {}), tally)
        for actor in (*extraction.actors, *extraction.bystanders):
            known = keys(actor).name
            if known is not None and actor.id in chains:
                bearers[known][chains[actor.id]] += 1
    names = {key: Name(key, tally) for key, tally in tallies.items() if "articles" in tally}
    for form, centre in pairs(names):
        mine, theirs = bearers.get(form.key), bearers.get(centre.key)
        if mine and theirs:
            found = described(form, centre)
            if found is not None:
                yield Example(found, mine.most_common(1)[0][0] == theirs.most_common(1)[0][0], group)


def of_gazetteer() -> Iterator[Example]:
    """Pairs of names of known actors: each by its name in many articles, and by each of its other names in one.

    What no evidence speaks for (an acronym in another tongue) is no example.
    """
    names: dict[str, Name] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in chain.from_iterable(load(f"actors/{file}") for file in KINDS):
        kind, surfaces = TYPE_CLASS[entry["type"]], (entry["name"], *entry.get("aliases", ()))
        for i, surface in enumerate(surfaces):
            key = compared(kind, str(surface))
            tally: Tally = {"articles": {"": 1 if i else OFTEN}, "named": {"": 1}}
            names.setdefault(key, Name(key, tally | ({"capitals": {"": 1}} if str(surface).isupper() else {})))
            owners[key].add(entry["name"])
    for form, centre in pairs(names):
        found = described(form, centre)
        if found is not None:
            same = bool(owners[form.key] & owners[centre.key])
            yield Example(found, same, f"gazetteer {min(owners[centre.key])}", LISTED)


def of_mentions(path: Path) -> Iterator[Example]:
    """Pairs of the names in a file of mentions: actor, class of type and written name a line, between tabs."""
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    capitals: set[str] = set()
    for line in path.read_text("utf-8").splitlines():
        actor, kind, written = line.split("\t")
        key = compared(kind, written)
        bearers[key][actor] += 1
        capitals |= {key} if written.isupper() else set()
    names = {
        key: Name(
            key,
            {"articles": {"": votes.total()}, "named": {"": 1}} | ({"capitals": {"": 1}} if key in capitals else {}),
        )
        for key, votes in bearers.items()
    }
    first = {key: votes.most_common(1)[0][0] for key, votes in bearers.items()}
    for form, centre in pairs(names):
        found = described(form, centre)
        if found is not None:
            yield Example(found, first[form.key] == first[centre.key], f"mentions {first[centre.key]}", LISTED)


def pairs(names: Mapping[str, Name]) -> Iterator[tuple[Name, Name]]:
    """Names that share a block, or are used beside each other, the rarer first."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in names.values():
        for block in name.blocks:
            blocks[block].append(name.key)
    for key, name in sorted(names.items()):
        shared = {
            other
            for block in name.blocks
            for other in blocks.get(opposite(block), ())
            if len(blocks[block]) <= limit(block)
        }
        shared |= {other for aspect in ("alias", "fuller", "person") for other in name.counts(aspect) if other in names}
        yield from (
            (name, names[other]) for other in sorted(shared) if other != key and names[other].order > name.order
        )


def described(form: Name, centre: Name) -> dict[str, float] | None:
    """What the pair model weighs of two names; None where nothing speaks for them, or a veto against."""
    value, evidence = strongest(form, centre)
    if evidence is None or any(veto(form, centre) for veto in VETOES):
        return None
    return features_of(form, centre, value, evidence)


def fit(found: list[Example], believed: Mapping[str, float], rounds: int = 50) -> dict[str, float]:
    """The weights that make the examples likeliest, pulled towards those that are believed (Newton's method)."""
    order = list(believed)
    x, y, w = matrix(found, order)
    prior = np.array([believed[name] for name in order])
    weights = prior.copy()
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (w * (p - y)) + PULL * (weights - prior)
        hessian = (x.T * (w * p * (1 - p))) @ x + PULL * np.eye(len(order))
        weights = weights - np.linalg.solve(hessian, gradient)
    return {name: round(float(value), 3) for name, value in zip(order, weights, strict=True)}


def matrix(found: list[Example], order: list[str]) -> tuple[Array, Array, Array]:
    """Values of the features a row, labels, and how much each row counts."""
    x = np.array([[1.0 if name == "bias" else e.features.get(name, 0.0) for name in order] for e in found])
    return x, np.array([float(e.same) for e in found]), np.array([e.weight for e in found])


def probabilities(found: list[Example], weights: Mapping[str, float]) -> Array:
    """How likely each pair is one by the weights."""
    order = list(weights)
    x, _, _ = matrix(found, order)
    return np.asarray(1 / (1 + np.exp(-(x @ np.array([weights[name] for name in order])))), dtype=np.float64)


def held_out(found: list[Example], believed: Mapping[str, float]) -> Array:
    """Probabilities of pairs by weights learnt from the other groups of articles."""
    groups = sorted({e.group for e in found})
    out = np.zeros(len(found))
    for fold in range(FOLDS):
        mine = set(groups[fold::FOLDS])
        test = [i for i, e in enumerate(found) if e.group in mine]
        weights = fit([e for e in found if e.group not in mine], believed)
        out[test] = probabilities([found[i] for i in test], weights)
    return out


def report(found: list[Example], p: Array, same: float) -> str:
    """Precision, recall, Brier score and calibration of probabilities, in a line each."""
    y = np.array([e.same for e in found])
    joined = p >= same
    bands = [(low, (p >= low) & (p < low + 0.2)) for low in (0.0, 0.2, 0.4, 0.6, 0.8)]
    lines = [f"{len(found)} pairs, {y.sum()} the same; joined {joined.sum()}, {(joined & y).sum()} rightly",
             f"Brier {np.mean((p - y) ** 2):.4f}"]  # fmt: skip
    lines += [
        f"{low:.1f}-{low + 0.2:.1f}: {mask.sum()} pairs, {y[mask].mean():.2f} the same"
        for low, mask in bands
        if mask.any()
    ]
    return "\n".join(lines)


def main() -> None:
    """Learn the weights, and say how good they are on groups of articles that they were not learnt from."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--chains", type=Path, required=True, nargs="+")
    parser.add_argument("--mentions", type=Path, help="mentions of invented names, for what is alike by chance")
    parser.add_argument("-o", "--output", type=Path, required=True, help="weights.yaml, which holds what is believed")
    asked = parser.parse_args()
    records, by_group = read_records(asked.records), defaultdict(list)
    for path in asked.chains:
        for line in path.read_text("utf-8").splitlines():
            gold = json.loads(line)
            if gold["id"] in records:
                extraction = records[gold["id"]]
                by_group[gold["id"].rpartition("/")[0]].append((extraction, chains_of(extraction, gold["mentions"])))
    found = [example for group, articles in sorted(by_group.items()) for example in examples(group, articles)]
    found += of_gazetteer()
    found += of_mentions(asked.mentions) if asked.mentions else ()
    data = yaml.safe_load(asked.output.read_text("utf-8"))
    believed = data.get("believed", data["weights"])
    print(report(found, held_out(found, believed), data["same"]))  # noqa: T201
    data = {**data, "believed": believed, "weights": fit(found, believed)}
    asked.output.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")


if __name__ == "__main__":
    main()
