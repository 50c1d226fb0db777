"""Links that no lexicon types: the open relation ``relatedTo``, for a verb between a subject and an object."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Phrase

from kg.annotate.relations.lexicon import entries, lemma, light_verbs
from kg.annotate.relations.links import Link
from kg.annotate.relations.syntax import affected, subjects

#: Verbs of saying and being: what they link is a claim's business, or nobody's.
UNTELLING = frozenset({"be", "have", "say", "tell", "report", "quote", "call", "do", "become", "cite", "describe"})


def open_links(sentence: Phrase) -> Iterator[Link]:
    """A ``relatedTo`` link for each verb with a subject and a direct object that the lexicon does not know."""
    for verb in sentence:
        if (
            verb.pos_ != "VERB"
            or verb.lemma_ in UNTELLING
            or lemma(verb) in entries("verbs")
            or lemma(verb) in light_verbs()
        ):
            continue
        doers, objects = subjects(verb), affected(verb)
        if doers and objects:
            yield Link("relatedTo", tuple(doers), tuple(objects), (verb, verb))
