"""Roles, and the lexicon that says what they mean."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.merge.structure import office
from kg.vocab import KG, STRUCTURAL


@pytest.mark.parametrize("entry", lexicon.load("en/role_relations"), ids=lambda e: e["role"])
def test_every_office_is_read_as_its_entry_says(entry: dict[str, object]) -> None:
    found = office(f"senior {entry['role']}")
    assert found.relation in STRUCTURAL
    assert KG.name_of(found.relation) == entry["relation"]
    assert found.speaks is entry["speaks"]
    assert entry["example"]


@pytest.mark.parametrize(
    ("role", "relation", "speaks"),
    [
        ("deputy spokesperson", "spokespersonFor", True),
        ("vice president", "affiliatedWith", True),
        ("former prime minister", "affiliatedWith", False),
        ("ex-president", "affiliatedWith", False),
        ("analyst", "affiliatedWith", False),
        ("", "affiliatedWith", False),
    ],
)
def test_office_looks_at_the_last_word(role: str, relation: str, speaks: bool) -> None:
    assert (KG.name_of(office(role).relation), office(role).speaks) == (relation, speaks)
