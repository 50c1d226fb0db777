"""The claims of one article after another: two queries an article, so that memory does not grow with the graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from pyoxigraph import NamedNode

from kg.rdf.graphs import cut
from kg.store.things import Evidence, GraphClaim
from kg.vocab import KG, POLARITY, QUOTE_KIND, STANCE

if TYPE_CHECKING:
    from kg.records import Span
    from kg.store.base import Store

_STANCES = {term.value: stance for stance, term in POLARITY.items()}
_KINDS = {term.value: kind for kind, term in QUOTE_KIND.items()}
#: What is read of a claim, which says more of itself.
_READ = (
    KG.source, KG.via, KG.viaOrder, KG.onBehalfOf, KG.polarity, *STANCE.values(), KG.cue, KG.quoteKind, KG.saidOn,
    KG.precision, KG.speechAct, KG.confidence, KG.quotes, KG.clauseOf, KG.disputes, KG.repeats, KG.evidence,
)  # fmt: skip
_PROPERTIES = (
    "SELECT ?claim ?property ?value WHERE { ?claim kg:reportedIn ?in ; ?property ?value "
    f"FILTER(?property IN ({', '.join(map(str, _READ))})) }}"
)
_QUOTES = "SELECT ?span ?quote WHERE { ?claim kg:reportedIn ?in ; kg:evidence ?span . ?span nif:anchorOf ?quote }"


def claims_of(store: Store, article: str, labels: Mapping[str, str]) -> list[GraphClaim]:
    """Claims of the article with this id, in the order of its text; ``labels`` are those of the actors, by IRI.

    Those by which a copy repeats an earlier publication are left out.
    """
    reader = _Reader(store, article, labels)
    return sorted((reader.claim(iri) for iri in reader.own), key=_place)


class _Reader:
    """The properties of one article's claims: values by claim and property."""

    def __init__(self, store: Store, article: str, labels: Mapping[str, str]) -> None:
        self.store, self.article, self.labels = store, article, labels
        node = {"in": NamedNode(store.ids.article(article))}
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for claim, name, value in self._rows(_PROPERTIES, node):
            self.values[claim][name.removeprefix(KG.iri)].append(value)
        self.quotes = {row[0]: row[1] for row in self._rows(_QUOTES, node)}
        self.own = [iri for iri, values in self.values.items() if "repeats" not in values]
        self.outer = {inner: outer for outer, values in self.values.items() for inner in values.get("quotes", ())}
        self.outer |= {inner: outer for inner, values in self.values.items() for outer in values.get("clauseOf", ())}

    def _rows(self, query: str, node: dict[str, NamedNode]) -> Iterator[tuple[str, ...]]:
        return cast("Iterator[tuple[str, ...]]", self.store.query(query, node).rows())

    def first(self, iri: str, name: str) -> str | None:
        values = self.values[iri].get(name)
        return values[0] if values else None

    def all(self, iri: str, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.values[iri].get(name, ())))

    def claim(self, iri: str) -> GraphClaim:
        values, source = self.values[iri], self.first(iri, "source")
        return GraphClaim(
            iri=iri,
            source=source,
            source_label=self.labels.get(source or "", ""),
            via=self._via(iri),
            on_behalf_of=self.all(iri, "onBehalfOf"),
            stance=_STANCES[values["polarity"][0]],
            propositions=tuple(p for term in STANCE.values() for p in self.all(iri, KG.name_of(term))),
            cue=self.first(iri, "cue"),
            kind=_KINDS[values["quoteKind"][0]],
            when=cut(self.first(iri, "saidOn"), self.first(iri, "precision")),
            speech_act=values["speechAct"][0].removeprefix(KG.iri),
            confidence=float(values["confidence"][0]),
            nested_in=self._own(self.outer.get(iri)),
            disputes=self._own(self.first(iri, "disputes")),
            article=self.article,
            evidence=self._evidence(iri),
        )

    def _own(self, iri: str | None) -> str | None:
        """The claim; where it is a copy's, the one that it repeats."""
        return None if iri is None else self.first(iri, "repeats") or iri

    def _via(self, iri: str) -> tuple[str, ...]:
        """Who passes the claim on, outermost first: in the order of the evidence, else the only one there is."""
        order = self.first(iri, "viaOrder")
        if order is None:
            return self.all(iri, "via")
        locals_ = (NamedNode(self.store.ids.local_actor(self.article, local)) for local in json.loads(order))
        actors = (quad.object for local in locals_ for quad in self.store.match(local, KG.resolvedTo))
        return tuple(cast(NamedNode, actor).value for actor in actors)

    def _evidence(self, iri: str) -> tuple[Evidence, ...]:
        spans = sorted((*characters(node), node) for node in self.values[iri].get("evidence", ()))
        return tuple(Evidence(self.article, start, end, self.quotes[node]) for start, end, node in spans)


def characters(iri: str) -> Span:
    """Where the span with this IRI begins and ends in its article."""
    start, _, end = iri.rpartition("#char=")[2].partition(",")
    return int(start), int(end)


def _place(claim: GraphClaim) -> tuple[int, int, str]:
    first = claim.evidence[0] if claim.evidence else Evidence(claim.article, 0, 0, "")
    return first.start, first.end, claim.iri
