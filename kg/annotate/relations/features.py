"""What a linear scorer sees of two spans: words, the dependency path between them, and what the lexicon has of words.

Spans come in text order ("a" the first, "b" the second). Every feature is a short string; nothing names the spans' own
words, so that the weights are about predicates and not about countries or people.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Phrase

from kg.annotate.relations.lexicon import lemma, relations
from kg.annotate.spans import tokens_of
from kg.records import RELATIONS, Span

MAX_PATH = 8
WINDOW = 4
CLAUSAL = ("neg", "prt", "dobj", "attr", "acomp", "xcomp", "prep", "aux", "ccomp")


def phrase(doc: Doc, span: Span) -> Phrase:
    """The tokens that the characters touch, at least one."""
    found = tokens_of(doc, span)
    return found if found is not None and len(found) else doc[0:1]


def features(doc: Doc, a: Span, b: Span) -> list[str]:
    """Names of the features that hold of the spans, sorted, each once."""
    first, second = phrase(doc, a), phrase(doc, b)
    found = {
        *_words(first, second),
        *_path_features(first.root, second.root),
        *_ends(first, second),
        *_setting(first, second),
        *_lexicon(first, second),
    }
    return sorted(found)


def _norm(token: Token) -> str:
    """The token's lemma; names and numbers give their kind only."""
    if token.ent_type_ and token.pos_ in ("PROPN", "NUM", "ADJ"):
        return token.ent_type_
    return lemma(token)


def _words(first: Phrase, second: Phrase) -> Iterator[str]:
    """Words between, before and after the spans, and pairs of neighbours."""
    doc = first.doc
    between = [_norm(t) for t in doc[first.end : second.start] if not t.is_space]
    sentence = first.root.sent
    before = [_norm(t) for t in doc[max(sentence.start, first.start - WINDOW) : first.start]]
    after = [_norm(t) for t in doc[second.end : min(sentence.end, second.end + WINDOW)]]
    yield from (f"m:{w}" for w in between)
    yield from (f"m2:{x}_{y}" for x, y in zip(["<", *between], [*between, ">"], strict=True))
    yield from (f"l:{w}" for w in before)
    yield from (f"r:{w}" for w in after)
    yield from (f"s:{_norm(t)}" for t in sentence if t.pos_ in ("VERB", "NOUN", "ADJ"))
    yield f"gap:{min(len(between).bit_length(), 6)}"
    yield f"names:{min(sum(t.ent_iob_ == 'B' for t in doc[first.end : second.start]), 3)}"
    yield f"verbs:{min(sum(t.pos_ == 'VERB' for t in doc[first.end : second.start]), 4)}"


def _setting(first: Phrase, second: Phrase) -> Iterator[str]:
    """How much else the sentence speaks of, and how close to its main predicate the spans stand."""
    sentence = first.root.sent
    yield f"len:{min(len(sentence).bit_length(), 7)}"
    yield f"ents:{min(sum(t.ent_iob_ == 'B' for t in sentence), 6)}"
    yield f"start:{min((first.start - sentence.start).bit_length(), 4)}"
    yield f"end:{min((sentence.end - second.end).bit_length(), 5)}"
    depths = [min(sum(1 for _ in s.root.ancestors), 5) for s in (first, second)]
    yield f"depths:{depths[0]}:{depths[1]}"
    yield f"adepth:{depths[0]}:{first.root.dep_}"
    yield f"quoted:{sum(t.is_quote for t in sentence[: first.start - sentence.start]) % 2}"
    root = sentence.root
    yield f"root:{_norm(root)}"
    yield f"rootsubject:{any(t.i == root.i for t in (first.root.head, second.root.head))}"
    yield f"onesentence:{second.root.sent.start == sentence.start}"


def path(a: Token, b: Token) -> tuple[list[Token], Token | None, list[Token]]:
    """Tokens from ``a`` up, the lowest common head, and tokens down to ``b``; no head between two sentences."""
    up = [a, *a.ancestors]
    above = {t.i: n for n, t in enumerate(up)}
    down = [b, *b.ancestors]
    for n, token in enumerate(down):
        if token.i in above:
            return up[: above[token.i]], token, down[:n][::-1]
    return up, None, down[::-1]


def _path_features(a: Token, b: Token) -> Iterator[str]:
    up, top, down = path(a, b)
    if top is None:
        yield "path:none"
        return
    arcs = [f"^{t.dep_}" for t in up] + [f"v{t.dep_}" for t in down]
    shape = " ".join(arcs) if len(arcs) <= MAX_PATH else "long"
    inner = [*up[1:], top, *down[:-1]]
    yield f"path:{shape}"
    yield f"plen:{min(len(arcs), MAX_PATH)}"
    yield f"up:{' '.join(arcs[: len(up)]) if len(up) <= 4 else 'long'}"
    yield f"down:{' '.join(arcs[len(up) :]) if len(down) <= 4 else 'long'}"
    for token in inner:
        yield f"p:{_norm(token)}"
        yield f"pd:{token.dep_}:{_norm(token)}"
    yield f"top:{_norm(top)}:{_side(up)}:{_side(down)}"
    yield f"words:{' '.join(_norm(t) for t in inner) if len(inner) <= 4 else 'long'}"
    for token in inner:
        if token.pos_ in ("VERB", "AUX"):
            yield from _clause(token)


def _clause(verb: Token) -> Iterator[str]:
    """The verb's company: negation, particle, object, complement."""
    passive = "+pass" if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) else ""
    for child in verb.children:
        if child.dep_ in CLAUSAL:
            yield f"c:{lemma(verb)}{passive}:{child.dep_}:{_norm(child)}"
            yield f"cw:{child.dep_}:{_norm(child)}"
    yield f"voice:{lemma(verb)}{passive}"


def _side(tokens: list[Token]) -> str:
    return tokens[0].dep_ if tokens else "self"


def _ends(first: Phrase, second: Phrase) -> Iterator[str]:
    """How each span stands in the sentence: relation, preposition, kind of name."""
    for name, span in (("a", first), ("b", second)):
        root = span.root
        head = root.head
        yield f"{name}dep:{root.dep_}"
        yield f"{name}head:{root.dep_}:{_norm(head)}"
        yield f"{name}type:{root.ent_type_}"
        if head.dep_ in ("prep", "agent", "dative"):
            yield f"{name}prep:{head.lower_}:{_norm(head.head)}"
        if root.dep_ in ("poss", "compound", "amod", "nmod"):
            yield f"{name}up:{head.dep_}:{_norm(head.head)}"
        yield f"{name}next:{_norm(span.doc[span.end]) if span.end < len(span.doc) else '>'}"
        yield f"{name}prev:{_norm(span.doc[span.start - 1]) if span.start else '<'}"
    yield f"types:{first.root.ent_type_}:{second.root.ent_type_}"
    yield f"deps:{first.root.dep_}:{second.root.dep_}"


def _lexicon(first: Phrase, second: Phrase) -> Iterator[str]:
    """Relations of the words of the sentence, and whether these stand on the path between the spans."""
    up, top, down = path(first.root, second.root)
    onpath = {t.i for t in [*up, top, *down] if t is not None}
    for token in first.root.sent:
        for relation in relations(token):
            where = "on" if token.i in onpath else "in" if first.end <= token.i < second.start else "out"
            negative = "not" if any(c.dep_ == "neg" for c in token.children) else ""
            yield f"t{where}:{relation}{negative}"
            yield f"t{where}:{RELATIONS[relation]}{negative}"
