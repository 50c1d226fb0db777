"""The golden sentences by file and kind.

A line ``# -- title`` in a file begins a section. The cases of a section are of one kind, those of them that expect
nothing to be found (look-alikes) of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
FILES = (
    "actors", "attribution", "attribution_layouts", "contested", "coreference", "denials", "relations", "stance",
)  # fmt: skip
#: What a case of each file expects to be found; a case without any of it is a look-alike.
_EXPECTS = {
    "actors": ("expect", "same"), "coreference": ("same",), "contested": ("contested",), "denials": ("positions",),
    "stance": ("denies", "declines"),
}  # fmt: skip
#: Files of which no case is dangerous: they hold no facts and no denials.
_HARMLESS = ("actors", "coreference")
_SECTION = re.compile(r"^# -- (.+)\n", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Case:
    """One golden case: its file, the title of its section, and its fields."""

    file: str
    section: str
    data: dict[str, Any]

    @property
    def text(self) -> str:
        """The sentence, or the articles, that the case is about."""
        return str(self.data.get("text") or " / ".join(self.data["articles"]))

    @property
    def alike(self) -> bool:
        """Whether it is a look-alike: nothing is to be found."""
        return not any(self.data.get(field) for field in _EXPECTS.get(self.file, ("expect",)))

    @property
    def kind(self) -> str:
        """What it is counted under."""
        return f"{self.section} (look-alikes)" if self.alike else self.section

    @property
    def dangerous(self) -> bool:
        """Whether there is something that must never be found in it: a denial turned round, a fact out of nothing."""
        if self.file in _HARMLESS:
            return False
        return self.alike or self.file == "denials" or bool(self.data.get("denies"))


@cache
def cases(file: str) -> tuple[Case, ...]:
    """The cases of a file, in its order."""
    return tuple(_read(file))


def _read(file: str) -> Iterator[Case]:
    _, *parts = _SECTION.split((FOLDER / f"{file}.yaml").read_text("utf-8"))
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        yield from (Case(file, title, data) for data in yaml.safe_load(body))


def all_cases() -> list[Case]:
    """The cases of every file."""
    return [case for file in FILES for case in cases(file)]
