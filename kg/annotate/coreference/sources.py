"""Sources: the actor behind every claim, and those who pass it on."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.annotate.actors.phrases import nouns
from kg.annotate.coreference.referents import Cast, Referent
from kg.records import NARRATOR, Actor, Claim, Mention, Span

_CITING = frozenset(("quote", "cite"))
_TELLING = frozenset(("tell", "inform", "brief"))
_WORDS = 3


class Sources:
    """Finds the source of one claim after another."""

    def __init__(self, cast: Cast, publisher: str | None) -> None:
        self.cast = cast
        self.publisher = publisher
        self.previous: tuple[Claim, Referent] | None = None
        self.unknown: Referent | None = None

    def resolved(self, claim: Claim) -> Claim:
        """``claim`` with its source and via filled."""
        if claim.source == NARRATOR:
            return claim
        referent = self._source(claim)
        self.previous = (claim, referent) if referent is not self.unknown else self.previous
        via = tuple(r.actor.id for r in self._via(claim, referent))
        return replace(claim, source=referent.actor.id, via=via)

    def _source(self, claim: Claim) -> Referent:
        for span in claim.source_span:
            tokens = self._tokens(span)
            if tokens is not None:
                return self.of_phrase(tokens)
        return self._subject(claim) or self._carried(claim) or self._nobody()

    def _tokens(self, span: Span) -> Tokens | None:
        return self.cast.doc.char_span(*span, alignment_mode="expand")

    def of_phrase(self, tokens: Tokens) -> Referent:
        """The referent of a source phrase: the one at its head, or a new unnamed one."""
        root = tokens.root
        referent = self.cast.over.get(root.i)
        if referent is not None and not self._only_modifies(root, tokens):
            return referent
        if root.lower_ in ("who", "which", "that") and root.i and self.cast.over.get(root.i - 1):
            return self.cast.over[root.i - 1]
        entry = nouns().get(root.lemma_.lower())
        inside = [r for t in tokens if (r := self.cast.over.get(t.i))]
        if entry is not None and entry["class"] == "document" and inside:
            return inside[0]
        person = next((r for r in inside if r.type == "Person"), None)
        if person is not None and entry is None:
            return person
        return self._new(tokens, root, inside[0] if inside else None)

    def _only_modifies(self, root: Token, tokens: Tokens) -> bool:
        """Whether the name over the root only qualifies what speaks ("Iranian" alone never does)."""
        return False

    def _new(self, tokens: Tokens, root: Token, owner: Referent | None) -> Referent:
        """An unnamed source for a phrase that names no known actor."""
        start, end = tokens.start, tokens.end
        while end - start > 1 and (tokens.doc[end - 1].is_punct or tokens.doc[end - 1].is_space):
            end -= 1
        while end - start > 1 and tokens.doc[start].is_space:
            start += 1
        text = tokens.doc[start:end]
        name = text.text.removeprefix("the ").removeprefix("The ").removeprefix("a ").removeprefix("A ")
        actor = Actor(
            self.cast.next_id(), name, "Unnamed", of=owner.actor.id if owner else None, reason="source of a claim"
        )
        mention = Mention(text.start_char, text.end_char, "description", "source of a claim")
        return self.cast.introduce(actor, (start, end), mention, root.i)

    def _subject(self, claim: Claim) -> Referent | None:
        """The subject of the cue, where attribution left the source open."""
        for span in claim.cue_span:
            tokens = self._tokens(span)
            if tokens is None:
                continue
            for child in _clause_subjects(tokens.root):
                referent = self.cast.over.get(child.i)
                if referent is not None:
                    return referent
        return None

    def _carried(self, claim: Claim) -> Referent | None:
        """The speaker of the claim before, for quotations that follow on."""
        if self.previous is None or claim.cue is not None or claim.kind == "indirect":
            return None
        return self.previous[1]

    def _nobody(self) -> Referent:
        """One unnamed actor without names, for "it is believed that"."""
        if self.unknown is None:
            actor = Actor(self.cast.next_id(), "unspecified", "Unnamed", reason="a claim without a source")
            self.unknown = Referent(actor)
            self.cast.referents.append(self.unknown)
            self.cast.by_id[actor.id] = self.unknown
        return self.unknown

    def _via(self, claim: Claim, source: Referent) -> list[Referent]:
        """Who passes the claim on: the quoting outlet, or the outlet that was told."""
        for span in claim.cue_span:
            tokens = self._tokens(span)
            if tokens is None:
                continue
            found = _outlets(self.cast, tokens)
            return [r for r in found if r is not source]
        return []


def _clause_subjects(verb: Token) -> list[Token]:
    """Subjects of a verb, its own or the one it shares ("denied the report and said")."""
    for _ in range(_WORDS):
        own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ != "PRON"]
        own = own or [c for c in verb.children if c.dep_ in ("nsubj", "poss", "agent")]
        if own:
            return own
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "dobj", "prep", "acl"):
            return []
        verb = verb.head
    return []


def _outlets(cast: Cast, cue: Tokens) -> list[Referent]:
    """Outlets that quote ("Reuters quoted an official as saying") or are told ("told Reuters")."""
    verb = cue.root
    citing = next((v for v in (verb, verb.head, verb.head.head) if v.lemma_ in _CITING), None)
    if citing is not None:
        subjects = [cast.over.get(c.i) for c in _clause_subjects(citing)]
        return [r for r in subjects if r is not None and r.type in ("Outlet", "Organisation")]
    told = [c for c in verb.children if c.dep_ in ("dobj", "dative", "prep")]
    told += [c for p in told if p.dep_ in ("prep", "dative") and p.lower_ in ("to", "in") for c in p.children]
    found = [r for c in told if (r := cast.over.get(c.i)) is not None and r.type == "Outlet"]
    return found
