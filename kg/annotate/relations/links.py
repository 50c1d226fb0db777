"""Links that the lexicon finds in a parse: a relation between the heads of two phrases, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Phrase

from kg.annotate.relations.link import Link
from kg.annotate.relations.modifiers import LISTING, member_links, modifier_links
from kg.annotate.relations.nouns import noun_links
from kg.annotate.relations.syntax import VERBAL
from kg.annotate.relations.verbs import verb_links

__all__ = ["Link", "links"]


def links(sentence: Phrase) -> Iterator[Link]:
    """Every link in the sentence, in the order of its predicates."""
    for token in sentence:
        if token.pos_ in VERBAL or token.tag_ == "VBN":
            yield from verb_links(token)
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
            yield from noun_links(token)
            yield from modifier_links(token)
        if token.lower_ in LISTING:
            yield from member_links(token)
