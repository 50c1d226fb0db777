"""The read side of a graph: actors, claims and propositions as plain records, and SPARQL over the union of graphs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.records import RELATIONS, Article, Span
from kg.store.results import Result
from kg.vocab import DCT, KG, NIF, OWL, POLARITY, QUOTE_KIND, RDF, SCHEMA, SKOS, STANCE

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.store.base import Store, Term

Table = dict[str, list[str]]
_STANCES = {term.value: stance for stance, term in POLARITY.items()}
_KINDS = {term.value: kind for kind, term in QUOTE_KIND.items()}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words themselves: ``quote`` is the text of the article from ``start`` to ``end``."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class GraphActor:
    """An actor after merging. ``local`` are the IRIs of the actors of articles that were taken to be this one."""

    iri: str
    label: str
    type: str
    aliases: tuple[str, ...]
    wikidata: str | None
    local: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphProposition:
    """A proposition after merging; ``subject`` and ``object`` are IRIs of actors, ``sign`` one of + 0 -."""

    iri: str
    subject: str
    relation: str
    object: str
    subject_label: str
    object_label: str
    words: str
    sign: str
    contested: bool

    @property
    def label(self) -> str:
        """Subject, relation and object, for people."""
        relation = f"{self.relation} ({self.words})" if self.words else self.relation
        return f"{self.subject_label} {relation} {self.object_label}"


@dataclass(frozen=True, slots=True)
class GraphClaim:
    """A claim after merging; source, via and propositions are IRIs, ``nested_in`` and ``disputes`` IRIs of claims."""

    iri: str
    source: str | None
    source_label: str
    via: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    stance: str
    propositions: tuple[str, ...]
    cue: str | None
    kind: str
    when: str | None
    speech_act: str
    confidence: float
    nested_in: str | None
    disputes: str | None
    article: str
    evidence: tuple[Evidence, ...]

    @property
    def quote(self) -> str:
        """What was said, its spans joined by an ellipsis."""
        return " … ".join(e.quote for e in self.evidence)


class View:
    """A graph to read. Lists are sorted by IRI, claims by their place in the articles."""

    def __init__(self, store: Store) -> None:
        """A view of ``store``; it reads what is there at the time of each call."""
        self.store = store

    def query(self, sparql: str, **bindings: Term | str) -> Result:
        """Result of a SPARQL query over the union of all graphs.

        Args:
            sparql: the query; the prefixes of ``kg.vocab.PREFIXES`` need no declaration.
            bindings: values of variables; a string that begins like an IRI is one, any other is a literal.

        Raises:
            QueryError: the query cannot be parsed or run.
        """
        return self.store.query(sparql, {name: as_term(value) for name, value in bindings.items()})

    def actors(self) -> list[GraphActor]:
        """Every actor, narrators included."""
        graph = self.store.graphs.actors
        types, names = self._table(RDF.type, graph), self._table(SKOS.prefLabel, graph)
        aliases, same = self._table(SKOS.altLabel, graph), self._table(OWL.sameAs, graph)
        local: Table = defaultdict(list)
        for quad in self.store.match(None, KG.resolvedTo):
            local[_value(quad.object)].append(_value(quad.subject))
        article_id = self.store.ids.article_id
        return [
            GraphActor(
                iri=iri,
                label=names[iri][0],
                type=_local_name(types[iri][0]),
                aliases=tuple(sorted(aliases.get(iri, ()))),
                wikidata=_local_name(same[iri][0]) if iri in same else None,
                local=tuple(sorted(local[iri])),
                articles=tuple(sorted({article_id(each) for each in local[iri]})),
            )
            for iri in sorted(types)
        ]

    def propositions(self) -> list[GraphProposition]:
        """Every proposition over canonical actors, whether anybody asserts it or not."""
        graph = self.store.graphs.propositions
        subjects, objects = self._table(RDF.subject, graph), self._table(RDF.object, graph)
        relations, words = self._table(RDF.predicate, graph), self._table(KG.predicateText, graph)
        contested = {_value(q.subject) for q in self.store.match(None, RDF.type, KG.ContestedProposition, graph)}
        labels = self.labels()
        return [
            GraphProposition(
                iri=iri,
                subject=subjects[iri][0],
                relation=KG.name_of(NamedNode(relations[iri][0])),
                object=objects[iri][0],
                subject_label=labels.get(subjects[iri][0], subjects[iri][0]),
                object_label=labels.get(objects[iri][0], objects[iri][0]),
                words=words.get(iri, [""])[0],
                sign=RELATIONS.get(KG.name_of(NamedNode(relations[iri][0])), "0"),
                contested=iri in contested,
            )
            for iri in sorted(subjects)
        ]

    def claims(self) -> list[GraphClaim]:
        """Every claim with its evidence, in the order of articles and of their text."""
        tables = _ClaimTables(self)
        claims = (tables.claim(_value(quad.subject)) for quad in self.store.match(None, RDF.type, KG.Claim))
        return sorted(claims, key=_place)

    def articles(self) -> list[Article]:
        """Every article without its text (``text`` gives it), sorted by id."""
        columns = {"id": DCT.identifier, "date": DCT.date, "publisher": DCT.publisher}
        columns |= {"title": DCT.title, "url": SCHEMA.url}
        tables = {name: self._table(predicate) for name, predicate in columns.items()}
        iris = [_value(quad.subject) for quad in self.store.match(None, RDF.type, SCHEMA.NewsArticle)]
        rows = ({name: table[iri][0] for name, table in tables.items() if iri in table} for iri in iris)
        return sorted((Article(text="", **row) for row in rows), key=lambda article: article.id)

    def text(self, article: str) -> str:
        """Text of the article with this id.

        Raises:
            StoreError: there is no such article.
        """
        node = NamedNode(self.store.ids.article(article))
        for quad in self.store.match(node, NIF.isString):
            return _value(quad.object)
        raise StoreError(f"No article {article!r} in the graph. 'kg info' lists what there is.")

    def pipelines(self) -> dict[str, str]:
        """The pipeline that made each article's evidence, by article id."""
        made = self._table(KG.pipeline)
        return {ids[0]: made[iri][0] for iri, ids in self._table(DCT.identifier).items() if iri in made}

    def labels(self) -> dict[str, str]:
        """Preferred label of each actor by IRI."""
        return {iri: names[0] for iri, names in self._table(SKOS.prefLabel, self.store.graphs.actors).items()}

    def find(self, name: str) -> list[GraphActor]:
        """Actors that ``name`` names: by IRI, Wikidata item, label, else alias; capitals do not matter."""
        wanted, actors = name.casefold(), self.actors()
        tests = (
            [a for a in actors if name in (a.iri, a.wikidata, a.iri.rpartition("/")[2])],
            [a for a in actors if a.label.casefold() == wanted],
            [a for a in actors if wanted in (alias.casefold() for alias in a.aliases)],
        )
        return next((found for found in tests if found), [])

    def counts(self) -> dict[str, int]:
        """How much there is: articles, quads, actors, claims, denials, propositions, contested propositions."""
        kinds = {
            "articles": (RDF.type, SCHEMA.NewsArticle, None),
            "actors": (SKOS.prefLabel, None, self.store.graphs.actors),
            "claims": (RDF.type, KG.Claim, None),
            "denials": (KG.polarity, POLARITY["denies"], None),
            "propositions": (RDF.type, KG.Proposition, None),
            "contested": (RDF.type, KG.ContestedProposition, None),
        }
        counts = {name: sum(1 for _ in self.store.match(None, *pattern)) for name, pattern in kinds.items()}
        quads = sum(1 for _ in self.store.match()) - sum(1 for _ in self.store.match(graph=self.store.graphs.ontology))
        return {**counts, "quads": quads}

    def to_rdflib(self) -> rdflib.Dataset:
        """The whole graph, ontology included, as an rdflib Dataset whose default graph is the union."""
        from kg.store.interchange import to_rdflib

        return to_rdflib(self)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Actors as nodes, and an edge for each stance of a claim on a proposition.

        Node attributes: ``label``, ``type``. Edge attributes: ``relation``, ``sign``, ``stance``, ``source`` (label),
        ``proposition`` and ``claim`` (IRIs), ``quote``, ``article``. A denied proposition has its edge with the stance
        ``denies``: look at the stance before reading an edge as a fact.
        """
        from kg.store.interchange import to_networkx

        return to_networkx(self)

    def _table(self, predicate: NamedNode, graph: NamedNode | None = None) -> Table:
        """Values of a property by subject, as strings."""
        table: Table = defaultdict(list)
        for quad in self.store.match(None, predicate, None, graph):
            table[_value(quad.subject)].append(_value(quad.object))
        return table


class _ClaimTables:
    """The properties of all claims, read once each."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._tables: dict[str, Table] = {}
        self.labels = view.labels()
        self.article_id = view.store.ids.article_id

    def __getitem__(self, name: str) -> Table:
        if name not in self._tables:
            self._tables[name] = self.view._table(KG[name])
        return self._tables[name]

    @cached_property
    def outer(self) -> dict[str, str]:
        return {inner: outer for outer, inners in self["quotes"].items() for inner in inners}

    @cached_property
    def quotes(self) -> Table:
        return self.view._table(NIF.anchorOf)

    def first(self, name: str, iri: str) -> str | None:
        values = self[name].get(iri)
        return values[0] if values else None

    def all(self, name: str, iri: str) -> tuple[str, ...]:
        return tuple(sorted(self[name].get(iri, ())))

    def claim(self, iri: str) -> GraphClaim:
        source = self.first("source", iri)
        return GraphClaim(
            iri=iri,
            source=source,
            source_label=self.labels.get(source or "", ""),
            via=self._via(iri),
            on_behalf_of=self.all("onBehalfOf", iri),
            stance=_STANCES[self["polarity"][iri][0]],
            propositions=tuple(p for term in STANCE.values() for p in self.all(KG.name_of(term), iri)),
            cue=self.first("cue", iri),
            kind=_KINDS[self["quoteKind"][iri][0]],
            when=self.first("saidOn", iri),
            speech_act=_local_name(self["speechAct"][iri][0]),
            confidence=float(self["confidence"][iri][0]),
            nested_in=self.outer.get(iri),
            disputes=self.first("disputes", iri),
            article=self.article_id(self["reportedIn"][iri][0]),
            evidence=self._evidence(iri),
        )

    def _via(self, iri: str) -> tuple[str, ...]:
        """Who passes the claim on, outermost first: in the order of the evidence, else the only one there is."""
        order = self.first("viaOrder", iri)
        return self.all("via", iri) if order is None else self._ordered(iri, order)

    def _ordered(self, iri: str, order: str) -> tuple[str, ...]:
        ids, article = self.view.store.ids, self.article_id(self["reportedIn"][iri][0])
        chain = (self.first("resolvedTo", ids.local_actor(article, local)) for local in json.loads(order))
        return tuple(actor for actor in chain if actor is not None)

    def _evidence(self, iri: str) -> tuple[Evidence, ...]:
        spans = sorted((*_span(node), node) for node in self["evidence"].get(iri, ()))
        return tuple(Evidence(self.article_id(n), s, e, self.quotes[n][0]) for s, e, n in spans)


def as_term(value: Term | str) -> Term:
    """A string that begins like an IRI as a NamedNode, any other as a literal; terms as they are."""
    if not isinstance(value, str):
        return value
    return NamedNode(value) if value.startswith(("http://", "https://", "urn:")) else Literal(value)


def quads(view: View, *, ontology: bool = False) -> Iterator[Quad]:
    """Every quad, in no particular order; those of the ontology only when asked for."""
    terms = view.store.graphs.ontology
    for quad in view.store.match():
        if ontology or quad.graph_name != terms:
            yield quad


def _value(term: object) -> str:
    return cast(str, cast(Any, term).value)


def _local_name(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]


def _span(iri: str) -> Span:
    start, _, end = iri.rpartition("#char=")[2].partition(",")
    return int(start), int(end)


def _place(claim: GraphClaim) -> tuple[str, int, int, str]:
    first = claim.evidence[0] if claim.evidence else Evidence(claim.article, 0, 0, "")
    return claim.article, first.start, first.end, claim.iri
