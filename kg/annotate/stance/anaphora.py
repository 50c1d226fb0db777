"""Denials that only point at what they deny: "dismissed the report", "denied it", "denied any involvement"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.polarity_lexicon import verdict
from kg.annotate.stance.content import main_predicate
from kg.annotate.stance.cues import entry_of, tokens
from kg.annotate.stance.draft import Draft
from kg.annotate.stance.events import event, named, owner_of, sides
from kg.annotate.stance.nouns import noun_class
from kg.records import Proposition, Span, Stance

#: How many sentences back a denial may point.
REACH = 4
POINTERS = frozenset({"the", "this", "that", "these", "those", "such", "his", "her", "its", "their", "both"})
#: Verbs that say of an event whether there was one.
HAPPEN = frozenset({"happen", "occur"})
#: Verbs of denial, with a particle, that are said of anything that is borne.
WAVED = frozenset({"shrug", "brush", "wave"})
#: Speech acts that tell what may be true or false.
SAYING = frozenset(
    {"Statement", "Claim", "Report", "Accusation", "Rumour", "Suggestion", "Opinion", "Prediction", "Admission"}
)
PRONOUNS = frozenset({"it", "this", "that", "them", "these", "those"})


def resolve(doc: Doc, drafts: list[Draft], propositions: list[Proposition]) -> dict[str, str]:
    """Gives pointing denials the propositions of the claim that they are about.

    Returns:
        Claim ids of the denials, each with that of the claim that it disputes.
    """
    disputes = {}
    ordered = sorted(drafts, key=_position)
    side = sides(doc)
    by_id = {p.id: p for p in propositions}
    for draft in ordered:
        _restate(doc, draft, ordered, propositions)
    for draft in ordered:
        for pointer, stance in _pointers(draft):
            fits = _own_acts(draft, side, by_id) if noun_class(pointer) == "part" else by_id.keys()
            target = _antecedent(doc, draft, pointer, ordered, fits)
            if target is None:
                continue
            for proposition, taken in target.stances.items():
                if taken == "asserts" and proposition in fits:
                    draft.stances.setdefault(proposition, stance)
            disputes[draft.claim.id] = target.claim.id
        if not draft.stances and draft.main_stance == "denies":
            others = [p for p in propositions if not _asserted_by(draft.claim.source, p.id, drafts)]
            found = (event(root, others) for root in draft.roots)
            draft.stances |= {p.id: draft.main_stance for p in next((ps for ps in found if ps), [])}
    return disputes


def _asserted_by(source: str | None, proposition: str, drafts: list[Draft]) -> bool:
    return any(d.claim.source == source and d.stances.get(proposition) == "asserts" for d in drafts)


def _own_acts(draft: Draft, side: Mapping[str, frozenset[str]], propositions: Mapping[str, Proposition]) -> set[str]:
    """Ids of propositions about what the source of a claim did, or the body that the source speaks for."""
    source = draft.claim.source or ""
    own = side.get(source, frozenset({source}))
    return {i for i, p in propositions.items() if p.subject in own or source in side.get(p.subject, ())}


def _restate(doc: Doc, draft: Draft, drafts: list[Draft], propositions: list[Proposition]) -> None:
    """Gives a denial that repeats a known proposition in short ("the report that Iran struck") that proposition."""
    if draft.stances or draft.main_stance == "asserts":
        return
    for clause in _reported_clauses(draft):
        proposition = _known(doc, clause, propositions)
        if proposition is None:
            continue
        draft.stances[proposition.id] = draft.main_stance
        for inner in drafts:
            if clause in inner.roots and inner is not draft and inner.main_stance == "asserts":
                inner.stances.setdefault(proposition.id, "asserts")


def _reported_clauses(draft: Draft) -> list[Token]:
    """Clauses of a content that a definite noun for words introduces: "the report that ..."."""
    nouns = [t for t in draft.content if noun_class(t) == "word" and any(c.lower_ in POINTERS for c in t.children)]
    return [c for n in nouns for c in n.children if c.dep_ in ("acl", "relcl", "ccomp") and c.tag_ != "VBG"]


def _known(doc: Doc, clause: Token, propositions: list[Proposition]) -> Proposition | None:
    """The last proposition before a clause with the same subject and a predicate of the same word."""
    subjects = {c.i for c in clause.children if c.dep_ == "nsubj"}
    actors = {
        a.id for a in layers.actors(doc) for m in a.mentions for t in _words(doc, (m.start, m.end)) if t.i in subjects
    }
    lemmas = {t.lemma_ for t in clause.subtree if t.pos_ in ("VERB", "NOUN")}
    for proposition in reversed(propositions):
        trigger = proposition.trigger
        if trigger is None or trigger[1] > clause.idx or proposition.subject not in actors:
            continue
        if any(t.lemma_ in lemmas for t in _words(doc, trigger) if t.pos_ in ("VERB", "NOUN")):
            return proposition
    return None


def _words(doc: Doc, span: Span) -> list[Token]:
    return tokens(doc, (span,))


def _pointers(draft: Draft) -> list[tuple[Token, Stance]]:
    """Words of a denial's content that stand for somebody's words, with the stance on them."""
    if draft.reading.stance != "asserts":
        heads = [t for t in draft.roots if _points(t)]
        return [(h, draft.reading.stance) for h in heads] if not draft.stances else []
    found: list[tuple[Token, Stance]] = []
    for root, stance in draft.roots.items():
        if stance == "asserts" or _has_own(draft):
            continue
        if stance == "denies":
            found += [(w, stance) for w in _judged(main_predicate(root))][:1]
            continue
        words = [t for t in root.subtree if t.dep_ in ("nsubj", "dobj", "pobj", "nsubjpass") and _points(t)]
        words = [t for t in words if t.pos_ != "PRON" or (t.dep_ != "nsubj" and root in (t.head, t.head.head))]
        found += [(w, stance) for w in words[:1] if noun_class(w) == "word" or entry_of(root)]
    return found


def _judged(predicate: Token) -> Iterator[Token]:
    """Pointing words that a predicate of truth is about: "it is false", "that did not happen", "we deny this"."""
    entry = entry_of(predicate)
    if any(g.dep_ == "xcomp" for c in predicate.children if c.dep_ == "acomp" for g in c.children):
        return  # "that is unlikely to change"
    if verdict(predicate) or predicate.lemma_ in HAPPEN:
        yield from (c for c in predicate.children if c.dep_ in ("nsubj", "nsubjpass") and _points(c))
    elif entry is not None and entry["class"] == "deny":
        yield from (c for c in predicate.children if c.dep_ in ("dobj", "nsubjpass") and _points(c))


def _has_own(draft: Draft) -> bool:
    """Whether the one clause of a content already carries a proposition of its own."""
    return len(draft.roots) == 1 and bool(draft.stances)


def _points(token: Token) -> bool:
    """Whether a word takes up what was said: a pronoun, or "the report" without a content of its own."""
    if token.pos_ == "PRON":
        return token.lower_ in PRONOUNS and not _expletive(token)
    if noun_class(token) == "part":
        return not any(named(t) for t in token.subtree)
    if noun_class(token) != "word":
        return False
    definite = any(c.lower_ in POINTERS or c.dep_ == "poss" for c in token.children)
    return definite and not any(c.dep_ in ("acl", "relcl", "ccomp") or c.lower_ == "of" for c in token.children)


def _expletive(token: Token) -> bool:
    """Whether "it" only holds the place of a clause that follows: "it is wrong that we have no army"."""
    heads = [token.head, *(c for c in token.head.children if c.dep_ in ("acomp", "attr"))]
    clauses = (c for head in heads for c in head.children if c.dep_ in ("ccomp", "csubj", "xcomp"))
    return token.lower_ == "it" and any(c.i > token.head.i for c in clauses)


def _antecedent(doc: Doc, draft: Draft, pointer: Token, ordered: list[Draft], fits: Container[str]) -> Draft | None:
    """The nearest earlier claim of somebody else that asserts a fitting proposition, of the kind that the noun names.

    Of the one whose claim it is said to be, where the text says so: "rejected Uganda's accusation".
    """
    earlier = [d for d in ordered if d is not draft and _position(d) < _position(draft) and _near(d, draft)]
    others = [d for d in earlier if d.claim.source is None or d.claim.source != draft.claim.source]
    asserting = [d for d in others if any(s == "asserts" and p in fits for p, s in d.stances.items())]
    owner = owner_of(doc, pointer)
    if owner is not None and owner != draft.claim.source:
        asserting = [d for d in asserting if d.claim.source == owner]
    entry = entry_of(pointer)
    same = [d for d in asserting if entry and d.reading.act == entry["act"]]
    return next(reversed(same or asserting), None) or _told(draft, pointer, others, owner)


def _told(draft: Draft, pointer: Token, others: list[Draft], owner: str | None) -> Draft | None:
    """The claim just before that a denial is about where no claim holds a proposition: of its owner or of its kind."""
    if pointer.pos_ == "PRON" and any(t.lemma_ in WAVED for t in draft.cue):
        return None  # what is shrugged off may be a blow
    before = pointer.doc[max(0, pointer.sent.start - 1)].sent.start
    entry = entry_of(pointer)
    act = "Accusation" if noun_class(pointer) == "part" else entry["act"] if entry else None
    told = [d for d in others if d.main_stance == "asserts" and d.content and d.content[0].i >= before]
    told = [d for d in told if d.reading.act in SAYING]
    if owner is not None and owner != draft.claim.source:
        told = [d for d in told if d.claim.source == owner]
    elif act is not None:
        told = [d for d in told if d.reading.act == act]
    return next(reversed([d for d in told if not d.stances]), None)


def _near(earlier: Draft, later: Draft) -> bool:
    if not earlier.content or not later.content:
        return False
    sentences = {t.sent.start for t in later.doc[earlier.content[-1].i : later.content[0].i + 1]}
    return len(sentences) <= REACH


def _position(draft: Draft) -> int:
    return draft.claim.content[0][0]
