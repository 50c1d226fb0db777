"""How sure it is that two names are one: the list of features, and what each weighs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.merge import features
from kg.merge.names import Name

#: Names that score at least this are one.
SAME = 0.85
#: Names that score at least this are worth a person's look.
UNSURE = 0.7

#: No evidence says more than this, but for that which is looked at first.
CERTAIN = 0.95

Feature = Callable[[Name, Name], float]

_PERSONS, _BODIES, _PLACES = ("person", "person"), ("body", "body"), ("polity", "polity")
#: Classes that are mistaken for each other: the first of a pair where the second is right.
_MISTAKEN = frozenset(
    {("person", "body"), ("body", "polity"), ("person", "polity"), ("polity", "body"), ("people", "body")}
)
#: Evidence that two names are forms of one, and the classes of type of the two: the strongest counts.
EVIDENCE: tuple[tuple[Feature, frozenset[tuple[str, str]]], ...] = (
    (features.same_words, frozenset({_PERSONS, _BODIES, _PLACES, ("people", "people")})),
    (features.run_together, frozenset({_PERSONS, _BODIES, _PLACES})),
    (features.middle_name, frozenset({_PERSONS})),
    (features.short_given_name, frozenset({_PERSONS})),
    (features.spelled_alike, frozenset({_PERSONS, _BODIES, _PLACES})),
    (features.alias, frozenset({_PERSONS, _BODIES})),
    (features.acronym, frozenset({_BODIES})),
    (features.other_type, _MISTAKEN),
    (features.people_of_a_place, frozenset({("people", "polity"), ("polity", "people")})),
    (features.surname_of_other_type, frozenset({("body", "person"), ("polity", "person")})),
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
    features.other_generation,
    features.other_state,
)


@dataclass(frozen=True, slots=True)
class Score:
    """How sure it is, 0 to 1, and the features that say so."""

    value: float
    reason: str


#: What is said of names that nothing speaks for, or a veto against.
NOTHING = Score(0.0, "")


@cache
def _fitting(form: str, centre: str) -> tuple[Feature, ...]:
    """The evidence that names of these classes may give."""
    return tuple(feature for feature, kinds in EVIDENCE if (form, centre) in kinds)


def score(form: Name, centre: Name) -> Score:
    """How sure it is that ``form`` is a form of ``centre``, a name of higher rank."""
    value, evidence = 0.0, None
    for each in _fitting(form.kind, centre.kind):
        found = each(form, centre)
        if found > value:
            value, evidence = found, each
            if value >= CERTAIN:
                break
    if evidence is None or any(veto(form, centre) for veto in VETOES):
        return NOTHING
    said = [_title(evidence)]
    for feature, weight in CONTEXT:
        part = feature(form, centre)
        value += weight * part
        if part:
            said.append(f"{_title(feature)} {part:+.1f}")
    return Score(round(min(max(value, 0.0), 1.0), 4), ", ".join(said))


def _title(feature: Feature) -> str:
    return feature.__name__.replace("_", " ")
