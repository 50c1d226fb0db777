"""Names of the graphs that a store holds: two an article, and six that articles share."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote

from pyoxigraph import NamedNode

from kg.ids import Ids
from kg.vocab import PRECISION


@dataclass(frozen=True)
class Graphs:
    """Graph names under ``ids.base``. Every triple stands in exactly one of them.

    An article's *evidence* graph holds what was found in it, over its own local actors, and is never edited. Its
    *claims* graph holds what the merger made of that: the same claims over canonical actors and propositions.
    """

    ids: Ids = field(default_factory=Ids)

    def _shared(self, kind: str) -> NamedNode:
        return NamedNode(self.ids.graph(kind))

    @property
    def actors(self) -> NamedNode:
        """Canonical actors: class, labels, Wikidata item."""
        return self._shared("actors")

    @property
    def propositions(self) -> NamedNode:
        """Canonical propositions."""
        return self._shared("propositions")

    @property
    def decisions(self) -> NamedNode:
        """Identity decisions, the merger's and people's."""
        return self._shared("decisions")

    @property
    def accepted(self) -> NamedNode:
        """Roles, parthood and affiliation: the only bare triples between two actors."""
        return self._shared("accepted")

    @property
    def skipped(self) -> NamedNode:
        """What was given but not taken in, and why."""
        return self._shared("skipped")

    @property
    def ontology(self) -> NamedNode:
        """The terms."""
        return self._shared("ontology")

    def evidence(self, article: str) -> NamedNode:
        """What was found in the article."""
        return NamedNode(self.ids.graph("article", article))

    def claims(self, article: str) -> NamedNode:
        """What the merger made of the article."""
        return NamedNode(self.ids.graph("claims", article))

    def merged_article(self, graph: str) -> str | None:
        """Id of the article whose claims graph has this name; None of another graph."""
        start = f"{self.ids.graph('claims')}/"
        return unquote(graph.removeprefix(start)) if graph.startswith(start) else None


def cut(day: str | None, precision: str | None) -> str | None:
    """An ISO day as exact as it is, by the IRI of its precision: of a month ``2031-05``, of a year ``2031``."""
    lengths = {PRECISION["month"].value: 7, PRECISION["year"].value: 4}
    return None if day is None else day[: lengths.get(precision or "")]
