"""The quality gate: figures on texts of our own, and the floors that they must keep.

``python -m tests.evaluation`` prints the figures; ``--update`` raises the floors to them, and refuses when a figure is
under its floor, unless ``--allow-regression`` is given as well: then the floors follow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language

from kg.evaluate import markup
from kg.evaluate.measures import MEASURES, measure
from kg.evaluate.run import read
from tests.evaluation import attributions

FLOORS, ARTICLES = (Path(__file__).parent / name for name in ("floors.json", "articles"))
Figures = dict[str, float]
#: Figures that are better when they are lower: errors.
AT_MOST = " (at most)"
CALIBRATION = "calibration error" + AT_MOST
#: How far a figure may fall under what was measured: in all, in a slice of at least ``SLICE`` things, in a construction
#: of attribution (which has about five).
MARGIN, SLICE_MARGIN, FEW_MARGIN, SLICE = 0.02, 0.1, 0.2, 10
#: The measures with gold mentions and claims handed over.
GIVEN = {"relations, given mentions": "relations", "stance, given mentions": "stance"}
MEASURED = (attributions.NAME, *MEASURES, *GIVEN)


def digests() -> dict[str, str]:
    """Hashes of the gold, so that floors are never compared with figures on other texts."""
    articles = sorted(ARTICLES.glob("*.yaml"))
    return {"attribution": _digest([attributions.GOLD]), "articles": _digest(articles)}


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:16]


def measured(nlp: Language) -> dict[str, Figures]:
    """Figures of attribution and every measure."""
    gold = markup.articles(ARTICLES)
    found, given = list(read(nlp, gold)), list(read(nlp, gold, given=True))
    out = {attributions.NAME: attributions.measure(nlp)}
    out |= {name: dict(flat(measure(name, found))) for name in MEASURES}
    return out | {name: dict(flat(measure(of, given))) for name, of in GIVEN.items()}


def flat(report: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """The figures that have floors, by name; slices have a colon."""
    for name, row in report["figures"].items():
        yield from ((f"{name} {k}", row[k]) for k in ("p", "r", "f1"))
    for dimension, rows in report["by"].items():
        for name, row in rows.items():
            if row["gold"] >= SLICE:
                yield from ((f"{dimension}: {name} {k}", row[k]) for k in "pr")
    yield from ((name + AT_MOST, n) for name, n in report["counts"].items())
    if "calibration" in report:
        yield CALIBRATION, report["calibration"]["ece"]


def floors_of(of: str, found: Figures) -> Figures:
    """Floors a little below what was measured; ceilings of errors at it, or a little above where they are rates."""
    slack = FEW_MARGIN if of == attributions.NAME else SLICE_MARGIN
    margins = {k: 0.0 if k.endswith(AT_MOST) else slack if ":" in k else MARGIN for k in found}
    margins |= {k: -MARGIN for k in found if k == CALIBRATION}
    return {k: round(max(0.0, v - margins[k]), 4) for k, v in found.items()}


def below(found: Figures, floors: Figures) -> dict[str, tuple[float, float]]:
    """Figures on the wrong side of their floors, with both."""
    pairs = {k: (found.get(k, 0.0), floor) for k, floor in floors.items()}
    return {k: (v, floor) for k, (v, floor) in pairs.items() if not _better(k, v, floor)}


def _better(name: str, value: float, floor: float) -> bool:
    return value <= floor + 1e-9 if name.endswith(AT_MOST) else value >= floor - 1e-9


def read_floors() -> dict[str, Any]:
    """``gold`` (digests) and ``floors`` by what was measured."""
    return json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {"gold": {}, "floors": {}}


def update(found: dict[str, Figures], *, allow_regression: bool) -> list[str]:
    """Raises the floors to ``found``, or gives the figures under their floors and writes nothing."""
    old = read_floors()["floors"]
    lower = [f"{e}, {k}: {a:g}, floor {b:g}" for e in found for k, (a, b) in below(found[e], old.get(e, {})).items()]
    if lower and not allow_regression:
        return lower
    kept = {} if allow_regression else old
    new = old | {e: _raised(floors_of(e, f), kept.get(e, {})) for e, f in found.items()}
    FLOORS.write_text(json.dumps({"gold": digests(), "floors": new}, indent=1) + "\n", "utf-8")
    return []


def _raised(new: Figures, old: Figures) -> Figures:
    """The stricter of both."""
    return {k: old[k] if k in old and _better(k, old[k], v) else v for k, v in new.items()}
