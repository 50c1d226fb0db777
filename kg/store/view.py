"""The read side of a graph: actors, claims and propositions as plain records, and SPARQL over the union of graphs."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import MissingError
from kg.rdf.graphs import cut
from kg.records import RELATIONS, Article
from kg.store.claims import claims_of
from kg.store.complaints import shown, unknown_terms
from kg.store.counting import counted
from kg.store.results import Result
from kg.store.things import Evidence, GraphActor, GraphClaim, GraphProposition
from kg.vocab import DCT, KG, NIF, OWL, RDF, SCHEMA, SKOS, WD

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.store.base import Store, Term

__all__ = ["Evidence", "GraphActor", "GraphClaim", "GraphProposition", "View", "as_term", "quads", "unheard_of"]

log = logging.getLogger(__name__)

Table = dict[str, list[str]]


class View:
    """A graph to read. Lists are sorted by IRI, claims by their place in the articles."""

    def __init__(self, store: Store) -> None:
        """A view of ``store``; it reads what is there at the time of each call."""
        self.store = store

    def query(self, sparql: str, **bindings: Term | str) -> Result:
        """Result of a SPARQL query over the union of all graphs, or over those that it names with FROM.

        A term of ours that neither the ontology nor the graph has is logged as a warning.

        Args:
            sparql: the query; the prefixes of ``kg.vocab.PREFIXES`` need no declaration.
            bindings: values of variables; a string that begins like an IRI is one, any other is a literal.

        Raises:
            QueryError: the query cannot be parsed or run.
        """
        for note in unheard_of(self, sparql):
            log.warning("%s", note)
        return self.store.query(sparql, {name: as_term(value) for name, value in bindings.items()})

    def actors(self) -> list[GraphActor]:
        """Every actor, narrators included."""
        graph = self.store.graphs.actors
        types, names = self._table(RDF.type, graph), self._table(SKOS.prefLabel, graph)
        aliases, same = self._table(SKOS.altLabel, graph), self._table(OWL.sameAs, graph)
        local: Table = defaultdict(list)
        for quad in self.store.match(None, KG.resolvedTo):
            local[_value(quad.object)].append(_value(quad.subject))
        return [
            self._actor(i, names[i][0], types[i][0], aliases.get(i, []), same.get(i, []), local[i])
            for i in sorted(types)
        ]

    def _actor(  # noqa: PLR0913, PLR0917  (the columns of an actor)
        self, iri: str, label: str, kind: str, aliases: list[str], same: list[str], local: list[str]
    ) -> GraphActor:
        return GraphActor(
            iri=iri,
            label=label,
            type=_local_name(kind),
            aliases=tuple(sorted(aliases)),
            wikidata=_local_name(same[0]) if same else None,
            local=tuple(sorted(local)),
            articles=tuple(sorted({self.store.ids.article_id(each) for each in local})),
        )

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
        return list(self.each_claim())

    def each_claim(self, article: str | None = None) -> Iterator[GraphClaim]:
        """The same one by one, for graphs that do not fit into memory; or the claims of the article with this id."""
        labels = self.labels()
        ids = [each.id for each in self.articles()] if article is None else [article]
        for each in ids:
            yield from claims_of(self.store, each, labels)

    def articles(self) -> list[Article]:
        """Every article without its text (``text`` gives it), sorted by id."""
        columns = {"id": DCT.identifier, "date": DCT.date, "publisher": DCT.publisher}
        columns |= {"title": DCT.title, "url": SCHEMA.url, "stated_date": KG.statedDate}
        columns |= {"language": DCT.language}
        tables = {name: self._table(predicate) for name, predicate in columns.items()}
        exact, moments = self._table(KG.precision, None), self._table(SCHEMA.datePublished)
        days = {iri: [cut(day, exact.get(iri, [""])[0]) or ""] for iri, (day, *_) in tables["date"].items()}
        tables["date"] = {**days, **moments}
        iris = [_value(quad.subject) for quad in self.store.match(None, RDF.type, SCHEMA.NewsArticle)]
        rows = ({name: table[iri][0] for name, table in tables.items() if iri in table} for iri in iris)
        return sorted((Article(text="", **row) for row in rows), key=lambda article: article.id)

    def claims_by_article(self) -> Counter[str]:
        """How many claims each article adds, by its id: those that it only repeats of another are left out."""
        repeated = {_value(quad.subject) for quad in self.store.match(None, KG.repeats)}
        found = (quad for quad in self.store.match(None, KG.reportedIn) if _value(quad.subject) not in repeated)
        return Counter(self.store.ids.article_id(_value(quad.object)) for quad in found)

    def skipped(self) -> list[dict[str, str]]:
        """What was given but not taken in, sorted by ``id``, with the ``reason`` and what more is known."""
        graph = self.store.graphs.skipped
        columns = {"id": DCT.identifier, "language": DCT.language, "title": DCT.title, "url": SCHEMA.url}
        tables = {name: self._table(predicate, graph) for name, predicate in columns.items()}
        reasons = self._table(KG.reason, graph)
        rows = (
            {name: table[iri][0] for name, table in tables.items() if iri in table} | {"reason": why[0]}
            for iri, why in reasons.items()
        )
        return sorted(rows, key=lambda row: row["id"])

    def copies(self) -> dict[str, list[str]]:
        """The articles of which an article is a copy, the earliest first, by its id: all that are copies."""
        found: Table = defaultdict(list)
        name = self.store.ids.article_id
        for quad in self.store.match(None, KG.copyOf):
            found[name(_value(quad.subject))].append(name(_value(quad.object)))
        dates = {
            article.id: (f"{article.date or ''}{'~' * (len(article.date or '') < 10)}", article.id)
            for article in (self.articles() if found else ())
        }
        return {
            copy: sorted(originals, key=lambda each: dates.get(each, ("~", each))) for copy, originals in found.items()
        }

    def text(self, article: str) -> str:
        """Text of the article with this id.

        Raises:
            MissingError: there is no such article.
        """
        node = NamedNode(self.store.ids.article(article))
        for quad in self.store.match(node, NIF.isString):
            return _value(quad.object)
        raise MissingError(f"No article {article!r} in the graph. 'kg articles' lists what there is.")

    def pipelines(self) -> dict[str, str]:
        """The pipeline that made each article's evidence, by article id."""
        made = self._table(KG.pipeline)
        return {ids[0]: made[iri][0] for iri, ids in self._table(DCT.identifier).items() if iri in made}

    def labels(self) -> dict[str, str]:
        """Preferred label of each actor by IRI."""
        return {iri: names[0] for iri, names in self._table(SKOS.prefLabel, self.store.graphs.actors).items()}

    def names(self) -> list[str]:
        """Every label and alias of an actor, sorted."""
        graph = self.store.graphs.actors
        quads = (quad for name in (SKOS.prefLabel, SKOS.altLabel) for quad in self.store.match(None, name, None, graph))
        return sorted({_value(quad.object) for quad in quads})

    def find(self, name: str) -> list[GraphActor]:
        """Actors that ``name`` names: by IRI, its last part, Wikidata item, label or alias.

        Whoever bears exactly that name comes before those who bear it in other capitals.
        """
        found = next((iris for iris in self._bearers(name) if iris), set())
        return [self.actor(iri) for iri in sorted(found)]

    def _bearers(self, name: str) -> Iterator[set[str]]:
        """IRIs of the actors that ``name`` may mean, the surest meaning first."""
        graph, labels = self.store.graphs.actors, (SKOS.prefLabel, SKOS.altLabel)
        own = name if name.startswith(f"{self.store.ids.base}id/actor/") else ""
        try:
            term, node = Literal(name), NamedNode(own or self.store.ids.wikidata_actor(name))
        except ValueError:  # half a character, or no IRI: what no graph can hold
            return
        yield {node.value} if any(self.store.match(node, SKOS.prefLabel, None, graph)) else set()
        yield {_value(quad.subject) for quad in self.store.match(None, OWL.sameAs, WD[name], graph)}
        for label in labels:
            yield {_value(quad.subject) for quad in self.store.match(None, label, term, graph)}
        folded = name.casefold()
        for label in labels:
            quads = self.store.match(None, label, None, graph)
            yield {_value(quad.subject) for quad in quads if _value(quad.object).casefold() == folded}

    def actor(self, iri: str) -> GraphActor:
        """The actor with this IRI, which the graph must hold."""
        node, values = NamedNode(iri), defaultdict[str, list[str]](list)
        for quad in self.store.match(node, None, None, self.store.graphs.actors):
            values[quad.predicate.value].append(_value(quad.object))
        label, kind = values[SKOS.prefLabel.value][0], values[RDF.type.value][0]
        local = [_value(quad.subject) for quad in self.store.match(None, KG.resolvedTo, node)]
        return self._actor(node.value, label, kind, values[SKOS.altLabel.value], values[OWL.sameAs.value], local)

    def counts(self) -> dict[str, int]:
        """How much there is: articles, actors, claims, denials, propositions (contested), contradictions, quads."""
        return counted(self.store)

    def to_rdflib(self) -> rdflib.Dataset:
        """The whole graph, ontology included, as an rdflib Dataset whose default graph is the union."""
        from kg.store.interchange import to_rdflib

        return to_rdflib(self)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Actors as nodes, and an edge for each stance of a claim on a proposition.

        Node attributes: ``label``, ``type``. Edge attributes: ``relation``, ``sign``, ``stance``, ``source`` (label),
        ``proposition`` and ``claim`` (IRIs), ``quote``, ``article`` and what is known of its ``date``, ``outlet``,
        ``title`` and ``url``. A denied proposition has its edge with the stance
        ``denies``: look at the stance before reading an edge as a fact.
        """
        from kg.store.interchange import to_networkx

        return to_networkx(self)

    def to_pandas(self, table: str = "claims") -> pandas.DataFrame:
        """The ``actors``, ``articles``, ``claims``, ``propositions`` or ``edges`` as a dataframe.

        Its columns are those of CSV exports.

        Raises:
            KgError: there is no such table, or pandas is not installed.
        """
        from kg.store.interchange import to_pandas

        return to_pandas(self, table)

    def close(self) -> None:
        """Give the graph free for others, that may want to write."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _table(self, predicate: NamedNode, graph: NamedNode | None = None) -> Table:
        """Values of a property by subject, as strings."""
        table: Table = defaultdict(list)
        for quad in self.store.match(None, predicate, None, graph):
            table[_value(quad.subject)].append(_value(quad.object))
        return table


def as_term(value: Term | str) -> Term:
    """A string that begins like an IRI as a NamedNode, any other as a literal; terms as they are."""
    if not isinstance(value, str):
        return value
    return NamedNode(value) if value.startswith(("http://", "https://", "urn:")) else Literal(value)


def unheard_of(view: View, sparql: str) -> Iterator[str]:
    """What is said of the terms in a query that neither the ontology nor the graph has: of each, the nearest."""
    for slip in unknown_terms(sparql):
        term = NamedNode(KG.iri + slip.name)
        if not any(next(view.store.match(*place), None) for place in ((None, term), (None, None, term), (term,))):
            yield f"{slip.what} {shown(sparql, slip.start)}"


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
