"""What the components have found so far in a Doc, as records.

Kept as plain data in ``doc.user_data``, because records attached to a Doc as objects are lost by ``nlp.pipe(n_process=2)``
and refused by ``Doc.to_bytes``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc

from kg.records import Actor, Claim, Proposition, Role

KEY = "kg"


def _get(doc: Doc, layer: str) -> list[dict[str, Any]]:
    return doc.user_data.get(KEY, {}).get(layer, [])  # type: ignore[no-any-return]


def _set(doc: Doc, layer: str, records: Iterable[Actor | Role | Proposition | Claim]) -> None:
    doc.user_data.setdefault(KEY, {})[layer] = [r.to_dict() for r in records]


def actors(doc: Doc) -> list[Actor]:
    """Actors found so far, in order of first mention."""
    return [Actor.from_dict(d) for d in _get(doc, "actors")]


def set_actors(doc: Doc, records: Iterable[Actor]) -> None:
    """Replace the Doc's actors."""
    _set(doc, "actors", records)


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


def claims(doc: Doc) -> list[Claim]:
    """Claims found so far, in order of their content."""
    return [Claim.from_dict({"source": None, **d}) for d in _get(doc, "claims")]


def set_claims(doc: Doc, records: Iterable[Claim]) -> None:
    """Replace the Doc's claims."""
    _set(doc, "claims", records)


def set_article_date(doc: Doc, date: str | None) -> None:
    """Note the article's date (ISO), against which relative times are resolved."""
    doc.user_data.setdefault(KEY, {})["date"] = date


def article_date(doc: Doc) -> str | None:
    """The article's date (ISO) where the caller gave one."""
    return doc.user_data.get(KEY, {}).get("date")  # type: ignore[no-any-return]


def set_publisher(doc: Doc, publisher: str | None) -> None:
    """Note the article's publisher, whom "we" outside quotations and "told the Guardian" may mean."""
    doc.user_data.setdefault(KEY, {})["publisher"] = publisher


def publisher(doc: Doc) -> str | None:
    """The article's publisher where the caller gave one."""
    return doc.user_data.get(KEY, {}).get("publisher")  # type: ignore[no-any-return]
