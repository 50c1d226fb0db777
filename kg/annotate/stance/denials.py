"""The spaCy component ``kg_denials``: claims that only a word of denial makes, and denials that are none.

Runs behind ``kg_attribution`` and before ``kg_coreference``. Cues of denial are lexical ("rejected the claim",
"who refused to be named", "their rejection of the plan"), so where the attribution engine found no claim, the
stance lexicon and the parse make one; where it took "was denied entry" for a denial, the claim goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.attribution.frames import span_of, speaker, subtree
from kg.annotate.attribution.nesting import inside, size
from kg.annotate.negators import empty
from kg.annotate.polarity import factuality
from kg.annotate.stance.called import called, said_of
from kg.annotate.stance.clauses import spans
from kg.annotate.stance.cues import Entry, clause_top, cue_entry, entry_of, read_entry, tokens
from kg.annotate.stance.despite import against, clause_beside, denier
from kg.annotate.stance.judged import cue_span, judges, source_span, without_verdict
from kg.annotate.stance.nouns import noun_class
from kg.annotate.stance.owned import owned_words, with_owners
from kg.lexicon import load
from kg.records import Claim, Spans

FIRST_PERSON = frozenset({"i", "we"})
#: Words that make a denial only possible.
MAYBE = frozenset({"may", "might", "could", "can", "nearly", "almost", "perhaps", "possibly", "maybe", "if", "unless"})
#: Cues that things can be the subject of, and endings of nouns for people.
THINGS_DO = frozenset({"refuse", "decline", "contradict", "resist", "reject", "dispute"})
HUMAN_ENDINGS = ("er", "or", "ist", "ian", "man", "ee", "ant", "ent", "ful", "party", "group", "team", "ry")
SPEAKERS = frozenset({"he", "she", "they", "it", "who", "both", "neither", "which", *FIRST_PERSON})
#: Withholding verbs that make a claim by themselves; "say" and "know" need the attribution engine's eye.
WITHHOLDING = frozenset({"comment", "confirm", "verify", "respond", "reply", "discuss", "elaborate", "specify"})
COMPLEMENTS = ("ccomp", "xcomp", "dobj", "pcomp")


class Denials:
    """Adds and removes claims, by the lexicon of stance cues."""

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its claims put right and renumbered."""
        kept = [_shaped(doc, c) for c in layers.claims(doc) if not is_lookalike(doc, c)]
        kept = [_about(doc, c, kept) if _passive_person(doc, c) else c for c in kept]
        kept = with_owners(doc, [*kept, *_uncovered(doc, kept), *judges(doc, kept)])
        denials = [c for c in kept if (entry := cue_entry(tokens(doc, c.cue_span))[1]) and entry["class"] == "deny"]
        layers.set_claims(doc, _numbered([*kept, *owned_words(doc, denials, kept)]))
        return doc


def denial_claims(doc: Doc) -> Iterator[Claim]:
    """Claims that words of denial make, by the parse alone: source, cue and content spans; no ids yet."""
    actors = {t.i for a in layers.actors(doc) for m in a.mentions for t in tokens(doc, ((m.start, m.end),))}
    text = doc.text
    for token in doc:
        entry = entry_of(token)
        if entry is None or not _makes_claim(token, entry):
            continue
        source = source_of(token)
        content = content_of(doc, token)
        if source is not None and content and _speaks(source, actors):
            yield Claim(
                id="",
                source=None,
                content=content,
                cue=text[slice(*cue_span(token))],
                source_span=(source_span(doc, source, token),),
                cue_span=(cue_span(token),),
                confidence=0.6,
            )


def is_lookalike(doc: Doc, claim: Claim) -> bool:
    """Whether a claim rests on a word of denial that denies nothing: "was denied entry", "rejected the bill"."""
    if any(empty(t) for t in tokens(doc, claim.source_span)):
        return True  # "no one doubts that"
    predicate, entry = cue_entry(tokens(doc, claim.cue_span))
    if predicate is None or entry is None or entry["class"] != "deny":
        return False
    if predicate.pos_ == "NOUN" and not claim.source_span:
        return True
    content = tokens(doc, claim.content)
    near = [t for t in content if predicate in (t.head, t.head.head)]
    if any(noun_class(t) == "benefit" for t in near) and not any(
        t.dep_ == "ccomp" and noun_class(t) is None for t in near
    ):
        return True
    if not claim.source_span and _passive(predicate):
        return not any(noun_class(t) in ("word", "call") for t in content)
    return _lookalike(predicate) or _possible(predicate) or _thing(tokens(doc, claim.source_span), entry)


def _lookalike(predicate: Token) -> bool:
    """Whether what a word of denial is said of makes it none."""
    objects = [c for c in predicate.children if c.dep_ in ("dobj", "nsubjpass", "oprd")]
    if any(noun_class(o) in ("benefit", "procedure") for o in objects):
        return True
    if predicate.dep_ == "xcomp" and predicate.head.lemma_ in ("attempt", "try", "seek"):
        return True
    if predicate.lemma_ == "dismiss":
        if any(o.lower_ in ("i", "we", "he", "she", "they", "him", "her") for o in objects):
            return True
        as_what = any(c.lower_ == "as" for c in predicate.children)
        return not as_what and any(
            o.ent_type_ == "PERSON" or o.lemma_.lower() in _speakers("person", "office") for o in objects
        )
    if predicate.lemma_ != "deny":
        return False
    receives = any(c.dep_ == "dative" for c in predicate.children)
    granted = any(c.dep_ == "nsubjpass" for c in predicate.children) and any(
        c.dep_ == "dobj" for c in predicate.children
    )
    return receives or granted or len(objects) > 1


def _possible(predicate: Token) -> bool:
    """Whether somebody only may deny, or nearly did."""
    read = factuality(predicate, clause_top(predicate))
    return read.polarity != "-" and bool(MAYBE & set(read.reasons))


def _thing(source: list[Token], entry: Entry) -> bool:
    """Whether what "refused" or "contradicted" is a thing: a common noun that names no speaker."""
    inside = set(source)
    head = next((t for t in source if t.head not in inside), None)
    if head is None or head.pos_ != "NOUN" or head.ent_type_ or entry["lemma"] not in THINGS_DO:
        return False
    human = head.lemma_.lower().endswith(HUMAN_ENDINGS) and head.lemma_ != "door"
    return not human and head.lemma_.lower() not in _speakers() and head.tag_ == "NN"


def _makes_claim(token: Token, entry: Entry) -> bool:
    """Whether a word of the lexicon denies or declines, in fact rather than possibly."""
    if _lookalike(token) or not (entry["class"] == "deny" or token.lemma_ in WITHHOLDING):
        return False
    if entry["class"] == "withhold" and token.dep_ == "xcomp" and token.head.pos_ == "VERB":
        return False  # "declined to comment" is found at "declined"
    if entry["class"] == "deny" and token.pos_ == "VERB" and not (token.tag_ != "VBN" or _finite(token)):
        return False
    read = factuality(token, clause_top(token))
    real = read.commitment in ("certain", "probable") or read.polarity == "-"
    return real and read_entry(token, entry).stance != "asserts"


def _finite(participle: Token) -> bool:
    """Whether a participle is a perfect or a passive with an agent, and no adjective ("the disputed town")."""
    helped = any(c.dep_ in ("aux", "auxpass") for c in participle.children)
    return helped or any(c.dep_ == "agent" for c in participle.children) or participle.dep_ == "conj"


def source_of(cue: Token) -> Token | None:
    """Head of the phrase that names who denies: subject, agent, possessor, or the subject of a governing verb."""
    if cue.pos_ == "NOUN":
        by = [g for c in cue.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for g in c.children]
        return next((c for c in [*cue.children, *by] if c.dep_ == "poss" or c in by), denier(cue))
    found = speaker(cue)
    while (
        found is None and cue.dep_ in ("pcomp", "prep", "conj", "xcomp", "acomp", "advcl", "acl") and not _passive(cue)
    ):
        cue = cue.head
        found = speaker(cue) if cue.pos_ in ("VERB", "AUX") else None
    if found is None or found.pos_ not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"):
        return None
    return issuer(found) or found


def issuer(noun: Token) -> Token | None:
    """Who stands behind words that deny: "his findings", "they put out a statement contradicting it"."""
    noun = next((g for c in noun.children if c.lower_ == "of" for g in c.children if noun.pos_ != "NOUN"), noun)
    if noun_class(noun) != "word":
        return None
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    return possessor or (speaker(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" else None)


def _passive(verb: Token) -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)


def content_of(doc: Doc, cue: Token) -> Spans:
    """Spans of what a word of denial denies: its complement, or what it is said of."""
    if called(cue):
        return said_of(doc, cue)
    if cue.dep_ in ("relcl", "acl") and _antecedent(cue) and _gap(cue):
        return _said_of(doc, cue)
    if against(cue):
        return clause_beside(doc, cue)
    if _passive(cue):
        return tuple(s for c in cue.children if c.dep_ in ("nsubjpass", "csubjpass") for s in subtree(doc, c))
    prepositions = [c for c in cue.children if c.dep_ == "prep" and c.lower_ in ("on", "of", "to", "at", "about")]
    below = [c for c in cue.children if c.dep_ in COMPLEMENTS or (cue.pos_ == "NOUN" and c.dep_ == "acl")]
    below += [g for p in prepositions for g in p.children if g.dep_ in ("pobj", "pcomp") and not below]
    return tuple(s for c in below[:1] for s in subtree(doc, c))


def _antecedent(cue: Token) -> bool:
    """Whether a relative clause is about what was told: "the raid on Mali, which they denied"."""
    which = any(c.tag_ == "WDT" and c.dep_ == "dobj" for c in cue.children)
    return cue.head.pos_ == "NOUN" or cue.head.lower_ == "something" or (cue.head.pos_ == "PROPN" and which)


def _gap(cue: Token) -> bool:
    """Whether a relative clause lacks the object that its antecedent stands for."""
    if cue.dep_ == "acl":
        return cue.tag_ == "VBN"
    subjects = [c for c in cue.children if c.dep_ in ("nsubj", "nsubjpass")]
    objects = [c for c in cue.children if c.dep_ in ("dobj", "ccomp") and c.tag_ not in ("WDT", "WP")]
    return not objects and any(s.tag_ not in ("WDT", "WP") or s.dep_ == "nsubjpass" for s in subjects)


def _said_of(doc: Doc, cue: Token) -> Spans:
    """The content of "a charge that they denied": the antecedent, and the gerund that lacks it as an object.

    Nobody denies a name: in "the strike on Mali, which they denied" the antecedent is what the name stands in.
    """
    antecedent = cue.head
    while antecedent.pos_ in ("PROPN", "ADP") and antecedent.head != antecedent:
        antecedent = antecedent.head
    own = span_of(doc, antecedent.left_edge.i, cue.left_edge.i)
    gerunds = [s for c in cue.children if c.tag_ == "VBG" and c.i > cue.i for s in subtree(doc, c)]
    return (own, *gerunds)


def _speaks(source: Token, actors: set[int]) -> bool:
    """Whether a word names somebody who can deny."""
    owned = any(c.dep_ == "poss" and c.i in actors for c in source.children)
    pronoun = source.lower_ in SPEAKERS or source.tag_ == "PRP$"
    return owned or source.i in actors or pronoun or source.lemma_.lower() in _speakers()


@cache
def _speakers(*classes: str) -> frozenset[str]:
    """Nouns that name actors, of the given classes (default: all)."""
    return frozenset(e["lemma"] for e in load("en/actor_nouns") if not classes or e["class"] in classes)


def _uncovered(doc: Doc, claims: list[Claim]) -> Iterator[Claim]:
    """Denials whose cue no claim has yet; in somebody's own words "we" denies nothing that he does not."""
    covered = {t.i for c in claims for t in tokens(doc, c.cue_span)}
    text = doc.text
    for found in denial_claims(doc):
        cue = tokens(doc, found.cue_span)
        within = any(inside(found.cue_span, c.content) for c in claims)
        own = text[slice(*found.source_span[0])].lower() in SPEAKERS
        known = any(t.i in covered for t in cue) or (within and own)
        if not known and not is_lookalike(doc, found):
            yield _about(doc, found, claims)


def _about(doc: Doc, found: Claim, claims: list[Claim]) -> Claim:
    """The claim; where it only points at what was said before, or at him who said it, with the content of that."""
    head = _head(doc, found)
    said = (noun_class(head) == "word" or head.lower_ == "something") and any(
        c.dep_ in ("relcl", "acl") for c in head.children
    )
    if len(found.content) > 1 or not (said or _passive_person(doc, found)):
        return found
    start = head.sent.start_char if said else doc[max(0, head.sent.start - 1)].sent.start_char
    end = found.content[0][0]
    before = [content for c in claims if (content := _until(doc, c.content, end)) and start <= content[0][0]]
    return replace(found, content=max(before, key=size)) if before else found


def _until(doc: Doc, content: Spans, end: int) -> Spans:
    """The part of a content before an offset, without a comma at its end."""
    words = [t for t in tokens(doc, content) if t.idx < end]
    while words and words[-1].is_punct:
        words.pop()
    return spans(words)


def _head(doc: Doc, claim: Claim) -> Token:
    words = tokens(doc, claim.content)
    return next((t for t in words if t.head not in words), words[0])


def _passive_person(doc: Doc, claim: Claim) -> bool:
    """Whether what is denied is somebody: "he was contradicted by his ministers"."""
    if len(claim.content) > 1 or not tokens(doc, claim.content):
        return False
    head = _head(doc, claim)
    person = head.ent_type_ == "PERSON" or head.lower_ in ("he", "she", "they")
    entry = entry_of(head.head)
    return head.dep_ == "nsubjpass" and person and entry is not None and entry["class"] == "deny"


def size_of(claim: Claim) -> int:
    """Characters of a claim's content."""
    return size(claim.content)


def _shaped(doc: Doc, claim: Claim) -> Claim:
    """The claim of a denial: with a source by control, and without "the notion that" before what is denied."""
    predicate, entry = cue_entry(tokens(doc, claim.cue_span))
    if predicate is None or entry is None or entry["class"] != "deny":
        return without_verdict(doc, claim, predicate)
    source = source_of(predicate)
    words = tokens(doc, claim.source_span)
    given = next((t for t in words if t.head not in words), None)
    if source is not None and (given is None or given == predicate or issuer(given) is not None):
        claim = replace(claim, source_span=(source_span(doc, source, predicate),))
    if called(predicate):
        return replace(claim, content=said_of(doc, predicate))
    relative = next((t for t in (predicate, *predicate.ancestors) if t.dep_ == "relcl"), None)
    if relative is not None and any(t.tag_ in ("WDT", "WP") and t.head == relative for t in tokens(doc, claim.content)):
        return replace(claim, content=_said_of(doc, relative))
    return replace(claim, content=_clause_only(doc, claim.content))


def _clause_only(doc: Doc, content: Spans) -> Spans:
    """The clause of a content that is a noun for words and a clause: "the notion that"."""
    words = tokens(doc, content)
    for noun in words:
        if noun_class(noun) != "word" or noun.head in words:
            continue
        clauses = [c for c in noun.children if c.dep_ in ("acl", "relcl", "ccomp") and c in words]
        that = [c for c in clauses if any(g.lower_ == "that" and g.dep_ == "mark" for g in c.children)]
        if that:
            clause = {t.i for t in that[0].subtree}
            return spans([t for t in words if t.i in clause]) or content
    return content


def _numbered(claims: list[Claim]) -> list[Claim]:
    """Claims in text order with ids ``c1``, ``c2``..., each nested in the smallest one that holds it."""
    ordered = sorted(claims, key=lambda c: (c.content[0][0], -size_of(c), c.cue_span))
    out = []
    for i, claim in enumerate(ordered):
        holders = [
            (size_of(c), j)
            for j, c in enumerate(ordered)
            if j != i and claim.cue_span and inside(claim.cue_span, c.content) and inside(claim.content, c.content)
        ]
        parent = f"c{min(holders)[1] + 1}" if holders else None
        out.append(replace(claim, id=f"c{i + 1}", nested_in=parent or _renamed(claim, ordered)))
    return out


def _renamed(claim: Claim, ordered: list[Claim]) -> str | None:
    """The new id of the claim in which ``claim`` was nested before."""
    old = claim.nested_in
    return next((f"c{j + 1}" for j, c in enumerate(ordered) if old and c.id == old), None)


@Language.factory("kg_denials", requires=["token.dep", "token.lemma"])
def make_denials(nlp: Language, name: str) -> Denials:  # noqa: ARG001  (the signature of spaCy's factories)
    """A component that adds the claims that words of denial make, and drops their look-alikes."""
    return Denials()
