"""A graph as plain records, each kind read once, for what is drawn from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TypeVar, cast

from pyoxigraph import NamedNode, Quad

from kg.merge.alliances import Leaning, leanings
from kg.records import Article, Span
from kg.store.claims import claims_of
from kg.store.view import GraphActor, GraphClaim, GraphProposition, View
from kg.view import reading
from kg.view.parts import Parts
from kg.view.reading import Affiliation, Decision
from kg.vocab import KG, RDF

T = TypeVar("T")
Spans = Mapping[str, list[Span]]

_CONTRADICTIONS = """
SELECT ?assertion ?denial ?basis ?proposition {
  ?c a kg:Contradiction ; kg:assertion ?assertion ; kg:denial ?denial ; kg:basis ?basis .
  OPTIONAL { ?c kg:contests ?proposition }
}"""


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """Claim ``assertion`` asserts what ``denial`` denies, and the propositions contested by that: IRIs.

    ``basis`` is how one knows: the same proposition, one that entails the other, the same words, a denial of that very
    claim. The last two contest no proposition.
    """

    assertion: str
    denial: str
    basis: str
    contests: tuple[str, ...]


class Snapshot:
    """What a view holds; nothing is read before it is asked for, and nothing twice."""

    def __init__(self, view: View, parts: Parts | None = None) -> None:
        """What ``view`` holds; ``parts`` were read before, and those that changed since are forgotten."""
        self.view, self.parts = view, parts or Parts()

    @cached_property
    def actors(self) -> dict[str, GraphActor]:
        """Every actor by IRI."""
        store = self.view.store
        iris = sorted(_subjects(store.match(None, RDF.type, None, store.graphs.actors)))
        return self.parts.each("actors", iris, self.view.actor, lambda: {a.iri: a for a in self.view.actors()})

    @cached_property
    def propositions(self) -> list[GraphProposition]:
        """Every proposition, by IRI."""
        return self.view.propositions()

    @cached_property
    def claims(self) -> list[GraphClaim]:
        """Every claim, in the order of articles and of their text."""
        store, labels = self.view.store, {iri: actor.label for iri, actor in self.actors.items()}
        found = self._by_article("claims", lambda article: claims_of(store, article, labels))
        return [_called(claim, labels.get(claim.source or "", "")) for claim in found]

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Every article by id, without its text."""
        return {article.id: article for article in self.view.articles()}

    @cached_property
    def sources(self) -> Spans:
        """Where the source of each claim stands in its article."""
        return dict(self._by_article("sources", lambda article: reading.spans(self.view.store, article, KG.sourceSpan)))

    @cached_property
    def cues(self) -> Spans:
        """Where the cue of each claim stands in its article."""
        return dict(self._by_article("cues", lambda article: reading.spans(self.view.store, article, KG.cueSpan)))

    @cached_property
    def decisions(self) -> list[Decision]:
        """Recorded decisions on who is who, sorted."""
        store = self.view.store
        nodes = _subjects(store.match(None, KG.actor, None, store.graphs.decisions))
        found = self.parts.each("decisions", nodes, lambda iri: reading.decision(store, iri))
        return sorted(found.values(), key=lambda d: (d.actor, d.local, d.same, d.by))

    @cached_property
    def former(self) -> dict[str, str]:
        """Who somebody has become, by the IRI of his own before he was merged, where that leads to one actor only."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri, actor in self._by_article("former", lambda article: reading.former(self.view.store, article)):
            found[iri].add(actor)
        return {iri: heirs.pop() for iri, heirs in sorted(found.items()) if len(heirs) == 1 and iri not in self.actors}

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        """Who belongs to whom, in which office, sorted."""
        read = self._by_article("affiliations", lambda article: reading.affiliations(self.view.store, article))
        return sorted(set(read))

    @cached_property
    def verbs(self) -> list[tuple[str, str, str]]:
        """Claim, proposition, and the words in which the text of the claim says it, sorted."""
        return sorted(set(self._by_article("verbs", lambda article: reading.verbs(self.view.store, article))))

    @cached_property
    def leanings(self) -> list[Leaning]:
        """What claims say of how two actors stand to each other."""
        found = self._by_article("leanings", lambda article: leanings(self.view, article), self._all_leanings)
        return sorted(found, key=lambda each: (each.claim, each.proposition))

    def _all_leanings(self) -> dict[str, list[Leaning]]:
        """The same by article, found by one query."""
        found: dict[str, list[Leaning]] = {article: [] for article in self.articles}
        store = self.view.store
        reported = {q.subject: cast(NamedNode, q.object).value for q in store.match(None, KG.reportedIn)}
        for each in leanings(self.view):
            found[store.ids.article_id(reported[NamedNode(each.claim)])].append(each)
        return found

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Which claims contradict which, sorted."""
        contests: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for assertion, denial, basis, proposition in self.view.query(_CONTRADICTIONS).rows():
            known = contests[str(assertion), str(denial), str(basis).rpartition("#")[2]]
            known |= {proposition} if proposition else set()
        return sorted(Contradiction(*key, tuple(sorted(contested))) for key, contested in contests.items())

    def _by_article(
        self, kind: str, read: Callable[[str], list[T]], every: Callable[[], dict[str, list[T]]] | None = None
    ) -> Iterator[T]:
        """What ``read`` gives of each article, one after the other."""
        return chain.from_iterable(self.parts.each(kind, self.articles, read, every).values())

    def article(self, claim: GraphClaim) -> Article:
        """The article that reports the claim."""
        return self.articles.get(claim.article) or Article(claim.article, "")

    def label(self, iri: str) -> str:
        """The name of an actor, or its IRI where it has none."""
        return self.actors[iri].label if iri in self.actors else iri


def _called(claim: GraphClaim, label: str) -> GraphClaim:
    """The claim with the name that its source has now."""
    return claim if claim.source_label == label else replace(claim, source_label=label)


def _subjects(quads: Iterable[Quad]) -> set[str]:
    return {cast(NamedNode, quad.subject).value for quad in quads}
