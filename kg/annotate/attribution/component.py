"""The spaCy component ``kg_attribution``: attributions of a Doc as claims."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.attribution.base import Attribution
from kg.annotate.attribution.floating import with_floating
from kg.annotate.attribution.layout import with_layout
from kg.annotate.attribution.nesting import Node, nested, same_cue
from kg.annotate.attribution.quotes import kind, quotations, trim
from kg.annotate.attribution.statements import authored, carried_on, heading
from kg.annotate.reader.encoder import Encoder, shipped
from kg.records import Claim, Spans


class Attributor:
    """Sets the claims of a Doc: source, cue and content spans, kind, nesting and confidence."""

    def __init__(self, reader: Encoder) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its claims set."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Node]:
        """Attributions of ``doc`` in text order, each with the one whose content holds it."""
        text = layers.text(doc)
        reading = self.reader.reading(text)
        whole = carried_on(text, reading.attributions, reading.cuts()) or authored(
            text, heading(text, layers.title(doc))
        )
        outer, inner = with_layout(text, reading.attributions, whole)
        return nested(with_floating(doc, outer, quotations(doc)), _once([*inner, *reading.inner]))

    def set_annotations(self, doc: Doc, scores: list[Node]) -> None:
        """Write the attributions as claims."""
        layers.set_claims(doc, claims(layers.text(doc), scores))


class Starter:
    """Lets the encoder begin with a Doc's text, so that it reads while spaCy parses."""

    def __init__(self, reader: Encoder) -> None:
        self.reader = reader

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` as it is."""
        self.reader.start(layers.text(doc))
        return doc


def _once(found: list[Attribution]) -> list[Attribution]:
    """``found`` without those whose cue overlaps an earlier one's."""
    out: list[Attribution] = []
    for a in found:
        if not any(same_cue(a, b) for b in out):
            out.append(a)
    return out


def claims(text: str, nodes: list[Node]) -> list[Claim]:
    """Claims with local ids ``c1``, ``c2``... in text order; their source is not yet an actor."""
    return [_claim(text, i, node) for i, node in enumerate(nodes, 1)]


def _claim(text: str, number: int, node: Node) -> Claim:
    found = node.attribution
    return Claim(
        id=f"c{number}",
        source=None,
        content=_trimmed(text, found.content),
        cue=" ".join(text[s:e] for s, e in found.cue) or None,
        source_span=found.source,
        cue_span=found.cue,
        kind=kind(text, found.content),
        nested_in=None if node.parent is None else f"c{node.parent + 1}",
        confidence=found.confidence,
    )


def _trimmed(text: str, content: Spans) -> Spans:
    spans = [trim(text, s) for s in content]
    return tuple(s for s in spans if s[0] < s[1]) or content


@Language.factory("kg_attribution", requires=["token.dep", "token.pos"])
def make_attribution(nlp: Language, name: str) -> Attributor:  # noqa: ARG001  (spaCy's signature)
    """The component over the shipped reader."""
    return Attributor(shipped())


@Language.factory("kg_start")
def make_start(nlp: Language, name: str) -> Starter:  # noqa: ARG001
    """The component that stands before spaCy's own."""
    return Starter(shipped())
