"""Hearsay: who takes which stance on what, from news articles to a knowledge graph.

>>> import kg
>>> nlp = kg.load()
>>> for extraction in kg.extract(nlp, "Iran denied that it had attacked Oman."):
...     print([claim["stance"] for claim in extraction.to_dict()["claims"]])
['denies']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "Article", "Extraction", "KgError", "Related", "Report", "__version__", "build", "extract", "load", "open",
    "relate",
]  # fmt: skip

if TYPE_CHECKING:
    from kg.api import Report, build, extract, load, open, relate
    from kg.errors import KgError
    from kg.records import Article, Extraction, Related

_HOMES = {"Article": "records", "Extraction": "records", "Related": "records", "KgError": "errors"}


def __getattr__(name: str) -> Any:
    """The public name, imported on first use so that ``import kg`` and ``kg --help`` stay fast."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kg.{_HOMES.get(name, 'api')}"), name)
