"""How sure it is that two names are one: the list of features, and what each weighs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.merge import features
from kg.merge.names import Name

#: Names that score at least this are one.
SAME = 0.85
#: Names that score at least this are worth a person's look.
UNSURE = 0.7

Feature = Callable[[Name, Name], float]

#: Evidence that two names are forms of one: the strongest counts.
EVIDENCE: tuple[Feature, ...] = (
    features.same_words,
    features.middle_name,
    features.short_given_name,
    features.spelled_alike,
    features.alias,
    features.acronym,
    features.other_type,
)
#: Context, with the weight by which it moves the score up or down.
CONTEXT: tuple[tuple[Feature, float], ...] = (
    (features.company, 0.03),
    (features.roles, 0.03),
    (features.time, 0.2),
)
#: What rules it out.
VETOES: tuple[Callable[[Name, Name], bool], ...] = (
    features.other_item,
    features.other_number,
    features.other_state,
)


@dataclass(frozen=True, slots=True)
class Score:
    """How sure it is, 0 to 1, and the features that say so."""

    value: float
    reason: str


def score(form: Name, centre: Name) -> Score:
    """How sure it is that ``form`` is a form of ``centre``, a name of higher rank."""
    best, evidence = max((each(form, centre), -i) for i, each in enumerate(EVIDENCE))
    if not best or any(veto(form, centre) for veto in VETOES):
        return Score(0.0, "")
    said, value = [_title(EVIDENCE[-evidence])], best
    for feature, weight in CONTEXT:
        part = feature(form, centre)
        value += weight * part
        if part:
            said.append(f"{_title(feature)} {part:+.1f}")
    return Score(round(min(max(value, 0.0), 1.0), 4), ", ".join(said))


def _title(feature: Feature) -> str:
    return feature.__name__.replace("_", " ")
