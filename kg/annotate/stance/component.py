"""The spaCy component ``kg_stance``: what each source asserts, denies, or will not confirm."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.polarity import factuality
from kg.annotate.stance.anaphora import resolve
from kg.annotate.stance.attach import attach, essential, settle, split
from kg.annotate.stance.content import main_predicate
from kg.annotate.stance.cues import tokens
from kg.annotate.stance.dates import said_on
from kg.annotate.stance.draft import Draft
from kg.annotate.stance.narrator import narrator_claims
from kg.records import NARRATOR, Claim


class Stance:
    """Gives each claim its stance, each proposition its claims, and the narrator his own."""

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with claims that take a stance, and the propositions that they take it on."""
        propositions = layers.propositions(doc)
        drafts = essential([Draft(doc, claim) for claim in layers.claims(doc) if claim.content])
        narrated = attach(doc, drafts, propositions)
        disputes = resolve(doc, drafts, propositions)
        settle(drafts, propositions)
        claims = [c for d in drafts for c in _finished(d, layers.article_date(doc))]
        claims = [c for claim in claims for c in each_source(doc, claim)]
        claims += narrator_claims(doc, narrated)
        claims = _disputed(claims, disputes)
        used = {p for c in claims for p in c.propositions}
        layers.set_claims(doc, sorted(claims, key=_order))
        layers.set_propositions(doc, (p for p in propositions if p.id in used))
        return doc


def each_source(doc: Doc, claim: Claim) -> list[Claim]:
    """A claim of "Iran and Russia" as one claim each; any other as it is."""
    words = tokens(doc, claim.source_span)
    head = next((t for t in words if t.head not in words), None)
    joined = [head, *(t for t in head.conjuncts if t in words)] if head is not None else []
    if len(joined) < 2:
        return [claim]
    found = [actor for token in joined if (actor := _named(doc, token))]
    if len(set(found)) < len(joined):
        return [claim]
    return [replace(claim, id=claim.id + "uvw"[i - 1 : i], source=actor) for i, actor in enumerate(found[:4])]


def _named(doc: Doc, token: Token) -> str | None:
    """The actor that a word by itself stands for."""
    mentions = ((m.end - m.start, a.id) for a in layers.actors(doc) for m in a.mentions if m.start <= token.idx < m.end)
    return min(mentions, default=(0, None))[1]


def _finished(draft: Draft, article_date: str | None) -> list[Claim]:
    """The claims of a draft, with tense and date."""
    when = draft.claim.when or said_on(draft.cue, draft.content, article_date)
    first = next((main_predicate(root) for root in draft.roots), None)
    tense = factuality(first, first).tense if first is not None else "non-future"
    return [replace(c, when=when, tense=tense) for c in split(draft)]


def _disputed(claims: list[Claim], disputes: dict[str, str]) -> list[Claim]:
    """The claims, each denial linked to the claim that it disputes: the one it points at, or one inside it."""
    out = []
    for claim in claims:
        target = disputes.get(claim.id.rstrip("bcuvwxyz") if claim.id not in disputes else claim.id)
        found = next((c.id for c in claims if _is_about(claim, c)), target)
        out.append(replace(claim, disputes=found) if found and claim.stance != "asserts" else claim)
    return out


def _is_about(denial: Claim, other: Claim) -> bool:
    """Whether a denial holds the words of another claim: the same, or those of a claim inside it on the same edge."""
    if other.stance != "asserts" or other.source == denial.source:
        return False
    inside = other.nested_in == denial.id and bool(set(other.propositions) & set(denial.propositions))
    return inside or (other.content == denial.content and bool(other.content) and other.source != NARRATOR)


def _order(claim: Claim) -> tuple[int, int, int]:
    """Text order; of claims that begin together the larger first, then the one whose cue comes first."""
    start, end = claim.content[0][0], claim.content[-1][1]
    return start, -end, claim.cue_span[0][0] if claim.cue_span else start


@Language.factory("kg_stance", requires=["token.dep", "token.lemma"])
def make_stance(nlp: Language, name: str) -> Stance:  # noqa: ARG001  (the signature of spaCy's factories)
    """A component that gives each claim its stance, and each proposition its claim."""
    return Stance()
