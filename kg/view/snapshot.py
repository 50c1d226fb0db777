"""A graph as plain records, each kind read once, for what is drawn from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.merge.alliances import Leaning, leanings
from kg.records import Article, Span
from kg.store.view import GraphActor, GraphClaim, GraphProposition, View

Spans = Mapping[str, list[Span]]

_DECISIONS = """
SELECT ?actor ?local ?judgement ?reason ?by ?name {
  ?decision kg:actor ?actor ; kg:decidedOn ?local ; kg:judgement ?judgement .
  OPTIONAL { ?decision kg:reason ?reason }
  OPTIONAL { ?decision prov:wasAttributedTo ?by }
  OPTIONAL { ?local kg:localName ?name }
}"""
_ROLES = """
SELECT DISTINCT ?member ?relation ?whole ?text {
  ?role kg:member ?member ; kg:whole ?whole ; kg:acceptedAs ?relation .
  OPTIONAL { ?role kg:roleText ?text }
}"""

_VERBS = """
SELECT DISTINCT ?claim ?proposition ?words {
  ?claim kg:states ?mention . ?mention kg:expresses ?proposition ; kg:predicateText ?words .
}"""
_FORMER = """
SELECT DISTINCT ?key ?item ?actor {
  ?local kg:resolvedTo ?actor .
  OPTIONAL { ?local kg:nameKey ?key }
  OPTIONAL { ?local kg:wikidata ?item }
}"""
_CONTRADICTIONS = """
SELECT ?assertion ?denial ?basis ?proposition {
  ?c a kg:Contradiction ; kg:assertion ?assertion ; kg:denial ?denial ; kg:basis ?basis .
  OPTIONAL { ?c kg:contests ?proposition }
}"""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an article's actor (``local``, an IRI) is, or is not (``same``), the actor that it was compared with."""

    actor: str
    local: str
    name: str
    same: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True, order=True)
class Affiliation:
    """``member`` is a part or holder of an office (``text``) of ``whole``; both are IRIs of actors."""

    member: str
    relation: str
    whole: str
    text: str


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

    def __init__(self, view: View) -> None:
        self.view = view

    @cached_property
    def actors(self) -> dict[str, GraphActor]:
        """Every actor by IRI."""
        return {actor.iri: actor for actor in self.view.actors()}

    @cached_property
    def propositions(self) -> list[GraphProposition]:
        """Every proposition, by IRI."""
        return self.view.propositions()

    @cached_property
    def claims(self) -> list[GraphClaim]:
        """Every claim, in the order of articles and of their text."""
        return self.view.claims()

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Every article by id, without its text."""
        return {article.id: article for article in self.view.articles()}

    @cached_property
    def sources(self) -> Spans:
        """Where the source of each claim stands in its article."""
        return _spans(self.view, "sourceSpan")

    @cached_property
    def cues(self) -> Spans:
        """Where the cue of each claim stands in its article."""
        return _spans(self.view, "cueSpan")

    @cached_property
    def decisions(self) -> list[Decision]:
        """Recorded decisions on who is who, sorted."""
        rows = ([cell or "" for cell in row] for row in self.view.query(_DECISIONS).rows())
        found = [
            Decision(actor, local, name, judgement.endswith("#Same"), reason, by.rpartition("/")[2])
            for actor, local, judgement, reason, by, name in rows
        ]
        return sorted(found, key=lambda d: (d.actor, d.local, d.same, d.by))

    @cached_property
    def former(self) -> dict[str, str]:
        """Who somebody has become, by the IRI of his own before he was merged, where that leads to one actor only."""
        found: dict[str, set[str]] = defaultdict(set)
        for key, item, actor in self.view.query(_FORMER).rows():
            for iri in self._own(key, item):
                found[iri].add(str(actor))
        return {iri: heirs.pop() for iri, heirs in sorted(found.items()) if len(heirs) == 1 and iri not in self.actors}

    def _own(self, key: str | None, item: str | None) -> list[str]:
        """The IRIs that an actor has by its name and by its Wikidata item alone."""
        ids = self.view.store.ids
        named = [ids.actor(key.partition(":")[2], key)] if key else []
        return named + ([ids.wikidata_actor(item.rpartition("/")[2])] if item else [])

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        """Who belongs to whom, in which office, sorted."""
        rows = ([cell or "" for cell in row] for row in self.view.query(_ROLES).rows())
        found = {
            Affiliation(member, relation.rpartition("#")[2], whole, text) for member, relation, whole, text in rows
        }
        return sorted(found)

    @cached_property
    def verbs(self) -> list[tuple[str, str, str]]:
        """Claim, proposition, and the words in which the text of the claim says it, sorted."""
        return sorted((str(c), str(p), str(words)) for c, p, words in self.view.query(_VERBS).rows())

    @cached_property
    def leanings(self) -> list[Leaning]:
        """What claims say of how two actors stand to each other."""
        return leanings(self.view)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Which claims contradict which, sorted."""
        contests: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for assertion, denial, basis, proposition in self.view.query(_CONTRADICTIONS).rows():
            known = contests[str(assertion), str(denial), str(basis).rpartition("#")[2]]
            known |= {proposition} if proposition else set()
        return sorted(Contradiction(*key, tuple(sorted(contested))) for key, contested in contests.items())

    def article(self, claim: GraphClaim) -> Article:
        """The article that reports the claim."""
        return self.articles.get(claim.article) or Article(claim.article, "")

    def label(self, iri: str) -> str:
        """The name of an actor, or its IRI where it has none."""
        return self.actors[iri].label if iri in self.actors else iri


def _spans(view: View, name: str) -> Spans:
    """Character ranges that the property ``name`` leads to, by claim, in the order of the text."""
    found: dict[str, list[Span]] = defaultdict(list)
    rows = view.query(
        f"SELECT ?claim ?begin ?end {{ ?claim kg:{name} ?s . ?s nif:beginIndex ?begin ; nif:endIndex ?end }}"
    )
    for claim, begin, end in rows.rows():
        found[str(claim)].append((int(begin or 0), int(end or 0)))
    return {claim: sorted(spans) for claim, spans in found.items()}
