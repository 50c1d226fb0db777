"""Labels and thresholds of the shipped heads, from ``model.json`` beside the weights."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

from kg.annotate.reader.labels import RELATED, STANCE, TYPES
from kg.errors import PipelineError

_LABELS = {"types": TYPES, "relations": RELATED, "stances": STANCE}


@dataclass(frozen=True, slots=True)
class Settings:
    """From which probability on something is found.

    Args:
        quoted: an attribution whose content has quotation marks.
        sourced: one without, that has a source.
        bare: one that has neither.
        mention: a mention that only the head finds, and that nobody was mentioned by before.
        weak: one that stands for somebody mentioned before or after it.
        relation: a relation of two mentions.
        trust: what a relation's probability is multiplied with, so that propositions with the confidence c are right
            in a share c of the articles that it was chosen on, wrong actors and stances counted.
        ruled: the same share of the propositions by rules.
    """

    quoted: float
    sourced: float
    bare: float
    mention: float
    weak: float
    relation: float
    trust: float
    ruled: float


def read_settings(path: Path) -> Settings:
    """The settings of a ``model.json``.

    Raises:
        PipelineError: it is not there, or its weights were trained on other labels.
    """
    if not path.is_file():
        raise PipelineError(f"No {path}: the weights beside it cannot be read without their labels.")
    data = json.loads(path.read_text("utf-8"))
    for name, own in _LABELS.items():
        if tuple(data["labels"][name]) != tuple(own):
            raise PipelineError(f"{path}: the weights were trained on other {name} than this version knows.")
    return Settings(**{f.name: float(data["thresholds"][f.name]) for f in fields(Settings)})
