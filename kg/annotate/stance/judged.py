"""Claims whose words somebody judges false: "said Mali's claim that it had left was nonsense"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate.attribution.frames import span_of, speaker, subtree
from kg.annotate.polarity import negated
from kg.annotate.polarity_lexicon import verdict
from kg.annotate.stance.called import called, said_of
from kg.annotate.stance.cues import cue_entry, tokens
from kg.annotate.stance.nouns import noun_class
from kg.records import Claim, Span, Spans


def without_verdict(doc: Doc, claim: Claim, cue: Token | None) -> Claim:
    """The claim whose own noun somebody else calls false: without that, and with its owner as the source."""
    if cue is None or cue.pos_ != "NOUN":
        return claim
    verb = next((v for v in (cue.head, cue.head.head) if (found := called(v)) is not None and found[0] == cue), None)
    content = said_of(doc, verb) if verb is not None else _before_verdict(doc, claim, cue)
    if not content:
        return claim
    owner = next((c for c in cue.children if c.dep_ == "poss"), None)
    source = claim.source_span if owner is None else (source_span(doc, owner, cue),)
    return replace(claim, content=content, source_span=source)


def _before_verdict(doc: Doc, claim: Claim, noun: Token) -> Spans:
    """The clause of a noun whose claim runs on into a verdict on it: "the claim | that it fled | was false"."""
    if not judged(noun) or noun.head not in tokens(doc, claim.content):
        return ()
    clause = next((c for c in noun.children if c.dep_ in ("acl", "relcl", "ccomp")), None)
    return () if clause is None else subtree(doc, clause)


def judged(noun: Token) -> bool:
    """Whether a clause says of its subject, a noun for words, that it is false."""
    judgement = verdict(noun.head) if noun.dep_ in ("nsubj", "nsubjpass") and noun_class(noun) == "word" else None
    return judgement is not None and judgement["value"] == "-" and not negated(noun.head)


def judges(doc: Doc, claims: list[Claim]) -> Iterator[Claim]:
    """Claims of those who say that somebody's words are false, where only the words were found as a claim."""
    covered = {t.i for c in claims for t in tokens(doc, c.cue_span)}
    for claim in claims:
        noun = cue_entry(tokens(doc, claim.cue_span))[0]
        if noun is None or not judged(noun) or noun.head.dep_ != "ccomp" or noun.head.head.i in covered:
            continue
        said = noun.head.head
        source = speaker(said)
        if source is not None:
            yield replace(
                claim,
                cue=said.text,
                cue_span=(cue_span(said),),
                source_span=(source_span(doc, source, said),),
                content=subtree(doc, noun.head),
                nested_in=None,
            )


def cue_span(token: Token) -> Span:
    """Characters of a cue with its auxiliaries, negation and particle, as long as they are adjacent to it."""
    parts = {c.i for c in token.children if c.dep_ in ("aux", "auxpass", "neg", "prt")} | {token.i}
    start = end = token.i
    while start - 1 in parts:
        start -= 1
    while end + 1 in parts:
        end += 1
    return token.doc[start].idx, token.doc[end].idx + len(token.doc[end])


def source_span(doc: Doc, source: Token, cue: Token) -> Span:
    """Characters of the phrase of a source, without the clause that holds the cue."""
    inner = [c for c in source.children if c.dep_ in ("relcl", "acl", "appos") or cue in c.subtree]
    end = min((c.left_edge.i for c in inner if c.left_edge.i > source.i), default=source.right_edge.i + 1)
    return span_of(doc, source.left_edge.i, max(end, source.i + 1))
