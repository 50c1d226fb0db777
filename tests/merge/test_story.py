"""examples/phone-call: a contradiction, a merge that a person undoes, and one that only a person could know."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.building import Settings, Tally, build
from kg.merge import judgements
from kg.merge.judgements import read_csv
from kg.merge.judging import apply
from kg.readers import read
from kg.store import Store, View, open_store
from tests.store.contract import dump

STORY = Path(__file__).parents[2] / "examples" / "phone-call"
ATTACK = ("Norvania", "attacks", "Estmar")


@pytest.fixture(scope="module")
def store() -> Store:
    """The story with the article that came late, before anybody judged."""
    found = open_store(":memory:")
    for folder in ("articles", "late"):
        settings = Settings(gazetteer=str(STORY / "gazetteer.yaml"))
        list(build(found, read([STORY / folder]), Tally(), settings))
    return found


def sides(view: View) -> dict[str, set[str]]:
    """IRIs of the sources that assert and deny the attack."""
    (attack,) = [p.iri for p in view.propositions() if (p.subject_label, p.relation, p.object_label) == ATTACK]
    claims = [claim for claim in view.claims() if attack in claim.propositions and claim.source]
    return {s: {claim.source or "" for claim in claims if claim.stance == s} for s in ("asserts", "denies")}


@pytest.mark.model
def test_people_judge_who_is_who(store: Store) -> None:
    before = dump(store)
    view = store.view()
    (sandal,) = [actor for actor in view.actors() if actor.label == "Mira Sandal"]
    assert sandal.iri in sides(view)["asserts"] & sides(view)["denies"], "one woman seems to contradict herself"

    with (STORY / "judgements.csv").open(encoding="utf-8", newline="") as file:
        said = list(read_csv(file, by="editor", where="judgements.csv"))
    assert apply(store, said) == 2
    assert [(each.judgement, each.by, each.when) for each in judgements(store)] == [
        ("same", "editor", "2024-05-12"),
        ("different", "editor", "2024-05-12"),
    ]
    assert sandal.iri in sides(view)["asserts"] - sides(view)["denies"]
    assert len([actor for actor in view.actors() if actor.label == "Mira Sandal"]) == 2
    (alliance,) = [actor for actor in view.actors() if "Northern Pact" in (actor.label, *actor.aliases)]
    assert alliance.label == "Alliance of Northern States"

    assert apply(store, [(each, True) for each, _ in said]) == 2
    assert dump(store) == before
