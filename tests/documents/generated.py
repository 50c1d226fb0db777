"""Every generated document with its content, by its path in the repository."""

from __future__ import annotations

import json
from pathlib import Path

from tests.documents.commands import reference
from tests.documents.schema import schema
from tests.documents.terms import with_terms

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = "ontology/README.md"


def generated() -> dict[str, str]:
    """Path -> content, as they should be."""
    return {
        "kg/cli/README.md": reference(),
        "kg/schema.json": json.dumps(schema(), indent=2) + "\n",
        ONTOLOGY: with_terms((ROOT / ONTOLOGY).read_text("utf-8")),
    }
