"""Whose words a denial is about: "rejected Mali's claim that it had struck" holds a claim of Mali's as well."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.attribution.frames import span_of
from kg.annotate.stance.cues import tokens
from kg.annotate.stance.nouns import noun_class
from kg.records import Claim, Span

#: Entities that may say something.
NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
#: How the parse ties a name to the noun that it stands before ("the UK claim that"); it may take the noun for a verb.
BEFORE = frozenset({"amod", "compound", "nmod", "nsubj"})


def with_owners(doc: Doc, claims: list[Claim]) -> list[Claim]:
    """``claims``, each of a noun for words with its owner ("the Malian claim that") as the source if it had none."""
    names = _names(doc)
    out = []
    for claim in claims:
        cue = tokens(doc, claim.cue_span)
        owner = _owner(cue[-1], names) if cue and not claim.source_span and noun_class(cue[-1]) == "word" else None
        out.append(claim if owner is None else replace(claim, source_span=(_span(owner),)))
    return out


def owned_words(doc: Doc, denials: list[Claim], claims: list[Claim]) -> list[Claim]:
    """The claims that denials are about, where the noun for them has an owner and no claim of ``claims`` as its cue."""
    covered = {t.i for c in claims for t in tokens(doc, c.cue_span)}
    names = _names(doc) if denials else set()
    found = []
    for denial in denials:
        noun = _noun(tokens(doc, denial.content))
        owner = None if noun is None or noun.i in covered else _owner(noun, names)
        if noun is not None and owner is not None:
            found.append(_claim(denial, noun, owner))
            covered.add(noun.i)
    return found


def _names(doc: Doc) -> set[int]:
    """Positions of the tokens that name actors."""
    return {t.i for a in layers.actors(doc) for m in a.mentions for t in tokens(doc, ((m.start, m.end),))}


def _noun(content: list[Token]) -> Token | None:
    """The noun for words whose clause a content is."""
    root = next((t for t in content if t.head not in content), None)
    if root is None or root.dep_ not in ("acl", "relcl", "ccomp") or noun_class(root.head) != "word":
        return None
    return root.head


def _owner(noun: Token, names: set[int]) -> Token | None:
    """Who said it: the possessor, or a name before the noun ("the Malian claim that")."""
    named = [c for c in noun.lefts if c.dep_ in BEFORE and (c.i in names or c.ent_type_ in NAMES)]
    return next((c for c in noun.lefts if c.dep_ == "poss"), named[-1] if named else None)


def _claim(denial: Claim, noun: Token, owner: Token) -> Claim:
    """A claim of the owner with the denial's content."""
    return replace(
        denial,
        cue=noun.text,
        cue_span=((noun.idx, noun.idx + len(noun.text)),),
        source_span=(_span(owner),),
        nested_in=None,
    )


def _span(owner: Token) -> Span:
    return span_of(owner.doc, owner.left_edge.i, owner.i + 1)
