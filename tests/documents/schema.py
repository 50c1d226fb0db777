"""JSON Schema of the records that ``kg extract`` prints, from the dataclasses of ``kg.records``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from kg.records import (
    ACTOR_TYPES,
    RELATIONS,
    Actor,
    Article,
    Claim,
    Mention,
    Proposition,
    Record,
    Role,
    Span,
)

Schema = dict[str, Any]
_SIMPLE: Mapping[object, str] = {str: "string", int: "integer", float: "number"}
_SPAN: Schema = {
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "items": False,
    "minItems": 2,
    "description": "Start and end of a stretch of the text, in characters (code points); the end is exclusive.",
}
_LISTS: Mapping[str, type[Record]] = {
    "actors": Actor, "bystanders": Actor, "roles": Role, "propositions": Proposition, "claims": Claim,
}  # fmt: skip
#: Fields of an article that are there only where they say something.
_OPTIONAL = ("stated_date", "language")


def schema() -> Schema:
    """The schema of one line: an article with what was found in it."""
    article = _properties(Article)
    lists = {
        name: {"type": "array", "items": {"$ref": f"#/$defs/{record.__name__}"}} for name, record in _LISTS.items()
    }
    properties = {**article, "pipeline": _of(str), **lists}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/hearsay/schema.json",
        "title": "Record",
        "description": "A line of kg extract: an article, and everything that was found in it.",
        **_object(properties, [name for name in properties if name not in _OPTIONAL]),
        "$defs": {"Span": _SPAN, **{record.__name__: _record(record) for record in (Actor, Role, Proposition, Claim)}},
    }


def _record(record: type[Record]) -> Schema:
    """The schema of a record inside the lists; it has all fields, always."""
    properties = _properties(record)
    if record is Actor:
        kind = _of(get_type_hints(Mention)["kind"])
        note = {"type": "array", "prefixItems": [kind, _of(str)], "items": False, "minItems": 2}
        properties["mentions"] = {"type": "array", "items": {"$ref": "#/$defs/Span"}}
        properties["mention_notes"] = {
            "type": "array",
            "items": note,
            "description": "For each of the mentions: what it is, and why it was taken to be this actor.",
        }
        properties["type"] = {"enum": list(ACTOR_TYPES)}
    if record is Proposition:
        properties["relation"] = {"enum": list(RELATIONS)}
    return {"description": _documented(record), **_object(properties, list(properties))}


def _object(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _properties(record: type[Record]) -> Schema:
    """The fields of a record; a default that says something is told."""
    hints = get_type_hints(record)
    found = {}
    for field in fields(record):  # type: ignore[arg-type]
        told = {} if field.default in (MISSING, None, "", ()) else {"default": field.default}
        found[field.name] = {**_of(hints[field.name]), **told}
    return found


def _of(kind: Any) -> Schema:
    """The schema of a value of a type that the records use."""
    if kind == Span:
        return {"$ref": "#/$defs/Span"}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0])}
    if origin is UnionType or NoneType in inner:
        (value,) = (_of(each) for each in inner if each is not NoneType)
        return {"type": [value["type"], "null"]} if "type" in value else {"anyOf": [value, {"type": "null"}]}
    return {"type": _SIMPLE[kind]} if kind in _SIMPLE else {"$ref": f"#/$defs/{kind.__name__}"}


def _documented(record: type) -> str:
    """What the docstring of a record says, in one line, without its marks."""
    return " ".join((record.__doc__ or "").split()).replace("``", "")
