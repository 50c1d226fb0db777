"""Lexicons, word lists as data: ``load("en/stance_cues")`` gives ``lexicons/en/stance_cues.yaml``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from kg.errors import LexiconError


@cache
def load(name: str) -> tuple[dict[str, Any], ...]:
    """Entries of the shipped lexicon ``name``, in file order.

    Raises:
        LexiconError: no such lexicon, or a file that is not a list of mappings.
    """
    path = resources.files("kg") / "lexicons" / f"{name}.yaml"
    if not path.is_file():
        raise LexiconError(f"No lexicon named {name!r} in {path.parent if hasattr(path, 'parent') else 'kg/lexicons'}.")
    return tuple(parse(path.read_text("utf-8"), str(name)))


def parse(text: str, where: str) -> list[dict[str, Any]]:
    """Entries of a lexicon's YAML text; ``where`` names the file in errors."""
    try:
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe loaders)
    except yaml.YAMLError as error:
        raise LexiconError(f"{where}: not valid YAML ({error}).") from error
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise LexiconError(f"{where}: a lexicon is a YAML list of entries, each a mapping.")
    return data


@cache
def words() -> frozenset[str]:
    """Words that stand in small letters in the news (``lexicons/en/words.yaml``)."""
    return frozenset(word for entry in load("en/words") for word in entry["words"])
