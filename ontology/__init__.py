"""The ontology (``kg.ttl``), its SHACL shapes (``shapes.ttl``) and its JSON-LD context, shipped as ``kg.ontology``."""

from __future__ import annotations

from importlib import resources


def text(name: str) -> str:
    """Content of a file of this package: ``kg.ttl``, ``shapes.ttl`` or ``context.jsonld``."""
    return (resources.files(__name__) / name).read_text("utf-8")
