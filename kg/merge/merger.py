"""Merging: the shared graphs follow what the articles' graphs and people's judgements hold, and nothing else.

Three steps. What the articles that came, changed or went count of each name is added up (``counting``, ``index``). The
names that this touches are decided anew (``cluster``). Then each of those articles, and each that has a bearer of a
name whose actor changed, is settled: ``retract`` takes out what the shared graphs hold of it, ``admit`` puts in what it
says now; where its evidence is the same, ``amend`` does so with what differs. Each step is one transaction or one an
article; neither order nor an interruption changes what comes out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.merge import undoing
from kg.merge.amend import Amendment
from kg.merge.contest import Contest
from kg.merge.copies import Copies, Original, repeated
from kg.merge.counting import counted
from kg.merge.descriptions import Accepted, Descriptions
from kg.merge.identity import Identity
from kg.merge.index import NameIndex
from kg.merge.link import held, stands
from kg.merge.names import Tally, add, to_json
from kg.merge.scope import WHOLE
from kg.merge.share import Share, share
from kg.rdf import from_quads
from kg.rdf.entailed import entailed
from kg.rdf.to_quads import claim_keys
from kg.records import Extraction
from kg.store import Store
from kg.vocab import KG, XSD

log = logging.getLogger(__name__)

#: Articles whose counts are added in one transaction.
CHUNK = 1000
#: Articles that are kept as records between the first step and the last; others are read again.
KEPT = 256
#: Articles with evidence that is not merged, and those with a merged graph of other evidence or none.
_OUTDATED = """
SELECT DISTINCT ?article WHERE {
  { ?article kg:digest ?made FILTER NOT EXISTS { ?article kg:resolvedDigest ?made } }
  UNION { ?article kg:resolvedDigest ?made FILTER NOT EXISTS { ?article kg:digest ?made } }
}
"""
#: What ``count`` notes in claims graphs.
_NOTES = frozenset({KG.counted, KG.shingle})
_TRUE = Literal("true", datatype=XSD.boolean)


@dataclass(slots=True)
class Counts:
    """What one run of the merger did; ``problems`` names the articles that it set aside, and why."""

    articles: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


class Merger:
    """Brings the merged graphs of a store in step with its evidence graphs."""

    def __init__(self, store: Store) -> None:
        """A merger for ``store``, which must be open for writing."""
        self.store, self.graphs, self.ids = store, store.graphs, store.ids
        self.contest, self.descriptions, self.accepted = Contest(store), Descriptions(store), Accepted(store)
        self.copies = Copies(store)
        self._kept: dict[str, Extraction] = {}
        self._aside: dict[str, str] = {}

    def run(self, progress: Callable[[str], None] | None = None, articles: Iterable[str] | None = None) -> Counts:
        """Merge every article that came, changed or went since the last run, or ``articles`` and what hangs on them.

        ``progress`` hears each id. An article on which merging fails is set aside: named among the problems, and tried
        again by the next run; the rest goes on.
        """
        undoing.end(self.store)
        counts = Counts()
        first = self.outdated() if articles is None else sorted(set(articles))
        todo = dict.fromkeys(first)
        for start in range(0, len(first) or 1, CHUNK):  # once at least: a judgement may concern names alone
            todo |= dict.fromkeys(self.count(first[start : start + CHUNK]))
        copies = sorted(self.copies.concerned(first))
        if copies:
            self.store.apply((), [stale_mark(self.store, each) for each in copies])
        todo |= dict.fromkeys(copies)
        identity = Identity(NameIndex(self.store))
        for article in todo:
            if article not in self._aside:
                counts.removed += self._settled(article, identity) is False
            counts.articles += article not in self._aside
            if progress is not None:
                progress(article)
        counts.problems += self._aside.values()
        return counts

    def _settled(self, article: str, identity: Identity) -> bool | None:
        """As ``settle``; None for an article that is set aside."""
        try:
            return self.settle(article, identity)
        except StoreError:
            raise
        except Exception as error:
            self._set_aside(article, error)
            return None

    def _set_aside(self, article: str, error: Exception) -> None:
        log.warning("Article %r cannot be merged", article, exc_info=error)
        self._aside[article] = (
            f"article {article!r} cannot be merged ({type(error).__name__}: {error}). Its evidence is kept; take it "
            f"out with 'kg remove', or mend it and build again."
        )

    def outdated(self) -> list[str]:
        """Ids of articles whose merged graph is missing, made from something else, or stale; sorted."""
        found = {iri for (iri,) in self.store.query(_OUTDATED).rows() if iri is not None}
        stale = (quad for quad in self.store.match(None, KG.stale) if quad.graph_name != self.graphs.decisions)
        found |= {cast(NamedNode, quad.subject).value for quad in stale}
        return sorted(map(self.ids.article_id, found))

    def count(self, articles: Sequence[str]) -> list[str]:
        """Add up what the articles count now, and decide the names that this, or a new judgement, concerns.

        The ids of other articles that are to be settled for it, which are marked in the store too. An article that
        makes this fail is found by halves, and set aside.
        """
        try:
            index, remove, new, stale = self.plan(articles)
        except StoreError:
            raise
        except Exception as error:
            if not articles:
                raise
            if len(articles) == 1:
                self._set_aside(articles[0], error)
                return []
            half = len(articles) // 2
            return self.count(articles[:half]) + self.count(articles[half:])
        gone, come = index.flush()
        gone, come = [*remove, *gone], [*new, *come, *(stale_mark(self.store, each) for each in stale)]
        for article in articles:
            old, bands = self.copies.changed(article)
            gone += old
            come += bands
        if gone or come:
            self.store.apply(gone, come)
        return stale

    def plan(self, articles: Iterable[str]) -> tuple[NameIndex, list[Quad], list[Quad], list[str]]:
        """What ``count`` would do: names and what they join, quads that go and come besides, articles to settle."""
        index, asked = NameIndex(self.store), sorted(set(articles))
        identity = Identity(index)
        changes: dict[str, tuple[Tally, Tally]] = {}
        remove = list(self.store.match(None, KG.stale, None, self.graphs.decisions))
        judged = {index.key(cast(NamedNode, quad.subject)) for quad in remove}
        new: list[Quad] = []
        for article in asked:
            self._recount(article, identity, changes, remove, new)
        moved = index.decide(index.shift(changes) | judged, judged)
        return index, remove, new, sorted(self._bearers(moved, identity) - set(asked))

    def _recount(
        self,
        article: str,
        identity: Identity,
        changes: dict[str, tuple[Tally, Tally]],
        remove: list[Quad],
        new: list[Quad],
    ) -> None:
        """Note how the counts of an article differ from those on record, and the quads of its new record."""
        node, graph = NamedNode(self.ids.article(article)), self.graphs.claims(article)
        record = next(self.store.match(node, KG.counted, None, graph), None)
        before = {} if record is None else json.loads(cast(Literal, record.object).value)
        extraction = self._extraction(article)
        after = {} if extraction is None else counted(extraction, without=frozenset(held(identity, extraction)))
        if after == before:
            return
        if record is not None:
            remove.append(record)
        if after:
            new.append(Quad(node, KG.counted, Literal(to_json(after)), graph))
        for side, counts in enumerate((before, after)):
            for key, tally in counts.items():
                add(changes.setdefault(key, ({}, {}))[side], tally)

    def _extraction(self, article: str) -> Extraction | None:
        if article in self._kept:
            return self._kept.pop(article)
        quads = list(self.store.match(graph=self.graphs.evidence(article)))
        if not quads:
            return None
        found = from_quads(quads, self.ids)
        if len(self._kept) < KEPT:
            self._kept[article] = found
        return found

    def _bearers(self, names: Iterable[str], identity: Identity) -> set[str]:
        """Ids of the articles that know an actor by one of the names only, and not yet as whom it stands for now."""
        found: set[str] = set()
        for key in sorted(names):
            only = identity.actor(key) if identity.tells(key) and not identity.parted(key) else None
            locals_ = (cast(NamedNode, quad.subject) for quad in self.store.match(None, KG.nameKey, Literal(key)))
            other = (each for each in locals_ if only is None or not stands(self.store, each, only))
            found |= {self.ids.article_id(each.value) for each in other}
        return found

    # Articles

    def settle(self, article: str, identity: Identity) -> bool:
        """Bring what the merged graphs hold of an article in step with its evidence; whether there is any."""
        extraction, node = self._extraction(article), NamedNode(self.ids.article(article))
        self._kept.pop(article, None)
        digest = self._digest(node, KG.digest)
        merged = self._digest(node, KG.resolvedDigest)
        if extraction is not None and digest is not None and merged == digest:
            self.amend(extraction, digest, identity)
            return True
        self.retract(article, gone=digest is None)
        if extraction is not None and digest is not None:
            self.admit(extraction, digest, identity)
        return digest is not None

    def _digest(self, node: NamedNode, predicate: NamedNode) -> str | None:
        return next((cast(Literal, q.object).value for q in self.store.match(node, predicate)), None)

    def admit(self, extraction: Extraction, digest: str, identity: Identity) -> None:
        """Add an article's claims graph, its decisions, and its share of the shared graphs."""
        mine = self._share(extraction, digest, identity)
        new = [*mine.own, *mine.decided, *entailed(mine.resolution.accepted())]
        new += self.contest.admit(mine.resolution, mine.own, mine.worded, WHOLE)
        remove = self.descriptions.admit(mine.resolution.links.values(), new)
        self.store.apply(remove, dict.fromkeys(new))

    def amend(self, extraction: Extraction, digest: str, identity: Identity) -> None:
        """Change only what another judgement makes different of an article whose evidence is merged already."""
        mine, old = self._share(extraction, digest, identity), self._held(extraction.article.id)
        links = [quad for quad in old if quad.predicate == KG.resolvedTo]
        amendment = Amendment(mine, old, list(self._decisions(links, extraction.article.id, gone=False)), extraction)
        if amendment.any:
            amendment.retract(self.store, self.contest, self.descriptions, self.accepted)
            amendment.admit(self.store, self.contest, self.descriptions)

    def _share(self, extraction: Extraction, digest: str, identity: Identity) -> Share:
        """What the graphs should hold of an article."""
        originals = self.copies.originals(extraction.article.id)
        copied = self.copies.quads(extraction.article.id, originals)
        return share(self.store, identity, extraction, digest, self._repeats(extraction, originals), copied)

    def _held(self, article: str) -> list[Quad]:
        """The claims graph of an article without what ``count`` notes there."""
        return [q for q in self.store.match(graph=self.graphs.claims(article)) if q.predicate not in _NOTES]

    def _repeats(self, copy: Extraction, originals: Iterable[Original]) -> dict[str, NamedNode]:
        """The earliest claim that each claim of a copy repeats, by the local id of the claim."""
        found: dict[str, NamedNode] = {}
        for original in originals:
            other = self._extraction(original.article)
            if other is not None:
                iris = claim_keys(other, self.ids)
                found = {mine.id: NamedNode(iris[theirs.id]) for mine, theirs in repeated(copy, other)} | found
        return found

    def retract(self, article: str, *, gone: bool) -> None:
        """Take an article's claims graph and decisions out, and what only they supported of the shared graphs.

        What ``count`` notes of its names and its words stays. ``gone``: there is no evidence any more, and people's
        judgements on it go with it.
        """
        graph, old = self.graphs.claims(article), self._held(article)
        links, new = [quad for quad in old if quad.predicate == KG.resolvedTo], list[Quad]()
        remove = [*old, *self._decisions(links, article, gone=gone)]
        self.descriptions.retract(links, graph, remove, new, same=False)
        self.contest.retract(old, graph, remove)
        self.accepted.retract(old, graph, remove)
        self.store.apply(dict.fromkeys(remove), new)

    def _decisions(self, links: Iterable[Quad], article: str, *, gone: bool) -> Iterator[Quad]:
        """Decisions on the article and its local actors; when it is gone, people's judgements on it too."""
        graph, node = self.graphs.decisions, NamedNode(self.ids.article(article))
        nodes = list(self.store.match(None, KG.decidedOn, node, graph))
        for link in links:
            nodes += self.store.match(None, KG.decidedOn, cast(NamedNode, link.subject), graph)
        if gone:
            nodes += self.store.match(None, KG.anchoredIn, node, graph)
        for each in nodes:
            yield from self.store.match(cast(NamedNode, each.subject), None, None, graph)


def stale_mark(store: Store, article: str) -> Quad:
    """The mark that an article is to be settled again."""
    return Quad(NamedNode(store.ids.article(article)), KG.stale, _TRUE, store.graphs.claims(article))
