"""A claim on its way to its stance: what its cue and its clauses say of each proposition in its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.annotate.polarity import Factuality, factuality
from kg.annotate.polarity_lexicon import NOMINAL, verdict
from kg.annotate.stance.clauses import Clause, clauses
from kg.annotate.stance.content import bridged, definite, read_root, roots
from kg.annotate.stance.cues import Reading, entry_of, position, read_cue, tokens
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
        """Tokens of the content, with what attribution took to the cue though it is said ("denied arming | Mali")."""
        return sorted({*tokens(self.doc, self.claim.content), *self.swallowed}, key=position)

    @cached_property
    def swallowed(self) -> list[Token]:
        """Verbs of the content that attribution took to the cue."""
        return list(_swallowed(tokens(self.doc, self.claim.cue_span)))

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
        return within(span, self.claim.content) or any(t.idx == span[0] for t in self.swallowed)

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
        """The highest ancestor of a token in the content that its path reaches without the cue.

        Words between two of the content may be missing from it: "said [reports of] an attack were false".
        """
        inside, cue = set(self.content), set(self.cue)
        while token.head != token and (token.head in inside or bridged(token, inside)):
            token = token.head
        outside = takewhile(lambda a: a not in cue, token.ancestors)
        above = next((a for a in outside if a in inside and verdict(a) is not None), None)
        return token if above is None else self.root_of(above)

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


def _swallowed(cue: list[Token]) -> Iterator[Token]:
    """Verbs in a cue that are no words of speaking, but what the cue's verb takes for its content."""
    for verb in cue:
        over = [e for a in verb.ancestors if a in cue and (e := entry_of(a)) is not None]
        if not over or verb.dep_ not in ("xcomp", "pcomp") or verb.pos_ != "VERB":
            continue
        own = entry_of(verb)
        if own is None or (over[0]["class"] == "deny" and own["class"] not in ("deny", "withhold")):
            yield verb


def within(span: Span | None, content: Spans) -> bool:
    """Whether one of the content's spans contains ``span``."""
    return span is not None and any(s <= span[0] and span[1] <= e for s, e in content)
