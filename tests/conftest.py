"""Shared fixtures: the spaCy pipeline is loaded once per run, and only when a test asks for it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("hearsay", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hearsay")
# Commands that tests call in this process log to a stream that pytest closes after them.
logging.raiseExceptions = False

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
