"""Claims of the article's own voice: one for each sentence and stance that carries propositions."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.annotate.spans import tokens_of
from kg.records import NARRATOR, Claim, Proposition, Span, Stance


def narrator_claims(doc: Doc, narrated: Iterable[tuple[Proposition, Stance]]) -> list[Claim]:
    """Claims by the narrator, with ids ``n1``, ``n2``... in text order; content is the evidence in one sentence."""
    groups: dict[tuple[int, Stance], list[Proposition]] = {}
    for proposition, stance in narrated:
        span = _evidence(proposition)
        sentence = tokens_of(doc, span)
        start = sentence.sent.start_char if sentence is not None else span[0]
        groups.setdefault((start, stance), []).append(proposition)
    ordered = sorted(groups.items())
    return [_claim(f"n{i}", stance, found) for i, ((_, stance), found) in enumerate(ordered, 1)]


def _claim(name: str, stance: Stance, propositions: list[Proposition]) -> Claim:
    spans = [_evidence(p) for p in propositions]
    content = (min(s for s, _ in spans), max(e for _, e in spans))
    return Claim(
        id=name,
        source=NARRATOR,
        content=(content,),
        stance=stance,
        propositions=tuple(p.id for p in propositions),
        speech_act="Narration",
    )


def _evidence(proposition: Proposition) -> Span:
    return proposition.evidence or proposition.trigger or (0, 0)
