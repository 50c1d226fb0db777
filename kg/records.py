"""Plain records of what was found in an article: the one vocabulary of every stage after spaCy.

A ``Span`` is a pair of character offsets into ``Article.text``, end exclusive, so that
``article.text[start:end]`` is the quoted evidence. Records hold strings, integers and tuples only: no token, no RDF
term. ``to_dict`` gives the JSON form that ``kg extract`` prints; ``from_dict`` is its inverse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, Self

Span = tuple[int, int]
Spans = tuple[Span, ...]
Stance = Literal["asserts", "denies", "declines_to_confirm"]
Kind = Literal["direct", "indirect", "mixed"]

NARRATOR = "narrator"
STANCES: tuple[Stance, ...] = ("asserts", "denies", "declines_to_confirm")
ACTOR_TYPES = (
    "State", "Government", "Ministry", "ArmedForce", "ArmedGroup", "Party", "Coalition", "Organisation",
    "Outlet", "Person", "People", "Place", "Unnamed",
)  # fmt: skip

#: Sign of each relation: + aligns, - sets against, 0 neither. ``relatedTo`` is the open relation.
RELATIONS: Mapping[str, str] = {
    "alliedWith": "+", "memberOf": "+", "leads": "+", "supports": "+", "assists": "+", "cooperatesWith": "+",
    "consultsWith": "+", "agreesWith": "+", "yieldsTo": "+", "requests": "0", "opposes": "-", "accuses": "-",
    "rejects": "-", "threatens": "-", "protestsAgainst": "-", "sanctions": "-", "mobilisesAgainst": "-",
    "coerces": "-", "attacks": "-", "relatedTo": "0",
}  # fmt: skip
SYMMETRIC = frozenset({"alliedWith", "cooperatesWith", "consultsWith", "agreesWith"})


def _plain(value: Any) -> Any:
    """The JSON form of a field's value: tuples become lists, records become dicts."""
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return {k: _plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def _frozen(value: Any) -> Any:
    """The hashable form of a JSON value: lists become tuples."""
    return tuple(_frozen(v) for v in value) if isinstance(value, list | tuple) else value


class Record:
    """Shared conversions of the frozen dataclasses below."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready data, with every field."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The record that ``data`` describes; unknown keys are ignored, missing ones take their default."""
        known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
        return cls(**{k: _frozen(v) for k, v in data.items() if k in known and v is not None})


@dataclass(frozen=True, slots=True)
class Article(Record):
    """A source document. ``date`` is ISO 8601 (a moment, day, month or year); without a day nothing is dated.

    ``stated_date`` keeps what it gives for a date where that is none; ``language`` (ISO 639-1) is given where a text is
    not English.
    """

    id: str
    text: str
    date: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    stated_date: str | None = None
    language: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The record; ``stated_date`` and ``language`` only where they say something."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: v for k, v in found.items() if v or k not in {"stated_date", "language"}}


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A stretch of text that names an actor, and why it was taken to."""

    start: int
    end: int
    kind: Literal["name", "description", "pronoun"] = "name"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Actor(Record):
    """Somebody who acts or speaks. ``of`` is the actor that an unnamed source or a part belongs to."""

    id: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    of: str | None = None
    mentions: tuple[Mention, ...] = ()
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The record; ``mentions`` as ``[start, end]`` pairs, their kinds and reasons in ``mention_notes``."""
        data = {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "mentions"}
        data["mentions"] = [[m.start, m.end] for m in self.mentions]
        data["mention_notes"] = [[m.kind, m.reason] for m in self.mentions]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_dict``; ``mention_notes`` may be absent."""
        spans = data.get("mentions") or []
        notes = data.get("mention_notes") or [["name", ""]] * len(spans)
        mentions = tuple(Mention(s, e, kind, reason) for (s, e), (kind, reason) in zip(spans, notes, strict=True))
        rest = {f.name: data[f.name] for f in fields(cls) if f.name != "mentions" and data.get(f.name) is not None}
        return cls(**{k: _frozen(v) for k, v in rest.items()}, mentions=mentions)


@dataclass(frozen=True, slots=True)
class Role(Record):
    """``person`` is ``role`` (a head word or phrase, lower case: "deputy spokesperson") of the actor ``of``."""

    person: str
    role: str
    of: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Proposition(Record):
    """Subject - relation - object, in the positive; asserts nothing by itself.

    ``trigger`` is the predicate's word or words, ``evidence`` the clause. ``predicate`` holds the predicate's own
    words (all there is to an open ``relatedTo``). ``valid_from`` and ``valid_to`` are ISO dates, ``precision`` one of
    day, month, year; ``time_text`` is the phrase in the article. ``place`` is an actor id (type Place or State).
    """

    id: str
    subject: str
    relation: str
    object: str
    trigger: Span | None = None
    evidence: Span | None = None
    predicate: str = ""
    place: str | None = None
    time_text: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    precision: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim(Record):
    """One attribution (source, cue, content) and the source's stance on propositions.

    ``source`` is an actor id, ``"narrator"``, or None before coreference. ``via`` names who passes the claim on,
    outermost first. ``nested_in`` is the claim whose content holds this one; ``disputes`` the claim it denies.
    """

    id: str
    source: str | None = None
    content: Spans = ()
    stance: Stance = "asserts"
    cue: str | None = None
    source_span: Spans = ()
    cue_span: Spans = ()
    kind: Kind = "indirect"
    propositions: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    nested_in: str | None = None
    disputes: str | None = None
    when: str | None = None
    speech_act: str = "Statement"
    certainty: str = "certain"
    tense: str = "non-future"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction(Record):
    """Everything found in one article, and the component versions that found it.

    ``actors`` speak, stand in a proposition, or have a Wikidata item. ``bystanders`` are only named.
    """

    article: Article
    actors: tuple[Actor, ...] = ()
    roles: tuple[Role, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    claims: tuple[Claim, ...] = ()
    pipeline: str = ""
    bystanders: tuple[Actor, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One flat record: the article's fields beside ``actors``, ``roles``, ``propositions`` and ``claims``."""
        parts = ("actors", "bystanders", "roles", "propositions", "claims")
        lists = {name: [x.to_dict() for x in getattr(self, name)] for name in parts}
        return {**self.article.to_dict(), "pipeline": self.pipeline, **lists}

    def to_json(self) -> str:
        """The record as a line of JSON, without the newline: what ``kg extract`` prints."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=False)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_dict``; also reads annotated articles of the same shape."""
        return cls(
            Article.from_dict(data),
            tuple(Actor.from_dict(x) for x in data.get("actors", ())),
            tuple(Role.from_dict(x) for x in data.get("roles", ())),
            tuple(Proposition.from_dict(x) for x in data.get("propositions", ())),
            tuple(Claim.from_dict(x) for x in data.get("claims", ())),
            data.get("pipeline", ""),
            tuple(Actor.from_dict(x) for x in data.get("bystanders", ())),
        )


@dataclass(frozen=True, slots=True)
class Related(Record):
    """A relation that a text states between two given spans, ``p`` and ``q``; ``subject`` says which of them acts."""

    subject: Literal["p", "q"]
    relation: str
    sign: str
    stance: Stance
    evidence: Span
