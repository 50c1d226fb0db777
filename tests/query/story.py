"""The graph over which each named query has an expected answer, for tests of any store that answers SPARQL.

``python -m tests.query.story`` writes ``answers.yaml`` anew after a change that was meant; read the difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.merge import merge
from kg.query import NamedQuery, list_named, run_named
from kg.records import Actor, Article, Claim, Extraction, Proposition, Role, Span
from kg.store import Store, open_store
from kg.store.results import Row
from tests.rdf.samples import samples

_FOLDER = Path(__file__).parent
_ANSWERS = _FOLDER / "answers.yaml"


@dataclass(frozen=True, slots=True)
class Case:
    """A named query, the parameters it is tried with, and the rows that it must give over the story, in any order."""

    query: NamedQuery
    values: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The query with its parameters, as ``answers.yaml`` has it."""
        return _key(self.query, self.values)


@cache
def story() -> tuple[Extraction, ...]:
    """The three sample articles and those of ``story.yaml``."""
    entries = yaml.safe_load((_FOLDER / "story.yaml").read_text("utf-8"))
    return (*samples(), *map(_extraction, entries))


def fill(store: Store) -> None:
    """Write the story into ``store`` and merge it."""
    with store.writer() as writer:
        for extraction in story():
            writer.write(extraction)
    merge(store)


def cases() -> list[Case]:
    """Every named query twice: with its example's parameters, and with those only that it cannot do without."""
    answers = yaml.safe_load(_ANSWERS.read_text("utf-8"))
    return [Case(query, values, _rows(answers[_key(query, values)])) for query, values in _calls()]


def _calls() -> list[tuple[NamedQuery, dict[str, str]]]:
    calls: list[tuple[NamedQuery, dict[str, str]]] = []
    for query in list_named():
        needed = {p.name: query.example[p.name] for p in query.params if p.required}
        calls.append((query, needed))
        if needed != query.example:
            calls.append((query, dict(query.example)))
    return calls


def _key(query: NamedQuery, values: Mapping[str, str]) -> str:
    return " ".join([query.name, *(f"{name}={value}" for name, value in values.items())])


def _rows(rows: list[list[str | None]]) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in rows)


def _extraction(entry: dict[str, Any]) -> Extraction:
    """The extraction that a compact entry stands for: wherever a span is due, it has the words."""
    text = entry["text"]

    def found(words: str | None) -> Span | None:
        return None if words is None else (text.index(words), text.index(words) + len(words))

    def spans(*words: str | None) -> list[Span]:
        return [span for each in words if (span := found(each))]

    article = {name: entry[name] for name in ("id", "text", "date", "publisher", "title")}
    return Extraction(
        Article.from_dict(article),
        tuple(Actor.from_dict({**a, "names": [a["name"]], "mentions": spans(*a["mentions"])}) for a in entry["actors"]),
        tuple(Role.from_dict({**r, "evidence": found(r["evidence"])}) for r in entry["roles"]),
        tuple(Proposition.from_dict({**_dated(p), "evidence": found(p["evidence"])}) for p in entry["propositions"]),
        tuple(
            Claim.from_dict({**_dated(c), "content": spans(c["content"]), "cue_span": spans(c.get("cue"))})
            for c in entry["claims"]
        ),
        "story",
    )


def _dated(entry: dict[str, Any]) -> dict[str, Any]:
    """Dates as the text that they are: YAML reads a day as something else."""
    return {name: str(value) if name in ("when", "valid_from") else value for name, value in entry.items()}


def rewrite() -> None:
    """Write the answers anew, one row a line."""
    with open_store(":memory:") as store:
        fill(store)
        answers = {_key(*call): run_named(store.view(), call[0].name, call[1]).table for call in _calls()}
    lines = ["# What each named query answers over the story. Made by python -m tests.query.story; read what changed."]
    for key, rows in answers.items():
        lines.append(f"{_flow(key)}:" + ("" if rows else " []"))
        lines += [f"  - {_flow(list(row))}" for row in rows]
    _ANSWERS.write_text("\n".join(lines) + "\n", "utf-8")


def _flow(value: object) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")


if __name__ == "__main__":
    rewrite()
