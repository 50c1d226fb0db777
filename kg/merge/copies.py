"""One text in several publications: found by its shingles, decided pair by pair, counted once as a voice.

An article is a copy of each article that was published before it with nearly the same words. A claim of a copy that an
earlier one makes too is not made again: it ``kg:repeats`` that claim. Whatever else a copy says counts as its own. All
of this is a function of pairs of articles, so neither order nor what was there before changes what comes out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import cast
from zlib import crc32

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import digest, escape
from kg.rdf.graphs import cut
from kg.rdf.to_quads import score_literal
from kg.records import NARRATOR, Claim, Extraction
from kg.store import Store
from kg.vocab import DCT, KG, NIF, PROV, RDF, SCHEMA, XSD

#: Words of a shingle (Broder, *On the resemblance and containment of documents*, 1997).
WORDS = 3
#: Short texts are alike by chance: under so many words none is a copy; under so many shingles, only the same text.
LEAST, SHORT = 6, 25
#: Shingles that two texts share, of all that they have; or, where one is longer, of the shorter one's and of all.
ALIKE, WITHIN, OVERLAP = 0.6, 0.8, 0.3
#: Bands of a sketch and hashes of a band: texts that share 0.6 of their shingles share a band in 98 of 100 cases.
BANDS, ROWS = 16, 3
#: Earlier copies, the earliest of them, that a claim is looked for in.
EARLIER = 8
#: How many of the words of a claim, the shorter one's, stand in a claim that it repeats.
_SAME_WORDS = 0.8
_MASK = (1 << 64) - 1
_DRAWN = Random("Hearsay")  # noqa: S311  (a fixed choice of hash functions, no secret)
_HASHES = [(_DRAWN.getrandbits(64) | 1, _DRAWN.getrandbits(64)) for _ in range(BANDS * ROWS)]
_TRUE = Literal("true", datatype=XSD.boolean)


def shingles(text: str) -> frozenset[int]:
    """Hashes of each three words in a row, whatever stands between them; none of a text that is too short."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < LEAST:
        return frozenset()
    return frozenset(crc32(" ".join(words[n : n + WORDS]).encode()) for n in range(len(words) - WORDS + 1))


def bands(text: str) -> list[str]:
    """Keys of which two texts with many shingles in common share one (minhash and locality-sensitive hashing)."""
    found = shingles(text)
    if not found:
        return []
    least = [min(((a * each + b) & _MASK) >> 32 for each in found) for a, b in _HASHES]
    return [f"{n}-{digest(*least[n * ROWS : (n + 1) * ROWS], length=12)}" for n in range(BANDS)]


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter text stands in the longer one, where that makes it one text, else 0."""
    if not one or not other:
        return 0.0
    common, shorter = len(one & other), min(len(one), len(other))
    of_all, within = common / len(one | other), common / shorter
    alike = of_all >= ALIKE or (within >= WITHIN and of_all >= OVERLAP)
    return within if alike and (shorter >= SHORT or one == other) else 0.0


@dataclass(frozen=True, slots=True)
class Original:
    """An article that was published before a copy, and how like it the copy is."""

    article: str
    score: float


class Copies:
    """Which articles of a store are copies of which."""

    def __init__(self, store: Store) -> None:
        """For ``store``."""
        self.store, self.ids, self.graphs = store, store.ids, store.graphs
        self._shingles: dict[str, frozenset[int]] = {}

    # What the store keeps of a text

    def changed(self, article: str) -> tuple[list[Quad], list[Quad]]:
        """Quads that go and come so that the store holds the bands of an article's text as it is now."""
        node, graph = NamedNode(self.ids.article(article)), self.graphs.claims(article)
        self._shingles.pop(article, None)
        old = set(self.store.match(node, KG.shingle, None, graph))
        new = {Quad(node, KG.shingle, Literal(band), graph) for band in bands(self._text(article))}
        return sorted(old - new, key=str), sorted(new - old, key=str)

    def concerned(self, articles: Iterable[str]) -> set[str]:
        """Other articles that may be copies of these, or were: what they repeat is to be settled again."""
        found: set[str] = set()
        for article in articles:
            found |= set(self._near(article))
            node = NamedNode(self.ids.article(article))
            found |= {
                self.ids.article_id(cast(NamedNode, q.subject).value) for q in self.store.match(None, KG.copyOf, node)
            }
        return found - set(articles)

    def originals(self, article: str) -> list[Original]:
        """The articles of which this is a copy, the earliest first; none where duplicates are kept."""
        if keeps_duplicates(self.store):
            return []
        mine = self._rank(article)
        earlier = sorted((rank, other) for other in self._near(article) if (rank := self._rank(other)) < mine)
        return [Original(other, self._likeness(article, other)) for _, other in earlier[:EARLIER]]

    def _near(self, article: str) -> list[str]:
        """Other articles with nearly the same words."""
        node = NamedNode(self.ids.article(article))
        found: set[str] = set()
        for quad in self.store.match(node, KG.shingle, None, self.graphs.claims(article)):
            same = self.store.match(None, KG.shingle, cast(Literal, quad.object))
            found |= {self.ids.article_id(cast(NamedNode, q.subject).value) for q in same}
        return [other for other in sorted(found - {article}) if self._likeness(article, other)]

    def _likeness(self, one: str, other: str) -> float:
        return likeness(self._of(one), self._of(other))

    def _of(self, article: str) -> frozenset[int]:
        if article not in self._shingles:
            self._shingles[article] = shingles(self._text(article))
        return self._shingles[article]

    def _text(self, article: str) -> str:
        return self._value(article, NIF.isString)

    def _rank(self, article: str) -> tuple[str, str]:
        """The earlier published comes first, then the smaller id; who gives no date, or no day, comes after those."""
        date = self._value(article, SCHEMA.datePublished) or self._value(article, DCT.date)
        exact = cut(date, self._value(article, KG.precision)) or ""
        return exact if len(exact) >= len("2031-05-02") else f"{exact}~", article

    def _value(self, article: str, predicate: NamedNode) -> str:
        found = self.store.match(NamedNode(self.ids.article(article)), predicate, None, self.graphs.evidence(article))
        return next((cast(Literal, quad.object).value for quad in found), "")

    # What is recorded

    def quads(self, article: str, originals: Iterable[Original]) -> Iterator[Quad]:
        """The decisions that an article is a copy of others, and what they come to."""
        node, graph = NamedNode(self.ids.article(article)), self.graphs.decisions
        for original in originals:
            other = NamedNode(self.ids.article(original.article))
            decision = NamedNode(self.ids.decision(node.value, other.value, KG.copyOf.value))
            reason = f"{original.score:.0%} of the shorter text stands in the other, which was published before it"
            yield Quad(node, KG.copyOf, other, self.graphs.claims(article))
            yield Quad(decision, RDF.type, KG.CopyDecision, graph)
            yield Quad(decision, KG.decidedOn, node, graph)
            yield Quad(decision, KG.original, other, graph)
            yield Quad(decision, KG.score, score_literal(original.score), graph)
            yield Quad(decision, KG.reason, Literal(reason), graph)
            yield Quad(decision, PROV.wasAttributedTo, NamedNode(f"{self.ids.base}id/agent/{escape('merger')}"), graph)


def keeps_duplicates(store: Store) -> bool:
    """Whether each publication of a text counts as a voice of its own in this graph."""
    return any(store.match(store.graphs.decisions, KG.keepsDuplicates, _TRUE, store.graphs.decisions))


def keep_duplicates(store: Store, *, keep: bool) -> list[str]:
    """Count each publication of a text as a voice of its own from now on, or no longer; articles to settle for it.

    Raises:
        StoreError: the store is read-only.
    """
    if keep == keeps_duplicates(store):
        return []
    flag = Quad(store.graphs.decisions, KG.keepsDuplicates, _TRUE, store.graphs.decisions)
    store.apply([] if keep else [flag], [flag] if keep else [])
    shared = Counter(cast(Literal, quad.object).value for quad in store.match(None, KG.shingle))
    twins = (q for band, n in sorted(shared.items()) if n > 1 for q in store.match(None, KG.shingle, Literal(band)))
    return sorted({store.ids.article_id(cast(NamedNode, quad.subject).value) for quad in twins})


def repeated(copy: Extraction, original: Extraction) -> Iterator[tuple[Claim, Claim]]:
    """Claims of a copy, each with the claim of the original that it repeats."""
    mine, theirs = _Said(copy), _Said(original)
    for claim in copy.claims:
        found = next((other for other in original.claims if mine.same(claim, theirs, other)), None)
        if found is not None:
            yield claim, found


class _Said:
    """Who says what in an article, in words that compare with those of another."""

    def __init__(self, extraction: Extraction) -> None:
        self.text = extraction.article.text
        actors = (*extraction.actors, *extraction.bystanders)
        self.names = {actor.id: actor.name.casefold() for actor in actors} | {NARRATOR: NARRATOR}
        self.content = {
            p.id: (self.names.get(p.subject), p.relation, self.names.get(p.object)) for p in extraction.propositions
        }

    def same(self, claim: Claim, said: _Said, other: Claim) -> bool:
        """Whether a claim says nothing that the ``other``, of another article, does not say."""
        if claim.stance != other.stance or self.names.get(claim.source or "") != said.names.get(other.source or ""):
            return False
        if claim.when and other.when and claim.when != other.when and self._days(claim) != (said._days(other) or None):
            return False
        mine, theirs = self._words(claim), said._words(other)
        common = sum((mine & theirs).values())
        if common < _SAME_WORDS * min(sum(mine.values()), sum(theirs.values())):
            return False
        return {self.content[p] for p in claim.propositions if p in self.content} <= {
            said.content[p] for p in other.propositions if p in said.content
        }

    def _days(self, claim: Claim) -> set[str]:
        """The weekdays in the sentence of a claim, which in a copy of another day may be taken for another date."""
        begin = max(self.text.rfind(mark, 0, claim.content[0][0]) for mark in ".!?\n") + 1
        return set(
            re.findall(
                r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day", self.text[begin : claim.content[-1][1]].casefold()
            )
        )

    def _words(self, claim: Claim) -> Counter[str]:
        quotes = (self.text[start:end].casefold() for start, end in claim.content)
        return Counter(word for quote in quotes for word in re.findall(r"\w+", quote))
