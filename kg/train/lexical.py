"""Sentences made from the lexicons' own examples: who does what in a thousand words, in many voices.

Each entry of ``relations_verbs``, ``relations_nouns`` and ``relations_modifiers`` has an example of ours
("Turkey bombarded Syria for weeks."). Other actors take the places of its two, and frames of speech, denial, doubt and
negation are laid around it, so that what the lexicons know is learnt together with what changes it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.lexicon import load

#: Actors by name and type.
CAST = (
    ("Peru", "State"), ("Kenya", "State"), ("Norway", "State"), ("Vietnam", "State"), ("Chad", "State"),
    ("Japan", "State"), ("Belarus", "State"), ("Colombia", "State"), ("Eritrea", "State"),
    ("Serbia", "State"), ("Algeria", "State"),
    ("the Ugandan army", "ArmedForce"), ("the Thai navy", "ArmedForce"), ("Rwandan troops", "ArmedForce"),
    ("Armenian forces", "ArmedForce"), ("the Red Dawn Brigade", "ArmedGroup"), ("M23", "ArmedGroup"),
    ("the rebels", "ArmedGroup"), ("Shining Path", "ArmedGroup"), ("the militia", "ArmedGroup"),
    ("separatist fighters", "ArmedGroup"), ("the Justice Party", "Party"), ("the opposition", "Party"),
    ("the African Union", "Organisation"), ("the World Bank", "Organisation"),
    ("Amnesty International", "Organisation"),
    ("the court", "Organisation"), ("the union", "Organisation"), ("the coalition", "Coalition"),
    ("the Chilean government", "Government"), ("the junta", "Government"), ("the interior ministry", "Ministry"),
    ("Ana Morales", "Person"), ("President Jonas Okello", "Person"), ("Mr Tanaka", "Person"),
    ("General Ruiz", "Person"),
    ("the prime minister", "Person"), ("protesters", "People"), ("the villagers", "People"),
    ("police", "Organisation"),
)  # fmt: skip
SPEAKERS = (
    ("Lena Fischer", "Person"), ("a spokesman for the ministry", "Unnamed"), ("a senior official", "Unnamed"),
    ("the Daily Herald", "Outlet"), ("President Adeyemi", "Person"), ("the foreign ministry", "Ministry"),
    ("two diplomats", "Unnamed"), ("the mayor", "Person"), ("human rights groups", "Organisation"), ("he", "Person"),
    ("she", "Person"), ("the group", "ArmedGroup"), ("residents", "Unnamed"),
)  # fmt: skip
#: Before and after a sentence, the cue of who says it, and the stance that it takes on what is said.
FRAMES = (
    ("{S} said that ", "", "said", "asserts"),
    ("{S} said ", "", "said", "asserts"),
    ("", ", {S} said", "said", "asserts"),
    ("According to {S}, ", "", "According to", "asserts"),
    ("{S} confirmed that ", "", "confirmed", "asserts"),
    ("{S} claimed that ", " on Monday", "claimed", "asserts"),
    ("{S} denied that ", "", "denied", "denies"),
    ("{S} denied reports that ", "", "denied", "denies"),
    ("{S} dismissed claims that ", "", "dismissed", "denies"),
    ("{S} rejected the accusation that ", " as absurd", "rejected", "denies"),
    ("{S} said it was untrue that ", "", "said", "denies"),
    ("{S} flatly denied that ", "", "denied", "denies"),
    ("{S} insisted it was false that ", "", "insisted", "denies"),
    ("{S} could not confirm that ", "", "could not confirm", "declines_to_confirm"),
    ("{S} said it was unable to confirm whether ", "", "said", "declines_to_confirm"),
    ("{S} declined to comment on reports that ", "", "declined to comment on", "declines_to_confirm"),
    ("{S} would neither confirm nor deny that ", "", "would neither confirm nor deny", "declines_to_confirm"),
)
#: Around a sentence that is then no position of anybody's.
OPEN = ("If {C}, the talks will end", "It is unclear whether {C}", "Nobody knows whether {C}",
        "Observers fear a war if {C}", "The question is whether {C}", "Unless {C}, aid will stop")  # fmt: skip
#: Around a sentence that stays the narrator's.
PLAIN = (
    "{C}",
    "{C}",
    "On Tuesday {C}",
    "Last week {C}",
    "It emerged on Friday that {C}",
    "For years {C}",
    "Meanwhile, {C}",
)


@dataclass
class Draft:
    """Text under way with its actors, claims and positions."""

    text: str = ""
    actors: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: list[dict[str, Any]] = field(default_factory=list)
    positions: list[dict[str, Any]] = field(default_factory=list)

    def name(self, actor: tuple[str, str], start: int) -> tuple[str, list[int]]:
        """The id of an actor that is written at ``start``, and the span."""
        words, kind = actor
        key = re.sub(r"\W+", "-", words.lower())
        known = self.actors.setdefault(key, {"id": key, "name": words, "type": kind, "names": [words], "mentions": []})
        span = [start, start + len(words)]
        known["mentions"].append(span)
        return key, span


def _entries() -> list[dict[str, Any]]:
    return [e for name in ("verbs", "nouns", "modifiers") for e in load(f"en/relations_{name}") if e.get("relation")]


def _trigger(sentence: str, lemma: str, ends: list[list[int]]) -> list[int] | None:
    """The word of a sentence that is most like a lemma, outside the actors."""
    best: tuple[int, list[int]] | None = None
    for word in re.finditer(r"[\w’']+", sentence):
        if any(word.start() < e and s < word.end() for s, e in ends):
            continue
        same = 0
        for a, b in zip(word[0].lower(), lemma.split(maxsplit=1)[0].lower(), strict=False):
            if a != b:
                break
            same += 1
        if same >= min(3, len(lemma.split(maxsplit=1)[0])) and (best is None or same > best[0]):
            best = same, [word.start(), word.end()]
    return best[1] if best else None


def _clause(entry: dict[str, Any], pair: list[tuple[str, str]]) -> tuple[str, list[list[int]], list[int]] | None:
    """The example with other actors: its words, the spans of subject and object, and the trigger."""
    example = entry["example"].rstrip(".")
    if example.count("Turkey") != 1 or example.count("Syria") != 1:
        return None
    out, spans = "", {}
    for part in re.split("(Turkey|Syria)", example):
        who = {"Turkey": 0, "Syria": 1}.get(part)
        if who is None:
            out += part
            continue
        words = pair[who][0]
        spans[who] = [len(out), len(out) + len(words)]
        out += words
    ends = [spans[0], spans[1]]
    trigger = _trigger(out, entry["lemma"], ends)
    return (out, ends, trigger) if trigger else None


def documents(count: int, rng: random.Random, sentences: int = 12) -> Iterator[dict[str, Any]]:
    """``count`` made-up articles of so many sentences, annotated in the guidelines' shape."""
    entries = _entries()
    for number in range(count):
        draft = Draft()
        for entry in rng.sample(entries, sentences):
            _add(draft, entry, rng)
        yield {"id": f"lexical-{number}", "text": draft.text, "actors": list(draft.actors.values()),
               "claims": draft.claims, "positions": draft.positions}  # fmt: skip


def _add(draft: Draft, entry: dict[str, Any], rng: random.Random) -> None:
    """One more sentence."""
    pair = rng.sample(CAST, 2)
    made = _clause(entry, pair)
    if made is None:
        return
    clause, ends, trigger = made
    draft.text += rng.choice((" ", " ", "\n\n")) if draft.text else ""
    at, kind = len(draft.text), rng.random()
    source, frame, stance = None, "{C}", "asserts"
    if kind < 0.5:
        before, after, cue, stance = rng.choice(FRAMES)
        source = rng.choice(SPEAKERS)
        frame = f"{before}{{C}}{after}"
    elif kind < 0.65:
        frame, stance = rng.choice(OPEN), ""
    else:
        frame = rng.choice(PLAIN)
    before, _, after = frame.partition("{C}")
    words = {"S": source[0]} if source else {}
    lead, tail = before.format(**words), after.format(**words)
    sentence = lead + clause + tail
    draft.text += sentence[0].upper() + sentence[1:] + "."
    offset = at + len(lead)
    (subject, s), (obj, o) = (draft.name(a, offset + e[0]) for a, e in zip(pair, ends, strict=True))
    claim = None
    if source:
        inside = sentence.index(source[0], 0 if "{S}" in before else len(lead) + len(clause))
        who, span = draft.name(source, at + inside)
        where = sentence.index(cue) if cue in lead else sentence.index(cue, len(lead) + len(clause))
        claim = f"c{len(draft.claims)}"
        draft.claims.append({
            "id": claim, "source": who, "stance": stance, "cue": cue, "cue_stance": stance, "nested_in": None,
            "cue_span": [[at + where, at + where + len(cue)]], "source_span": [span],
            "content": [[offset, offset + len(clause)]], "propositions": [], "via": [],
        })  # fmt: skip
    if stance:
        draft.positions.append({
            "claim": claim, "stance": stance, "subject": subject, "relation": entry["relation"], "object": obj,
            "subject_span": s, "object_span": o, "trigger": [offset + trigger[0], offset + trigger[1]],
        })  # fmt: skip
