"""Which claim a proposition belongs to, and which stance the claim's source takes on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.annotate.polarity import Factuality, factuality
from kg.annotate.polarity_lexicon import NOMINAL, verdict
from kg.annotate.stance.clauses import Clause, clauses, spans
from kg.annotate.stance.content import OPINION, PRONOUNS, bridged, definite, is_predicate, read_root, roots
from kg.annotate.stance.cues import Reading, read_cue, tokens
from kg.annotate.stance.despite import against
from kg.annotate.stance.nouns import noun_class
from kg.records import Claim, Proposition, Span, Spans, Stance

#: What the content of a claim is taken to be at its root, by the stance of the cue.
GIVEN: dict[Stance, Factuality] = {
    "asserts": Factuality(),
    "denies": Factuality("-", reasons=("cue",), judged=True),
    "declines_to_confirm": Factuality("?", "none", reasons=("cue",), judged=True),
}
#: Modifiers, whose content is the narrator's even inside somebody's words ("the US-backed forces").
MODIFIERS = ("presupposed (amod)", "presupposed (nmod)", "presupposed (compound)")
#: Clauses that the narrator adds where he retells somebody's words ("the troops helping the Kurds").
ASIDES = ("presupposed (acl)",)
#: Verbs of standing against something rather than of denying or refusing it.
OPPOSING = frozenset({"resist", "oppose"})


@dataclass
class Draft:
    """A claim on its way to its stance: what its cue and its clauses say, and its propositions so far."""

    doc: Doc
    claim: Claim
    stances: dict[str, Stance] = field(default_factory=dict)
    triggers: dict[str, Span | None] = field(default_factory=dict)
    foreign: set[Token] = field(default_factory=set)  # cues of the claims inside: their negation is not this source's
    spoken: set[Token] = field(
        default_factory=set
    )  # cues of what others say inside: who denies it denies not the saying

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
        return {
            root: "asserts" if root in self.foreign else read_root(root, directive=self.directive)
            for root in roots(self.content)
        }

    @cached_property
    def main_stance(self) -> Stance:
        """The claim's stance where no proposition decides it: the cue's, else that of the first telling clause."""
        if self.reading.stance != "asserts" or not self.roots:
            return self.reading.stance
        return max(self.shares, key=lambda s: self.shares[s])

    @cached_property
    def shares(self) -> dict[Stance, int]:
        """Words of the content's main clauses, by the stance that they take."""
        shares: dict[Stance, int] = {}
        for stance, words in self.clauses:
            shares[stance] = shares.get(stance, 0) + len(words)
        return shares or dict.fromkeys(self.roots.values(), 1)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Main clauses of the content, by stance."""
        return clauses(self.content, self.roots, directive=self.directive)

    @property
    def directive(self) -> bool:
        """Whether the content tells what somebody should do, or would like to."""
        return self.reading.act in ("Demand", "Threat", "Wish") or self.tells

    @property
    def tells(self) -> bool:
        """Whether the cue may be an order: "told them not to leave"."""
        return any(t.lemma_ == "tell" for t in self.cue)

    @cached_property
    def aside(self) -> bool:
        """Whether it is a denial of what the text says beside it: "despite its denials", "..., which Mali denies"."""
        if self.reading.stance != "denies" or not self.content or not self.cue:
            return False
        return any(against(t) for t in self.cue) or (self.content[-1].i < self.cue[0].i and self.points)

    @property
    def points(self) -> bool:
        """Whether the content is no complement of the cue, but stands in an earlier clause."""
        if not self.cue or not self.content:
            return False
        below = [t for t in self.content if t.head in self.cue]
        fronted = self.content[-1].i < self.cue[0].i
        return not below or (fronted and not any(t.dep_ in ("nsubjpass", "csubjpass") for t in below))

    @cached_property
    def retold(self) -> bool:
        """Whether the source's words are retold in the past: "said it would attack"."""
        indirect = self.claim.kind == "indirect" and bool(self.cue)
        return indirect and not any(t.tag_ in ("VBZ", "VBP") for t in self.cue)

    @property
    def size(self) -> int:
        """Characters of the content."""
        return sum(e - s for s, e in self.claim.content)

    def holds(self, span: Span) -> bool:
        """Whether the content contains ``span``."""
        return _within(span, self.claim.content)

    def take(self, proposition: Proposition, stance: Stance) -> None:
        """Notes the stance on a proposition that the content holds."""
        self.stances[proposition.id] = stance
        self.triggers[proposition.id] = proposition.trigger

    def subject_of(self, verb: Token) -> bool:
        """Whether the source is the verb's subject, and so the verb none of its words."""
        return any(t.head == verb and t.dep_ == "nsubj" for t in tokens(self.doc, self.claim.source_span))

    def points_at(self, trigger: Token) -> bool:
        """Whether a denial that points back does so at what somebody said, and ``trigger`` is the saying."""
        return self.reading.stance == "denies" and trigger in self.spoken and self.points

    def root_of(self, token: Token) -> Token:
        """The highest ancestor of a token that its path reaches without leaving the content."""
        inside = set(self.content)
        while token.head != token and (token.head in inside or bridged(token, inside)):
            token = token.head
        return token

    def disputes(self, trigger: Token) -> bool:
        """Whether the cue, or the clause over ``trigger``, denies or declines, whoever asserts it further in."""
        return self.reading.stance != "asserts" or self.roots.get(self.root_of(trigger), "asserts") != "asserts"

    def stance_on(self, trigger: Token) -> Stance | None:
        """The stance of the source on the proposition at ``trigger``; None where it takes none."""
        root = self.root_of(trigger)
        if root.pos_ == "ADP" and root.lower_ == "against":
            return None  # "warned them against attacking"
        if self.reading.stance == "denies" and not self.reading.untrue and (definite(root) or self._opposed(root)):
            return None  # to reject an event is not to deny it: "rejected Russia's attack on"
        if self.tells and any(c.tag_ == "TO" for c in root.children):
            return None
        if noun_class(trigger) == "word" and any(c.dep_ in ("poss", "acl") for c in trigger.children):
            return None  # what is said may be denied, and not that it is said: "Mali's accusation is absurd"
        cut_off = root.dep_ == "relcl" and root.head not in self.content and noun_class(root.head) != "word"
        if self.reading.stance == "denies" and cut_off:
            return None  # cut off from what is denied: "calls for help, where it is at war, were rejected"
        read = factuality(trigger, root, replace(GIVEN[self.reading.stance], shifted=self.retold))
        own = self.roots.get(root, "asserts")
        if read.presupposed:
            asides = MODIFIERS + ASIDES if self.claim.kind == "indirect" else MODIFIERS
            modifier = any(r in asides for r in read.reasons)
            return "asserts" if not modifier and self.reading.stance == "asserts" and read.committed else None
        if "declines_to_confirm" in (self.reading.stance, own) and (
            self.reading.stance != "asserts" or not read.committed
        ):
            return "declines_to_confirm"
        if not read.committed or not self.reading.commits:
            return None
        return "denies" if read.polarity == "-" else "asserts"

    def _opposed(self, root: Token) -> bool:
        """Whether the source is against a thing, which is there or may come all the same: "opposed attacks on"."""
        return any(t.lemma_ in OPPOSING for t in self.cue) and root.pos_ in NOMINAL and noun_class(root) is None


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
        asides = [d for d in holders if d.aside or d.points_at(trigger)]
        stance = _attach([d for d in holders if d not in asides], proposition, trigger, asides)
        for draft in asides:
            if not draft.points_at(trigger) and draft.stance_on(trigger) == "denies":
                draft.take(proposition, "denies")
        if stance is not None:
            narrated.append((proposition, stance))
    return narrated


def _attach(holders: list[Draft], proposition: Proposition, trigger: Token, asides: list[Draft]) -> Stance | None:
    """Notes the proposition in its holders; the narrator's stance on it where it is his."""
    if not holders:
        return _narrator(trigger, asides[0].root_of(trigger) if asides else None)
    inner = innermost(holders)
    for draft in holders:
        beside = draft.claim.content == inner.claim.content and draft.claim.cue_span == inner.claim.cue_span
        if beside or draft.disputes(trigger):
            stance = draft.stance_on(trigger)
            if stance is not None:
                draft.take(proposition, stance)
    if any(proposition.id in d.stances for d in holders):
        if _judged_false(holders, trigger):
            return "denies"
        return "asserts" if _known_event(inner, proposition, trigger) else None
    read = factuality(trigger, inner.root_of(trigger))
    return "asserts" if read.presupposed and read.committed and read.polarity == "+" else None


def _judged_false(holders: list[Draft], trigger: Token) -> bool:
    """Whether the article itself calls false what it tells that somebody says ("reports of an attack are false")."""
    root = trigger.sent.root
    told = (d for d in holders if root in d.cue or (root in d.content and not d.subject_of(root)))
    if verdict(root) is None or next(told, None) is not None:
        return False
    read = factuality(trigger)
    return read.judged and read.committed and read.polarity == "-"


def _known_event(inner: Draft, proposition: Proposition, trigger: Token) -> bool:
    """Whether the narrator, too, tells of the event: in "praised Israel's strike" its name is his."""
    root = inner.root_of(trigger)
    viewed = any(a.lower_ == "as" for a in trigger.ancestors if a.i >= root.i)  # "sees the militia as the arm of"
    named = inner.claim.kind == "indirect" and not is_predicate(root) and not viewed
    return named and definite(trigger) and inner.stances.get(proposition.id) == "asserts"


def innermost(holders: list[Draft]) -> Draft:
    """The claim with the smallest content; of equals, one that disputes nothing, as in "rejected reports that"."""
    return min(holders, key=lambda d: (d.size, d.reading.stance != "asserts", -_start(d.claim)))


def _start(claim: Claim) -> int:
    return claim.cue_span[0][0] if claim.cue_span else claim.content[0][0]


def _narrator(trigger: Token, root: Token | None) -> Stance | None:
    """What the article itself says in the clause below ``root`` (default: the sentence), if it commits to it."""
    read = factuality(trigger, root)
    if not read.committed:
        return None
    return "denies" if read.polarity == "-" else "asserts"


def _trigger(doc: Doc, proposition: Proposition) -> Token | None:
    span = proposition.trigger and doc.char_span(*proposition.trigger, alignment_mode="expand")
    return span.root if span else None


def essential(drafts: list[Draft]) -> list[Draft]:
    """The claims but for those that repeat what another says of the same source.

    Inside "she said she could not confirm it" the outer claim already declines; and "rejected the notion that"
    names nobody whose notion it is.
    """
    by_id = {d.claim.id: d for d in drafts}
    dropped = {d.claim.id for d in drafts if d.claim.nested_in in by_id and _repeats(d, by_id[d.claim.nested_in])}
    dropped |= {d.claim.id for d in drafts if _unsaid(d)}
    dropped |= {d.claim.id for d in drafts if _nobody(d) and any(_denied_by(d, o) for o in drafts)}
    dropped |= {d.claim.id for d in drafts if d.claim.nested_in in by_id and _opines(d, by_id[d.claim.nested_in])}
    heir = {d.claim.id: d.claim.nested_in for d in drafts}
    kept = [d for d in drafts if d.claim.id not in dropped]
    for draft in kept:
        while draft.claim.nested_in in dropped:
            draft.claim = replace(draft.claim, nested_in=heir[draft.claim.nested_in])
        parent = by_id.get(draft.claim.nested_in or "")
        if parent and draft.reading.stance != "asserts":
            parent.foreign |= set(draft.cue)
        elif parent and draft.claim.source != parent.claim.source:
            parent.spoken |= set(draft.cue)
    return kept


def _repeats(inner: Draft, outer: Draft) -> bool:
    """Whether a nested claim declines where the clause of the outer one that holds its cue declines already."""
    if inner.reading.stance == "asserts" or not inner.cue:
        return False
    if inner.reading.stance == outer.reading.stance == "declines_to_confirm" and inner.reading.act == outer.reading.act:
        return True
    root = outer.root_of(inner.cue[-1])
    source = tokens(inner.doc, inner.claim.source_span)
    pronoun = len(source) == 1 and source[0].lower_ in PRONOUNS
    declines = inner.reading.stance == outer.roots.get(root) == "declines_to_confirm"
    return outer.roots.get(root) == inner.reading.stance and (pronoun or (declines and not _third_party(root)))


def _third_party(predicate: Token) -> bool:
    """Whether somebody who is named is the subject of a clause."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in PRONOUNS for c in predicate.children)


def _opines(inner: Draft, outer: Draft) -> bool:
    """Whether a nested claim is only the speaker's own "I think" at the head of what he says."""
    source = tokens(inner.doc, inner.claim.source_span)
    first = len(source) == 1 and source[0].lower_ in ("i", "we")
    return first and any(t in outer.roots and t.lemma_ in OPINION for t in inner.cue)


def _unsaid(draft: Draft) -> bool:
    """Whether the saying itself is what something would not go without ("not without Iran agreeing to leave")."""
    return any(t.dep_ == "pcomp" and t.head.lower_ == "without" for t in draft.cue)


def _nobody(draft: Draft) -> bool:
    """Whether a claim's cue is a noun for words without anyone whose words they are: "the notion that"."""
    nouns = [t for t in draft.cue if noun_class(t) == "word"]
    return bool(nouns) and not draft.claim.source_span and nouns[-1].lemma_ not in ("report", "rumour", "rumor")


def _denied_by(inner: Draft, outer: Draft) -> bool:
    """Whether the noun that is a claim's cue is what another claim denies."""
    return outer.reading.stance == "denies" and any(t.head in outer.cue for t in inner.cue)


def settle(drafts: list[Draft], propositions: Iterable[Proposition]) -> None:
    """Leaves each claim one stance on each edge: of two readings of the same edge the denial stays."""
    triples = {p.id: (p.subject, p.relation, p.object) for p in propositions}
    for draft in drafts:
        denied = {triples[p] for p, stance in draft.stances.items() if stance == "denies"}
        draft.stances = {p: s for p, s in draft.stances.items() if s == "denies" or triples[p] not in denied}


def split(draft: Draft) -> list[Claim]:
    """The claims that a draft becomes: one for each stance that its source takes, the main one first.

    A clause of the content with a stance of its own becomes a claim nested in the whole, of which it is a part;
    propositions of another stance in the same clause, a claim with the same content.
    """
    parts = _parts(draft)
    rest = {p: s for p, s in draft.stances.items() if not any(p in c.propositions for c in parts)}
    groups: dict[Stance, list[str]] = {}
    for proposition, stance in rest.items():
        groups.setdefault(stance, []).append(proposition)
    said = [stance for stance, _ in draft.clauses]
    order = sorted(groups, key=lambda s: (said.index(s) if s in said else len(said), s)) or [draft.main_stance]
    whole = [
        _stanced(draft, stance, groups.get(stance, ()), f"{draft.claim.id}{suffix}")
        for suffix, stance in zip(("", "b", "c"), order, strict=False)
    ]
    return [*whole, *(p for p in parts if p.propositions or p.stance not in order)]


def _parts(draft: Draft) -> list[Claim]:
    """Claims of the clauses whose stance is not the main one, where the cue leaves the stance to the content."""
    if draft.reading.stance != "asserts" or len(draft.shares) < 2:
        return []
    out: list[Claim] = []
    for stance, words in draft.clauses:
        content = spans(words)
        if stance == draft.main_stance or not content:
            continue
        part = _stanced(draft, stance, _held(draft, content, stance), f"{draft.claim.id}{'xyz'[len(out) % 3]}")
        out.append(replace(part, content=content, nested_in=draft.claim.id))
    return out[:3]


def _held(draft: Draft, content: Spans, stance: Stance) -> list[str]:
    """Propositions with a stance whose trigger stands in one clause."""
    return [p for p, s in draft.stances.items() if s == stance and _within(draft.triggers.get(p), content)]


def _within(span: Span | None, content: Spans) -> bool:
    return span is not None and any(s <= span[0] and span[1] <= e for s, e in content)


def _stanced(draft: Draft, stance: Stance, propositions: Iterable[str], name: str) -> Claim:
    return replace(
        draft.claim,
        id=name,
        stance=stance,
        propositions=tuple(propositions),
        speech_act=_act(draft.reading, stance),
        certainty=draft.reading.certainty,
    )


def _act(reading: Reading, stance: Stance) -> str:
    """The speech act of a claim: its cue's, unless its words deny or withhold."""
    if reading.act not in ("Statement", "Claim", "Report") or reading.stance == stance:
        return reading.act
    return {"denies": "Denial", "declines_to_confirm": "RefusalToConfirm"}.get(stance, reading.act)
