"""How sure it is that two names are one: the list of evidence and context, and what the pair model makes of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.merge import features
from kg.merge.model import model
from kg.merge.names import Name

#: What is neither strong nor weak evidence, and a step from it, as the pair model counts them.
STRENGTH, STEP = 0.9, 0.05
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
#: Context, with the weight by which it moves the strength of the evidence up or down.
CONTEXT: tuple[tuple[Feature, float], ...] = (
    (features.company, 0.03),
    (features.roles, 0.03),
    (features.other_office, 0.0),
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
    """How strong the evidence is, 0 to 1, what it is, and the log-odds that the two are one by the pair model."""

    value: float
    reason: str
    log_odds: float = -math.inf


#: What is said of names that nothing speaks for, or a veto against.
NOTHING = Score(0.0, "")


@cache
def _fitting(form: str, centre: str) -> tuple[Feature, ...]:
    """The evidence that names of these classes may give."""
    return tuple(feature for feature, kinds in EVIDENCE if (form, centre) in kinds)


def score(form: Name, centre: Name) -> Score:
    """How sure it is that ``form`` is a form of ``centre``, a name of higher rank."""
    value, evidence = strongest(form, centre)
    if evidence is None or any(veto(form, centre) for veto in VETOES):
        return NOTHING
    said, log_odds = [_title(evidence)], _evidence_odds(evidence, value, form, centre)
    for feature, weight, odds in _context():
        part = feature(form, centre)
        if part:
            value += weight * part
            log_odds += odds * part
            said.append(f"{_title(feature)} {part:+.1f}")
    return Score(round(min(max(value, 0.0), 1.0), 4), ", ".join(said), round(log_odds, 4))


@cache
def _context() -> tuple[tuple[Feature, float, float], ...]:
    """Features of context, each with its weights in the strength of the evidence and in the log-odds."""
    return tuple((feature, weight, model().weights[feature.__name__]) for feature, weight in CONTEXT)


def _evidence_odds(evidence: Feature, value: float, form: Name, centre: Name) -> float:
    """The part of the log-odds that comes from the evidence."""
    constant, slope = _odds(evidence)
    found = constant + slope * (value - STRENGTH) / STEP
    if evidence is features.spelled_alike:
        found += sum(model().weights[name] * part for name, part in _alike(form, centre).items())
    return found


@cache
def _odds(evidence: Feature) -> tuple[float, float]:
    """What evidence of usual strength adds to the log-odds, the bias included, and what each step does."""
    weights, name = model().weights, evidence.__name__
    return weights["bias"] + weights[name], weights[f"{name} strength"]


def _alike(form: Name, centre: Name) -> dict[str, float]:
    """What tells a slip of the pen from another name."""
    long = len(form.words) >= features.LONG_NAME
    return {"long name": float(long), "much rarer": float(not long or features.rarer(form, centre))}


def strongest(form: Name, centre: Name) -> tuple[float, Feature | None]:
    """The strongest evidence that two names are one, and how strong it is."""
    value, evidence = 0.0, None
    for each in _fitting(form.kind, centre.kind):
        found = each(form, centre)
        if found > value:
            value, evidence = found, each
            if value >= CERTAIN:
                break
    return value, evidence


def features_of(form: Name, centre: Name, value: float, evidence: Feature) -> dict[str, float]:
    """What the pair model weighs: the strongest evidence, how strong it is, and what is known of both names."""
    found = {evidence.__name__: 1.0, f"{evidence.__name__} strength": (value - STRENGTH) / STEP}
    if evidence is features.spelled_alike:
        found |= _alike(form, centre)
    for feature, _ in CONTEXT:
        part = feature(form, centre)
        if part:
            found[feature.__name__] = part
    return found


def explained(form: Name, centre: Name) -> str:
    """The features that the pair model weighs, each with what it adds to the log-odds; nothing where there are none."""
    value, evidence = strongest(form, centre)
    return "" if evidence is None else model().explained(features_of(form, centre, value, evidence))


def _title(feature: Feature) -> str:
    return feature.__name__.replace("_", " ")
