"""Labels and thresholds of the shipped heads, from ``model.json`` beside the weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
        joined: how much more probable than none the antecedents of one cluster must be together.
        introduced: the same where a name that was not met before takes a description before it along.
        several: that a mention stands for two actors.
        state: that a mention by a state's name means the state, and not its people, forces or a body of it.
        relation: a relation of two mentions.
        doubt: the power to which the probabilities of two mentions count in that of their relation.
        trust: what a relation's probability is multiplied with, so that a share c of what has the
            confidence c is right, wrong actors and stances counted.
        own: that a proposition inside somebody's words is his own.
        open: a relation that the grammar leaves open: in a question, a condition, under "could".
        whole: how much the stance on a claim as a whole counts beside that on a proposition of it.
        vote: what the grammar of negation adds to the logarithm of a stance's probability.
        refers: that a claim is about what was stated before it.
        sharpness: by head, what its scores are multiplied with so that they are calibrated probabilities.
    """

    quoted: float
    sourced: float
    bare: float
    mention: float
    weak: float
    joined: float
    introduced: float
    several: float
    state: float
    relation: float
    doubt: float
    trust: float
    own: float
    open: float
    whole: float
    vote: float
    refers: float
    sharpness: Mapping[str, float]


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
    return Settings(
        **{f.name: data["thresholds"][f.name] for f in fields(Settings) if f.name != "sharpness"},
        sharpness=data["sharpness"],
    )
