"""``kg evaluate attribution``: figures, intervals and constructions of a small gold of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from spacy.language import Language

from kg.annotate.attribution.base import Attribution
from kg.cli.evaluate import command
from kg.evaluate.attribution import ROLES, Reading, score
from kg.evaluate.constructions import construction
from tests.evaluation import attributions

SAID = Attribution(((0, 4),), ((5, 9),), ((10, 14),))


def test_score_counts_matches_and_intervals() -> None:
    right, wrong = Reading("Anne said snow", [SAID], [SAID]), Reading("Anne said snow", [SAID], [])
    figures = score([right, wrong], bootstrap=20)
    assert figures["content"] == {"p": 1.0, "r": 0.5, "f1": 0.6667}
    low, high = figures["interval"]["content"]
    assert 0 <= low <= 0.6667 <= high <= 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("start", "want"),
    [
        ("The harbour master said that", "said that"),
        ("Police said the gunman", "said (without that)"),
        ("The vaccine will reach", "content first"),
        ("Nearly a third", "inverted"),
        ("The senator replied", "direct quotation"),
        ("The director said", "quotation over several sentences"),
        ("According to the coastguard", "according to"),
        ("The minister's claim", "noun cue"),
        ("The airline promised", "infinitive"),
        ("The bank was accused", "passive"),
        ("The widow spoke of", "verb + preposition"),
        ("The foreign minister condemned", "verb + noun phrase"),
    ],
)
def test_construction(start: str, want: str, nlp: Language) -> None:
    entry = next(e for e in attributions.texts() if e["text"].lstrip("“").startswith(start))
    with nlp.select_pipes(disable=[p for p in nlp.pipe_names if p.startswith("kg_")]):
        assert construction(nlp(entry["text"]), attributions.located(entry)[0]) == want


@pytest.mark.model
def test_command_prints_the_table_and_json(tmp_path: Path) -> None:
    entries = [e for e in attributions.texts() if "claims" in e][:6]
    gold = tmp_path / "gold.jsonl"
    found = [[{r: getattr(a, r) for r in ROLES} for a in attributions.located(e)] for e in entries]
    rows = [
        {"id": str(i), "text": e["text"], "attributions": f}
        for i, (e, f) in enumerate(zip(entries, found, strict=True))
    ]
    gold.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    table = CliRunner().invoke(command, ["attribution", "--gold", str(gold), "--bootstrap", "10"])
    assert table.exit_code == 0, table.output
    assert "said that" in table.output
    assert "95 %" in table.output
    figures = CliRunner().invoke(command, ["attribution", "--gold", str(gold), "--json"])
    assert json.loads(figures.output)["content"]["f1"] > 0.5
