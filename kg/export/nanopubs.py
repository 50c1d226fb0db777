"""The claims as nanopublications, in TriG: one for each claim, with its assertion, its provenance and its own metadata.

The assertion is that somebody takes a stance on a proposition, never the proposition itself. Names come from a hash of
the claim; they are no trusty URIs, which are given when somebody signs and publishes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.terms import Namer, block, described, prefixes
from kg.rdf.entailed import superproperties
from kg.store import View
from kg.vocab import DCT, KG, NIF, PROV, RDF

_NP = "http://www.nanopub.org/nschema#"
_PRIMARY = NamedNode("http://www.w3.org/ns/prov#hadPrimarySource")
_CREATED = NamedNode("http://purl.org/dc/terms/created")
_PARTS = ("Assertion", "Provenance", "PublicationInfo")
#: What the assertion says of a claim.
_SAID = (RDF.type, KG.source, KG.via, KG.onBehalfOf, KG.asserts, KG.denies, KG.declinesToConfirm, KG.polarity, KG.cue)
Triples = list[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def lines(view: View) -> Iterator[str]:
    """Lines of the TriG document."""
    names = {**prefixes(view.store.ids.base), "np": _NP}
    for name in sorted(names):
        yield f"@prefix {name}: <{names[name]}> ."
    namer = Namer(names)
    for claim in view.each_claim():
        if claim.propositions:
            yield from _nanopub(view, NamedNode(claim.iri), claim.article, namer)


def _nanopub(view: View, claim: NamedNode, article: str, namer: Namer) -> Iterator[str]:
    this = f"{view.store.ids.base}id/nanopub/{claim.value.rpartition('/')[2]}"
    head, *parts = (NamedNode(f"{this}#{name}") for name in ("Head", *_PARTS))
    node = NamedNode(this)
    links: Triples = [(node, RDF.type, NamedNode(f"{_NP}Nanopublication"))]
    links += [(node, NamedNode(f"{_NP}has{name}"), part) for name, part in zip(_PARTS, parts, strict=True)]
    contents = (_assertion(view, claim), _provenance(view, claim, article, parts[0]), _information(view, node, article))
    for graph, triples in zip((head, *parts), (links, *contents), strict=True):
        yield f"\n{namer.iri(str(graph))} {{"
        for _, said in groupby(sorted({f"{graph} {Triple(*triple)}" for triple in triples}), key=_subject):
            yield from block(*described(said), namer, indent="  ")
        yield "}"


def _of(view: View, node: NamedNode, *wanted: NamedNode) -> Triples:
    """What the graph says of a node; only these properties where any are given."""
    quads = (quad for quad in view.store.match(node) if not wanted or quad.predicate in wanted)
    return [(node, quad.predicate, cast(NamedNode | Literal, quad.object)) for quad in quads]


def _assertion(view: View, claim: NamedNode) -> Triples:
    said = _of(view, claim, *_SAID)
    content = [
        cast(NamedNode, value) for _, stance, value in said if KG.takesStanceOn in superproperties().get(stance, ())
    ]
    described = (KG.Proposition, RDF.subject, RDF.predicate, RDF.object, KG.predicateText)
    return said + [
        triple
        for proposition in content
        for triple in _of(view, proposition)
        if triple[1] in described or triple[2] in described
    ]


def _provenance(view: View, claim: NamedNode, article: str, assertion: NamedNode) -> Triples:
    spans = [cast(NamedNode, value) for _, _, value in _of(view, claim, KG.evidence)]
    sources = [value for _, _, value in _of(view, claim, KG.source)]
    found: Triples = [(assertion, _PRIMARY, NamedNode(view.store.ids.article(article)))]
    found += [(assertion, PROV.wasAttributedTo, source) for source in sources]
    found += [(assertion, KG.evidence, span) for span in spans]
    return found + [triple for span in spans for triple in _of(view, span, NIF.anchorOf, NIF.referenceContext)]


def _information(view: View, node: NamedNode, article: str) -> Triples:
    source = NamedNode(view.store.ids.article(article))
    agent = NamedNode(f"{view.store.ids.base}id/agent/hearsay")
    dates: Iterable[NamedNode | Literal] = (value for _, _, value in _of(view, source, DCT.date))
    made: Triples = [(node, PROV.wasAttributedTo, agent), (agent, RDF.type, PROV.SoftwareAgent)]
    return made + [(node, _CREATED, date) for date in dates]


def _subject(line: str) -> str:
    return line.split(" ", 2)[1]
