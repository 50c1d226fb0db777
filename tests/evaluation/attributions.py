"""Attribution on sentences of our own (``attribution.yaml``)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

from kg.annotate import layers
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.component import Attributor
from kg.annotate.reader.encoder import shipped
from kg.evaluate.attribution import Reading, score
from kg.evaluate.constructions import construction
from kg.records import Span, Spans

GOLD = Path(__file__).parent / "attribution.yaml"
NAME = "attribution"
Figures = dict[str, float]


def texts() -> list[dict[str, Any]]:
    """The gold: ``text``, and ``claims`` of source, cue and content."""
    return yaml.safe_load(GOLD.read_text("utf-8"))  # type: ignore[no-any-return]


def located(entry: dict[str, Any]) -> list[Attribution]:
    """The claims of an entry as spans of its text; the cue is looked for outside the content."""
    found = []
    for source, cue, content in entry.get("claims", ()):
        spans = tuple(_find(entry["text"], part, ()) for part in content.split(" | "))
        at = _find(entry["text"], cue, spans)
        found.append(Attribution((_find(entry["text"], source, spans, at),) if source else (), (at,), spans))
    return found


def _find(text: str, part: str, taken: Spans, near: Span = (0, 0)) -> Span:
    """Where ``part`` stands, outside ``taken``, and nearest to ``near``."""
    starts = [i for i in range(len(text)) if text.startswith(part, i)]
    free = [i for i in starts if not any(s <= i < e for s, e in taken)]
    if not free:
        raise ValueError(f"{part!r} is not in {text!r}")
    start = min(free, key=lambda i: abs(i - near[0]))
    return start, start + len(part)


def measure(nlp: Language) -> Figures:
    """Content and full, and precision and recall of each construction."""
    with nlp.select_pipes(disable=[p for p in nlp.pipe_names if p.startswith("kg_")]):
        docs = list(nlp.pipe(e["text"] for e in texts()))
    attributor, readings = Attributor(shipped()), []
    for doc, wanted in zip(docs, map(located, texts()), strict=True):
        claims = [c for c in layers.claims(attributor(doc)) if c.nested_in is None]
        found = [Attribution(c.source_span, c.cue_span, c.content, c.confidence) for c in claims]
        readings.append(Reading(doc.text, wanted, found, partial(construction, doc)))
    return flat(score(readings))


def flat(figures: dict[str, Any]) -> Figures:
    """The figures that have floors, by name."""
    out = {f"{part} {k}": v for part in ("content", "full") for k, v in figures[part].items()}
    return out | {f"{name}: {k}": row["content"][k] for name, row in figures["constructions"].items() for k in "pr"}
