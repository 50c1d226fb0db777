"""The engine that needs no weights: candidates of the parse that the cue lexicon knows."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import groupby

from spacy.tokens import Doc

from kg import lexicon
from kg.annotate.actors.phrases import nouns
from kg.annotate.attribution.base import Attribution, Engine
from kg.annotate.attribution.frames import Candidate, candidates
from kg.annotate.attribution.nesting import inside, same_cue
from kg.annotate.attribution.quotes import Quotation, quotations
from kg.annotate.layers import tokens
from kg.records import Span, Spans

#: The frame that wins where one cue offers several.
_ORDER = ("quote", "clause", "rest", "infinitive", "gerund", "noun")
#: A quotation without a cue is speech from this many words on; shorter ones are names and scare quotes.
_SPOKEN = 5
#: What ends a sentence, quotation marks, and tags of verbs that make one.
_SENTENCE_ENDS, _MARKS = ".!?…:\n", "\"“”'‘’`« »"
#: Characters around a quotation among which the sentence before it ends, and what follows begins.
_NEAR = 20
_FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
#: Verbs that pass somebody's words on.
_CITING = frozenset(("cite", "quote"))
#: Parts of speech that say nothing by themselves, and how long an object without a clause may be.
_EMPTY = ("DET", "PART", "ADP", "PUNCT", "SPACE", "CCONJ", "SCONJ", "AUX")
_SHORT = 6


@cache
def cues() -> dict[tuple[str, str], frozenset[str]]:
    """Frames of each cue by lemma and part of speech."""
    entries = lexicon.load("en/reporting_cues")
    return {(e["lemma"], e["pos"]): frozenset(e.get("frames", ["rest"])) for e in entries}


@cache
def _silent() -> frozenset[tuple[str, str]]:
    """Verbs and heads of objects that say nothing together (``claimed twelve lives``)."""
    return frozenset((e["lemma"], n) for e in lexicon.load("en/reporting_cues") for n in e.get("not_with", ()))


def look_alike(doc: Doc, found: Attribution) -> bool:
    """Whether a cue only looks like one: its object makes it another verb, or its content has no word of content."""
    cue = [t.lemma_.lower() for t in tokens(doc, found.cue)]
    content = tokens(doc, found.content)
    heads = {t.lemma_.lower() for t in content if t.dep_ in ("dobj", "nsubjpass", "dative", "pobj") or t.pos_ == "NOUN"}
    if all(t.pos_ in _EMPTY for t in content):
        return True
    return len(content) <= _SHORT and any((verb, noun) in _silent() for verb in cue for noun in heads)


def passed_on(doc: Doc, outer: list[Attribution], inner: list[Attribution]) -> list[Attribution]:
    """``outer``, where an outlet that only quotes somebody gives way to what that one says ("quoted him as saying")."""
    out: list[Attribution] = []
    for a in outer:
        carries = any(t.lemma_.lower() in _CITING for t in tokens(doc, a.cue))
        said = next((b for b in (*outer, *inner) if carries and b is not a and _is_all_of(doc, b, a)), a)
        if said is a or not any(same_cue(said, b) for b in outer):
            out.append(said)
    return out


def _is_all_of(doc: Doc, said: Attribution, quoted: Attribution) -> bool:
    """Whether somebody who says something is all that ``quoted`` has for a content."""
    spans = (*said.source, *said.cue, *said.content)
    rest = (t for t in tokens(doc, quoted.content) if not any(s <= t.idx < e for s, e in spans))
    return bool(said.source) and inside(said.source, quoted.content) and all(t.pos_ in _EMPTY for t in rest)


def _known(candidate: Candidate) -> bool:
    if (candidate.lemma, candidate.head) in _silent():
        return False
    return candidate.frame in cues().get((candidate.lemma, candidate.pos), ())


def _rank(candidate: Candidate) -> int:
    return _ORDER.index(candidate.frame) if candidate.frame in _ORDER else len(_ORDER)


class Lexical(Engine):
    """Attributions by the cue lexicon and the dependency parse."""

    name = "lexicon"

    def attributions(self, doc: Doc) -> list[Attribution]:
        """Attributions of ``doc`` in the order of their first content."""
        quoted = quotations(doc)
        return with_floating(doc, outermost(_found(doc, quoted)), quoted)

    def inner(self, doc: Doc) -> list[Attribution]:
        """Attributions that may stand inside the content of others: a clause, or a report taken up by its name."""
        text = doc.text
        found = (c for c in candidates(doc, []) if _nestable(c) or _told_by_report(doc, c))
        groups = groupby(found, key=lambda c: c.token)
        return [_on_its_line(text, _attribution(list(group))) for _, group in groups]


def _on_its_line(text: str, found: Attribution) -> Attribution:
    """Without content of other lines than the cue's, which only a slip of the parser joins to it."""
    (first, last), content = found.cue[0], found.content
    own = tuple((s, e) for s, e in content if "\n" not in text[min(s, first) : max(e, last)].strip())
    return replace(found, content=own or content)


def _nestable(candidate: Candidate) -> bool:
    """Whether a known candidate is a report of its own rather than the speaker's own act (``we insist that``)."""
    if candidate.own or not _known(candidate):
        return False
    if candidate.frame == "noun":
        return (candidate.head, "noun") in cues()
    return candidate.frame in ("clause", "rest") or (candidate.frame == "infinitive" and bool(candidate.source))


def _told_by_report(doc: Doc, candidate: Candidate) -> bool:
    """Whether a report that is described by what it says is the candidate's source ("reports suggesting a deal")."""
    cue = doc[candidate.token]
    known = (candidate.lemma, candidate.pos) in cues()
    if candidate.frame != "noun" or (cue.tag_, cue.dep_) != ("VBG", "acl") or not known:
        return False
    return nouns().get(cue.head.lemma_.lower(), {}).get("class") == "document"


def _found(doc: Doc, quoted: list[Quotation]) -> list[Attribution]:
    groups = groupby(filter(_known, candidates(doc, quoted)), key=lambda c: c.token)
    return [_attribution(list(group)) for _, group in groups]


def _attribution(options: list[Candidate]) -> Attribution:
    """The best frame of one cue; a clause and the quotation that overlaps it are one content."""
    best = min(options, key=_rank)
    content = merged([s for o in options if o.frame in ("quote", "clause") for s in o.content]) or best.content
    return Attribution(best.source, best.cue, content)


def merged(spans: list[Span]) -> Spans:
    """Spans in order, joined where they touch or overlap."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1] + 2:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _inside(spans: Spans, others: Spans) -> bool:
    return all(any(a <= s and e <= b for a, b in others) for s, e in spans)


def outermost(found: list[Attribution]) -> list[Attribution]:
    """Attributions whose cue stands in no other's content."""
    return [a for a in found if not any(a is not b and _inside(a.cue, b.content) for b in found)]


def with_floating(doc: Doc, found: list[Attribution], quoted: list[Quotation]) -> list[Attribution]:
    """Quotations that no cue claims go to the attribution before them: a quotation over several sentences.

    Where there is none near by, sentences in quotation marks are somebody's all the same.
    """
    text, out = doc.text, sorted(found, key=lambda a: a.content)
    for quotation in quoted:
        start, end = quotation.span
        if len(text[start:end].split()) < _SPOKEN or any(s < end and start < e for a in out for s, e in a.content):
            continue
        before = [i for i, a in enumerate(out) if a.source and a.content[0][0] < start and _near(text, a, start)]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=merged([*last.content, quotation.span]))
        elif _sentences(doc, text, quotation):
            out.append(Attribution(_introduced_by(doc, quotation), (), (quotation.span,)))
            out.sort(key=lambda a: a.content)
    return sorted(out, key=lambda a: a.content)


def _sentences(doc: Doc, text: str, quotation: Quotation) -> bool:
    """Whether a quotation is whole sentences that nothing around it takes up, and no title or part of a sentence."""
    words = doc[quotation.first : quotation.last]
    start, end = words.start_char, words.end_char
    before, behind = text[max(0, start - _NEAR) : start].rstrip(" \u00a0"), text[end : end + _NEAR].lstrip(" \u00a0")
    opens = words.text.strip(_MARKS)[:1].isupper() and (not before or before[-1] in _SENTENCE_ENDS)
    closes = words.text.rstrip(_MARKS)[-1:] in _SENTENCE_ENDS and (not behind or behind[0] not in ":;,—–-")
    return opens and closes and any(t.tag_ in _FINITE for t in words)


def _introduced_by(doc: Doc, quotation: Quotation) -> Spans:
    """The name that is the subject of the sentence before a quotation, in its paragraph."""
    first = doc[quotation.first]
    if not quotation.first or "\n" in doc[quotation.first - 1].text_with_ws:
        return ()
    sentence = doc[first.i - 1].sent
    subjects = (t for t in sentence.root.children if t.dep_ == "nsubj")
    named = next((t for t in subjects if t.pos_ == "PROPN" or t.lower_ in ("he", "she")), None)
    if named is None:
        return ()
    phrase = doc[named.left_edge.i : named.i + 1]
    return ((phrase.start_char, phrase.end_char),)


def _near(text: str, attribution: Attribution, start: int) -> bool:
    """Whether nothing but a sentence or a paragraph's end lies between the attribution and ``start``."""
    ends = max(e for s, e in [*attribution.content, *attribution.cue, *attribution.source])
    return start - ends < 20 or not text[ends:start].strip(' .,"”“\n')
