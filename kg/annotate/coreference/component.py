"""The component ``kg_coreference``: pronouns and descriptions join their actors, and every claim gets its source."""

from __future__ import annotations

from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate import layers
from kg.annotate.actors.candidates import Candidate
from kg.annotate.actors.descriptions import TYPES
from kg.annotate.actors.phrases import Phrase, description, find_phrases, predicative
from kg.annotate.coreference.definites import of_others, resolve_forward, resolve_phrase
from kg.annotate.coreference.pronouns import THIRD, note, resolve_ahead, resolve_pronoun, resolve_relative
from kg.annotate.coreference.referents import Cast
from kg.annotate.coreference.sources import Sources, is_first, spoken_for
from kg.annotate.coreference.speech import Speech, speech
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.records import Actor, Claim, Mention, Span


@Language.factory("kg_coreference", requires=["token.pos", "token.dep"])
def make_coreference(nlp: Language, name: str) -> SourceResolver:  # noqa: ARG001  (what spaCy passes)
    """The component."""
    return SourceResolver()


class SourceResolver:
    """Resolves pronouns, definite descriptions and the sources of claims."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or load_gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its actors' mentions completed and its claims' sources filled."""
        cast = Cast(doc, layers.actors(doc), layers.roles(doc), self.gazetteer)
        claims = layers.claims(doc)
        self._third_person(cast, claims)
        claims = _sourced(cast, claims)
        _first_person(cast, claims)
        layers.set_claims(doc, claims)
        layers.set_actors(doc, cast.actors())
        return doc

    def _third_person(self, cast: Cast, claims: list[Claim]) -> None:
        """Resolve pronouns and definite phrases from left to right."""
        said = speech(cast, claims)
        phrases = {p.head: p for p in _open_phrases(cast)}
        for token in cast.doc:
            if token.i in phrases:
                _refer(cast, phrases[token.i], said)
            elif token.pos_ == "PRON" or token.tag_ in ("PRP$", "WDT", "WP"):
                referent = (
                    resolve_pronoun(cast, token, said) if token.lower_ in THIRD else resolve_relative(cast, token)
                )
                if referent is not None:
                    note(cast, token, referent, f"pronoun: {referent.actor.name} is foremost")
                elif (referent := resolve_ahead(cast, token)) is not None:
                    note(cast, token, referent, f"pronoun: {referent.actor.name} is named right after")
                elif token.i in said.heads and token.lower_ in ("he", "she"):
                    _unnamed(cast, token)


def _unnamed(cast: Cast, token: Token) -> None:
    """Let a ``he`` or ``she`` who speaks, and whom the text does not name, be somebody new."""
    actor = Actor(cast.next_id(), token.text, "Unnamed", reason="source of a claim")
    mention = Mention(token.idx, token.idx + len(token.text), "description", actor.reason)
    referent = cast.introduce(actor, (token.i, token.i + 1), mention, token.i)
    referent.genders["m" if token.lower_ == "he" else "f"] += 5


def _sourced(cast: Cast, claims: list[Claim]) -> list[Claim]:
    """Claims with their sources; those by ``I`` and ``we`` wait for the claim around them."""
    sources = Sources(cast, claims)
    late = {c.id for c in claims if any(_first(cast, span) for span in c.source_span)}
    done = {c.id: sources.resolved(c) for c in claims if c.id not in late}
    done |= {c.id: sources.resolved(c) for c in claims if c.id in late}
    return [done[c.id] for c in claims]


def _first(cast: Cast, span: Span) -> bool:
    """Whether a source span is a first-person pronoun."""
    tokens = cast.doc.char_span(*span, alignment_mode="expand")
    return tokens is not None and is_first(tokens.root)


def _open_phrases(cast: Cast) -> list[Phrase]:
    """Phrases that no actor has as a mention yet."""
    over = {i: _named(cast, i) for i in cast.over}
    taken = {p.head for r in cast.referents for p in r.places}
    return [p for p in find_phrases(cast.doc, over) if p.head not in taken and p.noun["class"] != "document"]


def _named(cast: Cast, i: int) -> Candidate:
    """The candidate form of the referent over a token, for the phrase finder."""
    referent = cast.over[i]
    place = next(p for p in referent.places if p.start <= i < p.end)
    entry = 0 if referent.actor.wikidata else None
    kind: Literal["name", "description"] = "name" if place.kind == "name" else "description"
    return Candidate(place.start, place.end, referent.type, referent.actor.id, kind, entry=entry)


def _refer(cast: Cast, phrase: Phrase, said: Speech) -> None:
    """Attach a phrase to what it refers to, or let it stand for somebody new."""
    span = cast.doc[phrase.start : phrase.end]
    found = None
    if phrase.definiteness in ("definite", "possessive", "bare"):
        found = resolve_phrase(cast, phrase) or resolve_forward(cast, phrase, said)
    if found is not None:
        referent, reason = found
        mention = Mention(span.start_char, span.end_char, "description", reason)
        cast.attach(referent, mention, (phrase.start, phrase.end), phrase.head)
        return
    kind = phrase.noun["class"]
    if kind in ("place", "document") or (kind == "office" and phrase.definiteness == "bare"):
        return
    if predicative(cast.doc[phrase.head]) or phrase.noun.get("vehicle"):
        return
    first = cast.over.get(phrase.start)
    around = first is not None and first is cast.over.get(phrase.head)  # "the party" in "the party's leader"
    owner = cast.over.get(phrase.owner.start) if phrase.owner else None if around else first
    others = of_others(cast, phrase)
    if others is not None:
        span = cast.doc[phrase.start : others.i + 1]
    name = span.text if phrase.definiteness == "bare" or others is not None else description(cast.doc, phrase)
    actor = Actor(cast.next_id(), name, TYPES[kind], of=owner.actor.id if owner else None, reason=f"{kind} noun")
    mention = Mention(span.start_char, span.end_char, "description", actor.reason)
    cast.introduce(actor, (phrase.start, span.end), mention, phrase.head)


def _between_marks(doc: Doc, claim: Claim) -> bool:
    """Whether the content opens with a quotation mark of two characters, as in tokenised texts (`` No, '' he said)."""
    start = claim.content[0][0] if claim.content else 0
    return "``" in doc.text[max(0, start - 3) : start + 2]


def _first_person(cast: Cast, claims: list[Claim]) -> None:
    """``I`` and ``we`` inside a quotation are its speaker."""
    for claim in claims:
        referent = cast.by_id.get(claim.source or "")
        if referent is None or (claim.kind == "indirect" and not _between_marks(cast.doc, claim)):
            continue
        for span in claim.content:
            for token in cast.doc.char_span(*span, alignment_mode="expand") or ():
                if is_first(token) and token.i not in cast.over and token.pos_ == "PRON":
                    plural = token.lower_[0] in "wuo"
                    whose = spoken_for(cast, referent) if plural else referent
                    if plural and whose is referent and referent.type == "Person":
                        continue
                    note(cast, token, whose, "first person in a quotation: its speaker" + " stands for it" * plural)
