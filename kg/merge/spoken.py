"""Every stand in a graph at once, with the actors it is about: what alliances and histories are derived from."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.merge.stands import Stand, day_of, span_of
from kg.rdf.graphs import cut
from kg.records import RELATIONS
from kg.store import View
from kg.store.base import Dataset
from kg.vocab import FACT, KG

_QUERY = """
SELECT DISTINCT ?claim ?source ?stance ?p ?relation ?article ?act ?tense ?certainty ?said ?date ?from ?to ?place
  ?subject ?object ?exact WHERE {
  { SELECT ?claim ?stance ?m ?p {
    VALUES ?stance { kg:asserts kg:denies } ?m kg:expresses ?p . ?claim kg:states ?m ; ?stance ?p
  } }
  ?claim kg:source ?source ; kg:reportedIn ?article ; kg:speechAct ?act ; kg:tense ?tense ; kg:certainty ?certainty .
  ?p rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  OPTIONAL { ?claim kg:saidOn ?said } OPTIONAL { ?claim kg:precision ?exact } OPTIONAL { ?article dct:date ?date }
  OPTIONAL { ?m kg:validFrom ?from } OPTIONAL { ?m kg:validTo ?to } OPTIONAL { ?m kg:place ?place }
}
"""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stand, and the IRIs of the two actors that it is about."""

    stand: Stand
    subject: str
    object: str

    @property
    def sign(self) -> int:
        """1 if the relation aligns the two, -1 if it sets them against each other, else 0."""
        return {"+": 1, "-": -1}.get(RELATIONS.get(self.stand.relation, "0"), 0)


def spoken(view: View, article: str | None = None) -> list[Spoken]:
    """Every stand in the graph, or in the article with this id, sorted by claim and proposition."""
    store, dataset = view.store, None
    if article is not None:
        graphs = store.graphs
        named = graphs.evidence(article), graphs.claims(article), graphs.propositions
        dataset = Dataset(tuple(graph.value for graph in named))
    found = [_spoken(row) for row in store.query(_QUERY, dataset=dataset).rows()]
    return sorted(found, key=lambda s: (s.stand.claim.value, s.stand.proposition.value, str(s.stand)))


def _spoken(row: tuple[str | None, ...]) -> Spoken:
    values = [value or "" for value in row]
    claim, source, stance, proposition, relation, article, act, tense, certainty, said, date, begin, end = values[:13]
    first, last = span_of(begin), span_of(end)
    stand = Stand(
        NamedNode(claim), NamedNode(source), stance == KG.denies.value, NamedNode(proposition),
        KG.name_of(NamedNode(relation)), article, KG.name_of(NamedNode(act)), tense == FACT["future"].value,
        certainty == FACT["certain"].value, day_of(cut(said, values[16]), date), first and first[0], last and last[1],
        values[13] or None,
    )  # fmt: skip
    return Spoken(stand, values[14], values[15])
