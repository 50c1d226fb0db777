"""Annotated articles: the records of an extraction, and every statement with its spans."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import ReadError
from kg.evaluate.words import mention_kind
from kg.records import NARRATOR, Actor, Claim, Extraction, Record, Span


@dataclass(frozen=True, slots=True)
class Statement(Record):
    """One place where the text states a relation. ``claim`` is None for the narrator's own."""

    subject: str
    relation: str
    object: str
    claim: str | None = None
    stance: str = "asserts"
    subject_span: Span | None = None
    object_span: Span | None = None
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated article."""

    extraction: Extraction
    statements: tuple[Statement, ...] = ()

    @property
    def text(self) -> str:
        """The article's text."""
        return self.extraction.article.text

    def claims(self) -> list[Claim]:
        """The attributed claims; the narrator's are left out."""
        return attributed(self.extraction)


def attributed(extraction: Extraction) -> list[Claim]:
    """Claims that somebody other than the narrator makes."""
    return [c for c in extraction.claims if c.source != NARRATOR]


def gold_of(article: Mapping[str, Any]) -> Gold:
    """The annotated article that ``article`` (JSON) describes; mentions get their kind from their words."""
    named = [
        {**a, "name": a.get("name") or next(iter(a.get("names") or ()), a["id"])} for a in article.get("actors", ())
    ]
    record = Extraction.from_dict({**article, "actors": named})
    actors = tuple(_kinds(a, record.article.text) for a in record.actors)
    statements = tuple(Statement.from_dict(p) for p in article.get("positions", ()))
    return Gold(replace(record, actors=actors), statements)


def _kinds(actor: Actor, text: str) -> Actor:
    mentions = (replace(m, kind=mention_kind(text[m.start : m.end])) for m in actor.mentions)
    return replace(actor, mentions=tuple(mentions))


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The annotated articles of a folder of JSON files, of one JSON file (an article or a list), or of JSON Lines.

    Raises:
        ReadError: a file is no JSON, an article has no id or text, or there is no article at all.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    found = [article for file in files for article in _read(file)]
    if not found:
        raise ReadError(f"{path}: no annotated articles there. Give a folder of .json files, or a .jsonl file.")
    return found


def _read(file: Path) -> list[dict[str, Any]]:
    text = file.read_text("utf-8")
    if file.suffix == ".jsonl":
        rows = [_parsed(line, f"{file}, line {i}") for i, line in enumerate(text.splitlines(), 1) if line.strip()]
    else:
        data = _parsed(text, str(file))
        rows = data if isinstance(data, list) else [data]
    for i, article in enumerate(rows, 1):
        if not isinstance(article, dict) or not {"id", "text"} <= article.keys():
            raise ReadError(f"{file}, article {i}: an annotated article needs an 'id' and a 'text'.")
    return rows


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError(f"{where}: not valid JSON ({error.msg}).") from error


def flat(article: Mapping[str, Any]) -> dict[str, Any]:
    """The article with its ``attributions``, taken from its claims where it has none: outermost, each once."""
    if "attributions" in article:
        return dict(article)
    rows = {
        (claim.source_span, claim.cue_span, claim.content): None
        for claim in gold_of(article).claims()
        if claim.nested_in is None
    }
    return {**article, "attributions": [dict(zip(("source", "cue", "content"), r, strict=True)) for r in rows]}
