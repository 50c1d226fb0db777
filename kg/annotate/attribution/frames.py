"""Attribution candidates from the dependency parse: every cue word with the constituents it may attribute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.annotate.attribution.quotes import Quotation
from kg.records import Span, Spans

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CUE_PARTS = ("aux", "auxpass", "neg", "prt")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue token, the frame that offers the content (``clause``, ``quote``, ``noun``...), and the spans.

    ``head`` is the lemma of the content's head; ``own`` marks a speaker in the first person.
    """

    token: int
    lemma: str
    pos: str
    frame: str
    source: Spans
    cue: Spans
    content: Spans
    head: str = ""
    own: bool = False


def span_of(doc: Doc, start: int, end: int) -> Span:
    """Characters of the tokens ``start:end`` without white space and commas at the edges."""
    while end > start + 1 and (doc[end - 1].is_space or doc[end - 1].text == ","):
        end -= 1
    while start < end - 1 and (doc[start].is_space or doc[start].text == ","):
        start += 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def subtree(doc: Doc, token: Token, holes: tuple[tuple[int, int], ...] = ()) -> Spans:
    """Character spans of a constituent, cut where the token ranges ``holes`` (the cue, the speaker) interrupt it."""
    start, out = token.left_edge.i, []
    for a, b in sorted(h for h in holes if token.left_edge.i <= h[0] and h[1] <= token.right_edge.i + 1):
        if a > start and any(not t.is_punct for t in doc[start:a]):
            out.append(span_of(doc, start, a))
        start = max(start, b)
    if start <= token.right_edge.i and any(not t.is_punct for t in doc[start : token.right_edge.i + 1]):
        out.append(span_of(doc, start, token.right_edge.i + 1))
    return tuple(out)


def speaker(verb: Token) -> Token | None:
    """The token that heads the source of a verb: its subject, its agent, or what it shares or modifies."""
    if any(c.dep_ == "auxpass" for c in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
        return agents[0] if agents else None
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        return _quoted(verb.head.head)
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        subject = own[0]
        return verb.head if subject.tag_ in ("WP", "WDT") and verb.dep_ == "relcl" else subject
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        return speaker(verb.head)
    return verb.head if verb.dep_ in ("acl", "relcl") else None


def _quoted(verb: Token) -> Token | None:
    """Who speaks in ``an outlet quoted them as saying`` and ``they were quoted as saying``."""
    roles = {c.dep_: c for c in verb.children}
    return roles.get("nsubjpass") or roles.get("dobj")


def phrase(doc: Doc, head: Token) -> tuple[int, int]:
    """Token range of a noun phrase without its relative clause and what follows."""
    end = head.right_edge.i + 1
    for child in head.rights:
        if child.dep_ in ("relcl", "acl", "appos", "conj", "cc", "punct", "advcl"):
            end = min(end, child.left_edge.i)
    start = head.left_edge.i
    while start < head.i and doc[start].is_punct:
        start += 1
    return start, max(end, head.i + 1)


def verb_cue(verb: Token) -> tuple[int, int]:
    """Token range of a verb with the auxiliaries, negation and particle beside it."""
    start, end = verb.i, verb.i + 1
    parts = {c.i for c in verb.children if c.dep_ in _CUE_PARTS}
    while start - 1 in parts:
        start -= 1
    while end in parts:
        end += 1
    return start, end


def candidates(doc: Doc, quotations: list[Quotation]) -> Iterator[Candidate]:
    """Candidates of a parsed text in order of their cue tokens; several of one cue stand side by side."""
    for token in doc:
        if token.pos_ in ("VERB", "AUX"):
            yield from _of_verb(doc, token, quotations)
        elif token.pos_ == "NOUN":
            yield from _of_noun(doc, token)
        if token.lower_ in ("according", "per") or (token.lower_ == "in" and token.dep_ == "prep"):
            yield from _of_phrase(doc, token)


def _of_verb(doc: Doc, verb: Token, quotations: list[Quotation]) -> Iterator[Candidate]:
    head = speaker(verb)
    cue, source = verb_cue(verb), phrase(doc, head) if head is not None else None
    if source and source[0] <= verb.i < source[1]:
        source = None
    holes = (cue, source) if source else (cue,)
    joined = ((min(cue[0], source[0]), max(cue[1], source[1])),) if source and _beside(cue, source) else holes

    def candidate(frame: str, content: Spans, lemma: str = "") -> Candidate:
        sources, lemmas = (span_of(doc, *source),) if source else (), verb.lemma_.lower()
        own = head is not None and head.lower_ in ("i", "we")
        return Candidate(verb.i, lemmas, "verb", frame, sources, (span_of(doc, *cue),), content, lemma, own)

    for frame, token in _complements(verb):
        if token != head and (content := subtree(doc, token, joined)):
            yield candidate(frame, content, token.lemma_.lower())
    for quotation in quotations:
        if quotation.first <= verb.i < quotation.last or abs(quotation.first - verb.i) > 80:
            continue
        if _same_sentence(verb, quotation):
            yield candidate("quote", (quotation.span,))


def _beside(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[1] == b[0] or b[1] == a[0]


def _same_sentence(verb: Token, quotation: Quotation) -> bool:
    """Whether the quotation touches the verb's sentence, or ends where it begins (``"..." he said``)."""
    return quotation.first < verb.sent.end and quotation.last >= verb.sent.start


def _complements(verb: Token) -> Iterator[tuple[str, Token]]:
    """Frames that a verb fills, with the head of each."""
    for child in verb.children:
        if child.dep_ == "ccomp":
            yield "clause", child
        elif child.dep_ == "xcomp":
            yield ("gerund" if child.tag_ == "VBG" else "infinitive"), child
        elif child.dep_ in ("dobj", "attr"):
            yield "noun", child
        elif child.dep_ == "prep" and child.i > verb.i:
            yield f"prep:{child.lower_}", child
        elif child.dep_ == "advcl" and child.i > verb.i and child.tag_ == "VB":
            yield "infinitive", child
    if verb.dep_ == "parataxis":
        yield "clause", verb.head


def _of_noun(doc: Doc, noun: Token) -> Iterator[Candidate]:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    by = [g for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for g in c.children]
    head = owner if owner is not None else (by[0] if by else None)
    sources = (span_of(doc, *phrase(doc, head)),) if head is not None else ()
    for child in noun.children:
        if child.dep_ in ("acl", "relcl", "ccomp") and child.i > noun.i:
            frame = "clause" if doc[child.left_edge.i].lower_ == "that" else "infinitive"
            if frame == "infinitive" and child.tag_ != "VB":
                continue
            yield Candidate(
                noun.i,
                noun.lemma_.lower(),
                "noun",
                frame,
                sources,
                (span_of(doc, noun.i, noun.i + 1),),
                subtree(doc, child),
            )


def _of_phrase(doc: Doc, token: Token) -> Iterator[Candidate]:
    """``according to X``, ``in the view of X``: the content is the rest of the clause."""
    objects = [g for g in token.subtree if g.dep_ == "pobj"]
    if token.lower_ == "in":
        objects = [
            g for n in objects[:1] for c in n.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"
        ]
    if not objects or token.head == token:
        return
    head, start = objects[0], token.left_edge.i
    source, clause = phrase(doc, head), token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    lemma = doc[start : source[0]].text.lower()
    hole = (start, max(source[1], token.right_edge.i + 1))
    content = subtree(doc, clause, (hole,))
    if content and source[0] > start:
        cue = span_of(doc, start, source[0])
        yield Candidate(token.i, lemma, "phrase", "rest", (span_of(doc, *source),), (cue,), content)
