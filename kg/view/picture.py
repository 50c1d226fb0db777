"""What a picture of a graph shows: actors, the propositions between them, and the sentences behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records import Stance

Sign = Literal["+", "-", "0"]
Status = Literal["asserted", "contested", "denied", "unconfirmed"]
Part = Literal["", "source", "cue", "content"]
Passage = tuple[tuple[Part, str], ...]

#: How each sign and each status is called in legends.
SIGNS: dict[Sign, str] = {"+": "aligned", "-": "hostile", "0": "neither"}
STATUSES: dict[Status, str] = {
    "asserted": "asserted",
    "contested": "contested",
    "denied": "only denied",
    "unconfirmed": "unconfirmed",
}
#: How each basis of a contradiction is called.
BASES = {
    "SameProposition": "both speak of the same proposition and, as far as time and place tell, of one event",
    "ByEntailment": "what one asserts entails what the other denies",
    "ByStandIn": "one is about a state, the other about who acts for it",
    "SameWords": "one denies what the other asserts in the same words",
    "ByDispute": "the denial is of that very claim",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim about a proposition: ``who`` took which stance on it, in which article, in which words.

    ``source`` tells sources apart where their names do not (the narrators of two outlets). ``passage`` is the text
    around the content, cut into parts; their texts joined are the text of the article.
    """

    source: str
    who: str
    stance: Stance
    quote: str
    cue: str | None = None
    via: str = ""
    article: str = ""
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    passage: Passage = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An actor. ``weight`` is the number of claims about it in the picture."""

    id: str
    label: str
    type: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A proposition, from the node ``subject`` to the node ``object``; ``words`` are those of an open relation.

    ``contested`` says that two of the claims shown contradict each other on it. Who asserts what another denies of some
    other time or place does not.
    """

    id: str
    subject: str
    object: str
    relation: str
    sign: Sign
    evidence: tuple[Evidence, ...]
    words: str = ""
    contested: bool = False

    @property
    def status(self) -> Status:
        """Whether it is contested, else asserted, only denied, or neither."""
        stances = {e.stance for e in self.evidence}
        if self.contested:
            return "contested"
        if "asserts" in stances:
            return "asserted"
        return "denied" if "denies" in stances else "unconfirmed"

    @property
    def sources(self) -> int:
        """How many different sources take a stance on it."""
        return len({e.source for e in self.evidence})

    @property
    def phrase(self) -> str:
        """The relation in words: "is allied with"; an open one in its own."""
        return self.words or PHRASES[self.relation]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown; ``caption`` says so in words, and what is left out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    caption: str = ""


PHRASES = {
    "alliedWith": "is allied with", "memberOf": "is a member of", "leads": "leads", "supports": "supports",
    "assists": "assists", "cooperatesWith": "cooperates with", "consultsWith": "consults with",
    "agreesWith": "agrees with", "yieldsTo": "yields to", "requests": "makes a request to", "opposes": "opposes",
    "accuses": "accuses", "rejects": "rejects", "threatens": "threatens", "protestsAgainst": "protests against",
    "sanctions": "sanctions", "mobilisesAgainst": "mobilises against", "coerces": "coerces", "attacks": "attacks",
    "relatedTo": "is related to",
}  # fmt: skip


def short(text: str, length: int = 26) -> str:
    """``text`` in one line, cut at ``length`` characters, fit to stand in a drawing."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


#: Kinds of actors, each with a shape of its own, and how legends call them.
KINDS = {
    "state": "state or government",
    "armed": "armed force or group",
    "organisation": "organisation, party, outlet",
    "person": "person or people",
    "unnamed": "unnamed",
}
_KIND_OF = {
    "State": "state", "Government": "state", "Ministry": "state", "Coalition": "state", "Place": "state",
    "ArmedForce": "armed", "ArmedGroup": "armed", "Organisation": "organisation", "Party": "organisation",
    "Outlet": "organisation", "Unnamed": "unnamed",
}  # fmt: skip


def kind_of(actor_type: str) -> str:
    """The kind in ``KINDS`` of an actor type."""
    return _KIND_OF.get(actor_type, "person")
