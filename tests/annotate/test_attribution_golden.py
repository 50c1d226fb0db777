"""Golden cases of attribution: constructions, look-alikes and odd layouts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.attribution.component import Attributor, engine
from kg.annotate.attribution.encoder import available
from kg.records import Claim, Spans

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = [
    pytest.param(
        case,
        id=f"{name}:{case['id']}",
        marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
    )
    for name in ("attribution", "attribution_layouts")
    for case in yaml.safe_load((GOLDEN / f"{name}.yaml").read_text("utf-8"))
]


def parsed(nlp: Language, text: str) -> Doc:
    """``text`` with spaCy's own annotation only."""
    with nlp.select_pipes(disable=[p for p in nlp.pipe_names if p.startswith("kg_")]):
        return nlp(text)


def claims(nlp: Language, text: str, name: str = "encoder") -> list[Claim]:
    return layers.claims(Attributor(engine(name))(parsed(nlp, text)))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def quoted(text: str, spans: Spans) -> list[str]:
    return words(" ".join(text[s:e] for s, e in spans))


def matches(text: str, claim: Claim, want: dict[str, Any]) -> bool:
    """Same content words (a leading ``that`` aside), a shared word of source and cue, same kind and nesting."""
    content, wanted = quoted(text, claim.content), words(want["content"])
    return (
        (content in (wanted, ["that", *wanted]) or ["of", *content] == wanted)
        and words(want.get("source", "")) in ([], quoted(text, claim.source_span))
        and (want["cue"] == claim.cue or bool({*words(want["cue"])} & {*quoted(text, claim.cue_span)}))
        and want.get("kind", claim.kind) == claim.kind
        and want.get("nested", False) <= bool(claim.nested_in)
    )


@pytest.mark.model
@pytest.mark.skipif(not available(), reason="the encoder's weights are not installed")
@pytest.mark.parametrize("case", CASES)
def test_golden(case: dict[str, Any], nlp: Language) -> None:
    text, found = case["text"], claims(nlp, case["text"])
    shown = [(quoted(text, c.source_span), c.cue, quoted(text, c.content)) for c in found]
    missing = [w for w in case["expect"] if not any(matches(text, c, w) for c in found)]
    assert not missing, f"missing {missing}; found {shown}"
    if not case["expect"]:
        assert not found, f"found {shown} where nobody says anything"
