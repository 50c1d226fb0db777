"""The spaCy component ``kg_attribution``: attributions of a Doc as claims."""

from __future__ import annotations

import logging

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate import layers
from kg.annotate.attribution import linear
from kg.annotate.attribution.base import Attribution, Engine
from kg.annotate.attribution.layout import with_layout
from kg.annotate.attribution.lexical import Lexical, look_alike, passed_on, with_floating
from kg.annotate.attribution.nesting import Node, nested, same_cue
from kg.annotate.attribution.quotes import kind, quotations, trim
from kg.annotate.reader import encoder
from kg.errors import PipelineError
from kg.records import Claim, Spans

log = logging.getLogger(__name__)


ENGINES = ("encoder", "linear", "lexicon")


def engine(name: str) -> Engine:
    """The engine ``name``: ``encoder``, ``linear`` or ``lexicon``; without weights, the lexicon stands in.

    Raises:
        PipelineError: no engine of that name.
    """
    if name not in ENGINES:
        raise PipelineError(f"No attribution engine named {name!r}. There are: {', '.join(ENGINES)}.")
    if name == "encoder" and encoder.available():
        return encoder.shipped()
    if name == "linear" and linear.available():
        return linear.shipped()
    if name != "lexicon":
        log.warning("The weights of the attribution engine %r are missing; the cue lexicon stands in.", name)
    return Lexical()


class Attributor:
    """Sets the claims of a Doc: source, cue and content spans, kind, nesting and confidence."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.inner = engine, Lexical()

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its claims set."""
        text = doc.text
        sure = [a for a in self.engine.attributions(doc) if not look_alike(doc, a)]
        laid_out, inner = with_layout(text, sure)
        inner = _once([*inner, *self.inner.inner(doc)])
        outer = with_floating(doc, passed_on(doc, laid_out, inner), quotations(doc))
        layers.set_claims(doc, claims(text, nested(outer, inner)))
        return doc


class Starter:
    """Lets the engine begin with a Doc's text, so that it reads while spaCy parses."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` as it is."""
        self.engine.start(doc.text)
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


@Language.factory("kg_attribution", default_config={"engine": "encoder"}, requires=["token.dep", "token.pos"])
def make_attribution(nlp: Language, name: str, engine: str) -> Attributor:  # noqa: ARG001  (spaCy's signature)
    """The component with the engine ``encoder`` (default), ``linear`` or ``lexicon``."""
    return Attributor(_engine(engine))


@Language.factory("kg_start", default_config={"engine": "encoder"})
def make_start(nlp: Language, name: str, engine: str) -> Starter:  # noqa: ARG001
    """The component that stands before spaCy's own, with the engine of ``kg_attribution``."""
    return Starter(_engine(engine))


_engine = engine
