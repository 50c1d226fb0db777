"""Acts that the text takes up again in short: "the report that Iran conducted strikes", "the capture"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.annotate.relations.arguments import Mentions
from kg.annotate.relations.lexicon import matching
from kg.annotate.relations.link import Link
from kg.annotate.relations.syntax import agents, is_passive, owners
from kg.records import Claim, Proposition, Span

#: Relations that are words: "the accusation" points at what was said, and not at who said it.
SPOKEN = frozenset({"accuses", "requests", "threatens", "rejects"})
POINTERS = frozenset({"the", "this", "that", "these", "those"})
#: Letters that a noun and the verb of the same act have in common ("invasion", "invaded").
STEM = 4


def resumed(stated: Iterable[Link], mentions: Mentions[str], earlier: list[Proposition]) -> Iterator[Proposition]:
    """Acts of a sentence that leave out the one acted upon, or who acts, as said before."""
    for link in stated:
        verb = link.trigger[0]
        same = [p for p in earlier if p.relation == link.relation]
        if link.among:
            continue
        if not link.objects and verb.dep_ in ("acl", "ccomp"):
            actors = [key for key, _ in mentions.find_all(link.subjects)]
            yield from _last_of([[p for p in same if p.subject == key] for key in actors], verb)
        elif not link.subjects and is_passive(verb) and not any(agents(verb)):
            actors = [key for key, _ in mentions.find_all(link.objects)]
            yield from _last_of([[p for p in same if p.object == key and _alike(verb, p)] for key in actors], verb)


def _last_of(acts: Iterable[list[Proposition]], word: Token) -> Iterator[Proposition]:
    """The last act of each list, now told by ``word``."""
    yield from (told(known[-1], word) for known in acts if known)


def told(proposition: Proposition, word: Token) -> Proposition:
    """The same relation of the same actors, found at another word; not yet numbered."""
    span = _characters(word)
    return Proposition(
        "", proposition.subject, proposition.relation, proposition.object, span, span, predicate=word.text
    )


def pointed(doc: Doc, claims: Iterable[Claim], earlier: list[Proposition]) -> Iterator[Proposition]:
    """Acts that the content of a claim only points at ("confirmed the capture"): the last such act before it."""
    for claim in claims:
        for span in claim.content[:1]:
            content = doc.char_span(*span, alignment_mode="expand")
            if content is not None and _points(content.root):
                yield from _last(content.root, earlier)


def _last(noun: Token, earlier: list[Proposition]) -> Iterator[Proposition]:
    """The propositions that tell of the same act, where the text before the noun knows only one such."""
    relations = {e.relation for e in matching("nouns", noun) if not e.role} - SPOKEN
    known = [p for p in earlier if p.relation in relations and p.trigger and p.trigger[1] <= noun.idx]
    known = [p for p in known if _alike(noun, p)]
    last = {(p.subject, p.relation, p.object): p for p in known if p.trigger == known[-1].trigger}
    if all((p.subject, p.relation, p.object) in last for p in known):  # else there were several such acts
        yield from (told(p, noun) for p in last.values())


def _points(noun: Token) -> bool:
    """Whether a noun names an act that the text has told, and says nothing of whose it is."""
    if noun.pos_ != "NOUN" or not matching("nouns", noun) or owners(noun):
        return False
    return any(c.lower_ in POINTERS for c in noun.children) and not any(c.dep_ == "prep" for c in noun.children)


def _alike(word: Token, proposition: Proposition) -> bool:
    """Whether the proposition was told by the same word, or one of the same stem."""
    stem = word.lemma_.lower()[:STEM]
    return any(w.lower().startswith(stem) for w in proposition.predicate.split())


def _characters(word: Token) -> Span:
    return word.idx, word.idx + len(word.text)
