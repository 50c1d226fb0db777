"""Annotated articles with other states and surnames in them, the same wherever they stand.

A reader that sees its articles often learns by heart who attacks whom in them. Whose names change from one epoch to the
next, they have to be read.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from kg.records import Span

#: Fields of an annotation that are spans, or lists of spans.
_SPANS = ("mentions", "source_span", "cue_span", "content", "subject_span", "object_span", "trigger")
#: Share of the people of an article that get another surname, and how often a state with "the" stays itself.
RENAMED, KEPT = 0.6, 0.4
_FULL = re.compile(r"(?:[A-Z][\w.’'-]* )+([A-Z][a-z]{3,})")
_TITLES = frozenset({"State", "Party", "News", "President", "Minister"})
#: States before which English puts "the"; of the others only the two with common short forms take another's place.
_THE = re.compile(r"United|Netherlands|Philippines|Maldives|Bahamas|Gambia|Republic|Comoros|Islands")
_SHORT = {"United States": "US", "United Kingdom": "UK"}
#: Names of states that are as often something else.
_OTHERWISE = frozenset({"America", "Chad", "Georgia", "Jordan", "Jordanian"})


@dataclass(frozen=True, slots=True)
class Form:
    """What a word says of a state: its name, its capital, its adjective, or its people."""

    state: str
    kind: str


class Edits:
    """Stretches of a text with what takes their place."""

    def __init__(self, text: str, edits: Iterable[tuple[int, int, str]]) -> None:
        self.found = list(_disjoint(sorted(edits)))
        parts, last, self.at = [], 0, list[Span]()
        size = 0
        for start, end, new in self.found:
            parts += [text[last:start], new]
            size += start - last + len(new)
            self.at.append((size - len(new), size))
            last = end
        self.text = "".join([*parts, text[last:]])
        self._starts = [start for start, _, _ in self.found]

    def moved(self, span: Sequence[int]) -> list[int]:
        """Where a span of the old text stands in the new one; one that ends inside an edit takes it in whole."""
        return [self._start(span[0]), self._end(span[1])]

    def _start(self, at: int) -> int:
        n = bisect_right(self._starts, at) - 1
        if n < 0:
            return at
        return self.at[n][0] if at < self.found[n][1] else at - self.found[n][1] + self.at[n][1]

    def _end(self, at: int) -> int:
        n = bisect_left(self._starts, at) - 1
        if n < 0:
            return at
        return self.at[n][1] if at <= self.found[n][1] else at - self.found[n][1] + self.at[n][1]


def _disjoint(edits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    last = 0
    for edit in edits:
        if edit[0] >= last:
            yield edit
            last = edit[1]


class Swapper:
    """Gives articles other states, of the gazetteer, and other surnames, of the people of the articles themselves."""

    def __init__(self, articles: Iterable[Mapping[str, Any]]) -> None:
        lexicon = resources.files("kg") / "lexicons" / "actors" / "states.yaml"
        states = yaml.safe_load(lexicon.read_text("utf-8"))
        whole = [s for s in states if all(s.get(k) for k in ("capitals", "adjectives", "people"))]
        self.forms = {word: form for state in whole for word, form in _words(state)}
        self.states = {s["name"]: _first(s) for s in whole}
        self.others = sorted(name for name in self.states if name in _SHORT or not _THE.search(name))
        self.surnames = sorted({name for article in articles for name in _surnames(article)})
        longest = sorted(map(re.escape, self.forms), key=len, reverse=True)
        self._named = re.compile(rf"(?:\b([Tt]he) )?(?<![\w.])({'|'.join(longest)})(?!\w|\.\w)")

    def swapped(self, article: Mapping[str, Any], rng: random.Random) -> tuple[dict[str, Any], Edits]:
        """The article with other names, its spans where the words are now, and what was changed."""
        text = article["text"]
        edits = Edits(text, [*self._of_states(text, rng), *self._of_people(article, rng)])
        return {**_moved(article, edits), "text": edits.text}, edits

    def _of_states(self, text: str, rng: random.Random) -> Iterator[tuple[int, int, str]]:
        found = list(self._named.finditer(text))
        here = sorted({self.forms[m[2]].state for m in found})
        others = dict(zip(here, rng.sample([o for o in self.others if o not in here], len(here)), strict=True))
        put = {s: s if s in _SHORT and rng.random() < KEPT else other for s, other in others.items()}
        for match in found:
            form = self.forms[match[2]]
            if put[form.state] != form.state:
                yield self._instead(match, form, put[form.state])

    def _instead(self, match: re.Match[str], form: Form, state: str) -> tuple[int, int, str]:
        new = self.states[state][form.kind]
        if form.kind != "name":
            return match.start(2), match.end(2), new
        if match[2].isupper() and state in _SHORT:
            new = _SHORT[state]
        if match[1] and not _THE.search(state):
            return match.start(), match.end(2), new
        article = "the " if _THE.search(state) and not match[1] and new == state else ""
        return match.start(2), match.end(2), article + new

    def _of_people(self, article: Mapping[str, Any], rng: random.Random) -> Iterator[tuple[int, int, str]]:
        text = article["text"]
        names = [n for n in _surnames(article) if rng.random() < RENAMED and n not in self.forms]
        for name in names:
            if not re.search(rf"\b{name.lower()}\b", text):  # else the name is a word as well
                new = rng.choice(self.surnames)
                yield from ((*m.span(), new) for m in re.finditer(rf"\b{name}\b", text))


def _words(state: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    unsure = _OTHERWISE | set(state.get("ambiguous", ()))
    names = {"name": [state["name"], *state.get("aliases", ())], "capital": state["capitals"]}
    for kind, words in (*names.items(), ("adjective", state["adjectives"]), ("people", state["people"])):
        yield from ((word, Form(state["name"], kind)) for word in words if word not in unsure)


def _first(state: Mapping[str, Any]) -> dict[str, str]:
    plural = {"capital": "capitals", "adjective": "adjectives", "people": "people"}
    return {"name": state["name"], **{kind: state[key][0] for kind, key in plural.items()}}


def _surnames(article: Mapping[str, Any]) -> list[str]:
    """Last words of the full names of an article's people, in order, each once."""
    people = (a for a in article["actors"] if a["type"] == "Person")
    full = (_FULL.fullmatch(article["text"], *span) for person in people for span in person["mentions"])
    return list(dict.fromkeys(m[1] for m in full if m and m[1] not in _TITLES))


def _moved(part: Any, edits: Edits) -> Any:
    """A part of an annotation with its spans where the words are now."""
    if isinstance(part, Mapping):
        return {k: _spans(v, edits) if k in _SPANS else _moved(v, edits) for k, v in part.items()}
    return [_moved(p, edits) for p in part] if isinstance(part, list) else part


def _spans(value: Any, edits: Edits) -> Any:
    if not value:
        return value
    return edits.moved(value) if isinstance(value[0], int) else [edits.moved(span) for span in value]
