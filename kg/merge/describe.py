"""What the shared graphs say about an actor: a join of what each article says, the same in whatever order they came."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.ids import slug
from kg.merge.keys import is_proper, without_article
from kg.records import Actor
from kg.vocab import KG, OWL, RDF, RDFS, SKOS, WD

#: Where articles that call it by one name disagree about the type, the first of these that one of them gives is
#: believed: a place that is taken for a body or a person now and then stays a place (``features.other_type``).
_RANK = (
    "State", "Place", "Ministry", "ArmedForce", "ArmedGroup", "Coalition", "Party", "Outlet", "Government",
    "Organisation", "Person", "People", "Unnamed", "Narrator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """Label, type, other names and Wikidata item of a canonical actor.

    ``stem`` is the name that it is known by, as its IRI spells it. Label and type are those of who links it to its
    item, else of who calls it by that name, so that neither a slip nor a surname decides.
    """

    label: str
    type: str
    names: frozenset[str] = frozenset()
    wikidata: str | None = None
    stem: str = ""

    def __or__(self, other: Description) -> Description:
        """The join of two descriptions: commutative, associative and idempotent, so that order never matters."""
        return Description(
            min(self, other, key=Description._label_order).label,
            min(self, other, key=Description._type_order).type,
            self.names | other.names,
            self.wikidata or other.wikidata,
            self.stem,
        )

    def _standing(self) -> tuple[bool, bool, bool]:
        """How well this one knows the actor, the best first; a join stands as the better of the two does."""
        return self.wikidata is None, not is_proper(self.label), slug(self.label) != self.stem

    def _label_order(self) -> tuple[tuple[bool, bool, bool], int, str]:
        return self._standing(), -len(self.label), self.label

    def _type_order(self) -> tuple[tuple[bool, bool, bool], int, str]:
        return self._standing(), _RANK.index(self.type) if self.type in _RANK else len(_RANK), self.type

    def covers(self, other: Description, present: Description) -> bool:
        """Whether joining ``other`` to this would add nothing that ``present``, a join of both and more, shows."""
        return (
            other.names <= self.names
            and (other.label != present.label or self.label == other.label)
            and (other.type != present.type or (self.type == other.type and self._standing() <= other._standing()))
            and (other.wikidata is None or self.wikidata == other.wikidata)
        )

    def quads(self, actor: NamedNode, graph: NamedNode) -> Iterator[Quad]:
        """Quads of the actors graph."""
        yield Quad(actor, RDF.type, KG[self.type], graph)
        yield Quad(actor, SKOS.prefLabel, Literal(self.label), graph)
        yield Quad(actor, RDFS.label, _in_english(self.label), graph)
        for name in sorted(self.names - {self.label}):
            yield Quad(actor, SKOS.altLabel, Literal(name), graph)
        if self.wikidata is not None:
            yield Quad(actor, OWL.sameAs, WD[self.wikidata], graph)


def _in_english(label: str) -> Literal:
    """The label as English has it; without a language where it is not in Latin letters."""
    latin = all(unicodedata.name(c, "").startswith("LATIN") for c in label if c.isalpha())
    return Literal(label, language="en") if latin else Literal(label)


def of_actor(actor: Actor, iri: str, *, linked: bool) -> Description:
    """What one article says of the actor ``iri``; ``linked`` says that it is known by its Wikidata item."""
    names, label = _proper(actor.name, *actor.names), without_article(actor.name) or actor.name
    return Description(label, actor.type, names, actor.wikidata if linked else None, stem_of(iri))


def stem_of(iri: str) -> str:
    """The name in the IRI of an actor, without what tells it from others; nothing in that of a Wikidata item."""
    return iri.rpartition("/")[2].rpartition("-")[0]


def of_narrator(publisher: str | None, article: str, iri: str) -> Description:
    """The voice of an article: its publisher's, where there is one."""
    label = f"{publisher} (narrator)" if publisher else f"narrator of {article}"
    return Description(label, "Narrator", _itself(label), None, stem_of(iri))


def of_quads(quads: Iterable[Quad]) -> Description | None:
    """The description that the actors graph holds; the inverse of ``Description.quads``."""
    values: dict[NamedNode, list[str]] = {}
    stem = ""
    for quad in quads:
        stem = stem_of(quad.subject.value)  # type: ignore[union-attr]
        values.setdefault(quad.predicate, []).append(quad.object.value)  # type: ignore[union-attr]
    if not values:
        return None
    item, label = values.get(OWL.sameAs), values[SKOS.prefLabel][0]
    return Description(
        label,
        KG.name_of(NamedNode(values[RDF.type][0])),
        frozenset(values.get(SKOS.altLabel, ())) | _itself(label),
        None if item is None else WD.name_of(NamedNode(item[0])),
        stem,
    )


def _itself(label: str) -> frozenset[str]:
    """The label as one of the names, where it is a proper name."""
    return frozenset({label} if is_proper(label) else ())


def _proper(*names: str) -> frozenset[str]:
    """Those of ``names`` that are proper names, without their article."""
    return frozenset(without_article(name) for name in names if is_proper(name))
