"""Annotated articles to learn from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Article = Mapping[str, Any]


def read(path: Path) -> list[dict[str, Any]]:
    """Articles of a JSON Lines file: ``id``, ``text``, ``attributions`` with spans for source, cue and content."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
