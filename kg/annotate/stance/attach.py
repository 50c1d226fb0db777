"""Which claim a proposition belongs to, and which stance the claim's source takes on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.annotate.polarity import Factuality, factuality
from kg.annotate.stance.content import read_root, roots
from kg.annotate.stance.cues import Reading, read_cue, tokens
from kg.records import Claim, Proposition, Span, Stance

#: What the content of a claim is taken to be at its root, by the stance of the cue.
GIVEN: dict[Stance, Factuality] = {
    "asserts": Factuality(),
    "denies": Factuality("-", reasons=("cue",), judged=True),
    "declines_to_confirm": Factuality("?", "none", reasons=("cue",), judged=True),
}
#: Modifiers, whose content is the narrator's even inside somebody's words ("the US-backed forces").
MODIFIERS = ("presupposed (amod)", "presupposed (nmod)", "presupposed (compound)")


@dataclass
class Draft:
    """A claim on its way to its stance: what its cue and its clauses say, and its propositions so far."""

    doc: Doc
    claim: Claim
    stances: dict[str, Stance] = field(default_factory=dict)

    @cached_property
    def content(self) -> list[Token]:
        """Tokens of the content."""
        return tokens(self.doc, self.claim.content)

    @cached_property
    def cue(self) -> list[Token]:
        """Tokens of the cue that are no part of the content."""
        inside = set(self.content)
        return [t for t in tokens(self.doc, self.claim.cue_span) if t not in inside]

    @cached_property
    def reading(self) -> Reading:
        """What the cue says of the content."""
        return read_cue(self.cue, self.content)

    @cached_property
    def roots(self) -> dict[Token, Stance]:
        """Main clauses of the content, each with its own stance."""
        directive = self.reading.act in ("Demand", "Threat")
        return {root: read_root(root, directive=directive) for root in roots(self.content)}

    @cached_property
    def main_stance(self) -> Stance:
        """The claim's stance where no proposition decides it: the cue's, else that of the first telling clause."""
        if self.reading.stance != "asserts" or not self.roots:
            return self.reading.stance
        stances = list(self.roots.values())
        if "declines_to_confirm" in stances and "denies" not in stances:
            return "declines_to_confirm"
        return stances[0]

    @property
    def size(self) -> int:
        """Characters of the content."""
        return sum(e - s for s, e in self.claim.content)

    def holds(self, span: Span) -> bool:
        """Whether the content contains ``span``."""
        return any(s <= span[0] and span[1] <= e for s, e in self.claim.content)

    def root_of(self, token: Token) -> Token:
        """The highest ancestor of a token that its path reaches without leaving the content."""
        inside = set(self.content)
        while token.head != token and token.head in inside:
            token = token.head
        return token

    def stance_on(self, trigger: Token) -> Stance | None:
        """The stance of the source on the proposition at ``trigger``; None where it takes none."""
        root = self.root_of(trigger)
        read = factuality(trigger, root, GIVEN[self.reading.stance])
        own = self.roots.get(root, "asserts")
        if read.presupposed:
            modifier = any(r in MODIFIERS for r in read.reasons)
            return "asserts" if not modifier and self.main_stance == "asserts" and read.committed else None
        if "declines_to_confirm" in (self.reading.stance, own) and (
            self.reading.stance != "asserts" or not read.committed
        ):
            return "declines_to_confirm"
        if not read.committed or not self.reading.commits:
            return None
        return "denies" if read.polarity == "-" else "asserts"


def attach(doc: Doc, drafts: list[Draft], propositions: Iterable[Proposition]) -> list[tuple[Proposition, Stance]]:
    """Notes each proposition in the drafts of the claims that take a stance on it.

    Returns:
        The rest: what the narrator asserts or denies.
    """
    narrated = []
    for proposition in propositions:
        trigger = _trigger(doc, proposition)
        if trigger is None:
            continue
        holders = [d for d in drafts if proposition.trigger and d.holds(proposition.trigger)]
        stance = _attach(holders, proposition, trigger)
        if stance is not None:
            narrated.append((proposition, stance))
    return narrated


def _attach(holders: list[Draft], proposition: Proposition, trigger: Token) -> Stance | None:
    """Notes the proposition in its holders; the narrator's stance on it where it is his."""
    if not holders:
        return _narrator(trigger)
    inner = innermost(holders)
    for draft in holders:
        beside = draft.claim.content == inner.claim.content and draft.claim.cue_span == inner.claim.cue_span
        if beside or draft.reading.stance != "asserts":
            stance = draft.stance_on(trigger)
            if stance is not None:
                draft.stances[proposition.id] = stance
    if any(proposition.id in d.stances for d in holders):
        return None
    read = factuality(trigger, inner.root_of(trigger))
    return "asserts" if read.presupposed and read.committed and read.polarity == "+" else None


def innermost(holders: list[Draft]) -> Draft:
    """The claim with the smallest content; of equals, one that disputes nothing, as in "rejected reports that"."""
    return min(holders, key=lambda d: (d.size, d.reading.stance != "asserts", -_start(d.claim)))


def _start(claim: Claim) -> int:
    return claim.cue_span[0][0] if claim.cue_span else claim.content[0][0]


def _narrator(trigger: Token) -> Stance | None:
    """What the article itself says, if it commits to it."""
    read = factuality(trigger)
    if not read.committed:
        return None
    return "denies" if read.polarity == "-" else "asserts"


def _trigger(doc: Doc, proposition: Proposition) -> Token | None:
    span = proposition.trigger and doc.char_span(*proposition.trigger, alignment_mode="expand")
    return span.root if span else None


def settle(drafts: list[Draft], propositions: Iterable[Proposition]) -> None:
    """Leaves each claim one stance on each edge: of two readings of the same edge the denial stays."""
    triples = {p.id: (p.subject, p.relation, p.object) for p in propositions}
    for draft in drafts:
        denied = {triples[p] for p, stance in draft.stances.items() if stance == "denies"}
        draft.stances = {p: s for p, s in draft.stances.items() if s == "denies" or triples[p] not in denied}


def split(draft: Draft) -> list[Claim]:
    """The claims that a draft becomes: one for each stance that its source takes, the main one first."""
    groups: dict[Stance, list[str]] = {}
    for proposition, stance in draft.stances.items():
        groups.setdefault(stance, []).append(proposition)
    order = sorted(groups, key=lambda s: (s != draft.main_stance, s)) or [draft.main_stance]
    suffixes = ("", "b", "c")
    return [
        replace(
            draft.claim,
            id=f"{draft.claim.id}{suffix}",
            stance=stance,
            propositions=tuple(groups.get(stance, ())),
            speech_act=_act(draft.reading, stance),
            certainty=draft.reading.certainty,
        )
        for suffix, stance in zip(suffixes, order, strict=False)
    ]


def _act(reading: Reading, stance: Stance) -> str:
    """The speech act of a claim: its cue's, unless its words deny or withhold."""
    if reading.act not in ("Statement", "Claim", "Report") or reading.stance == stance:
        return reading.act
    return {"denies": "Denial", "declines_to_confirm": "RefusalToConfirm"}.get(stance, reading.act)
