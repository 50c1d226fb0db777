"""Annotated articles in a format for people, read into the JSON of annotated articles; offsets are worked out here.

An article is an entry of a YAML list:

- ``text`` holds the words with marks: ``[the rebels](sla)`` is a mention of the actor ``sla`` (``[both sides](a b)`` of
  two), ``{they would not talk}(c1)`` is content of the claim ``c1``. Marks nest. A blank line parts paragraphs.
- ``actors``: ``sla: ArmedGroup of sudan Q123 "Full Name"``: type, then what is known.
- ``claims``: ``c1: sla said, denies``: source, cue (``-`` for none), then any of a stance (``asserts`` unless said),
  ``via reuters bbc`` (outermost first), ``from WORDS`` (the source's words, else its mention nearest to the cue),
  ``when DATE``. What somebody only asks takes neither side: ``declines_to_confirm``.
- ``positions``: ``- sla attacks army @ shelled, c1``: subject, relation, object, trigger, then where needed the claim
  (else the innermost whose content holds the trigger) or ``narrator``, and a stance (else the claim's).
  ``shelled#2`` is the second of these words; ``sla(they) attacks army(the base)`` picks mentions (else the
  nearest to the trigger).
- ``look`` says what kind of text it is (see ``LOOKS``), ``style`` whose style it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kg.evaluate.marks import MarkupError, Range, apart, find, inside, unmark
from kg.evaluate.words import PRONOUNS
from kg.records import ACTOR_TYPES, NARRATOR, RELATIONS, STANCES, SYMMETRIC

#: What a text is there for; all but ``plain`` and ``nested`` are traps.
LOOKS = ("plain", "nested", "denial", "refusal", "hypothetical", "question", "negation", "look-alike")
#: The safe loader, in C where there is one: it is ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_POSSESSIVE = frozenset({"its", "his", "her", "their", "our", "my"})
FIELDS = ("id", "date", "publisher", "title", "style", "look")


def articles(folder: Path) -> list[dict[str, Any]]:
    """Every annotated article of a folder's ``*.yaml``, in the JSON shape of annotated articles with spans."""
    entries = (e for file in sorted(folder.glob("*.yaml")) for e in yaml.load(file.read_text("utf-8"), _LOADER))  # noqa: S506
    return [article(e) for e in entries]


def article(entry: dict[str, Any]) -> dict[str, Any]:
    """One annotated article.

    Raises:
        MarkupError: words that the text does not hold or holds twice, an unknown actor, relation, stance or type.
    """
    try:
        return _Reader(entry).article()
    except (MarkupError, KeyError) as error:
        raise MarkupError(f"{entry.get('id')}: {error}") from error


class _Reader:
    """Reads one entry."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.entry = entry
        self.marked = unmark(re.sub(r"\n+", "\n\n", entry["text"].strip()))
        self.text = self.marked.text
        self.actors = {k: self._actor(k, v) for k, v in entry.get("actors", {}).items()}
        for name in self.marked.mentions:
            self.actor(name)
        self.claims: dict[str, dict[str, Any]] = {}
        self.claims |= {k: self._claim(k, v) for k, v in entry.get("claims", {}).items()}
        self._nest()
        if unclaimed := self.marked.contents.keys() - self.claims.keys():
            raise MarkupError(f"contents without a claim: {sorted(unclaimed)}")

    def article(self) -> dict[str, Any]:
        """The JSON of the article."""
        positions = [self._position(line) for line in self.entry.get("positions", [])]
        propositions, claims = _derived(list(self.claims.values()), positions)
        known = {k: v and str(v) for k in FIELDS for v in (self.entry.get(k),)}
        return {
            **known, "text": self.text, "actors": list(self.actors.values()), "roles": [],
            "propositions": propositions, "claims": claims, "positions": positions,
        }  # fmt: skip

    def actor(self, name: str) -> dict[str, Any]:
        """The actor of that id."""
        if name not in self.actors:
            raise MarkupError(f"no actor {name!r}")
        return self.actors[name]

    def _actor(self, name: str, line: str) -> dict[str, Any]:
        found = re.fullmatch(r'(\w+)(?: of (\S+))?(?: (Q\d+))?(?: "(.+)")?', line)
        if found is None or found[1] not in ACTOR_TYPES:
            raise MarkupError(f"actor {name}: {line!r} is no type with `of ID`, `Q1` and a name")
        mentions = sorted(self.marked.mentions.get(name, []))
        words = [self.text[s:e] for s, e in mentions]
        names = list(dict.fromkeys(w for w in words if w.lower() not in PRONOUNS))
        best = found[4] or next((w for w in names if w[0].isupper()), names[0] if names else name)
        known = {"id": name, "name": best, "type": found[1], "wikidata": found[3], "of": found[2]}
        return {**known, "names": names, "mentions": mentions}

    def _claim(self, name: str, line: str) -> dict[str, Any]:
        said, *options = [x.strip() for x in line.split(",")]
        source, cue = said.split(" ", 1)
        known = dict(o.split(" ", 1) for o in options if " " in o)
        stance = next((o for o in options if o in STANCES), "asserts")
        if strange := [o for o in options if o not in STANCES and o.split(" ")[0] not in ("via", "from", "when")]:
            raise MarkupError(f"claim {name}: what is {strange}?")
        if name not in self.marked.contents:
            raise MarkupError(f"claim {name} has no content in the text")
        content = sorted(self.marked.contents[name])
        at = None if cue == "-" else find(self.text, cue, near=content, outside=content)
        self.actor(source)
        span = self._source(source, known.get("from"), at or content[0], content)
        return {
            "id": name, "source": source, "via": [self.actor(v)["id"] for v in known.get("via", "").split()],
            "stance": stance, "cue": None if cue == "-" else cue, "content": content, "propositions": [],
            "when": known.get("when"), "nested_in": None, "source_span": span, "cue_span": [at] if at else [],
            "cue_stance": stance,
        }  # fmt: skip

    def _source(self, actor: str, words: str | None, at: Range, content: list[Range]) -> list[Range]:
        if words is not None:
            return [find(self.text, words, near=[at])]
        mentions = [m for m in self.marked.mentions.get(actor, []) if not inside([m], content)]
        return [min(mentions, key=lambda m: self._apart(m, at))] if mentions else []

    def _apart(self, mention: Range, at: Range) -> int:
        possessive = 40 * (self.text[slice(*mention)].lower() in _POSSESSIVE)
        spans = (span for c in self.claims.values() for span in c["content"])
        return possessive + apart(self.text, mention, at, spans)

    def _nest(self) -> None:
        """Say which claim's content holds each claim, cue and content."""
        for inner in self.claims.values():
            parts = [*inner["content"], *inner["cue_span"]]
            around = [
                (sum(e - s for s, e in c["content"]), k)
                for k, c in self.claims.items()
                if c is not inner and c["content"] != inner["content"] and inside(parts, c["content"])
            ]
            inner["nested_in"] = min(around)[1] if around else None

    def _position(self, line: str) -> dict[str, Any]:
        found = re.fullmatch(r"(\S+?)(?:\((.+?)\))? (\w+) (\S+?)(?:\((.+?)\))? @ ([^,]+)((?:, \S+)*)", line)
        if found is None or found[3] not in RELATIONS:
            raise MarkupError(f"position {line!r} is not `subject relation object @ trigger`")
        options = found[7].replace(",", " ").split()
        stance = next((o for o in options if o in STANCES), None)
        named = next((o for o in options if o in self.claims or o == NARRATOR), None)
        if len(options) != (stance is not None) + (named is not None):
            raise MarkupError(f"position {line!r}: unknown claim or stance")
        held = self.claims[named]["content"] if named in self.claims else ()
        trigger = find(self.text, found[6], within=held)
        claim = None if named == NARRATOR else named or self._innermost(trigger, line)
        ends = [self._end(a, words, trigger) for a, words in ((found[1], found[2]), (found[4], found[5]))]
        if found[3] in SYMMETRIC and ends[0] > ends[1]:
            raise MarkupError(f"position {line!r}: a symmetric relation is written in the order of the text")
        return {
            "claim": claim, "stance": stance or (self.claims[claim]["stance"] if claim else "asserts"),
            "subject": found[1], "relation": found[3], "object": found[4],
            "subject_span": ends[0], "object_span": ends[1], "trigger": trigger,
        }  # fmt: skip

    def _innermost(self, trigger: Range, line: str) -> str | None:
        around = sorted(
            (sum(e - s for s, e in c["content"]), k) for k, c in self.claims.items() if inside([trigger], c["content"])
        )
        if len(around) > 1 and around[0][0] == around[1][0]:
            raise MarkupError(f"position {line!r}: say which of the claims {around[0][1]} and {around[1][1]}")
        return around[0][1] if around else None

    def _end(self, actor: str, words: str | None, trigger: Range) -> Range:
        self.actor(actor)
        mentions = [m for m in self.marked.mentions.get(actor, []) if words in (None, self.text[m[0] : m[1]])]
        if not mentions:
            raise MarkupError(f"no mention of {actor}" + (f" in the words {words!r}" if words else ""))
        return min(mentions, key=lambda m: (self._apart(m, trigger), m))


def _derived(
    claims: list[dict[str, Any]], positions: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Distinct propositions, and the claims with them: one a stance, and one of the narrator a statement."""
    ids: dict[tuple[str, ...], str] = {}
    for p in positions:
        ids.setdefault(_edge(p), f"p{len(ids) + 1}")
    propositions = [dict(zip(("subject", "relation", "object"), e, strict=True), id=i) for e, i in ids.items()]
    out = [c for claim in claims for c in _by_stance(claim, [p for p in positions if p["claim"] == claim["id"]], ids)]
    narrated = [p for p in positions if p["claim"] is None]
    return propositions, [*out, *(_narrator(f"n{i}", p, ids) for i, p in enumerate(narrated, 1))]


def _edge(position: dict[str, Any]) -> tuple[str, ...]:
    return position["subject"], position["relation"], position["object"]


def _by_stance(
    claim: dict[str, Any], positions: list[dict[str, Any]], ids: dict[tuple[str, ...], str]
) -> Iterator[dict[str, Any]]:
    stances = list(dict.fromkeys(p["stance"] for p in positions)) or [claim["stance"]]
    if claim["stance"] not in stances:
        raise MarkupError(f"claim {claim['id']} {claim['stance']}, but none of its positions do")
    for i, stance in enumerate(stances):
        held = list(dict.fromkeys(ids[_edge(p)] for p in positions if p["stance"] == stance))
        yield {**claim, "id": claim["id"] + (f".{i + 1}" if i else ""), "stance": stance, "propositions": held}


def _narrator(name: str, position: dict[str, Any], ids: dict[tuple[str, ...], str]) -> dict[str, Any]:
    spans = [position[k] for k in ("subject_span", "object_span", "trigger")]
    content = [(min(s for s, _ in spans), max(e for _, e in spans))]
    known = {"id": name, "source": NARRATOR, "via": [], "stance": position["stance"], "cue": None, "content": content}
    return {**known, "propositions": [ids[_edge(position)]], "when": None}
