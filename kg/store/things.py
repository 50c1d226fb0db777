"""What a view gives: actors, propositions, claims and their evidence as plain records."""

from __future__ import annotations

from dataclasses import dataclass


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
