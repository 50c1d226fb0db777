"""kg_coreference: the sources of claims, given claims as attribution leaves them."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.actors.component import ActorFinder
from kg.annotate.coreference.component import SourceResolver
from kg.gazetteer import load_gazetteer
from kg.records import Actor, Claim, Kind

pytestmark = pytest.mark.model


def _span(text: str, words: str | None) -> tuple[tuple[int, int], ...]:
    return () if words is None else ((text.index(words), text.index(words) + len(words)),)


def _claim(
    text: str, source: str | None, cue: str | None, content: str, *, number: int = 1, nested_in: str | None = None,
    kind: Kind = "indirect",
) -> Claim:  # fmt: skip
    return Claim(
        id=f"c{number}", source=None, content=_span(text, content), cue=cue, source_span=_span(text, source),
        cue_span=_span(text, cue), kind=kind, nested_in=nested_in,
    )  # fmt: skip


def _resolved(nlp: Language, text: str, *claims: Claim) -> tuple[Doc, list[Claim], dict[str, Actor]]:
    """The Doc after actors and coreference with exactly these claims."""
    doc = nlp.make_doc(text)
    for name, pipe in nlp.pipeline:
        if not name.startswith("kg_"):
            doc = pipe(doc)
    doc = ActorFinder(load_gazetteer())(doc)
    layers.set_claims(doc, claims)
    doc = SourceResolver()(doc)
    return doc, layers.claims(doc), {a.id: a for a in layers.actors(doc)}


CASES = [
    ("Norway said talks had failed.", "Norway", "said", "talks had failed", "Norway", []),
    ("Maria Lopez spoke. She said talks had failed.", "She", "said", "talks had failed", "Maria Lopez", []),
    ("It is believed that talks had failed.", None, "is believed", "talks had failed", "unspecified", []),
    ("A White House statement said talks had failed.", "A White House statement", "said", "talks had failed",
     "White House", []),
    ("The report by Amnesty International said talks had failed.", "The report by Amnesty International", "said",
     "talks had failed", "Amnesty International", []),
    ("Reuters quoted a Chilean official as saying talks had failed.", None, "saying", "talks had failed",
     "Chilean official", ["Reuters"]),
    ("Maria Lopez told Reuters that talks had failed.", "Maria Lopez", "told", "talks had failed", "Maria Lopez",
     ["Reuters"]),
    ("Maria Lopez told reporters that talks had failed.", "Maria Lopez", "told", "talks had failed", "Maria Lopez", []),
    ("People close to the family said talks had failed.", "People close to the family", "said", "talks had failed",
     "People close to the family", []),
    ("The US said talks had failed.", "The US", "said", "talks had failed", "United States", []),
    ("Nobody said talks had failed.", "Nobody", "said", "talks had failed", "unspecified", []),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[c[0][:30] for c in CASES])
def test_source_and_via(nlp: Language, case: tuple[str, str | None, str, str, str, list[str]]) -> None:
    text, source, cue, content, name, via = case
    _, (claim,), actors = _resolved(nlp, text, _claim(text, source, cue, content))
    assert actors[claim.source or ""].name.lower() == name.lower()
    assert [actors[v].name for v in claim.via] == via


def test_we_in_a_claim_is_the_state_that_its_speaker_stands_for(nlp: Language) -> None:
    text = "Chile's foreign minister, Ana Ruiz, said: “We believe talks have failed.”"
    outer = _claim(text, "Ana Ruiz", "said", "We believe talks have failed", kind="direct")
    inner = _claim(text, "We", "believe", "talks have failed", number=2, nested_in="c1", kind="direct")
    _, (first, second), actors = _resolved(nlp, text, outer, inner)
    assert actors[first.source or ""].name == "Ana Ruiz"
    assert actors[second.source or ""].name == "Chile"


def test_i_in_a_quotation_is_its_speaker(nlp: Language) -> None:
    text = "Ana Ruiz said: “I do not believe it.”"
    doc, (claim,), actors = _resolved(nlp, text, _claim(text, "Ana Ruiz", "said", "I do not believe it", kind="direct"))
    start = text.index("I do")
    assert (start, start + 1) in [(m.start, m.end) for m in actors[claim.source or ""].mentions]
    assert doc.text == text


def test_a_quotation_that_follows_on_keeps_its_speaker(nlp: Language) -> None:
    text = "“Talks have failed,” Ana Ruiz said. “Nobody is to blame.”"
    first = _claim(text, "Ana Ruiz", "said", "Talks have failed", kind="direct")
    second = _claim(text, None, None, "Nobody is to blame", number=2, kind="direct")
    _, claims, actors = _resolved(nlp, text, first, second)
    assert [actors[c.source or ""].name for c in claims] == ["Ana Ruiz", "Ana Ruiz"]


def test_every_claim_has_a_known_source(nlp: Language) -> None:
    text = "Critics said so. Reports suggested so. Others denied it. They may be right, it was said."
    claims = [
        _claim(text, s, c, "so", number=n) for n, (s, c) in enumerate([("Critics", "said"), ("Others", "denied")])
    ]
    _, found, actors = _resolved(nlp, text, *claims)
    assert all(c.source in actors for c in found)
    assert len({c.source for c in found}) == 2
