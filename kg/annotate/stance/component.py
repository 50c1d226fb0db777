"""The component ``kg_stance``: what each source asserts, denies, or will not confirm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.polarity import Factuality, factuality
from kg.annotate.reader.anaphora import candidates, features
from kg.annotate.reader.encoder import Encoder, shipped
from kg.annotate.reader.heads import Floats, Ints, softmax
from kg.annotate.reader.labels import STANCE
from kg.annotate.reader.reading import Reading
from kg.annotate.spans import tokens_of
from kg.annotate.stance.blocks import asked, judged, telling
from kg.annotate.stance.content import main_predicate, roots
from kg.annotate.stance.cues import read_cue, tokens
from kg.annotate.stance.dates import said_on
from kg.annotate.stance.joint import each_source, shared_out
from kg.annotate.stance.narrator import narrator_claims
from kg.records import Claim, Proposition, Span, Stance


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of the three stances by claim, and the propositions stated before that a claim is about."""

    stances: dict[str, Floats]
    about: dict[str, list[str]]

    def of(self, claim: str) -> Stance:
        """The most probable stance of a claim."""
        return STANCE[int(self.stances[claim].argmax())] if claim in self.stances else "asserts"


@dataclass(slots=True)
class Ledger:
    """Who takes which stance on which proposition: by claim, the narrator's own, and where it is stated."""

    held: dict[str, dict[Stance, list[str]]] = field(default_factory=dict)
    narrated: list[tuple[Proposition, Stance]] = field(default_factory=list)
    stated: dict[str, Stance] = field(default_factory=dict)

    def enter(self, claim: str, stance: Stance, proposition: str) -> None:
        """Note a claim's stance on a proposition."""
        of_stance = self.held.setdefault(claim, {}).setdefault(stance, [])
        if proposition not in of_stance:
            of_stance.append(proposition)


class StanceReader:
    """Gives each claim its stance, each proposition its claims, and the narrator his own."""

    def __init__(self, reader: Encoder) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with claims that take a stance, and the propositions that they take it on."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> Scores:
        """The stances of the claims of ``doc``, and which of them are about what was stated before."""
        text, claims = layers.text(doc), [c for c in layers.claims(doc) if c.content]
        reading, sharp = self.reader.reading(text), self.reader.settings.sharpness["claim"]
        stances = dict[str, Floats]()
        for claim in claims:
            at = reading.locate((claim.cue_span or claim.content)[0])
            if at is not None:
                rows = regions(reading, at[0], claim)
                scores = self.reader.heads.stances(reading.windows[at[0]].view, rows[None])
                stances[claim.id] = softmax(scores * sharp)[0]
        return Scores(stances, self._about(text, claims, layers.propositions(doc)))

    def _about(self, text: str, claims: Sequence[Claim], propositions: Sequence[Proposition]) -> dict[str, list[str]]:
        """By claim the propositions stated before that it is about."""
        pairs = candidates(claims, propositions)
        if not pairs:
            return {}
        rows = features(text, self.reader.reading(text), claims, propositions, pairs)
        out: dict[str, list[str]] = {}
        for (claim, proposition), chance in zip(pairs, self.reader.anaphora.chances(rows).tolist(), strict=True):
            if chance >= self.reader.settings.refers:
                out.setdefault(claims[claim].id, []).append(propositions[proposition].id)
        return out

    def set_annotations(self, doc: Doc, scores: Scores) -> None:
        """Write claims with their stances and propositions, and those of the narrator."""
        propositions, claims = layers.propositions(doc), [c for c in layers.claims(doc) if c.content]
        ledger = self._ledger(doc, claims, propositions, scores)
        out = [c for claim in claims for c in _stanced(doc, claim, ledger.held.get(claim.id, {}), scores.of(claim.id))]
        mentions = sorted((m.start, m.end, a.id) for a in layers.actors(doc) for m in a.mentions)
        subjects = {p.id: p.subject for p in propositions}
        joint = (each_source(layers.text(doc), mentions, claim) for claim in out)
        out = [c for claims in joint for c in shared_out(claims, subjects)]
        out = [replace(c, disputes=_disputed(c, out)) if c.stance != "asserts" else c for c in out]
        claims = sorted([*out, *narrator_claims(doc, ledger.narrated)], key=_order)
        used = {p for c in claims for p in c.propositions}
        layers.set_claims(doc, claims)
        layers.set_propositions(doc, [p for p in propositions if p.id in used])

    def _ledger(self, doc: Doc, claims: Sequence[Claim], propositions: Sequence[Proposition], scores: Scores) -> Ledger:
        """Who holds each proposition that is neither asked nor left open, and who speaks about it afterwards."""
        ledger, by_id, stances = Ledger(), {c.id: c for c in claims}, layers.stances(doc)
        text = layers.text(doc)
        blocks = telling(text)
        for proposition in propositions:
            chance, own = stances[proposition.id]
            claim = _holder(claims, proposition.trigger) if own >= self.reader.settings.own else None
            state = grammar(doc, proposition, claim)
            if asked(blocks, text, proposition) or self._is_open(proposition, state):
                continue
            stance = self._settled(chance, scores.stances.get(claim.id) if claim else None, state)
            ledger.stated[proposition.id] = stance
            if claim is None:
                ledger.narrated.append((proposition, judged(blocks, proposition) or stance))
                continue
            ledger.enter(claim.id, stance, proposition.id)
            for outer, stance in _disputing(claim, by_id, scores):
                ledger.enter(outer, stance, proposition.id)
        for name, about in scores.about.items():
            for proposition_id in about:
                if proposition_id in ledger.stated:
                    ledger.enter(name, _towards(scores.of(name), ledger.stated[proposition_id]), proposition_id)
        return ledger

    def _is_open(self, proposition: Proposition, state: Factuality | None) -> bool:
        """Whether the grammar leaves a proposition open, and the head is not sure of it either."""
        settings = self.reader.settings
        unsure = proposition.confidence < settings.open * settings.trust
        return state is not None and not state.committed and unsure

    def _settled(self, chance: Sequence[float], claim: Floats | None, state: Factuality | None) -> Stance:
        """The stance on a proposition: what its own words, its claim as a whole and the grammar of negation say."""
        votes = np.log(np.array(chance) + 1e-6)
        if claim is not None:
            votes += self.reader.settings.whole * np.log(claim + 1e-6)
        if state is not None and not state.presupposed and state.committed:
            votes[STANCE.index("denies" if state.polarity == "-" else "asserts")] += self.reader.settings.vote
        return STANCE[int(votes.argmax())]


def grammar(doc: Doc, proposition: Proposition, claim: Claim | None) -> Factuality | None:
    """What negations, conditions and questions between a trigger and the top of its statement make of it."""
    span = tokens_of(doc, proposition.trigger) if proposition.trigger else None
    if span is None:
        return None
    if claim is None:
        return factuality(span.root)
    inside = set(tokens(doc, claim.content))
    top = span.root
    while top.head != top and top.head in inside:
        top = top.head
    return factuality(span.root, top)


def regions(reading: Reading, number: int, claim: Claim) -> Ints:
    """Region of each row of a window's view as seen from a claim: source, cue, content, the rest (see REGIONS)."""
    window = reading.windows[number]
    size = window.end - window.before
    starts, ends = reading.pieces.starts[window.before : window.end], reading.pieces.ends[window.before : window.end]
    inside = np.full(size, 3, np.int64)
    for region, spans in ((2, claim.content), (0, claim.source_span), (1, claim.cue_span)):
        for start, end in spans:
            inside[(starts < end) & (ends > start)] = region
    return np.pad(inside, 1, constant_values=3)


def _holder(claims: Sequence[Claim], trigger: Span | None) -> Claim | None:
    """The claim with the smallest content that holds a trigger."""
    if trigger is None:
        return None
    around = [c for c in claims if any(s <= trigger[0] < e for s, e in c.content)]
    return min(around, key=lambda c: (sum(e - s for s, e in c.content), c.id), default=None)


def _towards(claim: Stance, stated: Stance) -> Stance:
    """The stance on a proposition of a claim about its statement: to deny a denial is to assert."""
    if stated != "denies" or claim == "declines_to_confirm":
        return claim
    return "asserts" if claim == "denies" else "denies"


def _disputing(claim: Claim, by_id: Mapping[str, Claim], scores: Scores) -> Iterator[tuple[str, Stance]]:
    """The claims around a claim whose sources deny, or will not confirm, what it says: "rejected the report that"."""
    outer, seen = by_id.get(claim.nested_in or ""), {claim.id}
    while outer is not None and outer.id not in seen:
        stance = scores.of(outer.id)
        if stance != "asserts" and outer.source != claim.source:
            yield outer.id, stance
        seen.add(outer.id)
        outer = by_id.get(outer.nested_in or "")


def _disputed(denial: Claim, claims: Sequence[Claim]) -> str | None:
    """The claim that a denial holds the words of, on the same edge or as a whole."""
    others = (c for c in claims if c.stance == "asserts" and c.source != denial.source)
    return next((c.id for c in others if c.nested_in == denial.id or c.content == denial.content), None)


def _stanced(doc: Doc, claim: Claim, held: dict[Stance, list[str]], whole: Stance) -> list[Claim]:
    """The claim once for each stance that its source takes, the one on most propositions first."""
    cue, content = tokens(doc, claim.cue_span), tokens(doc, claim.content)
    reading = read_cue(cue, content)
    first = next((main_predicate(root) for root in roots(content)), None)
    tense = factuality(first, first).tense if first is not None else "non-future"
    when = claim.when or said_on(cue, content, layers.article_date(doc))
    order = sorted(held, key=lambda s: (-len(held[s]), STANCE.index(s))) or [whole]
    return [
        replace(
            claim, id=claim.id if number == 0 else f"{claim.id}.{number}", stance=stance, when=when, tense=tense,
            propositions=tuple(held.get(stance, ())), speech_act=_act(doc, claim, reading.act, stance),
            certainty=reading.certainty,
        )
        for number, stance in enumerate(order)
    ]  # fmt: skip


def _act(doc: Doc, claim: Claim, act: str, stance: Stance) -> str:
    """The speech act of a claim: its cue's, unless its words ask, deny or withhold."""
    last = tokens_of(doc, claim.content[-1])
    if last is not None and "?" in (last[-1].text, doc[last.end : last.end + 1].text):
        return "Question"
    if act not in ("Statement", "Claim", "Report"):
        return act
    return {"denies": "Denial", "declines_to_confirm": "RefusalToConfirm"}.get(stance, act)


def _order(claim: Claim) -> tuple[int, int, int]:
    """Text order; of claims that begin together the larger first, then the one whose cue comes first."""
    start, end = claim.content[0][0], claim.content[-1][1]
    return start, -end, claim.cue_span[0][0] if claim.cue_span else start


@Language.factory("kg_stance", requires=["token.dep", "token.lemma"])
def make_stance(nlp: Language, name: str) -> StanceReader:  # noqa: ARG001  (the signature of spaCy's factories)
    """A component that gives each claim its stance, and each proposition its claim."""
    return StanceReader(shipped())
