"""Every ontology term that the code uses. The ontology itself is ``ontology/kg.ttl``; a test keeps the two in step.

A term that does not exist fails where it is first named, so tables of terms stand at module level.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.records import ACTOR_TYPES, RELATIONS


class Namespace:
    """Terms of one vocabulary: ``KG.denies`` is a NamedNode, ``KG.denied`` an AttributeError."""

    def __init__(self, iri: str, names: str) -> None:
        """A namespace with the space-separated ``names``."""
        self.iri = iri
        self.terms: dict[str, NamedNode] = {name: NamedNode(iri + name) for name in names.split()}

    def __getattr__(self, name: str) -> NamedNode:
        try:
            return self.__dict__["terms"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"No term {name!r} in {self.__dict__.get('iri')}") from None

    def __getitem__(self, name: str) -> NamedNode:
        """The term for any ``name``, known or not: for values of an open list, percent-encoded."""
        return self.terms.get(name) or NamedNode(self.iri + quote(name, safe="-"))

    def name_of(self, node: NamedNode) -> str:
        """The name behind a term; the inverse of ``[name]``."""
        return unquote(node.value.removeprefix(self.iri))


CLASSES = (
    "Actor LocalActor Bystander Narrator Claim Proposition ContestedProposition PropositionMention Mention "
    "Affiliation Role Name IdentityDecision ActorJudgement ClaimJudgement Judgement SpeechAct QuoteKind Precision"
)
INDIVIDUALS = "Same NotSame Unsure Direct Indirect Mixed Day Month Year"
SPEECH_ACTS = (
    "Statement Denial Refusal RefusalToConfirm Accusation Promise Threat Request Report Declaration Belief Question "
    "Narration"
)
SUPERRELATIONS = "alignedWith hostileTo neutralTo"
STRUCTURE = "partOf affiliatedWith spokespersonFor headOf"
STANCE_TERMS = "takesStanceOn asserts denies declinesToConfirm"
CLAIM_TERMS = (
    "source via onBehalfOf quotes clauseOf disputes cue speechAct quoteKind certainty tense polarity confidence "
    "evidence sourceSpan cueSpan reportedIn saidOn states localSource localVia viaOrder"
)
PROPOSITION_TERMS = (
    "localSubject localObject localPlace relation trigger predicateText timeText validFrom validTo precision "
    "expresses place entails"
)
ACTOR_TERMS = (
    "localId localName localForm actorType wikidata mention mentionKind reason localMember localWhole roleText "
    "member whole acceptedAs nameKey resolvedTo"
)
DECISION_TERMS = (
    "decidedOn actor judgement score probability features left right judgedOn judgedClaim anchoredIn nameOf block joins"
)
CONTRADICTION_TERMS = (
    "Contradiction Basis SameProposition ByEntailment ByStandIn SameWords ByDispute assertion denial contests basis "
    "contradicts wording"
)
ARTICLE_TERMS = "statedDate SkippedArticle CopyDecision copyOf original repeats shingle keepsDuplicates unfinished"
BOOK_KEEPING = "digest resolvedDigest stale counted tally pipeline sign"

KG = Namespace(
    "https://w3id.org/hearsay/ns#",
    " ".join(
        (CLASSES, " ".join(ACTOR_TYPES), INDIVIDUALS, SPEECH_ACTS, SUPERRELATIONS, " ".join(RELATIONS), STRUCTURE,
         STANCE_TERMS, CLAIM_TERMS, PROPOSITION_TERMS, ACTOR_TERMS, DECISION_TERMS, CONTRADICTION_TERMS, ARTICLE_TERMS,
         BOOK_KEEPING)
    ),
)  # fmt: skip
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object JSON Statement")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label comment subClassOf subPropertyOf domain range")
OWL = Namespace("http://www.w3.org/2002/07/owl#", "sameAs Class ObjectProperty DatatypeProperty")
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "string integer decimal boolean date dateTime gYear gYearMonth nonNegativeInteger",
)
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", "prefLabel altLabel Concept")
PROV = Namespace("http://www.w3.org/ns/prov#", "wasAttributedTo SoftwareAgent Person")
DCT = Namespace("http://purl.org/dc/terms/", "identifier title date publisher isPartOf language")
NIF = Namespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Context RFC5147String isString beginIndex endIndex anchorOf referenceContext",
)
SCHEMA = Namespace("https://schema.org/", "NewsArticle datePublished url")
FACT = Namespace("http://groundedannotationframework.org/grasp/factuality#", "positive negative underspecified")
WD = Namespace("http://www.wikidata.org/entity/", "")

#: Prefixes of every query and export.
PREFIXES: Mapping[str, str] = {
    "kg": KG.iri, "rdf": RDF.iri, "rdfs": RDFS.iri, "owl": OWL.iri, "xsd": XSD.iri, "skos": SKOS.iri, "prov": PROV.iri,
    "dct": DCT.iri, "nif": NIF.iri, "schema": SCHEMA.iri, "fact": FACT.iri, "wd": WD.iri,
}  # fmt: skip

#: Stance in the records -> property from a claim to a proposition.
STANCE: Mapping[str, NamedNode] = {
    "asserts": KG.asserts, "denies": KG.denies, "declines_to_confirm": KG.declinesToConfirm,
}  # fmt: skip
#: Stance in the records -> GRaSP polarity, which says the stance of a claim without a proposition too.
POLARITY: Mapping[str, NamedNode] = {
    "asserts": FACT.positive, "denies": FACT.negative, "declines_to_confirm": FACT.underspecified,
}  # fmt: skip
#: Kind of speech in the records -> term.
QUOTE_KIND: Mapping[str, NamedNode] = {"direct": KG.Direct, "indirect": KG.Indirect, "mixed": KG.Mixed}
#: Precision of a time in the records -> term.
PRECISION: Mapping[str, NamedNode] = {"day": KG.Day, "month": KG.Month, "year": KG.Year}
#: The properties that may join two actors in the ``accepted`` graph.
STRUCTURAL = (KG.partOf, KG.affiliatedWith, KG.spokespersonFor, KG.headOf)
