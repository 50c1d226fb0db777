"""What a canonical actor is called, and what it is taken to be, where articles differ."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pytest

from kg.merge.describe import Description

GIVEN = [Description(name, kind, stem="mira-sandal") for name, kind in [("Mira", "Place"), ("Mira Sandal", "Person")]]
LINKED = [
    Description("Coast Front inside Estmar", "Party"),
    Description("Coast Front", "ArmedGroup", wikidata="Q900001"),
    Description("Cost Front", "Organisation"),
]
TOWN = [Description("Zenda", kind, stem="zenda") for kind in ("Person", "Place", "Organisation")]


@pytest.mark.parametrize(
    ("said", "label", "kind"),
    [(GIVEN, "Mira Sandal", "Person"), (LINKED, "Coast Front", "ArmedGroup"), (TOWN, "Zenda", "Place")],
)
def test_who_knows_an_actor_best_names_it_in_whatever_order(said: list[Description], label: str, kind: str) -> None:
    for order in permutations(said):
        found = reduce(Description.__or__, order)
        assert (found.label, found.type) == (label, kind)
        assert found | order[0] == found
