"""What the components have found so far in a Doc, as records.

Kept as plain data in ``doc.user_data``, because records attached to a Doc as objects are lost by
``nlp.pipe(n_process=2)`` and refused by ``Doc.to_bytes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc, Token

from kg.annotate.spans import tokens_of
from kg.records import Actor, Article, Claim, Proposition, Role, Span, Spans

KEY = "kg"


def _get(doc: Doc, layer: str) -> list[dict[str, Any]]:
    return doc.user_data.get(KEY, {}).get(layer, [])  # type: ignore[no-any-return]


def _set(doc: Doc, layer: str, records: Iterable[Actor | Role | Proposition | Claim]) -> None:
    doc.user_data.setdefault(KEY, {})[layer] = [r.to_dict() for r in records]


def text(doc: Doc) -> str:
    """The text of a Doc, which spaCy would put together anew from its tokens each time."""
    known = doc.user_data.setdefault(KEY, {})
    if "text" not in known:
        known["text"] = doc.text
    return known["text"]  # type: ignore[no-any-return]


def actors(doc: Doc) -> list[Actor]:
    """Actors found so far, in order of first mention."""
    return [Actor.from_dict(d) for d in _get(doc, "actors")]


def set_actors(doc: Doc, records: Iterable[Actor]) -> None:
    """Replace the Doc's actors."""
    _set(doc, "actors", records)


def listed(doc: Doc) -> set[str]:
    """Ids of the actors whom the gazetteer lists: their types are certain."""
    return set(doc.user_data.get(KEY, {}).get("listed", ()))


def set_listed(doc: Doc, ids: Iterable[str]) -> None:
    """Replace what is known of whom the gazetteer lists."""
    doc.user_data.setdefault(KEY, {})["listed"] = sorted(ids)


def roles(doc: Doc) -> list[Role]:
    """Roles found so far."""
    return [Role.from_dict(d) for d in _get(doc, "roles")]


def set_roles(doc: Doc, records: Iterable[Role]) -> None:
    """Replace the Doc's roles."""
    _set(doc, "roles", records)


def propositions(doc: Doc) -> list[Proposition]:
    """Propositions found so far."""
    return [Proposition.from_dict(d) for d in _get(doc, "propositions")]


def set_propositions(doc: Doc, records: Iterable[Proposition]) -> None:
    """Replace the Doc's propositions."""
    _set(doc, "propositions", records)


def stances(doc: Doc) -> dict[str, tuple[tuple[float, ...], float]]:
    """By proposition: probabilities of the three stances on it, and that it belongs to the claim around it."""
    found = doc.user_data.get(KEY, {}).get("stances", {})
    return {name: (tuple(chances), own) for name, (chances, own) in found.items()}


def set_stances(doc: Doc, found: dict[str, tuple[tuple[float, ...], float]]) -> None:
    """Replace what is known of the stances on propositions."""
    doc.user_data.setdefault(KEY, {})["stances"] = {name: [list(c), own] for name, (c, own) in found.items()}


def sure(doc: Doc) -> dict[Span, float]:
    """How probable it is that a span that is taken for a mention is one, where that is known."""
    return {(start, end): chance for start, end, chance in doc.user_data.get(KEY, {}).get("sure", ())}


def set_sure(doc: Doc, found: Mapping[Span, float]) -> None:
    """Replace what is known of how sure the mentions are."""
    doc.user_data.setdefault(KEY, {})["sure"] = [[*span, chance] for span, chance in found.items()]


def claims(doc: Doc) -> list[Claim]:
    """Claims found so far, in order of their content."""
    return [Claim.from_dict(d) for d in _get(doc, "claims")]


def set_claims(doc: Doc, records: Iterable[Claim]) -> None:
    """Replace the Doc's claims."""
    _set(doc, "claims", records)


def tokens(doc: Doc, spans: Spans) -> list[Token]:
    """Tokens that the character ``spans`` of a record touch, span by span."""
    found = (tokens_of(doc, span) for span in spans)
    return [t for span in found for t in span or ()]


def set_article(doc: Doc, article: Article) -> None:
    """Note what is known of the article beside its text: ``article_date``, ``publisher`` and ``article_id`` read it."""
    known = {"id": article.id, "date": article.date, "publisher": article.publisher, "title": article.title}
    doc.user_data.setdefault(KEY, {})["article"] = known


def _article(doc: Doc, field: str) -> str | None:
    return doc.user_data.get(KEY, {}).get("article", {}).get(field)  # type: ignore[no-any-return]


def article_id(doc: Doc) -> str | None:
    """The article's id, for messages."""
    return _article(doc, "id")


def article_date(doc: Doc) -> str | None:
    """The article's date (ISO) where the caller gave one; relative times are resolved against it."""
    return _article(doc, "date")


def title(doc: Doc) -> str | None:
    """The article's title where known: it may say whose statement the text is."""
    return _article(doc, "title")


def publisher(doc: Doc) -> str | None:
    """The article's publisher where known: whom "told the Guardian" means."""
    return _article(doc, "publisher")
