"""The pair model: how likely two names are one actor's, as a logistic sum of features whose weights are in a file.

``kg/models/identity/weights.yaml`` holds the weights, and the probabilities from which two names are one, or worth a
person's look; ``kg.train.identity`` learns them, and its model card says from what.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

#: A feature and its value; what is not named is 0.
Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by feature; ``same`` and ``unsure`` are probabilities, ``close`` is a difference of log-odds.

    Two names are one from ``same`` on, and worth a look from ``unsure`` on. Two centres whose log-odds are closer than
    ``close`` fit a form equally well.
    """

    weights: Mapping[str, float]
    same: float
    unsure: float
    close: float

    def log_odds(self, features: Features) -> float:
        """How likely the two are one, as log-odds."""
        return self.weights["bias"] + sum(self.weights[name] * value for name, value in features.items())

    def explained(self, features: Features) -> str:
        """Each feature with what it adds to the log-odds, the strongest first."""
        parts = {name: self.weights[name] * value for name, value in features.items()}
        ranked = sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))
        return ", ".join(f"{name} {part:+.1f}" for name, part in ranked if round(part, 1))


def probability(log_odds: float) -> float:
    """The probability of log-odds, rounded as it is stored.

    >>> probability(0.0)
    0.5
    """
    return round(1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0))), 4)


@cache
def model() -> Model:
    """The shipped model."""
    path = resources.files("kg") / "models" / "identity" / "weights.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    return Model(data["weights"], data["same"], data["unsure"], data["close"])
