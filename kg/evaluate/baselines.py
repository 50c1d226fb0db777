"""What a few lines find: the naive readings that every measure is printed beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from kg.annotate.attribution.base import Attribution
from kg.evaluate.align import everybody
from kg.evaluate.reading import Reading
from kg.evaluate.words import WORD, bare
from kg.records import NARRATOR, Actor, Claim, Extraction, Mention, Proposition, Span, Spans, Stance

SAYING = re.compile(r"\b(said|says|say|told|according to|announced|claimed|denied|denies|insisted|added|wrote)\b")
NEGATION = re.compile(
    r"\b(not|no|never|den(y|ies|ied|ying|ials?)|reject\w*|dismiss\w*|refus\w*|rul(ed|es) out)\b|n[’']t\b"
)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[”\"’']*")
NAME = re.compile(r"\b[A-Z][\w’-]*(?: (?:of |the )?[A-Z][\w-]*)*")
#: The commonest relation in news of conflict.
RELATION = "attacks"


def attributions(text: str) -> list[Attribution]:
    """In every sentence with a word of saying: the nearest name says the longer part around the word."""
    return [Attribution(_nearest_name(text, s, cue), (cue,), (content,)) for s, cue, content in _spoken(text)]


def claims(reading: Reading) -> Extraction:
    """The same with the nearest actor as the source."""
    found = [c for i, spans in enumerate(_spoken(reading.gold.text)) for c in _said(reading, f"b{i}", *spans)]
    return replace(reading.found, claims=tuple(found), propositions=())


def _spoken(text: str) -> Iterator[tuple[Span, Span, Span]]:
    """Sentence, cue and content."""
    for start, end in _sentences(text):
        cue = SAYING.search(text, start, end)
        if cue is not None:
            yield (start, end), cue.span(), max((start, cue.start()), (cue.end(), end), key=lambda s: s[1] - s[0])


def _nearest_name(text: str, sentence: Span, cue: Span) -> Spans:
    found = sorted((max(m.start() - cue[1], cue[0] - m.end()), m.span()) for m in NAME.finditer(text, *sentence))
    return tuple(span for _, span in found[:1])


def _said(reading: Reading, name: str, sentence: Span, cue: Span, content: Span) -> Iterator[Claim]:
    here = _mentions(reading.found, *sentence)
    near = sorted((max(m.start - cue[1], cue[0] - m.end), m.start, m.end, a.id) for m, a in here)
    words = reading.gold.text[slice(*cue)]
    stance: Stance = "denies" if words.startswith("den") else "asserts"
    for _, start, end, source in near[:1]:
        yield Claim(name, source, (content,), stance, words, ((start, end),), (cue,))


def stance(reading: Reading) -> Extraction:
    """The claims that were found, which deny where they hold a word of negation, and else assert."""
    text = reading.gold.text
    return replace(reading.found, claims=tuple(replace(c, stance=_polar(text, c)) for c in reading.found.claims))


def _polar(text: str, claim: Claim) -> Stance:
    return "denies" if any(NEGATION.search(text, s, e) for s, e in (*claim.cue_span, *claim.content)) else "asserts"


def relations(reading: Reading) -> Extraction:
    """Each two neighbouring mentions of a sentence: the narrator asserts that the first attacks the second."""
    seen: dict[str, Proposition] = {}
    for sentence in _sentences(reading.gold.text):
        for (_, a), (_, b) in pairwise(_mentions(reading.found, *sentence)):
            if a.id != b.id:
                seen.setdefault(f"{a.id} {b.id}", Proposition(f"{a.id} {b.id}", a.id, RELATION, b.id))
    claim = Claim("b", NARRATOR, ((0, len(reading.gold.text)),), propositions=tuple(seen))
    return replace(reading.found, propositions=tuple(seen.values()), claims=(claim,))


def coreference(reading: Reading) -> Extraction:
    """The mentions that were found; the same words are the same actor."""
    text, groups = reading.gold.text, dict[str, list[Mention]]()
    for mention, _ in _mentions(reading.found, 0, len(text)):
        groups.setdefault(bare(text[mention.start : mention.end]), []).append(mention)
    return _only(reading, groups, "Organisation")


def actors(reading: Reading) -> Extraction:
    """Runs of capitalised words, of which each is a state."""
    groups: dict[str, list[Mention]] = {}
    for found in NAME.finditer(reading.gold.text):
        groups.setdefault(bare(found[0]), []).append(Mention(*found.span()))
    return _only(reading, groups, "State")


def _only(reading: Reading, groups: dict[str, list[Mention]], kind: str) -> Extraction:
    found = (Actor(f"b{i}", name, kind, (name,), mentions=tuple(ms)) for i, (name, ms) in enumerate(groups.items()))
    return replace(reading.found, actors=tuple(found), bystanders=(), claims=(), propositions=(), roles=())


def _sentences(text: str) -> list[Span]:
    return [m.span() for m in SENTENCE.finditer(text) if WORD.search(m[0])]


def _mentions(found: Extraction, start: int, end: int) -> list[tuple[Mention, Actor]]:
    """Mentions in a stretch of text, in order."""
    here = [(m, a) for a in everybody(found) for m in a.mentions if start <= m.start and m.end <= end]
    return sorted(here, key=lambda x: (x[0].start, x[0].end, x[1].id))


#: The baseline of each measure.
BASELINES: dict[str, Callable[[Reading], Extraction]] = {
    "claims": claims, "stance": stance, "relations": relations, "coreference": coreference, "actors": actors,
}  # fmt: skip
