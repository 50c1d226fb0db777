"""Shared fixtures: the spaCy pipeline is loaded once per run, and only when a test asks for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from spacy.language import Language

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline with every component."""
    import kg

    return kg.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated sets; tests that need it are skipped, and say so, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the annotated sets, which are not part of the repository (no {SHARED})")
    return SHARED
