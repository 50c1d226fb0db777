"""Which claim a proposition belongs to, and which stance the claim's source takes on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate.polarity import factuality
from kg.annotate.polarity_lexicon import verdict
from kg.annotate.stance.clauses import spans
from kg.annotate.stance.content import OPINION, PRONOUNS, definite, is_predicate
from kg.annotate.stance.cues import Reading, tokens
from kg.annotate.stance.draft import Draft, within
from kg.annotate.stance.nouns import noun_class
from kg.records import Claim, Proposition, Spans, Stance


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
        root = asides[0].root_of(trigger) if asides else None
        told = root is not None and root.dep_ in ("acl", "relcl") and noun_class(root.head) == "word"
        return None if told else _narrator(trigger, root)  # "the claim that it struck was rejected" is not his
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
    return [p for p, s in draft.stances.items() if s == stance and within(draft.triggers.get(p), content)]


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
